"""Cancelling orders that have not left yet: which, a yes, a receipt each."""

from __future__ import annotations

from typing import Any

from domain.errors import Impossible
from graph.flows.flow import Desk, Flow, Frame, no_reject, yes_no
from graph.flows.orders import about, described, meant, set_aside
from graph.phrases import lines
from graph.state import Data


async def _fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    slots = frame["slots"]
    if slot == "order_number":
        slots.update(number=value, orders=None)
    elif slot == "both" or (slot == "booking" and value == "all"):
        if len(slots.get("orders") or ()) == await _open_ones(desk):
            return False  # "pode cancelar tudo", of all there is
        slots.update(every=True, orders=None)
    elif slot == "delivery" or slot == "which":
        set_aside(slots, value)
    elif slot == "items":
        slots.update(about=about(value), orders=None, refused=[], which=None)  # named, it is meant after all
    else:
        return False
    return True


async def _open_ones(desk: Desk) -> int:
    return sum(order["status"] == "confirmed" for order in (await desk.call("my_orders"))["orders"])


async def _advance(frame: Frame, desk: Desk) -> str:
    slots = frame["slots"]
    slots["orders"] = slots.get("orders") or await meant(frame, desk)
    if not slots["orders"]:
        return "none"
    frame["summary"] = {"orders": [order["id"] for order in slots["orders"]]}
    rows = [described(desk, order) for order in slots["orders"]]
    if len(rows) == 1:
        desk.say("cancel_order.confirm", order=rows[0])
    else:
        desk.say("cancel_order.confirm_all", orders=lines(rows))
    desk.offer(yes_no())
    return "confirm"


async def _finish(frame: Frame, desk: Desk) -> Data | None:
    receipt: Data = {"receipt": None}
    for order in frame["slots"]["orders"]:
        receipt = await _cancel(frame, desk, order)
    return receipt


async def _cancel(frame: Frame, desk: Desk, order: Data) -> Data:
    try:
        receipt = await desk.call("cancel_order", order=order["id"], key=desk.key(frame, f"cancel:{order['id']}"))
    except Impossible:
        desk.say("orders.too_late")
        return {"receipt": None}
    desk.say("cancel_order.done", number=order["number"])
    return receipt


FLOW = Flow("cancel_order", _fill, _advance, _finish, no_reject, asks=("confirm", "none"))
