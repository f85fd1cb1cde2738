"""Where an order is."""

from __future__ import annotations

from typing import Any

from graph.flows.flow import Desk, Flow, Frame, no_finish, no_reject
from graph.flows.orders import described
from graph.phrases import phrase


async def _fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    if slot == "order_number":
        frame["slots"]["number"] = value
        return True
    return False


async def _advance(frame: Frame, desk: Desk) -> str:
    orders = (await desk.call("my_orders"))["orders"]
    number = frame["slots"].get("number")
    meant = next((item for item in orders if number is None or item["number"] == number), None)
    if meant is None:
        desk.say("orders.not_found" if number else "orders.none", number=number or "")
    else:
        desk.say("orders.status", order=described(desk, meant), status=phrase(f"orders.is.{meant['status']}"))
    return "none"


FLOW = Flow("order_status", _fill, _advance, no_finish, no_reject, writes=False)
