"""What is said right after an appointment was cancelled: it is wanted back, another time for it, none for now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.commands import Ask, Command, Correct, Deny, Fill, OptIn, Repeat, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.fills import fills
from understanding.local.reading.times_told import exactly, wished
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_OF_ANOTHER_TIME = {"time", "professional", "same_person", "anybody", "same_hour", "same_weekday", "earliest", "latest"}
_ASKS_ELSE = ("price", "opening", "duration", "cancels", "at_work", "own_when")
_LATER = ("will_call", "some_day", "books_again_later", "some_other_day")


def told(commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands, those of a new appointment where one like the one that went is meant."""
    if situation.flow is not None or situation.done.get("flow") != "cancel_booking":
        return list(commands)
    folded = fold(text)
    courteous: list[Command] = [each for each in commands if isinstance(each, Smalltalk)]
    if any(isinstance(each, Fill | Correct) and each.slot in ("service", "items") for each in commands):
        return list(commands)
    if (times := _another_time(commands, folded, said, situation)) is not None:
        return [*courteous, Start("book"), *times]
    if has("asks_whether_gone", folded):
        return [Repeat()]
    if has("wants_it_back", folded) and situation.done.get("start"):
        return [*courteous, Start("book"), *_as_it_was(situation.done)]
    if any(isinstance(each, OptIn) for each in commands) and not has("messages", folded):
        return courteous or [Deny()]  # "quando eu voltar entro em contato"
    if "?" not in text and any(has(cue, folded) for cue in _LATER) and all(_is_none(each) for each in commands):
        return courteous or [Deny()]
    anew = Start("reschedule") in commands and not situation.standing
    return [Start("book") if anew and each == Start("reschedule") else each for each in commands]


def _another_time(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command] | None:
    """ "E sexta, tem?", "could I book Saturday instead?": what is told of the time; None where none is wished for."""
    kinds = {fact.kind for fact in said}
    if not any(wished(fact) for fact in said) or not kinds <= _OF_ANOTHER_TIME:
        return None
    if any(has(cue, folded) for cue in _ASKS_ELSE) or any(has(cue, folded) for cue in _LATER):
        return None
    asked = [each for each in commands if isinstance(each, Ask)]
    begun = [each for each in commands if isinstance(each, Start)]
    if any(each.topic not in ("catalog", "stock", "faq", "hours") for each in asked):
        return None
    if any(each.flow != "reschedule" for each in begun):
        return None
    if situation.standing and begun and has("moves_to", folded):
        return None  # "y la otra pásala al viernes"
    timed = any(isinstance(each, Correct | Fill) and each.slot == "time" for each in commands)
    return fills(said, situation, flow="book") if timed or asked or begun else None


def _as_it_was(done: Mapping[str, Any]) -> list[Command]:
    service = [Fill("service", done["service"])] if done.get("service") else []
    who = [Fill("professional", done["professional"])] if done.get("professional") else []
    return [*service, *who, Fill("time", [exactly(done["start"])])]


def _is_none(command: Command) -> bool:
    """Whether it asks for nothing that could be done now."""
    if isinstance(command, Start):
        return command.flow in ("book", "reschedule", "cancel_booking")
    return isinstance(command, Unclear | Smalltalk | Deny | Fill)
