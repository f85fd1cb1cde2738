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
    persons,
    preparing,
    ranges,
    seasons,
    stretches,
    titles,
    weekdays,
)
from understanding.local.dates.folding import Writing, fold
from understanding.local.dates.instants import settled
from understanding.local.dates.lexer import tokens
from understanding.local.dates.lexicon import BOOKS, lexicon
from understanding.local.dates.pieces import Piece, pieces
from understanding.local.dates.rules import Plan, Setting, rewrite
from understanding.local.dates.spans import Grain, Hours, Kind
from understanding.local.dates.tokens import Token

_LONGEST = 4000  # characters read of a message: nobody books further down, and the time stays bounded
_TEMPORAL = re.compile(r"[WwMmDPTHFSUOYXjyxp@RE~z$34]|[aGBuhbVfsk]t?N|N[-deskuaqrhvNQg]|5N|[ah]9")
# Each reads what those before it made: distances before days, days before their ranges, hours before theirs.
_READERS = (
    *(titles, decoys, names, persons, courtesies, distances, preparing, periods, seasons, days),
    *(abbreviations, feasts, weekdays, named_days, ranges),
    *(clocks, stretches),
)
RULES = tuple(rule for reader in _READERS for rule in reader.rules.listed)
_PLAN = Plan(RULES)


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
    writing = Writing(text, origins)
    words = _accented(tokens(folded, lexicon(language)), writing)
    if not _TEMPORAL.search("".join([word.kind for word in words])):
        return []
    setting = Setting(now, anchor or now, language[:2].lower(), writing, asked)
    try:
        found = pieces(rewrite(words, _PLAN, setting), now)
        return [_found(piece, writing, now, hours) for piece in found]
    except (OverflowError, ValueError):  # a year or distance beyond the calendar
        return []


def _accented(words: list[Token], writing: Writing) -> list[Token]:
    """Tells "março" from the name Marco, "é" from "e", "dá" from "da", "está" from "esta", a "maiô" from "maio"."""
    if writing.text.isascii():
        return words
    return [_by_accent(word, writing.of(word.start, word.end)) if word.kind in "mMedC" else word for word in words]


def _by_accent(word: Token, written: str) -> Token:
    if word.kind == "m" and "ç" in written:
        return word._replace(kind="M")
    if (word.kind == "e" and "é" in written) or (word.kind == "M" and "ô" in written):
        return word._replace(kind=".")
    if written in ("dá", "está"):
        return word._replace(kind=".", number=BOOKS, name=written)
    return word


def _found(piece: Piece, writing: Writing, now: datetime, hours: Hours | None) -> Found:
    span = writing.span(piece.start, piece.end)
    meant = settled(piece, now, hours)
    return Found(
        writing.text[slice(*span)],
        span,
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
