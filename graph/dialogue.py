"""The interpreter: runs a turn's commands against the stack of flows.

A turn goes in this order: new flows and facts first, then the questions the customer asked, then the yes or no, and at
the end the step the flow on top waits for, said once. A yes counts only for the summary the customer saw: if the same
turn changed anything, there is a new summary instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from domain.commands import (
    Affirm,
    Ask,
    Cancel,
    Command,
    Correct,
    Deny,
    Fill,
    Human,
    OptIn,
    OptOut,
    Reject,
    Repeat,
    Smalltalk,
    Start,
    Unclear,
    Wait,
    from_dict,
)
from graph import answers, courtesy, questions, stack
from graph.flows import FLOWS
from graph.flows.flow import Desk, Frame, option
from graph.flows.times import after_refusal
from graph.people import call_person
from graph.state import Data

_UNCLEAR_LIMIT = 2
_TOPIC_TURNS = 2


async def perform(commands: Sequence[Command], desk: Desk) -> None:
    """Runs the commands; leaves what is to be said at the desk and the new state in its dialogue."""
    if await _at_once(commands, desk) or _asks_about_a_thing(commands, desk):
        return
    changed = await _take_in(commands, desk)
    if await _respond(commands, desk) and not changed:
        return
    unclear = next((command for command in commands if isinstance(command, Unclear)), None)
    if any(isinstance(command, Cancel) for command in commands):
        await _give_up(desk)
    elif not changed and unclear is None:  # a yes beside something not understood is no yes
        await _decide(commands, desk)
    if unclear is not None and not changed and not desk.says:
        await _clarify(desk, unclear)
        return
    if desk.dialogue["unclear"] > _UNCLEAR_LIMIT:
        await call_person(desk, "stuck")
        return
    if changed or not any(said["key"] == "unknown.go_on" for said in desk.says):
        desk.dialogue["unclear"] = 0
    await _settle(desk)
    if not desk.says and desk.dialogue["question"] is None:
        questions.clarify((), desk)  # asked for something that is not done here


async def _respond(commands: Sequence[Command], desk: Desk) -> bool:
    """Answers questions and courtesy. Returns whether the customer asked for a moment, or to hear it again."""
    for command in commands:
        if isinstance(command, Ask):
            await answers.answer(command, desk)
            desk.dialogue["topic"] = {**_things(command), "turn": desk.dialogue["turns"]}
    courteous = [command for command in commands if isinstance(command, Smalltalk | Wait | Repeat)]
    courtesy.respond(courteous, desk, alone=len(courteous) == len(commands))
    name = next((each.value for each in commands if isinstance(each, Fill) and each.slot == "name"), None)
    if name and not desk.says and stack.top(desk) is None:
        desk.say("greet.name", name=name)
    return any(isinstance(command, Wait | Repeat) for command in courteous)


def _things(ask: Ask) -> Data:
    """The services and products a question named."""
    return {kind: list(ask.about[kind]) for kind in ("service", "product") if ask.about.get(kind)}


async def _at_once(commands: Sequence[Command], desk: Desk) -> bool:
    """What overrides everything else: leaving, coming back, a person."""
    kinds = {type(command) for command in commands}
    if OptOut in kinds:
        await desk.call("opt_out")
        desk.dialogue.update(stack=[], question=None, opted_out=True)
        desk.say("opt_out.done")
        return True
    if desk.dialogue["opted_out"]:
        await desk.call("opt_in")
        desk.dialogue["opted_out"] = False
    if OptIn in kinds:
        desk.say("opt_in.done")
        return True
    for command in commands:
        if isinstance(command, Human):
            await _take_in(commands, desk)
            await call_person(desk, command.reason)
            return True
    return False


def _asks_about_a_thing(commands: Sequence[Command], desk: Desk) -> bool:
    """A thing named without saying what for, while nothing is under way: a question instead of a guess."""
    kinds = {type(command) for command in commands}
    things = [command for command in commands if isinstance(command, Fill) and command.slot in ("service", "items")]
    if Unclear not in kinds or Start in kinds or len(things) != 1 or stack.top(desk) is not None:
        return False
    if Smalltalk in kinds:
        desk.say("greet.short")
    questions.clarify_thing(things[0].slot, things[0].value, desk)
    return True


# ── facts and new flows ──────────────────────────────────────────────────────────────────────────────────────────────


async def _take_in(commands: Sequence[Command], desk: Desk) -> bool:
    """Starts flows and fills slots in the order said. Returns whether anything changed."""
    changed = False
    for command in commands:
        match command:
            case Start(flow):
                changed = await _start(flow, desk, commands) or changed
            case Correct("time", value) if stack.top(desk) is None and await _regrets(desk):
                changed = await _fill("time", value, desk) or changed
            case Fill(slot, value) | Correct(slot, value):
                changed = await _fill(slot, value, desk) or changed
            case Reject(slot):
                changed = await _reject(slot, desk) or changed
            case _:
                pass
    return changed


async def _start(flow: str, desk: Desk, commands: Sequence[Command]) -> bool:
    """Begins a flow; a booking without a service is for the one just asked about."""
    slots = {command.slot for command in commands if isinstance(command, Fill | Correct)}
    if flow == "change_order" and "items" in slots and not await _has_open_order(desk):
        flow = "order"  # "2 petiscos a mais" of a customer who has ordered nothing is an order
    if flow == "cancel_booking" and not slots and await _only_ordered(desk):
        flow = "cancel_order"
    started = stack.start(flow, desk, has_facts=bool(slots))
    frame = stack.top(desk)
    if started and flow == "book" and frame and "service" not in slots and (service := topic(desk, "service")):
        await FLOWS[frame["flow"]].fill(frame, desk, "service", service)
    return started


async def _only_ordered(desk: Desk) -> bool:
    """ "Quero cancelar" of a customer who has an order to cancel and no appointment."""
    if not desk.business.products or stack.top(desk) is not None:
        return False
    return await _has_open_order(desk) and not (await desk.call("my_appointments"))["appointments"]


async def _regrets(desk: Desk) -> bool:
    """ "Na verdade é sexta" right after a booking moves that booking."""
    done = desk.dialogue["done"]
    if done is None or done["flow"] not in ("book", "reschedule"):
        return False
    return await FLOWS["reschedule"].fill(stack.push("reschedule", desk), desk, "booking", done["receipt"])


async def _has_open_order(desk: Desk) -> bool:
    orders = (await desk.call("my_orders"))["orders"]
    return any(order["status"] == "confirmed" for order in orders)


async def _fill(slot: str, value: Any, desk: Desk) -> bool:
    """Gives a fact to the flow on top, or to the one it obviously begins. Returns whether something changed."""
    if slot == "name":
        await desk.call("update_customer", name=value)
    if (desk.dialogue["question"] or {}).get("kind") == "handoff_now":
        return False  # a person is being called: they read it in the transcript
    frame = stack.top(desk)
    if slot == "quantity" and not (frame and frame["slots"].get("items")) and (product := topic(desk, "product")):
        slot, value = "items", [{"product": product, "quantity": value, "mode": "add", "alternatives": ()}]
    if frame is None:
        flow = stack.implied(slot, desk)
        if flow is None:
            return False
        stack.start(flow, desk, has_facts=True)
        frame = stack.top(desk)
    assert frame is not None, "a flow was just started"
    before = deepcopy(frame["slots"])
    used = await FLOWS[frame["flow"]].fill(frame, desk, slot, value)
    if used:
        desk.dialogue["question"] = None
    if frame["asks"] == "confirm" and _facts(before) == _facts(frame["slots"]):
        frame["slots"] = before  # said again, not changed: the summary stands
        return False
    return used


def topic(desk: Desk, kind: str) -> str | None:
    """The one service or product spoken of a moment ago, for "quero uma"."""
    spoken = desk.dialogue.get("topic") or {}
    ids = spoken.get(kind) or []
    return ids[0] if len(ids) == 1 and desk.dialogue["turns"] - spoken["turn"] <= _TOPIC_TURNS else None


def _facts(slots: Data) -> Data:
    """What a customer would call a change: the exact start counts, how it was said does not."""
    wish = slots.get("wish") or {}
    told = {key: value for key, value in slots.items() if key not in ("start", "with", "spoken")}
    return {**told, "wish": slots.get("start") or wish.get("start") or wish}


async def _reject(slot: str | None, desk: Desk) -> bool:
    frame = stack.top(desk)
    return frame is not None and await FLOWS[frame["flow"]].reject(frame, desk, slot)


# ── yes, no, never mind ──────────────────────────────────────────────────────────────────────────────────────────────


async def _decide(commands: Sequence[Command], desk: Desk) -> None:
    """The last yes or no of the turn, to whatever was asked."""
    decision = next((command for command in reversed(commands) if isinstance(command, Affirm | Deny)), None)
    if decision is None:
        return
    yes = isinstance(decision, Affirm)
    frame = stack.top(desk)
    if desk.dialogue["question"] is not None:
        await questions.decide(desk, yes=yes)
    elif frame is None:
        desk.say("ack.yes" if yes else "ack.no")
    elif frame["asks"] == "confirm":
        await (_carry_out(frame, desk) if yes else _refuse(frame, desk))
    elif (chosen := _answered_by(desk, "yes" if yes else "no")) is not None:
        await _take_in([from_dict(data) for data in chosen["commands"]], desk)
    elif not yes and frame.get("refused"):
        stack.drop(frame, desk)
    elif not yes:
        await FLOWS[frame["flow"]].reject(frame, desk, frame["asks"])


def _answered_by(desk: Desk, answer: str) -> Data | None:
    """The offered option that a plain yes or no stands for."""
    offered = desk.dialogue["offered"]
    named = next((option for option in offered if option.get("answer") == answer), None)
    return offered[0] if named is None and answer == "yes" and len(offered) == 1 else named


async def _carry_out(frame: Frame, desk: Desk) -> None:
    """The yes to a summary: the one place where a flow's effect happens."""
    receipt = await FLOWS[frame["flow"]].finish(frame, desk)
    if receipt is None:
        frame["asked_again"] = True
        return
    if receipt.get("receipt"):
        now = desk.now.isoformat()
        done = {"flow": frame["flow"], "receipt": receipt["receipt"], "at": now, "start": receipt.get("start")}
        desk.dialogue["done"] = done
    stack.remove(frame, desk)
    if frame["slots"].get("more"):
        _continue_with(frame["slots"], desk)


