"""Changing an order that has not left yet: the order flow again, starting from what was ordered."""

from __future__ import annotations

from typing import Any

from graph.flows import order
from graph.flows.flow import Desk, Flow, Frame
from graph.flows.orders import about, described, latest_open
from graph.state import Data


async def _load(frame: Frame, desk: Desk) -> bool:
    """Copies the order into the slots, once."""
    slots = frame["slots"]
    if slots.get("loaded"):
        return True
    placed = await latest_open(frame, desk)
    if placed is None:
        return False
    slots.update(
        loaded=True,
        items=[{"product": item["product"], "quantity": item["quantity"]} for item in placed["items"]],
        delivery=placed["delivery"]["method"],
        payment=placed["payment"],
        address_asked=True,
        spoken=placed["items"][-1]["product"] if placed["items"] else None,
        held={item["product"]: item["quantity"] for item in placed["items"]},
    )
    slots.update({name: placed["delivery"][name] for name in ("zone", "address") if placed["delivery"].get(name)})
    if placed.get("change_for"):
        slots["change_for"] = placed["change_for"]
    slots["before"] = _facts(slots)
    return True


def _facts(slots: Data) -> Data:
    return {name: slots.get(name) for name in ("items", "delivery", "zone", "address", "payment", "change_for")}


async def _fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    if slot == "order_number":
        frame["slots"]["number"] = value
        return True
    if slot == "items" and all(line.get("mode") == "remove" for line in value):
        frame["slots"].setdefault("about", about(value))  # what is taken off says which order holds it
    if not await _load(frame, desk):
        frame["slots"].update(none=True, person=desk.dialogue["question"])
        return True
    return await order.fill(frame, desk, slot, value)


async def _advance(frame: Frame, desk: Desk) -> str:
    slots = frame["slots"]
    if slots.get("none"):
        desk.dialogue["question"] = slots["person"]  # the person who was offered is offered still
        return "none"
    if not await _load(frame, desk):
        return "none"
    if not slots["items"]:
        slots.update(slots["before"])
        desk.say("change_order.empty")
        return "items"
    if not slots.get("choice") and slots["before"] == _facts(slots):
        desk.say("change_order.what", order=described(desk, slots["order"]))
        return "items"
    return await order.advance(frame, desk)


async def _reject(frame: Frame, desk: Desk, slot: str | None) -> bool:
    """ "Muda o endereço": of the order as it was placed."""
    if not await _load(frame, desk):
        frame["slots"].update(none=True, person=desk.dialogue["question"])
        return True
    return await order.reject(frame, desk, slot)


async def _finish(frame: Frame, desk: Desk) -> Data | None:
    return await order.carry_out(frame, desk, "change_order", "change_order.done", order=frame["slots"]["order"]["id"])


FLOW = Flow("change_order", _fill, _advance, _finish, _reject, asks=(*order.FLOW.asks, "none"))
