"""Changing an order that has not left yet: the order flow again, starting from what was ordered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.flows import order
from graph.flows.flow import Desk, Flow, Frame
from graph.flows.orders import about, described, holds, latest_open, set_aside
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
    if slot == "which":
        _set_aside(frame["slots"], value)
        return True
    if slot == "items" and not frame["slots"].get("loaded"):
        there = [line for line in value if line.get("mode") != "add"]
        frame["slots"].setdefault("about", about(there))  # what is in it already says which order holds it
    elif slot == "items" and await _named_another(frame["slots"], desk, value):
        return True
    if not await _load(frame, desk):
        frame["slots"].update(none=True, person=desk.dialogue["question"])
        return True
    return await order.fill(frame, desk, slot, value)


def _set_aside(slots: Data, which: str) -> None:
    """ "O outro", "o da areia": nothing was changed yet in the one that was loaded."""
    loaded = [slots["order"]] if slots.get("order") else []
    slots.update(orders=loaded)
    set_aside(slots, which)
    for name in ("loaded", "order", "zone", "address", "change_for"):
        slots.pop(name, None)


async def _named_another(slots: Data, desk: Desk, lines: Sequence[Data]) -> bool:
    """ "O da areia", asked what is to change in the order of the ball: the other order is the one."""
    names = about(lines)
    here = any(item["product"] in names for item in slots["items"])
    if here or slots["before"] != _facts(slots) or any(line.get("quantity") for line in lines):
        return False
    orders = (await desk.call("my_orders"))["orders"]
    held = [order for order in orders if order["status"] == "confirmed" and holds(order, names)]
    if held:
        _set_aside(slots, names[0])
    return bool(held)


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
    """ "Muda o endereço": of the order as it was placed; only one that is brought has any."""
    if slot == "address":
        frame["slots"].setdefault("way", "delivery")
    if not await _load(frame, desk):
        frame["slots"].update(none=True, person=desk.dialogue["question"])
        return True
    return await order.reject(frame, desk, slot)


async def _finish(frame: Frame, desk: Desk) -> Data | None:
    return await order.carry_out(frame, desk, "change_order", "change_order.done", order=frame["slots"]["order"]["id"])


FLOW = Flow("change_order", _fill, _advance, _finish, _reject, asks=(*order.FLOW.asks, "none"))
