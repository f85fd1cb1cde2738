"""Several appointments told at once, each with its own service, hour and person: "mão às 14h e pé às 14h45".

The first one is read as if it stood alone; each other leaves the text and becomes a wish beside it. A day or a person
said once holds for all; "às 9 ou às 10" stays two times of one wish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Any

from domain.commands import Ask, Command, Fill, Start, Unclear
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading import one_more
from understanding.local.reading.fills import fills
from understanding.local.reading.parts import blanked
from understanding.local.reading.reasons import wished
from understanding.local.text.cues import alternatives, has, pattern
from understanding.local.text.words import fold

_OTHER_ACTS = ("cancels", "in_place_of", "not_cancelling")
_TAKEN = ("service", "time", "professional")
Told = Mapping[str, Any]


@dataclass(slots=True)
class _Wish:
    """One appointment: its service, the hours that will do, its day, with whom; `own`: the facts of it alone."""

    service: Fact
    hours: list[Fact] = field(default_factory=list)
    day: str | None = None
    person: str | None = None
    own: list[Fact] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """Its slots."""
        slots: dict[str, Any] = {"service": self.service.value}
        if self.hours:
            slots["time"] = [_on(fact.value, self.day) for fact in self.hours]
        if self.person:
            slots["professional"] = self.person
        return slots


def counted(text: str) -> str:
    """ "Um às 15h, outro às 15h30": the text without what looks like a part of the hour and is none."""
    for cue in ("one_each", "straight_after", "first_of_all"):
        if (found := pattern(cue).search(fold(text))) is not None:
            text = blanked(text, *found.span())
    return text


def apart(text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Fact], list[Told]]:
    """The text and the facts of the first wish alone, and what was told of each other."""
    if not situation.business.professionals or situation.flow not in (None, "book", "order", "reschedule"):
        return text, list(said), []
    if any(has(cue, fold(text)) for cue in _OTHER_ACTS) or any(_taken_back(fact) for fact in said):
        return text, list(said), []
    if (another := one_more.told(text, said, situation)) is not None:
        return (*another[:2], [another[2]])
    wishes = _wishes(text, said, situation)
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
    while place < len(commands) and isinstance(commands[place], Fill):
        place += 1
    return [*commands[:place], more, *commands[place:]]


def _of_the_wish(command: Command, first: Sequence[Fact]) -> bool:
    """Whether a command came of a clause that only told the first wish."""
    if isinstance(command, Ask):
        words = fold(str(command.about.get("text") or ""))
        told = [fold(str(fact.value["text"])) for fact in first if fact.kind == "time"]
        return command.topic != "prices" and any(each in words for each in told)
    return isinstance(command, Unclear) or (isinstance(command, Fill) and command.slot in _TAKEN)


# ── which belongs to which ───────────────────────────────────────────────────────────────────────────────────────────


def _wishes(text: str, said: Sequence[Fact], situation: Situation) -> list[_Wish]:
    """The appointments told, in their order; fewer than two: nothing to be told apart."""
    folded = fold(text)
    services = [fact for fact in said if fact.kind == "service" and fact.role != "hint"]
    named = _once_each(services)
    hours = _hours(said, named, folded)
    if len(named) > 1 and any(_either(one, two, said, folded) for one, two in pairwise(named)):
        return []
    if len(named) == 1 and len(hours) == 2 and _of_somebody_else(hours, said, folded):
        wishes = [_Wish(named[0], own=[]), _Wish(named[0], own=[])]
    else:
        wishes = [_Wish(name, own=[fact for fact in services if _same(fact, name)]) for name in named]
    days = [fact for fact in said if wished(fact) and fact.value["has_date"] and fact.value["start"]]
    if len(wishes) < 2 or len(hours) > len(wishes):
        return []
    if len(hours) < 2 and len({_day(fact) for fact in days}) < 2:
        return []
    _give_hours(wishes, hours)
    _give_days(wishes, days)
    _give_people(wishes, [fact for fact in said if fact.kind == "professional"], situation)
    return wishes


def _once_each(services: Sequence[Fact]) -> list[Fact]:
    """Each service once: of "banho e tosa; banho às 9h, tosa às 10h" the words beside the hours."""
    kept: list[Fact] = []
    for fact in services:
        again = next((one for one in kept if _same(one, fact)), None)
        if again is not None:
            kept.remove(again)
            fact = replace(fact, value=again.value if isinstance(fact.value, list) else fact.value)
        kept.append(fact)
    return kept


def _same(one: Fact, two: Fact) -> bool:
    """Whether both name one service, or one of them a kind that the other is of."""
    ids = [set(fact.value) if isinstance(fact.value, list) else {fact.value} for fact in (one, two)]
    return one.kind == two.kind == "service" and bool(ids[0] & ids[1])


def _alternatives(hours: Sequence[Fact], folded: str) -> list[list[Fact]]:
    """The hours; those that will do one or the other stand together."""
    groups: list[list[Fact]] = []
    for fact in hours:
        if groups and has("or", folded[groups[-1][-1].end : fact.start]):
            groups[-1].append(fact)
        else:
            groups.append([fact])
    return groups


def _hours(said: Sequence[Fact], named: Sequence[Fact], folded: str) -> list[list[Fact]]:
    """The hours of the wishes: parts of the day too, where there are not too many; else those behind the services."""
    told = [fact for fact in said if wished(fact) and fact.value["has_time"]]
    exact = [fact for fact in told if fact.value["kind"] == "moment"]
    behind = [fact for fact in exact if named and fact.end > named[0].start]
    groups = [_alternatives(facts, folded) for facts in (told, exact, behind)]
    return next((each for each in groups if len(each) == len(named)), groups[1])


def _either(one: Fact, two: Fact, said: Sequence[Fact], folded: str) -> bool:
    """Whether one service or the other is wanted."""
    between = folded[max(fact.end for fact in said if fact is one or one.start < fact.end <= two.start) : two.start]
    return has("or", between) or has("or_between_times", between)


def _of_somebody_else(hours: Sequence[Sequence[Fact]], said: Sequence[Fact], folded: str) -> bool:
    """ "Eu às 15h e ele às 15h30": the second hour is another person's."""
    between = folded[hours[0][-1].end : hours[1][0].start]
    several = any(fact.kind == "two_people" for fact in said)
    return _whose().fullmatch(between) is not None or (several and not has("or", between) and len(between.split()) < 5)


