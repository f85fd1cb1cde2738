"""Which hour, day and person belongs to which of several services told in one message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Any

from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.times_told import wished
from understanding.local.text.cues import alternatives, has, pattern
from understanding.local.text.words import fold


@dataclass(slots=True)
class Wish:
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
            slots["time"] = [on_day(fact.value, self.day) for fact in self.hours]
        if self.person:
            slots["professional"] = self.person
        return slots


def wishes(text: str, said: Sequence[Fact], situation: Situation) -> list[Wish]:
    """The appointments told, in their order; fewer than two: nothing to be told apart."""
    folded = fold(text)
    services = [fact for fact in said if fact.kind == "service" and fact.role != "hint"]
    named = _once_each(services)
    hours = _hours(said, named, folded)
    if len(named) > 1 and any(_either(one, two, said, folded) for one, two in pairwise(named)):
        return []
    if len(named) == 1 and len(hours) == 2 and _twice(services, hours):
        told = [Wish(services[0], own=services[:1]), Wish(services[1], own=services[1:])]
    elif len(named) == 1 and len(hours) == 2 and _of_somebody_else(hours, said, folded):
        told = [Wish(named[0]), Wish(named[0])]
    else:
        told = [Wish(name, own=[fact for fact in services if _same(fact, name)]) for name in named]
    days = [fact for fact in said if wished(fact) and fact.value["has_date"] and fact.value["start"]]
    if len(told) < 2 or len(hours) > len(told):
        return []
    people = [fact for fact in said if fact.kind == "professional" and not fact.negated]
    told_apart = len(hours) > 1 or len({day_of(fact) for fact in days}) > 1 or _of_a_later_one(people, told, situation)
    if not told_apart:
        return []
    _give_hours(told, hours)
    _give_days(told, days)
    _give_people(told, [fact for fact in said if fact.kind == "professional"], situation)
    return told


def _of_a_later_one(people: Sequence[Fact], told: Sequence[Wish], situation: Situation) -> bool:
    """ "Manicure pra ela e corte com a Ana pra mim": with somebody who does not do the first of them."""
    others = [fact.value for fact in people if not _performs(fact.value, told[0], situation)]
    return any(_performs(who, wish, situation) for who in others for wish in told[1:])


def _twice(services: Sequence[Fact], hours: Sequence[Sequence[Fact]]) -> bool:
    """ "Banho às 9h pro Rex e banho às 10h pra Mel": one service, named beside each of two hours."""
    if len(services) != 2 or services[0].value != services[1].value:
        return False
    return services[0].start < hours[0][-1].end <= services[1].start < hours[1][0].end


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
    several = any(fact.kind in ("two_people", "three_people") for fact in said) and not has("or", between)
    both = has("two_of_them", folded) and pattern("only_and").fullmatch(between.strip(" ,")) is not None
    return both or _whose().fullmatch(between) is not None or (several and len(between.split()) < 5)


def _give_hours(wishes: Sequence[Wish], hours: Sequence[list[Fact]]) -> None:
    """As many hours as services belong together in their order; otherwise each is of the service before it."""
    for number, group in enumerate(hours):
        before = [wish for wish in wishes if wish.service.start < group[0].end]
        wish = wishes[number] if len(hours) == len(wishes) else (before or wishes)[-1 if before else 0]
        wish.hours.extend(group)
        wish.own.extend(group)


def _give_days(wishes: Sequence[Wish], days: Sequence[Fact]) -> None:
    """A day told once is that of all; of several, each has its own or that of the one before it."""
    only = {day_of(fact) for fact in days}
    for wish in wishes:
        dated = [day_of(fact) for fact in wish.hours if fact.value["has_date"]]
        wish.day = dated[0] if dated else next(iter(only)) if len(only) == 1 else None
    bare = [fact for fact in days if not _hour(fact)]
    for fact in bare if len(only) > 1 else ():
        before = [wish for wish in wishes if wish.service.start < fact.end]
        wish = before[-1] if before else wishes[0]
        if not wish.hours and wish.day is None:
            wish.hours.append(fact)
            wish.own.append(fact)
        wish.day = wish.day or day_of(fact)
    for one, two in pairwise(wishes):
        two.day = two.day or one.day


def _give_people(wishes: Sequence[Wish], people: Sequence[Fact], situation: Situation) -> None:
    """Somebody told once is with all they can do; of several, each is of the service before them."""
    for fact in people:
        able = [wish for wish in wishes if _performs(fact.value, wish, situation)]
        before = [wish for wish in able if wish.service.start < fact.start] or able
        for wish in able if len(people) == 1 else before[-1:]:
            wish.person = fact.value
        if able and wishes[0] not in (able if len(people) == 1 else before[-1:]):
            (able if len(people) == 1 else before)[-1].own.append(fact)


def _performs(person: str, wish: Wish, situation: Situation) -> bool:
    ids = wish.service.value if isinstance(wish.service.value, list) else [wish.service.value]
    known = situation.business.professional(person)
    return known is not None and bool(set(ids) & set(known.services))


def _hour(fact: Fact) -> bool:
    return wished(fact) and bool(fact.value["has_time"])


def day_of(fact: Fact) -> str:
    return str(fact.value["start"])[:10]


def on_day(value: Mapping[str, Any], day: str | None) -> dict[str, Any]:
    """The time on that day, where none was said with it."""
    if value["has_date"] or day is None:
        return dict(value)
    edges = {edge: f"{day}{value[edge][10:]}" for edge in ("start", "end") if value[edge]}
    return {**value, **edges, "has_date": True}


@cache
def _whose() -> re.Pattern[str]:
    small = rf"(?:{alternatives('time_articles')}|{alternatives('around_times')}|{alternatives('wants_one_too')})"
    first = rf"(?:[\s,]*(?:{alternatives('for_the_first')}))?"
    return re.compile(rf"{first}[\s,;]*(?:{alternatives('somebody_else')})(?:[\s,]+{small})*[\s,]*")
