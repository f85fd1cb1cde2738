"""What of an order changed and no summary shows yet is said back before the next question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.flows.flow import Desk, Frame
from graph.phrases import listed, phrase
from graph.state import Data

_SAID_FIRST = ("order.sold_out", "order.no_pickup", "order.payment_not_taken")
"""What is said of a product or of a way before what is left is said back."""
_DETAILS = ("delivery", "zone", "address", "payment", "house", "complement")


def say_back(before: Sequence[Frame], frame: Frame, asked: str, desk: Desk, first: int) -> None:
    """Says what of an order changed in this turn, in front of the question at `first` among what is said.

    before: the flows as the turn found them; asked: what was waited for then. How it is brought or paid is said back
    only where the same is asked again: the next question shows it otherwise.
    """
    known: Data = next((each["slots"] for each in before if each["id"] == frame["id"]), {})
    _say_back(known, frame, asked, desk, first)


def _say_back(before: Mapping[str, Any], frame: Frame, asked: str, desk: Desk, first: int) -> None:
    slots = frame["slots"]
    if frame["flow"] != "order" or frame["asks"] == "confirm" or _shown(desk, first):
        return
    changed: list[Data | str] = []
    if before.get("items") != slots.get("items"):
        changed += [_line(item, desk) for item in slots.get("items") or ()]
        if not changed and any(said["key"] == "order.sold_out" for said in desk.says):
            return
        if not changed:
            _put(desk, first, phrase("order.emptied"))
            return
    if frame["asks"] in (asked, "items"):
        changed += _details(before, slots)
    if changed:
        _put(desk, first, phrase("order.noted", told=listed(changed)))
    elif desk.says == desk.dialogue.get("said", [])[-1:]:
        _put(desk, first, phrase("ack.again"))


def _shown(desk: Desk, first: int) -> bool:
    """Whether what is said tells it already: too few on the shelf, an order just placed, a thing to choose anew."""
    return any(said["key"] in ("order.short", "flow.dropped") for said in desk.says[first:])


def _line(item: Mapping[str, Any], desk: Desk) -> Data:
    product = desk.business.product(item["product"])
    return phrase("order.counted", quantity=item["quantity"], product=product.name if product else item["product"])


def _details(before: Mapping[str, Any], slots: Mapping[str, Any]) -> list[Data | str]:
    """How it is to be brought and paid, as far as that was told now."""
    told = {name: slots[name] for name in _DETAILS if slots.get(name) and slots.get(name) != before.get(name)}
    said: list[Data | str] = []
    if told.get("delivery") == "pickup":
        said.append(phrase("order.noted_pickup"))
    elif told.keys() & {"delivery", "zone", "address"}:
        place = ", ".join(str(slots[name]) for name in ("address", "zone") if slots.get(name))
        said.append(phrase("order.noted_delivery_to" if place else "order.noted_delivery", place=place))
    said += [str(told[name]) for name in ("house", "complement") if name in told]  # the street is still to come
    if "payment" in told:
        said.append(phrase(f"payment.{told['payment']}"))
    return said


def _put(desk: Desk, first: int, fact: Data) -> None:
    while first < len(desk.says) and desk.says[first]["key"] in _SAID_FIRST:
        first += 1
    desk.says.insert(first, {"key": fact["$phrase"], "with": fact["with"]})
