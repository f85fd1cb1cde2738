"""What the classifier of names sees of a name that an appointment goes by: "a de quinta", "Carla's", "the first".

What is to become of one appointment is told beside what stays: "Thursday is fine, Friday I can't".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from understanding.local.classifier import mentions
from understanding.local.classifier.mentions import Mention, Seen, clauses_around, hidden

NAMES = Path(__file__).with_name("names.json")
"""The trained weights."""


class Named(NamedTuple):
    """A name in a folded text: what kind of name, which of those that stand it fits, what a time there is for."""

    kind: str
    start: int
    end: int
    fits: frozenset[int]
    purpose: str


def seen_in(folded: str, names: Sequence[Named]) -> Seen:
    """The words of a folded text with the names hidden."""
    return hidden(folded, [Mention(name.start, name.end, "name") for name in names])


def features(seen: Seen, names: Sequence[Named], which: int, before: str) -> set[str]:
    """What stands around one of the names, and what the others are; `before` is what was told of the one before."""
    around = mentions.features(seen, which, before)
    return {*around, *clauses_around(seen, which), *_own(seen, names, which)}


def _own(seen: Seen, names: Sequence[Named], which: int) -> Iterator[str]:
    name = names[which]
    last = f"{max(name.fits)}" if name.kind == "rank" else ""
    yield from (f"k={name.kind}{last}", f"P={name.purpose}", f"kP={name.kind}{name.purpose}")
    yield f"{name.kind}l={seen.words[seen.places[which] - 1] if seen.places[which] else '^'}"
    others = {each.fits for each in names if each.fits != name.fits}
    yield f"alone={not others}"
    yield f"aP={not others}{name.purpose}"
    for at, each in enumerate(names):
        if at != which:
            side, same = "<" if at < which else ">", "=" if each.fits == name.fits else "/"
            yield from (f"{side}{same}", f"{side}{same}{each.purpose}", f"{side}{same}{each.kind}{name.kind}")
