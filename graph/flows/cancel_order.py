"""Cancelling an order that has not left yet: which one, a yes, a receipt."""

from __future__ import annotations

from typing import Any

from domain.errors import Impossible
from graph.flows.flow import Desk, Flow, Frame, no_reject, yes_no
from graph.flows.orders import described, latest_open
from graph.state import Data


async def _fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    if slot == "order_number":
        frame["slots"]["number"] = value
        frame["slots"].pop("order", None)
        return True
    return False


async def _advance(frame: Frame, desk: Desk) -> str:
    order = await latest_open(frame, desk)
    if order is None:
        return "none"
    frame["summary"] = {"order": order["id"]}
    desk.say("cancel_order.confirm", order=described(desk, order))
    desk.offer(yes_no())
    return "confirm"


async def _finish(frame: Frame, desk: Desk) -> Data | None:
    order = frame["slots"]["order"]
    try:
        receipt = await desk.call("cancel_order", order=order["id"], key=desk.key(frame, "cancel_order"))
    except Impossible:
        desk.say("orders.too_late")
        return {"receipt": None}
    desk.say("cancel_order.done", number=order["number"])
    return receipt


FLOW = Flow("cancel_order", _fill, _advance, _finish, no_reject, asks=("confirm", "none"))
