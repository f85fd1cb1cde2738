"""Another hour told to a summary: "11 suits me better than 10", "prefiro 11 do que às 10"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from domain.commands import Fill
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import lone_numbers
from understanding.local.text import numerals
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import Word, fold, split

_TIMED = ("book", "reschedule")
_HALF_A_DAY, _HALF_AN_HOUR = 12, 30
_END = re.compile(r"[.;!?\n]|,")
_EDGE = Word(".", 0, 0)
_OF = frozenset(("of", "de", "do", "da", "dos", "das"))
_COUNTING = frozenset(("for", "have", "take", "tem", "tienen", "and", "e", "me", "no", "s", "do", "we", "com", "with"))
"""Words of suiting that as well stand before how many of something there are."""


def told(text: str, said: Sequence[Fact], situation: Situation) -> list[Fact]:
    """The facts with such an hour, and without the one summed up beside it.

    It may be a number alone: any that is not summed up and counts nothing.
    """
    summed_up = situation.slots.get("start")
    if situation.asks != "confirm" or situation.flow not in _TIMED or not isinstance(summed_up, str):
        return list(said)
    now = datetime.fromisoformat(summed_up)
    said = _without_reminders(fold(text), said)
    same = [fact for fact in said if _is_exact(fact) and datetime.fromisoformat(fact.value["start"]).hour == now.hour]
    hours = [fact for fact in said if fact.kind == "time" and fact.value["has_time"]]
    if len(hours) == len(same):
        others = _hour(text, said, now, situation) or _half_past(fold(text), now, situation)
        return sorted([*(fact for fact in said if not others or fact not in same), *others], key=_place)
    either = len(hours) != len(same) + 1 or has("or", fold(text)) or any(fact.role or fact.negated for fact in hours)
    return [fact for fact in said if either or fact not in same]


def _without_reminders(folded: str, said: Sequence[Fact]) -> list[Fact]:
    """ "Sim, e me lembra um dia antes": no other day for what is summed up."""
    found = pattern("checkout_remind").search(folded)
    if found is None:
        return list(said)
    end = _END.search(folded, found.end())
    until = end.start() if end else len(folded)
    return [fact for fact in said if fact.kind != "time" or not found.start() <= fact.start < until]


def _place(fact: Fact) -> int:
    return fact.start


def _is_exact(fact: Fact) -> bool:
    return (
        fact.kind == "time" and fact.value["kind"] == "moment" and fact.value["has_time"] and not fact.value["has_date"]
    )


def _hour(text: str, said: Sequence[Fact], now: datetime, situation: Situation) -> list[Fact]:
    others = [
        (word, number)
        for word, number in _numbers(text, situation.language)
        if number % _HALF_A_DAY != now.hour % _HALF_A_DAY
        and not any(fact.start < word.end and word.start < fact.end for fact in said)
    ]
    meant = lone_numbers.hour(others[0][1], situation) if len(others) == 1 else None
    values = [each.value for each in meant.commands if isinstance(each, Fill)] if meant else []
    return [Fact("time", value[0], others[0][0].start, others[0][0].end) for value in values]


def _half_past(folded: str, now: datetime, situation: Situation) -> list[Fact]:
    """ "Could we do half past instead", to 15:00: of the hour summed up."""
    found = pattern("checkout_half_past").search(folded) if now.minute == 0 else None
    meant = lone_numbers.hour(now.hour, situation, _HALF_AN_HOUR) if found else None
    values = [each.value for each in meant.commands if isinstance(each, Fill)] if meant else []
    return [Fact("time", value[0], *found.span()) for value in values] if found else []


def _numbers(text: str, language: str) -> Iterator[tuple[Word, int]]:
    """Each number between small words, words that take a time, and the ends of a clause."""
    small = words("suits") | words("fillers")
    behind_one = (small | words("behind_an_hour") | words("function_words") | words("tag_words")) - _OF
    told = [_EDGE, *split(fold(text)), _EDGE]
    for (before, word), (_, behind) in zip(pairwise(told), pairwise(told[1:]), strict=False):
        number = numerals.value(word.text, language)
        if number is None or number < 2 or word.text in small:
            continue
        opens = not before.text[0].isalnum() or before.text in small - _COUNTING or behind.text in words("suits")
        if opens and (not behind.text[0].isalnum() or behind.text in behind_one):
            yield word, number
