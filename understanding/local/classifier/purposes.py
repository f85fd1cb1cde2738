"""What the classifier of times sees of a time in a message: the words around it, its own, and what it is a time of.

The state of the chat counts: "quinta não dá" refuses an offered day, and tells which appointment cannot be kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from understanding.local.classifier import mentions
from understanding.local.classifier.features import words as tokens
from understanding.local.classifier.mentions import Mention, Seen, clauses_around, hidden

TIMES = Path(__file__).with_name("times.json")
"""The trained weights."""
State = Literal["new", "day", "offered", "summary", "one", "two", "moving"]
"""Nothing stands, a day was asked for, times were offered, one was summed up, one stands, several do, one is moved."""
_AROUND = 2
_OPENING = 3


class Time(NamedTuple):
    """A time in a text: where it stands, what kind of time it is, and what set phrases around it tell.

    `told`: that it is taken back ("negated", "except"), "old" or "new". `of_known`: whether it is one of the starts
    that are known; None where none is.
    """

    span: tuple[int, int]
    kind: str
    grain: str
    has_date: bool
    has_time: bool
    told: str
    of_known: bool | None

    @property
    def shape(self) -> str:
        return f"{self.kind},{self.grain},{int(self.has_date)}{int(self.has_time)}"


def seen_in(folded: str, times: Sequence[Time]) -> Seen:
    """The words of a folded text with its times hidden."""
    return hidden(folded, [_mention(each) for each in times])


def _mention(time: Time) -> Mention:
    known = None if time.of_known is None else int(time.of_known)
    return Mention(*time.span, "time", known)


def features(seen: Seen, times: Sequence[Time], which: int, before: str, state: State) -> set[str]:
    """What stands around one of the times; `before` is what the time before it is for."""
    around = mentions.features(seen, which, before)
    own = set(_own(times[which], seen.names[which]))
    beside = set(_beside(seen, times, which))
    shape = {f"{state}", f"{state}p={before}", f"{state}n={min(len(times), 3)}", f"{state}k={times[which].of_known}"}
    near = {each for each in around if each[:2] in ("l1", "r1", "l2", "r2") or each[:3] in ("<00", ">00", "<01", ">01")}
    return {*around, *own, *beside, *shape, *(f"{state}:{each}" for each in (*near, *own))}


def _own(time: Time, said: str) -> Iterator[str]:
    """The time itself: its first words, what kind of time it is, whether it is one that is known."""
    told = tokens(said)
    yield f"o={' '.join(told[:1])}"
    yield f"o2={' '.join('#' if each.isdigit() else each for each in told[:_AROUND])}"
    if len(told) <= _OPENING:
        yield f"o*={' '.join('#' if each.isdigit() else each for each in told)}"
    yield from (f"s={time.shape}", f"k={time.of_known}", f"ks={time.shape}{time.of_known}", f"!{time.told}")
    yield f"!{time.told}{time.of_known}"


def _beside(seen: Seen, times: Sequence[Time], which: int) -> Iterator[str]:
    """The words of its own clause and of those beside it; the kinds of the other times."""
    yield from clauses_around(seen, which)
    for at, time in enumerate(times):
        if at != which:
            side = "<" if at < which else ">"
            yield f"{side}k={time.of_known}"
            yield f"{side}s={time.kind},{int(time.has_date)}{int(time.has_time)}"
    yield f"ks={''.join(str(time.of_known)[0] for time in times)}{which}"
