"""Where an order is."""

from __future__ import annotations

from typing import Any

from domain.errors import Impossible
from graph.flows.flow import Desk, Flow, Frame, no_finish, no_reject
from graph.flows.orders import described
from graph.phrases import phrase


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
    desk.say("orders.status", order=described(desk, order), status=phrase(f"orders.is.{order['status']}"))
    return "none"


FLOW = Flow("order_status", _fill, _advance, no_finish, no_reject, asks=("none",))
