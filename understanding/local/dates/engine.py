"""Finds dates and times in a message: reads the tokens by the rules, joins days with hours, settles what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from understanding.local.dates import clocks, days, decoys, distances, named_days, resolve
from understanding.local.dates.lexer import Token, fold, tokens
from understanding.local.dates.lexicon import lexicon
from understanding.local.dates.resolve import Clock, Days, Grain, Hours, Kind, Stretch
from understanding.local.dates.rules import Setting, rewrite

_LONGEST = 4000  # characters read of a message: nobody books further down, and the time stays bounded
_TEMPORAL = re.compile(r"[WwMmDPTHFSUOYXjyxp@RE~z$]|[aGBuhbV]t?N|N[-deskuaqrhvNQ]|sN")
_RULES = (
    *decoys.rules.listed,
    *distances.rules.listed,
    *days.rules.listed,
    *named_days.rules.listed,
    *clocks.rules.listed,
)
# What may stand between a day and its time: little words, and up to three others.
_BRIDGE = re.compile(r"[,;]?(?:\.?[idtrsfIah,EC-]{0,3}){0,3}")


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


@dataclass(frozen=True, slots=True)
class _Piece:
    """A day, a time, or both, as said; `where` numbers its tokens."""

    start: int
    end: int
    where: tuple[int, int]
    days: Days | None = None
    clock: Clock | None = None
    stretch: Stretch | None = None
    instant: datetime | None = None

    @property
    def is_day(self) -> bool:
        return self.days is not None and self.days.grain == "day" and self.days.kind == "moment" and not self.timed

    @property
    def timed(self) -> bool:
        return self.clock is not None or self.stretch is not None


def find(
    text: str, now: datetime, language: str, hours: Hours | None = None, *, anchor: datetime | None = None
) -> list[Found]:
    """Every date and time in `text`, in order. `now` is aware, in the business's zone; `hours` maps a weekday
    (0 = Monday) to its openings and decides between 3 and 15 h; `anchor` is what "no dia seguinte" counts from.
    """
    folded, origins = fold(text[:_LONGEST])
    words = tokens(folded, lexicon(language))
    words = [
        word._replace(kind="M") if word.kind == "m" and _written(text, origins, word, "ç") else word for word in words
    ]
    kinds = "".join(word.kind for word in words)
    if not _TEMPORAL.search(kinds):
        return []
    accented = frozenset(word.start for word in words if word.kind == "s" and _written(text, origins, word, "à"))
    setting = Setting(now, anchor or now, language[:2].lower(), accented)
    try:
        read = rewrite(words, _RULES, setting)
        pieces = _shared(_joined(_pieces(read, now), read), read)
        return [_found(piece, text, origins, now, hours) for piece in pieces]
    except (OverflowError, ValueError):  # a year or distance beyond the calendar
        return []


def _written(text: str, origins: list[int] | None, word: Token, letter: str) -> bool:
    """Whether the word was written with this accented letter: "à" is not "a", "março" no name."""
    return origins is not None and letter in text[origins[word.start] : origins[word.end - 1] + 1].lower()


def _pieces(read: list[Token], now: datetime) -> list[_Piece]:
    pieces = []
    for place, token in enumerate(read):
        if token.kind == "@" and token.clock is None:
            pieces.append(_Piece(token.start, token.end, (place, place), instant=now))
        elif token.kind in "#@&=":
            pieces.append(
                _Piece(token.start, token.end, (place, place), token.days, token.clock, token.stretch, token.instant)
            )
    return pieces


def _joined(pieces: list[_Piece], read: list[Token]) -> list[_Piece]:
    """Joins each day with the time beside it."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and ((last.is_day and piece.timed) or (last.timed and last.days is None and piece.is_day)):
            if (
                _BRIDGE.fullmatch(_between(last, piece, read))
                and not piece.instant
                and (piece.days is None or last.days is None)
            ):
                joined[-1] = _Piece(
                    last.start,
                    piece.end,
                    (last.where[0], piece.where[1]),
                    last.days or piece.days,
                    last.clock or piece.clock,
                    last.stretch or piece.stretch,
                )
                continue
        elif (
            last
            and last.clock
            and piece.stretch
            and piece.stretch.part
            and _BRIDGE.fullmatch(_between(last, piece, read))
        ):
            # "às 3 na sexta à tarde": the part of the day settles the hour
            clock = resolve.in_stretch(last.clock, piece.stretch)
            joined[-1] = replace(last, clock=clock, end=piece.end, where=(last.where[0], piece.where[1]))
            continue
        joined.append(piece)
    return joined


