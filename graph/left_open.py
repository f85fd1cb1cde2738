"""What was left half done, in words: "o agendamento (Escova, quinta, 12/03, às 15:00)"."""

from __future__ import annotations

from graph.flows.flow import Desk, Frame
from graph.phrases import listed, phrase, when
from graph.state import Data


def described(frame: Frame, desk: Desk) -> Data:
    """The flow's name, and what was told of it so far."""
    name = phrase(f"flow.name.{frame['flow']}")
    told = _told(frame["slots"], desk)
    return phrase("resume.told", flow=name, told=listed(told)) if told else name


def _told(slots: Data, desk: Desk) -> list[Data | str]:
    booking = slots.get("booking") or {}
    service = slots.get("service") or booking.get("service")
    known = desk.business.service(service) if isinstance(service, str) else None
    start = slots.get("start") or booking.get("start")
    told: list[Data | str] = []
    if known is not None:
        told.append(phrase("resume.when", service=known.name, when=when(start)) if start else known.name)
    for item in slots.get("items") or ():
        if (product := desk.business.product(item["product"])) is not None:
            told.append(phrase("order.counted", quantity=item["quantity"], product=product.name))
    return told
