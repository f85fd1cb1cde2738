"""Several appointments told at once, each with its own service, hour and person: "mão às 14h e pé às 14h45".

The first one is read as if it stood alone; each other leaves the text and becomes a wish beside it. A day or a person
said once holds for all; "às 9 ou às 10" stays two times of one wish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from domain.commands import Affirm, Ask, Command, Fill, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.fills import fills
from understanding.local.reading.message import belonging, one_more, waiting
from understanding.local.reading.message.belonging import Wish, day_of, on_day
from understanding.local.reading.parts import blanked
from understanding.local.reading.times_told import wished
from understanding.local.text.cues import alternatives, has, pattern
from understanding.local.text.words import fold

_OTHER_ACTS = ("cancels", "in_place_of", "not_cancelling")
_TAKEN = ("service", "time", "professional")
Told = Mapping[str, Any]


def counted(text: str) -> str:
    """ "Um às 15h, outro às 15h30": the text without what looks like a part of the hour and is none."""
    for cue in ("one_each", "straight_after", "first_of_all"):
        if (found := pattern(cue).search(fold(text))) is not None:
            text = blanked(text, *found.span())
    both = pattern("both_of_us").search(fold(text)) if has("two_of_us", fold(text)) else None
    return blanked(text, *both.span()) if both else text


def apart(text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Fact], list[Told]]:
    """The text and the facts of the first wish alone, and what was told of each other."""
    if not situation.business.professionals or situation.flow not in (None, "book", "order", "reschedule"):
        return text, list(said), []
    if (other := waiting.told(text, said, situation)) is not None:
        return (*other[:2], [other[2]])
    if any(has(cue, fold(text)) for cue in _OTHER_ACTS) or any(_taken_back(fact) for fact in said):
        return text, list(said), []
    if (another := one_more.told(text, said, situation)) is not None:
        return (*another[:2], [another[2]])
    wishes = belonging.wishes(text, said, situation)
    if len(wishes) < 2:
        return text, one_more.on_the_day_booked(text, said, situation), []
    first, *others = wishes
    gone = [fact for wish in others for fact in wish.own]
    kept = [_dated(fact, first) for fact in said if fact not in gone and not _beside_its_hour(fact, first)]
    for wish in others:
        text = _without(text, wish.own, [fact for fact in said if fact not in wish.own])
    return text, kept, [wish.told() for wish in others]


def added(
    commands: Sequence[Command], said: Sequence[Fact], others: Sequence[Told], situation: Situation
) -> list[Command]:
    """The commands with the wishes beside the first one, which is to be booked whatever its clause was taken for."""
    if not others:
        return list(commands)
    more = Fill("more", [dict(each) for each in others])
    started = next((each for each in (Start("book"), Start("reschedule")) if each in commands), None)
    if started is None and situation.flow not in ("book", "reschedule"):
        first = [fact for fact in said if fact.kind in _TAKEN]
        rest = [command for command in commands if not _of_the_wish(command, first)]
        return [Start("book"), *fills(first, situation, "book"), more, *rest]
    commands = [command for command in commands if not isinstance(command, Unclear)]
    place = commands.index(started) + 1 if started else 0
    while place < len(commands) and isinstance(commands[place], Fill | Affirm | Smalltalk):
        place += 1
    return [*commands[:place], more, *commands[place:]]


def _of_the_wish(command: Command, first: Sequence[Fact]) -> bool:
    """Whether a command came of a clause that only told the first wish."""
    if isinstance(command, Ask):
        words = fold(str(command.about.get("text") or ""))
        told = [fold(str(fact.value["text"])) for fact in first if fact.kind == "time"]
        return command.topic != "prices" and any(each in words for each in told)
    return isinstance(command, Unclear) or (isinstance(command, Fill) and command.slot in _TAKEN)


def _taken_back(fact: Fact) -> bool:
    return fact.kind in _TAKEN and (fact.negated or fact.role in ("old", "except"))


def _beside_its_hour(fact: Fact, first: Wish) -> bool:
    """Whether a day, a part of one or an hour beside the first wish's own says nothing of it."""
    if not first.hours or not wished(fact) or fact in first.hours or not fact.value["start"]:
        return False
    return bool(fact.value["has_time"]) or day_of(fact) != first.day


def _dated(fact: Fact, first: Wish) -> Fact:
    """A fact of the first wish with what the others tell of it: its day, or the kind named before its hour."""
    if fact.kind == "service" and isinstance(fact.value, list) and first.service.value in fact.value:
        return replace(fact, value=first.service.value)
    return replace(fact, value=on_day(fact.value, first.day)) if fact in first.hours else fact


def _without(text: str, own: Sequence[Fact], others: Sequence[Fact]) -> str:
    """The text without a wish: all of it where it stands together, else word by word."""
    start, end = min(fact.start for fact in own), max(fact.end for fact in own)
    if not any(start < fact.end and fact.start < end for fact in others):
        return blanked(text, _opening(text, start), end)
    for fact in own:
        for first, last in _free(fact, others):
            text = blanked(text, first, last)
    return text


def _free(fact: Fact, others: Sequence[Fact]) -> Iterator[tuple[int, int]]:
    """Its place, unless another's lies in it."""
    if not any(fact.start < one.end and one.start < fact.end for one in others):
        yield fact.start, fact.end


def _opening(text: str, start: int) -> int:
    """Where the wish begins, with the small words before it."""
    found = _leading().search(fold(text[:start]))
    return found.start() if found else start


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s,]*\b(?:{alternatives('leads_in')})[\s,]+)+$")
