"""Which one of several appointments that stand a message points at: "la del 12", "Ana's", "the later of the two".

By whatever it is called, the one is meant that all of these words fit; of two that are told apart, "Thursday is fine
but Friday I have to cancel", the one that does not stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import pairwise

from understanding.local.facts import own_names
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.own_names import Name, Own, ranks, without_inner
from understanding.local.text.cues import alternatives, has, pattern
from understanding.local.text.words import fold

_POSSESSIVE = ("day", "professional")
_IS_SPOKEN_OF = ("opens_a_topic", "asks_when_it_is", "moves_right_before")
_CHANGED = (
    "cancels", "moves_to", "moves_own", "does_not", "gives_up", "no_longer_wanted", "cannot_come", "gives_way",
)  # fmt: skip
_CANNOT = ("does_not", "came_up", "gives_way", "unfit", "no_longer_wanted")
_ASKED = ("price", "duration", "also", "one_more", "for_another")
_WISHED = ("books", "wishes")


@dataclass(frozen=True, slots=True)
class Meant:
    """The place of the one that is meant, the words that stand for it, and those that speak of others."""

    place: int
    words: Sequence[Name]
    beside: Sequence[Name]


def one(text: str, language: str, standing: Sequence[Own], catalogue: Catalogue) -> Meant | None:
    """The one of these that a text points at, if it is one alone."""
    folded, many = fold(text), len(standing)
    names = own_names.find(text, language, standing, catalogue)
    pointers = without_inner([*ranks(folded, many), *_pointers(folded, names, several=many > 1)])
    stays = _left_as_they_are(folded, names, pointers)
    others = _others(stays, many)
    if stays:
        found = [*pointers, *_bare(folded, names), *_the_other(folded, others)]
        pointers = [each for each in without_inner(_outside(found, stays)) if each.fits & others]
    elif not pointers and many > 1:
        pointers = _refused(folded, names)
    fits = _common(pointers) or others or (_shifted(folded, names) if many > 1 else others)
    if len(fits) != 1:
        return None
    (place,) = fits
    landmarks = [each for name in names if name.fits and place not in name.fits for each in _landmark(folded, name)]
    known = [*stays, *landmarks]
    if any(name.kind == "service" and name.fits and place not in name.fits for name in _outside(names, known)):
        return None  # "la escova cancelala y la manicura pasala a las 10"
    return Meant(place, pointers, without_inner(known))


# ── what points at one ───────────────────────────────────────────────────────────────────────────────────────────────


def _pointers(folded: str, names: Sequence[Name], *, several: bool) -> Iterator[Name]:
    """ "O horário da Ana", "Friday's", "my nails", where an appointment is named as one's own."""
    for name in names:
        span = _as_own(folded, name) if name.fits else None
        if span is not None and (several or name.kind != "service"):  # the only one is known by its service
            yield _told_further(folded, _words(*span, name.fits), names)


def _as_own(folded: str, name: Name) -> tuple[int, int] | None:
    """Where the words begin and end that make a name that of an appointment."""
    before, behind = folded[: name.start], folded[name.end :]
    if opening := pattern("mine_before").search(before):
        return opening.start(), name.end
    article = pattern("the_before").search(before)
    start = article.start() if article else name.start
    if name.kind in _POSSESSIVE and (closing := pattern("its_own_behind").match(behind)):
        return start, name.end + closing.end()
    if article and (closing := pattern("mine_behind").match(behind)):
        return start, name.end + closing.end()
    return (start, name.end) if article and name.kind == "service" and _is_spoken_of(folded, start) else None


def _is_spoken_of(folded: str, start: int) -> bool:
    """Whether a service is the one that is booked, not one that is wished for or asked about."""
    before = re.split(r"[.;!?\n]", folded[:start])[-1]
    asked = has("price", folded) or has("duration", folded)
    return not asked and any(pattern(cue).search(before) for cue in _IS_SPOKEN_OF)


def _told_further(folded: str, pointer: Name, names: Sequence[Name]) -> Name:
    """With what else is told of the same one: "la de Ana del jueves"."""
    for name in names:
        joint = name.start > pointer.end and pattern("told_further").fullmatch(folded[pointer.end : name.start])
        if joint and name.fits & pointer.fits:
            pointer = _words(pointer.start, name.end, name.fits & pointer.fits)
    return pointer


