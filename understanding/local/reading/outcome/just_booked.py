"""What is said right after an appointment was made: another hour is for that one, unless one more is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Ask, Command, Correct, Fill, Start, Unclear
from domain.ports import Situation
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_OF_TIMES = {"time", "earliest", "latest", "same_hour", "same_weekday", "excluded"}
_ONE_MORE = (
    "books",
    "one_more",
    "also",
    "right_behind",
    "one_more_for",
    "somebody_wants",
    "puts_in",
    "for_another",
    "a_time",
)


def moved(commands: Sequence[Command], text: str, situation: Situation) -> list[Command]:
    """ "Make it 4pm", "¿puede ser el jueves?", "ops, é quinta": the one just booked; "anything earlier?" too."""
    if not situation.just_booked:
        return list(commands)
    folded, told = fold(text), {each.slot for each in commands if isinstance(each, Fill)}
    if (other := _another_service(commands, folded, situation)) is not None:
        return other
    shift = _shift(folded)
    if shift and not told and all(each == Start("reschedule") or _asks_for_some(each) for each in commands):
        return [Start("reschedule"), Fill("shift", shift)]
    if Start("book") not in commands or not told or not told <= _OF_TIMES or any(has(cue, folded) for cue in _ONE_MORE):
        return list(commands)
    return [Start("reschedule") if each == Start("book") else each for each in commands]


def _another_service(commands: Sequence[Command], folded: str, situation: Situation) -> list[Command] | None:
    """ "Ops, errei, era pedicure": what was just booked is to be something else; None where nothing says so."""
    named = [each for each in commands if isinstance(each, Fill | Correct) and each.slot == "service"]
    others = [each for each in named if isinstance(each.value, str) and each.value != situation.done.get("service")]
    meant = has("wrong_thing", folded) or has("trades", folded)
    if len(others) != 1 or not meant or any(has(cue, folded) for cue in (*_ONE_MORE, "price", "cancels")):
        return None
    if any(isinstance(each, Start) and each.flow not in ("book", "reschedule") for each in commands):
        return None
    kept = [each for each in commands if not isinstance(each, Start | Unclear) and each not in named]
    return [Start("reschedule"), Fill("service", others[0].value), *kept]


def _shift(folded: str) -> str | None:
    if has("sooner", folded) or has("sooner_by", folded):
        return "earlier"
    return "later" if has("later", folded) else None


def _asks_for_some(command: Command) -> bool:
    """ "¿Hay algo más temprano?", whatever it was taken for."""
    return isinstance(command, Unclear) or (isinstance(command, Ask) and command.topic in ("catalog", "stock"))
