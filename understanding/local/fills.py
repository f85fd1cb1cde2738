"""Facts as commands: which slot each fact fills, whether it corrects an earlier one, what was taken back."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Command, Correct, Fill, Reject
from domain.ports import Situation
from understanding.local import quantities
from understanding.local.facts import Fact

_SAME_NAME = ("zone", "address", "payment", "change_for", "delivery", "name", "email")
_MOVES = ("reschedule", "cancel_booking")


def quantity(text: str, said: Sequence[Fact], language: str) -> list[Command]:
    """ "Quero duas": a number without its noun, for what was just spoken of."""
    if any(fact.kind in ("product", "time", "address", "change_for") for fact in said):
        return []
    counted = quantities.find(text, language)
    return [Fill("quantity", counted[0].value)] if len(counted) == 1 else []


def fills(said: Sequence[Fact], situation: Situation, flow: str | None) -> list[Command]:
    """The commands for the facts of one clause, given the flow they belong to."""
    commands: list[Command] = [
        *_times(said, situation, flow),
        *_things(said),
        *_items(said),
    ]
    for fact in said:
        if fact.negated:
            continue
        if fact.kind in _SAME_NAME:
            commands.append(Fill(fact.kind, fact.value))
        elif fact.kind == "order":
            commands.append(Fill("order_number", fact.value))
    return commands


def _times(said: Sequence[Fact], situation: Situation, flow: str | None) -> list[Command]:
    times = [fact for fact in said if fact.kind == "time"]
    kept = [fact for fact in times if not fact.negated]
    if times and not kept:
        return [Reject("time")]
    if not kept:
        return []
    old = [fact for fact in kept if _is_old(fact, kept, situation, flow)]
    new = [fact.value for fact in kept if fact not in old]
    commands: list[Command] = []
    if old:
        commands.append(Fill("old_time", [fact.value for fact in old]))
    if new:
        taken_back = [fact.value["text"] for fact in times if fact.negated]
        commands.append(Correct("time", new, taken_back[0]) if taken_back else Fill("time", new))
    return commands


def _is_old(fact: Fact, kept: Sequence[Fact], situation: Situation, flow: str | None) -> bool:
    """Whether a time names the appointment spoken of, not the one wished for."""
    if flow == "cancel_booking":
        return True
    if flow not in _MOVES or (situation.flow == "reschedule" and situation.asks in ("time", "confirm")):
        return False
    if len(kept) > 1:
        return fact.role == "old" or (fact is kept[0] and any(other.role == "new" for other in kept[1:]))
    return fact.role == "old"


def _things(said: Sequence[Fact]) -> list[Command]:
    commands: list[Command] = []
    for kind in ("service", "professional"):
        kept = [fact for fact in said if fact.kind == kind and not fact.negated]
        taken_back = [fact for fact in said if fact.kind == kind and fact.negated]
        if kept and taken_back:
            commands.append(Correct(kind, kept[-1].value, taken_back[0].value))
        elif kept:
            commands.append(Fill(kind, kept[0].value))
        elif taken_back:
            commands.append(Reject(kind))
    return commands


def _items(said: Sequence[Fact]) -> list[Command]:
    lines = [
        {**fact.value, "mode": "remove" if fact.negated else fact.value["mode"]}
        for fact in said
        if fact.kind == "product"
    ]
    return [Fill("items", lines)] if lines else []
