"""Finds dates and times in a message: reads the tokens by the rules, joins days with hours, settles what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

from understanding.local.dates import (
    abbreviations,
    clocks,
    courtesies,
    days,
    decoys,
    distances,
    feasts,
    named_days,
    names,
    periods,
    preparing,
    ranges,
    seasons,
    stretches,
    weekdays,
)
from understanding.local.dates.folding import fold
from understanding.local.dates.instants import settled
from understanding.local.dates.lexer import tokens
from understanding.local.dates.lexicon import BOOKS, lexicon
from understanding.local.dates.pieces import Piece, pieces
from understanding.local.dates.rules import Setting, rewrite
from understanding.local.dates.spans import Grain, Hours, Kind
from understanding.local.dates.tokens import Token

_LONGEST = 4000  # characters read of a message: nobody books further down, and the time stays bounded
_TEMPORAL = re.compile(r"[WwMmDPTHFSUOYXjyxp@RE~z$34]|[aGBuhbVfsk]t?N|N[-deskuaqrhvNQg]|[ah]9")
# Each reads what those before it made: distances before days, days before their ranges, hours before theirs.
_READERS = (
    *(decoys, names, courtesies, distances, preparing, periods, seasons, days),
    *(abbreviations, feasts, weekdays, named_days, ranges),
    *(clocks, stretches),
)
_RULES = tuple(rule for reader in _READERS for rule in reader.rules.listed)


@dataclass(frozen=True, slots=True)
class Found:
    """One date or time in a message; the package's docstring gives the conventions."""

    text: str
    span: tuple[int, int]
    kind: Kind
    start: datetime | None
    end: datetime | None
    grain: Grain
    ambiguous: bool
    why: str | None
    has_date: bool
    has_time: bool
    daily: tuple[time, time] | None = None


def find(
    text: str,
    now: datetime,
    language: str,
    hours: Hours | None = None,
    *,
    anchor: datetime | None = None,
    asked: bool = False,
) -> list[Found]:
    """Every date and time in `text`, in order. `now` is aware, in the business's zone; `hours` maps a weekday
    (0 = Monday) to its openings and decides between 3 and 15 h; `anchor` is what "no dia seguinte" counts from;
    `asked` tells that the text answers a question for a time: then "morning!" is one and no greeting.
    """
    folded, origins = fold(text[:_LONGEST])
    words = _accented(tokens(folded, lexicon(language)), text, origins)
    kinds = "".join(word.kind for word in words)
    if not _TEMPORAL.search(kinds):
        return []
    marks, titled = _marks(words, text, origins), _titled(words, text, origins)
    setting = Setting(now, anchor or now, language[:2].lower(), marks, titled, asked)
    try:
        found = pieces(rewrite(words, _RULES, setting), now)
        return [_found(piece, text, origins, now, hours) for piece in found]
    except (OverflowError, ValueError):  # a year or distance beyond the calendar
        return []


def _accented(words: list[Token], text: str, origins: list[int] | None) -> list[Token]:
    """Tells "março" from the name Marco, "é" from "e", "dá" from "da", and a "maiô" from "maio"."""
    if text.isascii():
        return words
    return [_by_accent(word, _written(word, text, origins)) if word.kind in "mMed" else word for word in words]


def _by_accent(word: Token, written: str) -> Token:
    if word.kind == "m" and "ç" in written:
        return word._replace(kind="M")
    if (word.kind == "e" and "é" in written) or (word.kind == "M" and "ô" in written):
        return word._replace(kind=".")
    return word._replace(kind=".", number=BOOKS) if word.kind == "d" and written == "dá" else word


def _marks(words: list[Token], text: str, origins: list[int] | None) -> frozenset[int]:
    """Where "à" and "às" are written with their accent, which makes them no article."""
    if text.isascii():
        return frozenset()
    return frozenset(word.start for word in words if word.kind in "sa" and "à" in _written(word, text, origins))


def _titled(words: list[Token], text: str, origins: list[int] | None) -> frozenset[int]:
    """Where words begin with a capital and go on without, in a text that also has others."""
    if text.islower() or text.isupper():
        return frozenset()
    starts = (word.start if origins is None else origins[word.start] for word in words)
    titled = {place for place in starts if text[place : place + 1].isupper() and text[place + 1 : place + 2].islower()}
    return frozenset(word.start for word in words if (word.start if origins is None else origins[word.start]) in titled)


def _written(word: Token, text: str, origins: list[int] | None) -> str:
    start, end = (word.start, word.end) if origins is None else (origins[word.start], origins[word.end - 1] + 1)
    return text[start:end].lower()


def _found(piece: Piece, text: str, origins: list[int] | None, now: datetime, hours: Hours | None) -> Found:
    start, end = piece.start, piece.end
    if origins is not None:
        start, end = origins[start], origins[end - 1] + 1
    meant = settled(piece, now, hours)
    return Found(
        text[start:end],
        (start, end),
        meant.kind,
        meant.start,
        meant.end,
        meant.grain,
        meant.why is not None,
        meant.why,
        has_date=piece.days is not None or piece.instant is not None,
        has_time=piece.timed or piece.instant is not None,
        daily=meant.daily,
    )