def _shared(pieces: list[_Piece], read: list[Token]) -> list[_Piece]:
    """Alternatives share what is said once: the hour of "terça ou quinta às 15h", the day of "amanhã às 15h ou 16h"."""
    shared = list(pieces)
    for place in range(1, len(shared)):
        first, second = shared[place - 1], shared[place]
        if first.days and first.timed and second.days is None and second.timed and _or(first, second, read):
            shared[place] = replace(second, days=first.days)
    for place in range(len(shared) - 1, 0, -1):
        first, second = shared[place - 1], shared[place]
        if first.is_day and second.days and second.timed and _or(first, second, read):
            shared[place - 1] = replace(first, clock=second.clock, stretch=second.stretch)
    return shared


def _or(first: _Piece, second: _Piece, read: list[Token]) -> bool:
    return re.fullmatch(r"[,oe]{1,2}[aithrEdfsI]{0,3}", _between(first, second, read)) is not None


def _between(first: _Piece, second: _Piece, read: list[Token]) -> str:
    return "".join(token.kind for token in read[first.where[1] + 1 : second.where[0]])


def _found(piece: _Piece, text: str, origins: list[int] | None, now: datetime, hours: Hours | None) -> Found:
    start, end = piece.start, piece.end
    if origins is not None:
        start, end = origins[start], origins[end - 1] + 1
    kind, begin, until, grain, why = _settled(piece, now, hours)
    has_time = piece.timed or piece.instant is not None
    has_date = piece.days is not None or piece.instant is not None
    return Found(text[start:end], (start, end), kind, begin, until, grain, why is not None, why, has_date, has_time)


Settled = tuple[Kind, datetime | None, datetime | None, Grain, str | None]


def _settled(piece: _Piece, now: datetime, hours: Hours | None) -> Settled:
    if piece.instant is not None:
        instant = piece.instant.replace(second=0, microsecond=0)
        return "moment", instant, instant + timedelta(minutes=1), "minute", None
    if not piece.timed:
        assert piece.days is not None
        return _whole_days(piece.days, now)
    said = piece.days
    day = said.start if said else now.date()
    if said and said.today:
        # "terça às 15h" said on a Tuesday morning: today still has its 15 h.
        settled = _on_day(piece, now.date(), now, hours)
        if _ahead(settled, now, said=True):
            return *settled[:4], said.why
    settled = _on_day(piece, day, now, hours)
    if said is None and not _ahead(settled, now, said=bool(piece.stretch and piece.stretch.part)):
        return _on_day(piece, day + timedelta(days=1), now, hours)
    why = (said.why if said else None) or settled[4]
    if why is None and said and said.start == now.date() and not _ahead(settled, now, said=True):
        why = "past"
    return *settled[:4], why


def _ahead(settled: Settled, now: datetime, said: bool) -> bool:
    """Whether it is still to come; an interval under way counts when the day was said or it is a part of the day."""
    kind, start, end = settled[:3]
    if kind == "before" or (kind == "interval" and said):
        return end is not None and end > now
    return start is not None and start >= now.replace(second=0, microsecond=0)


def _whole_days(said: Days, now: datetime) -> Settled:
    start, end = _at(said.start, None, now), _at(said.end, None, now)
    return (
        said.kind,
        None if said.kind == "before" else start,
        None if said.kind == "after" else end,
        said.grain,
        said.why,
    )


def _on_day(piece: _Piece, day: date, now: datetime, hours: Hours | None) -> Settled:
    if piece.clock is not None:
        clock, why = resolve.settle(piece.clock, day, hours)
        start = _at(day, clock, now)
        if why and day == now.date() and start < now and piece.days is not None:
            later = [_at(day, reading, now) for reading in resolve.readings(piece.clock)]
            start = next((moment for moment in later if moment >= now), start)
        length = timedelta(hours=1) if clock.minute is None else timedelta(minutes=1)
        return "moment", start, start + length, clock.grain, why
    stretch = piece.stretch
    assert stretch is not None
    if stretch.start is not None and stretch.end is not None:
        first, last, why = resolve.settle_pair(stretch.start, stretch.end, day, hours)
        overnight = timedelta(days=int(last.minutes <= first.minutes))
        return "interval", _at(day, first, now), _at(day + overnight, last, now), stretch.grain, why
    clock, why = resolve.settle(stretch.start or stretch.end or Clock(0), day, hours)
    edge = _at(day, clock, now)
    return stretch.kind, edge if stretch.start else None, edge if stretch.end else None, stretch.grain, why


def _at(day: date, clock: Clock | None, now: datetime) -> datetime:
    """That time of that day on the wall clock of the business; 24 h is the next midnight."""
    minutes = clock.minutes if clock else 0
    wall = datetime.combine(day + timedelta(days=minutes // 1440), time(minutes % 1440 // 60, minutes % 60))
    return wall.replace(tzinfo=now.tzinfo)
