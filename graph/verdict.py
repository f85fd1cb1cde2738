"""Yes, no and never mind: the one place where a flow's effect happens, and only after a yes to its summary."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Affirm, Cancel, Command, Deny, Fill, from_dict
from graph import questions, stack
from graph.flows import FLOWS, beside
from graph.flows.flow import Desk, Frame, option
from graph.intake import take_in
from graph.state import Data

_CHOICES = ("service", "professional", "time")
_TOLD = ("delivery", "zone", "address", "payment", "change_for")


async def decide(commands: Sequence[Command], desk: Desk) -> None:
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
        told = [command.value for command in commands if isinstance(command, Fill) and command.slot == "both"]
        if told == [False]:
            frame["slots"].pop("more", None)
        every = True in told
        await (_carry_out(frame, desk, every=every) if yes else _refuse(frame, desk))
    elif (chosen := _answered_by(desk, "yes" if yes else "no")) is not None:
        await take_in([from_dict(data) for data in chosen["commands"]], desk)
    elif yes and frame["asks"] in _CHOICES and len(desk.dialogue["offered"]) > 1:
        desk.say("clarify.one_of_these")
    else:
        await _of_a_slot(frame, desk, yes=yes)


async def _of_a_slot(frame: Frame, desk: Desk, *, yes: bool) -> None:
    """A bare yes or no where a datum was asked for."""
    if yes and frame["asks"] == "insurance":
        desk.say("lead.which_insurance")
        frame["asked_again"] = True
    elif not yes and (frame.get("refused") or _wants_nothing(frame)):
        stack.drop(frame, desk)
    elif not yes:
        await FLOWS[frame["flow"]].reject(frame, desk, frame["asks"])


def _wants_nothing(frame: Frame) -> bool:
    """A no to what shall be ordered, with nothing in the basket."""
    slots = frame["slots"]
    return bool(
        frame["flow"] == "order" and frame["asks"] == "items" and not slots.get("items") and not slots.get("choice")
    )


def _answered_by(desk: Desk, answer: str) -> Data | None:
    """The offered option that a plain yes or no stands for."""
    offered = desk.dialogue["offered"]
    named = next((option for option in offered if option.get("answer") == answer), None)
    return offered[0] if named is None and answer == "yes" and len(offered) == 1 else named


async def _carry_out(frame: Frame, desk: Desk, *, every: bool) -> None:
    """The yes to a summary: the one place where a flow's effect happens. `every`: to all that it told."""
    receipt = await FLOWS[frame["flow"]].finish(frame, desk)
    if receipt is None:
        frame["asked_again"] = True
        return
    if receipt.get("receipt"):
        now = desk.now.isoformat()
        done = {
            "flow": frame["flow"],
            "receipt": receipt["receipt"],
            "at": now,
            "service": receipt.get("service") or frame["slots"].get("service"),
            "start": receipt.get("start"),
            "professional": receipt.get("professional"),
            "end": receipt.get("end"),
            "turn": desk.dialogue["turns"],
            "was": _as_it_was(frame),
            "told": {name: frame["slots"][name] for name in _TOLD if frame["slots"].get(name)},
        }
        desk.dialogue["done"] = done
    stack.remove(frame, desk)
    desk.dialogue.pop("topic", None)
    if frame["slots"].get("more") and frame["flow"] == "reschedule":
        await _move_the_next(frame["slots"]["more"], desk)
    elif frame["slots"].get("more"):
        await _continue_with(frame, receipt, desk, every=every)
    elif frame["slots"].get("people", 1) > 1:
        _continue_for_another(frame["slots"], receipt, desk)
    if frame["slots"].get("others"):
        first, *others = frame["slots"]["others"]
        told = frame["slots"].get("for_others", {})
        stack.push("reschedule", desk, **told, booking=first, others=others, for_others=told, follows=True)


def _as_it_was(frame: Frame) -> Data | None:
    """When and with whom it was before it was moved, for "put it back"."""
    booking = frame["slots"].get("booking") if frame["flow"] == "reschedule" else None
    return {"start": booking["start"], "professional": booking["professional"]} if booking else None


async def _move_the_next(told: Sequence[Data], desk: Desk) -> None:
    """ "Muda o corte pra sexta e a unha pra quinta": the second is moved once the first is."""
    first, *others = told
    behind = stack.push("reschedule", desk, more=others, follows=True)
    for slot, value in first.items():
        await FLOWS["reschedule"].fill(behind, desk, slot, value)


async def _continue_with(frame: Frame, receipt: Data, desk: Desk, *, every: bool) -> None:
    """ "Mão e pé": the second service of one wish gets its own booking; "sim, os dois" is its yes if it was told."""
    behind = stack.push("book", desk, **beside.begun(frame["slots"], receipt, desk))
    told, *others = (frame["summary"] or {}).get("then") or [None]
    if told:  # when and with whom it was told
        behind["slots"].update(professional=told["with"], wish={"start": told["start"]})
    if every and told:
        behind["slots"].update(told)
        behind["summary"] = {"service": behind["slots"]["service"], **told, "then": others}
        await _carry_out(behind, desk, every=True)


def _continue_for_another(slots: Data, receipt: Data, desk: Desk) -> None:
    """ "Pra mim e pra minha irmã": the same for the other person, right after the first where that is free."""
    wish = beside.right_after(slots, receipt, desk)
    stack.push("book", desk, service=slots["service"], people=slots["people"] - 1, wish=wish, for_another=True)


async def _refuse(frame: Frame, desk: Desk) -> None:
    """A no to a summary: nothing happens; what should be different?"""
    if frame["flow"] in ("cancel_booking", "cancel_order"):
        stack.remove(frame, desk)
        desk.say("flow.kept")
        return
    desk.say("confirm.refused")
    desk.offer([option("desistir", [Cancel()], title_key="option.give_up")])
    frame.update(asks="clarify", refused=True, asked_again=True)


async def give_up(desk: Desk) -> None:
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
