"""What each number of an order's message does, and what becomes of what it does not name.

Small trained classifiers tell it, once the parts of the things are told (see `classifier/counting.py`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Literal, NamedTuple, get_args

from understanding.local.classifier import weights
from understanding.local.classifier.counting import (
    REST,
    SIDES,
    SIGNS,
    Span,
    features_of_count,
    features_of_rest,
    features_of_sign,
)
from understanding.local.classifier.mentions import Mention, families, hidden
from understanding.local.facts.parts import Part

Sign = Literal["=", "+", "-", "~"]
_SIGNS: tuple[Sign, ...] = get_args(Sign)
_CHANGES: Mapping[Sign, int] = {"+": 1, "-": -1, "=": 0, "~": 0}
_BESIDE = {"<": -1, ">": 0}
_UNEVEN = 0.01
"""How likely a thing is counted twice where another beside a number is not counted, or there is a number for each."""
_ANOTHER = re.compile(r"another|outr[oa]|otr[oa]")
_ON_TOP = re.compile(
    r"\b(?:adicion|acrescent|acresce|agreg|a[nñ]ad|sum[aeo]|som[ae]|add)\w*(?: (?:me|ai|tambem|please|also))*\s+$"
)
"""Right before a number, it comes on top of what is there: "adiciona 3 bolinhas"."""
_MOST = 6
"""Numbers looked at in one message: every way to give them to things is tried."""
_GOES, _GOES_UNSAID = 0.8, 0.97
"""How sure it must be that all the rest goes, and where no word ("só", "all", "leave") says so."""
_SAYS_SO = {"only", "rest", "leave", "off", "no"}


class Number(NamedTuple):
    """A number of a folded text. `times`: it tells how many times as many ("double")."""

    span: Span
    value: float
    times: bool = False


class Link(NamedTuple):
    """What a number does to a thing: "=" so many, "+" more, "-" fewer, "~" no longer so many; `thing` is its place."""

    thing: int
    sign: Sign
    value: float


def told(folded: str, things: Sequence[Mention], parts: Sequence[Part], numbers: Sequence[Number]) -> list[Link]:
    """The links of those numbers that count any of the things."""
    found: list[Link] = []
    counted = _counted(folded, things, parts, numbers)
    for number, thing in counted:
        if _is_one_more(folded, number) and [place for _, place in counted].count(thing) > 1:
            continue  # "3 arenas, es que adoptamos otro"
        there = things[thing].held
        if number.times:
            found += [Link(thing, "=", number.value * there)] if there else []
            continue
        if there == 0:  # so many and so many more are the same
            found.append(Link(thing, "=", number.value))
            continue
        place = (*number.span, int(number.value))
        chances = weights.load(SIGNS).probabilities(features_of_sign(folded, things, parts, place, thing))
        on_top = _ON_TOP.search(folded, 0, number.span[0]) is not None
        found.append(Link(thing, "+" if on_top else max(_SIGNS, key=lambda each: chances.get(each, 0.0)), number.value))
    found = [_as_what_is_left(each, things, found) for each in found]
    return [each for each in found if not _is_what_was(each, things, found)]


def _is_one_more(folded: str, number: Number) -> bool:
    return _ANOTHER.match(folded, number.span[0]) is not None


def _as_what_is_left(link: Link, things: Sequence[Mention], links: Sequence[Link]) -> Link:
    """ "Take one off, 3 is fine", of four: what is left is no second number to come off."""
    there = things[link.thing].held or 0
    left = (there + _CHANGES[each.sign] * each.value for each in links if each is not link and each.thing == link.thing)
    return link._replace(sign="=") if link.sign != "=" and link.value in left else link


def _is_what_was(link: Link, things: Sequence[Mention], links: Sequence[Link]) -> bool:
    """ "Make that one bag, I've no room for two": beside another number, as many as there are tells nothing new."""
    others = [each for each in links if each.thing == link.thing and each.sign == "=" and each.value != link.value]
    return link.sign == "=" and link.value == things[link.thing].held and bool(others)


class _Choice(NamedTuple):
    """What a number may count, how surely, and the thing on its other side."""

    chance: float
    thing: int | None
    other: int | None


def _counted(
    folded: str, things: Sequence[Mention], parts: Sequence[Part], numbers: Sequence[Number]
) -> list[tuple[Number, int]]:
    """The numbers with the thing each counts, as all of them together are likeliest."""
    trained, spans = weights.load(SIDES), [each.span for each in numbers]
    possible: list[list[_Choice]] = []
    for number in numbers[:_MOST]:
        behind = next((place for place, thing in enumerate(things) if thing.start >= number.span[1]), len(things))
        chances = trained.probabilities(features_of_count(folded, things, parts, number.span, spans))
        beside = {side: behind + step for side, step in _BESIDE.items() if 0 <= behind + step < len(things)}
        choices = [
            _Choice(chances[side], thing, next((other for other in beside.values() if other != thing), None))
            for side, thing in beside.items()
        ]
        at_once = behind < len(things) and not folded[number.span[1] : things[behind].start].strip()
        counts = number.times or (at_once and len(numbers) == 1)  # "manda 2 bolinhas no cartão"
        possible.append(choices if counts else [*choices, _Choice(chances["none"], None, None)])
    best = max(product(*possible), key=lambda chosen: _likelihood(chosen, len(things)))
    return [(number, each.thing) for number, each in zip(numbers, best, strict=False) if each.thing is not None]


def _likelihood(chosen: Sequence[_Choice], things: int) -> float:
    """How likely the choices are together: "golden 1, areia 2" counts each of the two."""
    counted = [each.thing for each in chosen]
    twice = [each for each in chosen if each.thing is not None and counted.count(each.thing) > 1]
    listed = len(chosen) == things
    doubled = any(listed or (each.other is not None and each.other not in counted) for each in twice)
    return math.prod(each.chance for each in chosen) * (_UNEVEN if doubled else 1.0)


def rest_goes(folded: str, things: Sequence[Mention], parts: Sequence[Part], *, counted: bool) -> bool:
    """Whether what is in the order and not named goes: "só a golden", "cancel the rest".

    `counted`: only one thing is named, and how many of it there shall be: "só uma golden" may mean no more than that.
    """
    chances = weights.load(REST).probabilities(features_of_rest(folded, things, parts))
    said = any(not _SAYS_SO.isdisjoint(families(word)) for word in hidden(folded, things).words)
    return chances["remove"] >= (_GOES if said and not counted else _GOES_UNSAID)
