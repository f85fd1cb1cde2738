"""Taking in what a turn says: new flows begin, facts fill their slots, offered values are rejected."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from domain.commands import Affirm, Ask, Command, Correct, Fill, Reject, Smalltalk, Start
from domain.ports import UNDER_WAY
from graph import recent, stack
from graph.flows import FLOWS
from graph.flows.flow import Desk
from graph.state import Data

_OF_ORDERS = ("items", "delivery", "payment", "address", "zone", "change_for")
_OF_A_BASKET = {"items", "quantity", "last", "delta", "factor", "option"}
_WHICH_ORDER = {"booking", "both", "which", "delivery", "items"}
_TELLS_WHICH = {"booking", "which", "old_time", "service", "professional", "option"}
_NAMES_A_SERVICE = {"service", "unlisted", "more", "last"}


async def take_in(commands: Sequence[Command], desk: Desk) -> bool:
    """Starts flows and fills slots in the order said. Returns whether anything changed."""
    commands = _what_moves_first(commands, desk)
    changed, before = False, desk.dialogue["frames"]
    agreed = _agrees_first(commands, desk)
    other: Data | None = None
    for command in commands:
        if isinstance(command, Fill | Correct):
            other = other or _other_matter(command, desk, agreed=agreed)
        match command:
            case Start(flow) if (begun := _begun_beside(flow, commands, desk, agreed=agreed)) is not None:
                other = begun
            case Fill("more", value) if agreed and _only_adds(value, commands, desk):
                await _fill("more", value, desk)  # what was summed up stays as the yes found it
            case Fill(slot, value) if other and await FLOWS[other["flow"]].fill(other, desk, slot, value):
                pass
            case Start(flow):
                changed = await _start(flow, desk, commands, before) or changed
            case Correct("time", value) if stack.top(desk) is None and await _regrets(desk):
                changed = await _fill("time", value, desk) or changed
            case Fill(slot, value) | Correct(slot, value):
                changed = await _fill(slot, value, desk) or changed
            case Reject(slot):
                changed = await _reject(slot, desk) or changed
            case _:
                pass
    stack.first_begun_first(before, desk)
    return changed


def _begun_beside(flow: str, commands: Sequence[Command], desk: Desk, *, agreed: bool) -> Data | None:
    """What is wished for beside the summary that was agreed to, or "a blow-dry too" beside what is being moved."""
    also = flow == "book" and Fill("own", False) in commands
    leaving = stack.top(desk)
    begun = stack.beside(flow, desk) if agreed or also else None
    if begun is not None and not begun["slots"] and leaving is not None and leaving["flow"] == "cancel_booking":
        begun["slots"].update(_like_the_one_that_goes(leaving, commands))
    told = next((each.value for each in commands if isinstance(each, Fill) and each.slot == "service"), "")
    service = desk.business.service(told)
    if begun is not None and also and not agreed and service is not None:
        desk.say("book.then", service=service.name)
    return begun


def _like_the_one_that_goes(leaving: Data, commands: Sequence[Command]) -> Data:
    """ "Yes, and book me Saturday at 10", asked whether it is to be cancelled: the same service."""
    named = any(isinstance(each, Fill) and each.slot in _NAMES_A_SERVICE for each in commands)
    going = leaving["slots"].get("booking")
    return {"service": going["service"]} if going and not named else {}


def _what_moves_first(commands: Sequence[Command], desk: Desk) -> Sequence[Command]:
    """ "My sister swears by Ana. Could mine be Thursday at 3?": what is told of the new time begins the move."""
    if stack.top(desk) is not None or any(isinstance(each, Start) for each in commands):
        return commands
    return sorted(commands, key=lambda each: not (isinstance(each, Correct) and each.slot == "time"))


def _agrees_first(commands: Sequence[Command], desk: Desk) -> bool:
    """ "Sim, e o shampoo eu retiro aí": a yes to the summary before anything else is told."""
    frame = stack.top(desk)
    told = next((each for each in commands if not isinstance(each, Smalltalk)), None)
    return frame is not None and frame["asks"] == "confirm" and isinstance(told, Affirm)


def _other_matter(command: Fill | Correct, desk: Desk, *, agreed: bool) -> Data | None:
    """The order that a fact told beside an appointment belongs to; it begins with so many of a product."""
    if command.slot not in _OF_ORDERS or not desk.business.products:
        return None
    frame, waits = stack.top(desk), any(each["flow"] == "order" for each in desk.dialogue["stack"])
    if frame is None or frame["flow"] == "order":
        return None
    if command.slot != "items":
        return stack.beside("order", desk) if waits else None
    counted = any(line.get("quantity") and line.get("mode") == "set" for line in command.value)
    return stack.beside("order", desk) if agreed or (counted and not waits) else None


def _only_adds(wished: Sequence[Any], commands: Sequence[Command], desk: Desk) -> bool:
    """ "Sim, e já marca uma manicure às 11h": another wish, and nothing told of what was shown."""
    frame = stack.top(desk)
    if frame is None or frame["flow"] != "book" or not wished or Fill("both", True) in commands:
        return False
    waiting = [wish.get("service") for wish in frame["slots"].get("more", ())]
    return not any((wish if isinstance(wish, str) else wish["service"]) in waiting for wish in wished)


async def _start(flow: str, desk: Desk, commands: Sequence[Command], before: int) -> bool:
    """Begins a flow; a booking without a service is for the one just asked about."""
    slots = {command.slot for command in commands if isinstance(command, Fill | Correct)}
    if flow == "change_order" and "items" in slots and not await _has_order_under_way(desk):
        flow = "order"  # "2 petiscos a mais" of a customer who has ordered nothing is an order
    if flow == "cancel_booking" and slots <= _WHICH_ORDER and await _only_ordered(desk):
        flow = "cancel_order"
    started = stack.start(flow, desk, has_facts=bool(slots), before=before)
    frame = stack.top(desk)
    asked = spoken_of(desk, "service") if started and flow == "book" and frame and "service" not in slots else []
    if frame and (len(asked) == 1 or (asked and "both" in slots)):
        await FLOWS[frame["flow"]].fill(frame, desk, "service", asked[0])
        await FLOWS[frame["flow"]].fill(frame, desk, "more", asked)
    if started and flow == "reschedule" and frame and frame["flow"] == flow and not slots & _TELLS_WHICH:
        await _what_was_just_booked(frame, desk)
    if started and flow == "book" and frame and frame["flow"] == flow and not slots & _NAMES_A_SERVICE:
        await _what_was_just_cancelled(frame, desk)
    if started and flow == "order" and frame and not slots & _OF_A_BASKET:
        await _what_was_asked_about(frame, desk, commands)
    if started and flow == "book" and frame and "professional" not in slots:
        await _with_whom(frame, desk, commands)
    return started


async def _what_was_just_booked(frame: Data, desk: Desk) -> None:
    """ "Can I come a bit later?", a moment after a booking: that one is to be moved, whatever else stands."""
    done = recent.done(desk.dialogue)
    if done.get("flow") in ("book", "reschedule") and not frame["slots"]:
        await FLOWS["reschedule"].fill(frame, desk, "booking", done["receipt"])


async def _what_was_just_cancelled(frame: Data, desk: Desk) -> None:
    """ "Could I book it for the 27th instead?", right after a cancellation: the same again."""
    done = recent.done(desk.dialogue)
    if done.get("flow") == "cancel_booking" and done.get("service") and not frame["slots"]:
        await FLOWS["book"].fill(frame, desk, "service", done["service"])


async def _what_was_asked_about(frame: Data, desk: Desk, commands: Sequence[Command]) -> None:
    """ "Quanto fica duas golden?", then "fechado, manda pra Rua A 10": the order is of what was just asked about."""
    topic = recent.topic(desk.dialogue)
    if not topic.get("fresh") or any(isinstance(each, Ask) for each in commands):
        return
    lines = [{**item, "mode": "set", "alternatives": ()} for item in topic.get("items") or ()]
    if not lines and (products := list(topic.get("product") or ())):
        lines = [{"product": products[0], "quantity": None, "mode": "set", "alternatives": tuple(products[1:])}]
    if lines and frame["flow"] == "order":
        await FLOWS["order"].fill(frame, desk, "items", lines)


async def _with_whom(frame: Data, desk: Desk, commands: Sequence[Command]) -> None:
    """ "O Bruno corta feminino?", then "quero marcar": with him, where he performs it."""
    told = next((each.value for each in commands if isinstance(each, Fill) and each.slot == "service"), None)
    service = told or frame["slots"].get("service")
    person = desk.business.professional(recent.topic(desk.dialogue).get("professional") or "")
    if person is not None and frame["flow"] == "book" and (service is None or service in person.services):
        await FLOWS["book"].fill(frame, desk, "professional", person.id)


async def _only_ordered(desk: Desk) -> bool:
    """ "Quero cancelar" of a customer who has an order to cancel and no appointment."""
    if not desk.business.products or stack.top(desk) is not None:
        return False
    return await _has_order_under_way(desk) and not (await desk.call("my_appointments"))["appointments"]


async def _regrets(desk: Desk) -> bool:
    """ "Na verdade é sexta" right after a booking moves that booking; later, the one that stands."""
    done = desk.dialogue["done"]
    if done is not None and done["flow"] in ("book", "reschedule"):
        return await FLOWS["reschedule"].fill(stack.push("reschedule", desk), desk, "booking", done["receipt"])
    if not desk.business.professionals or not (await desk.call("my_appointments"))["appointments"]:
        return False
    stack.push("reschedule", desk)
    return True


async def _has_order_under_way(desk: Desk) -> bool:
    orders = (await desk.call("my_orders"))["orders"]
    return any(order["status"] in UNDER_WAY for order in orders)


async def _fill(slot: str, value: Any, desk: Desk) -> bool:
    """Gives a fact to the flow on top, or to the one it obviously begins. Returns whether something changed."""
    if slot == "name":
        await desk.call("update_customer", name=value)
    if (desk.dialogue["question"] or {}).get("kind") == "handoff_now":
        return False  # a person is being called: they read it in the transcript
    frame = stack.top(desk)
    if slot == "quantity" and not (frame and frame["slots"].get("items")) and (products := spoken_of(desk, "product")):
        first, *others = products
        slot, value = "items", [{"product": first, "quantity": value, "mode": "add", "alternatives": tuple(others)}]
    if frame is None:
        flow = stack.implied(slot, desk)
        if flow is None:
            return False
        stack.start(flow, desk, has_facts=True, before=desk.dialogue["frames"])
        frame = stack.top(desk)
    assert frame is not None, "a flow was just started"
    waiting = stack.raised(stack.implied(slot, desk), desk) if slot in ("service", "items") else None
    frame = waiting or frame
    before = deepcopy(frame["slots"])
    used = waiting is not None or await FLOWS[frame["flow"]].fill(frame, desk, slot, value)
    if used:
        desk.dialogue["question"] = None
    if frame["asks"] == "confirm" and _facts(before) == _facts(frame["slots"]):
        frame["slots"] = before  # said again, not changed: the summary stands
        return False
    return used


def topic(desk: Desk, kind: str) -> str | None:
    """The one service or product spoken of a moment ago, for "quero uma"."""
    ids = spoken_of(desk, kind)
    return ids[0] if len(ids) == 1 else None


def spoken_of(desk: Desk, kind: str) -> list[str]:
    """The services or products spoken of a moment ago."""
    return list(recent.topic(desk.dialogue).get(kind) or ())


def _facts(slots: Data) -> Data:
    """What a customer would call a change: the exact start counts, how it was said does not."""
    beside = (
        "start", "with", "spoken", "hour", "hour_of", "same_hour", "shown", "instead", "instead_of", "own_in_way",
        "picked", "one_of_several", "introduced", "about",
    )  # fmt: skip
    wish = slots.get("wish") or {}
    told = {key: value for key, value in slots.items() if key not in beside}
    told["professional"] = told.get("professional") or slots.get("with")
    return {**told, "wish": slots.get("start") or wish.get("start") or wish}


async def _reject(slot: str | None, desk: Desk) -> bool:
    frame = stack.top(desk)
    return frame is not None and await FLOWS[frame["flow"]].reject(frame, desk, slot)
