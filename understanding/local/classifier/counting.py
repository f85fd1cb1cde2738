"""What the classifiers of counts and of the rest see of an order's message, once the parts of its things are told.

A number may count the thing before it or the one behind it, as how many there shall be, how many more or fewer, or how
many there were. What is in the order and not named, the *rest*, mostly stays, and now and then goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from understanding.local.classifier.mentions import Mention, Seen, border, families, features, hidden

SIDES, SIGNS, REST = (Path(__file__).with_name(f"{name}.json") for name in ("sides", "signs", "rest"))
"""The trained weights."""
_ALIKE = ("p=", "n=", "a=")
"""What is seen of every mention and tells nothing of a number."""
_ONE = frozenset(("one", "um", "uma", "un", "una", "uno", "1", "a", "an"))
_CLOSE, _FAR, _BORDERS = 5, 8, 3

Span = tuple[int, int]


def features_of_count(
    folded: str, things: Sequence[Mention], parts: Sequence[str], number: Span, numbers: Sequence[Span]
) -> set[str]:
    """What stands around one of the numbers, between it and the things beside it, and what these are to become."""
    mention = Mention(*number, "number")
    mentions = sorted([*things, mention])
    which = mentions.index(mention)
    seen = hidden(folded, mentions)
    found = _around(seen, which)
    told = [*parts[:which], "", *parts[which:]]
    before = _between(seen, which - 1, which) if which else None
    behind = _between(seen, which, which + 1) if which + 1 < len(mentions) else None
    found.add(f"d={_distance(before)},{_distance(behind)}")
    for side, beside, words in (("<", which - 1, before), (">", which + 1, behind)):
        found.update(_of_side(side, words, told[beside], seen.held[beside]) if words is not None else (f"{side}none",))
    begun = "thing" if things and things[0].start < min(numbers)[0] else "number"
    ended = "thing" if things and things[-1].start > max(numbers)[0] else "number"
    whole = f"{begun}-{ended},{len(things) == len(numbers)}"
    return found | {f"o={whole}", f"o={whole},{_distance(before)},{_distance(behind)}"}


def features_of_sign(
    folded: str, things: Sequence[Mention], parts: Sequence[str], number: tuple[int, int, int], counted: int
) -> set[str]:
    """What stands around a number (where, and how many) that counts one of the things, and what becomes of that."""
    mention = Mention(*number[:2], "number")
    mentions = sorted([*things, mention])
    which = mentions.index(mention)
    found = _around(hidden(folded, mentions), which)
    there, part, side = things[counted].held, parts[counted], "<" if counted < which else ">"
    against = "" if not there else "=" if number[2] == there else "more" if number[2] > there else "less"
    return found | {f"P={part}", f"v={against}", f"Pv={part}{against}", f"s={side}{part}", f"s={side}"}


def features_of_rest(folded: str, things: Sequence[Mention], parts: Sequence[str]) -> set[str]:
    """The words of the whole message, alone and in a row, and what becomes of the things it names."""
    seen = hidden(folded, things)
    words = ["^", *seen.words, "$"]
    told = Counter(f"{part}{held}" for part, held in zip(parts, seen.held, strict=True))
    return {
        *(f"w={word}" for word in words),
        *(f"@{kind}" for word in words for kind in families(word)),
        *(f"b={one} {two}" for one, two in pairwise(words)),
        *(f"b={one} {two} {three}" for one, two, three in zip(words, words[1:], words[2:], strict=False)),
        *(f"P={each}" for each in told),
        f"P={','.join(sorted(told))}",
        f"n={len(things)}",
    }


def _around(seen: Seen, which: int) -> set[str]:
    """What is seen of a number as of any mention, and the number itself."""
    found = {each for each in features(seen, which, "") if not each.startswith(_ALIKE)}
    said, *unit = seen.names[which].split()
    return found | {f"one={said in _ONE}", f"t={'#' if said.isdecimal() else said}", f"u={bool(unit)}"}


def _between(seen: Seen, one: int, two: int) -> Sequence[str]:
    return seen.words[seen.places[one] + 1 : seen.places[two]]


def _distance(between: Sequence[str] | None) -> str:
    if between is None:
        return ""
    return str(len(between)) if len(between) < _CLOSE else "far" if len(between) < _FAR else "very far"


def _of_side(side: str, between: Sequence[str], part: str, held: str) -> Iterator[str]:
    yield f"{side}d={_distance(between)}"
    yield from (f"{side}h={held}", f"{side}P={part}", f"{side}hP={held}{part}")
    yield f"{side}#={'#' in between}"
    yield f"{side}|={''.join(map(border, between))[:_BORDERS]}"
    yield from (f"{side}w={word}" for word in between)
    yield from (f"{side}@{kind}" for word in between for kind in families(word))
