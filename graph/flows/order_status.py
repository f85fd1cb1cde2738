"""Where an order is."""

from __future__ import annotations

from typing import Any

from domain.errors import Impossible
from domain.ports import UNDER_WAY
from graph import recent
from graph.flows.flow import Desk, Flow, Frame, no_finish, no_reject
from graph.flows.orders import about, described, holds, set_aside
from graph.phrases import phrase
from graph.state import Data

_MOST = 3
ORDERING = ("order", "change_order")


async def _fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    slots = frame["slots"]
    if slot == "order_number":
        slots["number"] = value
    elif slot == "which":
        set_aside(slots, value)
    elif slot == "items":
        slots["of"] = about(value)
    else:
        return False
    return True


async def _advance(frame: Frame, desk: Desk) -> str:
    number = frame["slots"].get("number")
    try:
        order = await desk.call("order_status", order=number)
    except Impossible:
        desk.say("orders.not_found" if number else "orders.none", number=number or "")
        return "none"
    for each in [order] if number else await _spoken_of(order, frame["slots"], desk):
        status = phrase(f"orders.is.{each['status']}")
        desk.say("orders.status", order=described(desk, each), status=status, delivery=_received(desk, each))
    return "none"


async def _spoken_of(latest: Data, slots: Data, desk: Desk) -> list[Data]:
    """All that are under way, or those told by what they hold or how they are received; else the latest."""
    orders = (await desk.call("my_orders"))["orders"]
    open_ones = [order for order in orders if order["status"] in UNDER_WAY]
    told = [order for order in open_ones if order["delivery"]["method"] == slots.get("way")] or open_ones
    told = [order for order in told if holds(order, slots.get("of") or ())] or told
    if slots.get("which") in ("first", "last"):
        told = told[-1:] if slots["which"] == "first" else told[:1]
    return told[:_MOST] or [latest]


def _received(desk: Desk, order: Data) -> Data:
    """Where it goes; how long that takes, while it was ordered only a moment ago."""
    if order["delivery"]["method"] == "pickup":
        return phrase("order.by_pickup")
    place = ", ".join(order["delivery"][name] for name in ("address", "zone") if order["delivery"].get(name))
    if order["minutes"] and order["status"] == "confirmed" and recent.done(desk.dialogue).get("flow") in ORDERING:
        return phrase("orders.soon", place=place, minutes=order["minutes"])
    return phrase("orders.to", place=place)


FLOW = Flow("order_status", _fill, _advance, no_finish, no_reject, asks=("none",))