# ── one of which it is told that it stays, or cannot be ──────────────────────────────────────────────────────────────


def _left_as_they_are(folded: str, names: Sequence[Name], pointers: Sequence[Name]) -> list[Name]:
    """The pieces that say of one that it stays, where another is changed: "sexta tá de pé, quinta não vai rolar"."""
    found, telling = [], [*pointers, *(name for name in names if name.fits or name.kind != "service")]
    for start, end in _pieces(folded):
        fits, piece = _common(_inside(telling, start, end)), folded[start:end]
        if len(fits) == 1 and has("stands_alone", piece) and not any(has(cue, piece) for cue in _CHANGED):
            found.append(_words(start, end, fits))
    left = folded
    for each in found:
        left = f"{left[: each.start]}{' ' * (each.end - each.start)}{left[each.end :]}"
    return found if any(has(cue, left) for cue in _CHANGED) else []


def _refused(folded: str, names: Sequence[Name]) -> list[Name]:
    """ "Não vou fazer a unha sexta não", "something came up Friday, could Carla see me on Wednesday?"."""
    if any(has(cue, folded) for cue in _ASKED) or any(name.kind == "service" and not name.fits for name in names):
        return []
    for start, end in _pieces(folded):
        named = _inside(names, start, end)
        cannot = any(has(cue, folded[start:end]) for cue in _CANNOT) and folded[end : end + 1] != "?"
        cannot = cannot and not any(has(cue, f"{folded[:start]} {folded[end:]}") for cue in _WISHED)
        if cannot and len(_common(named)) == 1 and any(name.kind in ("day", "service") for name in named):
            return without_inner(list(_bare(folded, named)))
    return []


def _shifted(folded: str, names: Sequence[Name]) -> frozenset[int]:
    """ "Meia hora mais cedo na sexta": the one of the day that is told, where no other time is."""
    times = [name for name in names if name.kind in ("day", "hour")]
    moved = any(has(cue, folded) for cue in ("sooner", "sooner_by", "later")) and not has("books", folded)
    return _common(names) if moved and len(times) == 1 else frozenset()


def _bare(folded: str, names: Sequence[Name]) -> Iterator[Name]:
    """ "Friday I have to cancel": names that point at one only beside what is told of it."""
    for name in names:
        before = pattern("in_its_case").search(folded[: name.start])
        yield _words(before.start() if before else name.start, name.end, name.fits)


def _the_other(folded: str, others: frozenset[int]) -> Iterator[Name]:
    """ "Cancel the other", beside the one that stays."""
    yield from (_words(*found.span(), others) for found in pattern("another_of_them").finditer(folded))


def _landmark(folded: str, name: Name) -> Iterator[Name]:
    """ "After the nails", of the blow-dry: another one only tells when."""
    near = pattern("beside_it").search(folded[: name.start]) if name.kind == "service" else None
    if near:
        yield _words(near.start(), name.end, name.fits)


# ── places and what fits ─────────────────────────────────────────────────────────────────────────────────────────────


def _pieces(folded: str) -> Iterator[tuple[int, int]]:
    """Between pauses, "but" and "and"."""
    for found in re.finditer(r"[^,;.!?\n]+", folded):
        joints = [joint.start() for joint in _joint().finditer(folded, *found.span()) if joint.start() > found.start()]
        yield from pairwise([found.start(), *joints, found.end()])


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives('but')}|{alternatives('and')})(?=\s)")


def _words(start: int, end: int, fits: frozenset[int]) -> Name:
    return Name("words", start, end, fits)


def _common(named: Sequence[Name]) -> frozenset[int]:
    """Those that all of these fit."""
    return reduce(frozenset.intersection, (each.fits for each in named)) if named else frozenset()


def _others(stays: Sequence[Name], many: int) -> frozenset[int]:
    """Those beside what stays."""
    return frozenset(range(many)).difference(*(each.fits for each in stays)) if stays else frozenset()


def _inside(names: Sequence[Name], start: int, end: int) -> list[Name]:
    return [name for name in names if start <= name.start < end]


def _outside(names: Sequence[Name], stretches: Sequence[Name]) -> list[Name]:
    return [name for name in names if not any(_inside([name], each.start, each.end) for each in stretches)]