def _continue_with(slots: Data, desk: Desk) -> None:
    """ "Mão e pé": the second service of one wish gets its own booking, on the same day."""
    service, *rest = slots["more"]
    stack.push("book", desk, service=service, more=rest, wish=after_refusal(slots["start"]))


async def _refuse(frame: Frame, desk: Desk) -> None:
    """A no to a summary: nothing happens; what should be different?"""
    if frame["flow"] in ("cancel_booking", "cancel_order"):
        stack.remove(frame, desk)
        desk.say("flow.kept")
        return
    desk.say("confirm.refused")
    desk.offer([option("desistir", [Cancel()], title_key="option.give_up")])
    frame.update(asks="clarify", refused=True, asked_again=True)


async def _give_up(desk: Desk) -> None:
    """ "Esquece": the current flow goes. After an effect it asks whether to undo it; it never undoes by itself."""
    frame, done = stack.top(desk), desk.dialogue["done"]
    if frame is not None:
        stack.drop(frame, desk)
    elif desk.dialogue["question"] is not None or done is None:
        desk.say("ack.no")
    elif done["flow"] in ("book", "reschedule"):
        await FLOWS["cancel_booking"].fill(stack.push("cancel_booking", desk), desk, "booking", done["receipt"])
    elif done["flow"] in ("order", "change_order"):
        stack.push("cancel_order", desk)
    else:
        desk.say("ack.no")
    desk.dialogue.update(question=None, done=None)


