"""What is done on a holiday: the opening hours of the day that was named, whatever the words of the question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.commands import Ask, Command, Fill, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_OPEN = ("faq", "catalog", "hours")
"""Topics of a question whose day is all that it tells."""
_NAMED = {"service", "product", "professional", "trade"}


def hours(commands: Sequence[Command], text: str, situation: Situation) -> list[Command]:
    """ "What do you do on the 21st of April? It's a bank holiday": one question, for the hours of that day."""
    folded = fold(text)
    dated = [each for each in commands if isinstance(each, Ask) and _only_of_a_day(each)]
    taken = _taken_for_a_wish(commands) if not dated and has("what_is_done", folded) else []
    days = [str(each.about["day"]) for each in dated] or [str(each.value[0]["start"]) for each in taken]
    if not days or not (has("holiday", folded) or date.fromisoformat(days[0][:10]) in situation.business.holidays):
        return list(commands)
    wish = [Start("book"), *taken] if taken else []
    kept = [each for each in commands if each not in [*dated, *wish] and not _of_some_holiday(each) and not _idle(each)]
    return [Ask("hours", {"text": text, "day": days[0][:10]}), *kept]


def _only_of_a_day(ask: Ask) -> bool:
    return ask.topic in _OPEN and bool(ask.about.get("day")) and not ask.about.keys() & _NAMED


def _taken_for_a_wish(commands: Sequence[Command]) -> list[Fill]:
    """The day of the same question, where it was taken for the wish to book something then."""
    told = [each for each in commands if isinstance(each, Fill)]
    one = Start("book") in commands and len(told) == 1 and told[0].slot == "time" and bool(told[0].value)
    return told if one and told[0].value[0]["start"] else []


def _of_some_holiday(command: Command) -> bool:
    return isinstance(command, Ask) and command.topic == "hours" and "day" not in command.about


def _idle(command: Command) -> bool:
    """Beside a question, what was not understood or only said."""
    return isinstance(command, Unclear) or (isinstance(command, Smalltalk) and command.kind == "other")