def _give_hours(wishes: Sequence[_Wish], hours: Sequence[list[Fact]]) -> None:
    """As many hours as services belong together in their order; otherwise each is of the service before it."""
    for number, group in enumerate(hours):
        before = [wish for wish in wishes if wish.service.start < group[0].end]
        wish = wishes[number] if len(hours) == len(wishes) else (before or wishes)[-1 if before else 0]
        wish.hours.extend(group)
        wish.own.extend(group)


def _give_days(wishes: Sequence[_Wish], days: Sequence[Fact]) -> None:
    """A day told once is that of all; of several, each has its own or that of the one before it."""
    only = {_day(fact) for fact in days}
    for wish in wishes:
        dated = [_day(fact) for fact in wish.hours if fact.value["has_date"]]
        wish.day = dated[0] if dated else only.copy().pop() if len(only) == 1 else None
    bare = [fact for fact in days if not _hour(fact)]
    for fact in bare if len(only) > 1 else ():
        before = [wish for wish in wishes if wish.service.start < fact.end]
        wish = before[-1] if before else wishes[0]
        if not wish.hours and wish.day is None:
            wish.hours.append(fact)
            wish.own.append(fact)
        wish.day = wish.day or _day(fact)
    for one, two in pairwise(wishes):
        two.day = two.day or one.day


def _give_people(wishes: Sequence[_Wish], people: Sequence[Fact], situation: Situation) -> None:
    """Somebody told once is with all they can do; of several, each is of the service before them."""
    for fact in people:
        able = [wish for wish in wishes if _performs(fact.value, wish, situation)]
        before = [wish for wish in able if wish.service.start < fact.start] or able
        for wish in able if len(people) == 1 else before[-1:]:
            wish.person = fact.value
        if able and wishes[0] not in (able if len(people) == 1 else before[-1:]):
            (able if len(people) == 1 else before)[-1].own.append(fact)


def _performs(person: str, wish: _Wish, situation: Situation) -> bool:
    ids = wish.service.value if isinstance(wish.service.value, list) else [wish.service.value]
    known = situation.business.professional(person)
    return known is not None and bool(set(ids) & set(known.services))


# ── times and places ─────────────────────────────────────────────────────────────────────────────────────────────────


def _taken_back(fact: Fact) -> bool:
    return fact.kind in _TAKEN and (fact.negated or fact.role in ("old", "except"))


def _hour(fact: Fact) -> bool:
    return wished(fact) and bool(fact.value["has_time"])


def _day(fact: Fact) -> str:
    return str(fact.value["start"])[:10]


def _beside_its_hour(fact: Fact, first: _Wish) -> bool:
    """Whether a day, a part of one or an hour beside the first wish's own says nothing of it."""
    if not first.hours or not wished(fact) or fact in first.hours or not fact.value["start"]:
        return False
    return bool(fact.value["has_time"]) or _day(fact) != first.day


def _on(value: Mapping[str, Any], day: str | None) -> dict[str, Any]:
    """The time on that day, where none was said with it."""
    if value["has_date"] or day is None:
        return dict(value)
    edges = {edge: f"{day}{value[edge][10:]}" for edge in ("start", "end") if value[edge]}
    return {**value, **edges, "has_date": True}


def _dated(fact: Fact, first: _Wish) -> Fact:
    return replace(fact, value=_on(fact.value, first.day)) if fact in first.hours else fact


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


@cache
def _whose() -> re.Pattern[str]:
    small = rf"(?:{alternatives('time_articles')}|{alternatives('around_times')}|{alternatives('wants_one_too')})"
    return re.compile(rf"[\s,;]*(?:{alternatives('somebody_else')})(?:[\s,]+{small})*[\s,]*")