# ── the step that is waited for ──────────────────────────────────────────────────────────────────────────────────────


async def _settle(desk: Desk) -> None:
    """Lets the flow on top say its next step; one that has nothing more makes room for the one below."""
    while (frame := stack.top(desk)) is not None and desk.dialogue["question"] is None:
        if frame.pop("asked_again", False):
            return
        frame.pop("refused", None)
        if frame.pop("resumed", False):
            desk.say("flow.back", flow={"$phrase": f"flow.name.{frame['flow']}", "with": {}})
        frame["asks"] = await FLOWS[frame["flow"]].advance(frame, desk)
        if frame["asks"] != "none":
            return
        stack.remove(frame, desk)
    question = desk.dialogue["question"]
    if question is not None and question["kind"] == "handoff_now":
        await call_person(desk, question["reason"], question["note"])


async def _clarify(desk: Desk, unclear: Unclear) -> None:
    """Asks a good question; after two that did not help, a person does."""
    desk.dialogue["unclear"] += 1
    if desk.dialogue["unclear"] > _UNCLEAR_LIMIT:
        await call_person(desk, "stuck")
    elif stack.top(desk) is not None:
        desk.say("clarify.step")
        await _settle(desk)
    else:
        questions.clarify(unclear.options, desk)


def waiting_for(dialogue: Data) -> str:
    """What the bot waits for: the typed expectation of the conversation."""
    question = dialogue["question"]
    if question is not None and question["kind"] in ("clarify", "resume"):
        return "clarify"
    return str(dialogue["stack"][-1]["asks"]) if dialogue["stack"] else "none"
