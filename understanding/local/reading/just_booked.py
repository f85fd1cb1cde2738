"""What is said right after an appointment was made: another hour is for that one, unless one more is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Ask, Command, Fill, Start, Unclear
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
    shift = _shift(folded)
    if shift and not told and all(each == Start("reschedule") or _asks_for_some(each) for each in commands):
        return [Start("reschedule"), Fill("shift", shift)]
    if Start("book") not in commands or not told or not told <= _OF_TIMES or any(has(cue, folded) for cue in _ONE_MORE):
        return list(commands)
    return [Start("reschedule") if each == Start("book") else each for each in commands]


def _shift(folded: str) -> str | None:
    if has("sooner", folded) or has("sooner_by", folded):
        return "earlier"
    return "later" if has("later", folded) else None


def _asks_for_some(command: Command) -> bool:
    """ "¿Hay algo más temprano?", whatever it was taken for."""
    return isinstance(command, Unclear) or (isinstance(command, Ask) and command.topic in ("catalog", "stock"))
