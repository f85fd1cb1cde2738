"""What the appointments that stand are called in a message: by service, by whom, by day, hour and part of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from domain.ports import Situation
from understanding.local.classifier.named import Named
from understanding.local.dates.lexicon import lexicon
from understanding.local.facts import purposes
from understanding.local.facts.catalogue import Catalogue
from understanding.local.text import words
from understanding.local.text.cues import pattern
from understanding.local.text.words import fold

_DONE_TO = Path(__file__).with_name("done_to.yaml")
_WEEKDAY, _DAY = "Ww", "D"
_NUMBER = re.compile(
    r"(?<![\d/:.,])(?P<number>\d{1,2})(?:(?P<hour>(?::\d\d)?(?: ?(?:h(?:rs?|oras?|oritas)?(?:\d\d)?|am|pm|o'?clock))?)"
    r"|(?P<day>(?:st|nd|rd|th)|/\d{1,2}(?:/\d+)?))(?![\d/:])\b"
)
_MINUTES = re.compile(r"\d\d")
_AT_NOON = 12
_PLACES = {"first_of_mine": 0, "second_of_mine": 1, "last_of_mine": -1}

Own = Mapping[str, Any]


class Name(NamedTuple):
    """Words that fit some of the appointments, told by their places among those that stand."""

    kind: str
    start: int
    end: int
    fits: frozenset[int]


def find(text: str, language: str, standing: Sequence[Own], catalogue: Catalogue) -> list[Name]:
    """Every name of one of them, in its order, and the times and services that fit none; of two the longer first."""
    folded = fold(text)
    starts = [datetime.fromisoformat(one["start"]) for one in standing]
    found = [
        *_days(text, language, starts),
        *_numbers(folded, starts),
        *_parts(folded, starts),
        *_things(text, folded, language, standing, catalogue),
    ]
    return sorted((name for name in found if name.fits or name.kind != "professional"), key=_place)


def named(text: str, situation: Situation, catalogue: Catalogue) -> list[Named]:
    """The names that fit some of the appointments that stand and not all, none inside another; of times, what for."""
    standing, folded = situation.standing, fold(text)
    names = [*ranks(folded, len(standing)), *find(text, situation.language, standing, catalogue)]
    told = purposes.of_times(text, situation)
    fitting = [name for name in without_inner(names) if 0 < len(name.fits) < len(standing)]
    named = [*fitting, *_the_other(folded, fitting, len(standing))]
    return [
        Named(*name, next((purpose for found, purpose in told if _overlap(found.span, name)), ""))
        for name in sorted(without_inner(named), key=_place)
    ]


def _the_other(folded: str, names: Sequence[Name], many: int) -> Iterator[Name]:
    """ "The other one", beside the names of one of two."""
    left = frozenset(range(many)).difference(*(name.fits for name in names)) if names else frozenset()
    if len(left) == 1:
        yield from (Name("other", *found.span(), left) for found in pattern("another_of_them").finditer(folded))


def _overlap(span: tuple[int, int], name: Name) -> bool:
    return span[0] < name.end and name.start < span[1]


def holds(time: Mapping[str, Any], own: Own) -> bool:
    """Whether it stands in that time, told by a day, an hour or a part of the day."""
    start, end, stands = str(time["start"] or ""), str(time["end"] or ""), own["start"]
    day = not time["has_date"] or start[:10] == stands[:10]
    return day and (not time["has_time"] or start[11:16] <= stands[11:16] < max(end[11:16], start[11:16] + "~"))


def ranks(folded: str, many: int) -> Iterator[Name]:
    """ "The later of the two", "a segunda"."""
    for cue, place in _PLACES.items():
        for found in pattern(cue).finditer(folded):
            yield Name("rank", *found.span(), frozenset({place % many}))


def without_inner(names: Sequence[Name]) -> list[Name]:
    """Without those that lie in another: the longest stands."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda name: (name.start - name.end, name.start)):
        if all(name.end <= other.start or other.end <= name.start for other in kept):
            kept.append(name)
    return sorted(kept, key=lambda name: name.start)


def _place(name: Name) -> tuple[int, int]:
    return name.start, -name.end


def _days(text: str, language: str, starts: Sequence[datetime]) -> Iterator[Name]:
    """ "Quinta", "sexta-feira", "Thursday"."""
    known = lexicon(language)
    for word in words.split(text):
        entry = known.look_up(word.text)
        if entry.kind in _WEEKDAY:
            yield _fitting("day", word.start, word.end, [start.weekday() == entry.number for start in starts])


def _numbers(folded: str, starts: Sequence[datetime]) -> Iterator[Name]:
    """ "Dia 12", "the 12th", "la del 12"; "das 15h", "the 3pm one"."""
    for found in _NUMBER.finditer(folded):
        number, before = int(found["number"]), folded[: found.start()]
        if found["day"] or (not found["hour"] and pattern("right_before_a_date").search(before)):
            yield _fitting("day", *found.span(), [start.day == number for start in starts])
        elif found["hour"] or pattern("right_before_an_hour").search(before):
            minutes = _MINUTES.findall((found["hour"] or "").lstrip(" ")) or ["00"]
            hours = (number, number + _AT_NOON)
            fits = [start.hour in hours and start.minute == int(minutes[0]) for start in starts]
            yield _fitting("hour", *found.span(), fits)


def _parts(folded: str, starts: Sequence[datetime]) -> Iterator[Name]:
    for cue, of_it in (("word_for_morning", True), ("word_for_afternoon", False)):
        for found in pattern(cue).finditer(folded):
            yield _fitting("part", *found.span(), [(start.hour < _AT_NOON) == of_it for start in starts])


def _things(text: str, folded: str, language: str, standing: Sequence[Own], catalogue: Catalogue) -> Iterator[Name]:
    """The services and professionals as they are called, and what a service is done to: "lo del pelo"."""
    for match in catalogue.find(text, language):
        ids = {match.id, *match.alternatives}
        if match.kind in ("service", "professional"):
            yield _fitting(match.kind, *match.span, [one[match.kind] in ids for one in standing])
    services = [str(one["service"]) for one in standing]
    for fitting, start, end in catalogue.telling(services, text, language):
        yield _fitting("service", start, end, [service in fitting for service in services])
    concepts = {thing.id: thing.concepts for thing in catalogue.services}
    for told, done_to in _done_to().items():
        for found in done_to.finditer(folded):
            yield _fitting("service", *found.span(), [bool(concepts[each] & set(told)) for each in services])


def _fitting(kind: str, start: int, end: int, fits: Sequence[bool]) -> Name:
    return Name(kind, start, end, frozenset(place for place, fit in enumerate(fits) if fit))


@cache
def _done_to() -> Mapping[tuple[str, ...], re.Pattern[str]]:
    data: dict[str, dict[str, list[str]]] = yaml.load(_DONE_TO.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {
        tuple(concepts.split()): re.compile("|".join(rf"\b(?:{line})\b" for lines in told.values() for line in lines))
        for concepts, told in data.items()
    }
