"""Where an order is."""

from __future__ import annotations

from typing import Any

from domain.errors import Impossible
from graph import recent
from graph.flows.flow import Desk, Flow, Frame, no_finish, no_reject
from graph.flows.orders import described
from graph.phrases import phrase
from graph.state import Data

ORDERING = ("order", "change_order")


async def _fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    if slot == "order_number":
        frame["slots"]["number"] = value
        return True
    return False


async def _advance(frame: Frame, desk: Desk) -> str:
    number = frame["slots"].get("number")
    try:
        order = await desk.call("order_status", order=number)
    except Impossible:
        desk.say("orders.not_found" if number else "orders.none", number=number or "")
        return "none"
    status = phrase(f"orders.is.{order['status']}")
    desk.say("orders.status", order=described(desk, order), status=status, delivery=_received(desk, order))
    return "none"


def _received(desk: Desk, order: Data) -> Data:
    """Where it goes; how long that takes, while it was ordered only a moment ago."""
    if order["delivery"]["method"] == "pickup":
        return phrase("order.by_pickup")
    place = ", ".join(order["delivery"][name] for name in ("address", "zone") if order["delivery"].get(name))
    if order["minutes"] and order["status"] == "confirmed" and recent.done(desk.dialogue).get("flow") in ORDERING:
        return phrase("orders.soon", place=place, minutes=order["minutes"])
    return phrase("orders.to", place=place)


FLOW = Flow("order_status", _fill, _advance, no_finish, no_reject, asks=("none",))
