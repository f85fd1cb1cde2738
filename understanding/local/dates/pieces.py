"""Joins the day and the time that stand together, and lets alternatives share what is said once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from understanding.local.dates import resolve
from understanding.local.dates.lexicon import EXCEPTS, MOVES
from understanding.local.dates.spans import Clock, Days, Stretch
from understanding.local.dates.tokens import Token

# What may stand between a day and its time: little words, and up to three others.
_BRIDGE = re.compile(r"[,;]?(?:\.?[idtrsfIah,EC-]{0,3}){0,3}")
_CLOSE = re.compile(r"[,]?[.]{0,2}[aithrEdfs-]{0,3}")
_FEW_WORDS = 2  # behind a pause, between an hour and a day that has it
_OR = re.compile(r"[,oe]{1,2}[aithrEdfsI]{0,3}")
# Between the times of two people: "sexta às 15h pra mim e às 16h pra minha filha".
_AND_ANOTHER = re.compile(
    r"(?:r[.*eisd]{1,3})?[,e]{1,2}[r.]?[.*]{0,2}[aithdfs]{0,2}|,?[r.*]{0,3},?e[r.*]?[.*]{0,2}[aith]{1,2}"
)


class Piece(NamedTuple):
    """A day, a time, or both, as said; `where` numbers its tokens. `trailing`: the day was said after the time."""

    start: int
    end: int
    where: tuple[int, int]
    days: Days | None = None
    clock: Clock | None = None
    stretch: Stretch | None = None
    instant: datetime | None = None
    trailing: bool = False

    @property
    def timed(self) -> bool:
        return self.clock is not None or self.stretch is not None

    @property
    def is_day(self) -> bool:
        return self.days is not None and self.days.grain == "day" and self.days.kind == "moment" and not self.timed

    @property
    def takes_time(self) -> bool:
        """Whether a time may still be said of its days: one day, several, or all from one on."""
        return self.days is not None and not self.timed and self.instant is None and self.days.grain != "year"

    @property
    def bare_time(self) -> bool:
        return self.timed and self.days is None


def pieces(read: Sequence[Token], now: datetime) -> list[Piece]:
    """What the tokens say, each day with its time."""
    found = []
    for place, token in enumerate(read):
        if token.kind == "@" and token.clock is None:
            found.append(Piece(token.start, token.end, (place, place), instant=now))
        elif token.kind in "#@&=":
            said = (token.days, token.clock, token.stretch, token.instant)
            found.append(Piece(token.start, token.end, (place, place), *said))
    return _shared(_joined(found, read), read, now.date())


def _joined(found: Sequence[Piece], read: Sequence[Token]) -> list[Piece]:
    """Joins each day with the time beside it."""
    joined: list[Piece] = []
    for piece in found:
        apart = not joined or any(token.number == MOVES for token in _tokens_between(joined[-1], piece, read))
        both = None if apart else _both(joined[-1], piece, _between(joined[-1], piece, read))
        if both is None:
            joined.append(piece)
        else:
            joined[-1] = both._replace(
                start=joined[-1].start, end=piece.end, where=(joined[-1].where[0], piece.where[1])
            )
    return joined


def _both(first: Piece, second: Piece, between: str) -> Piece | None:
    """One piece for two, when they belong together."""
    if first.takes_time and second.bare_time and _fits(first, second, between):
        return first._replace(clock=second.clock, stretch=second.stretch)
    if first.bare_time and second.takes_time and _fits(second, first, between) and not _ends_and_goes_on(between):
        return second._replace(clock=first.clock, stretch=first.stretch, trailing=True)
    if second.bare_time and second.clock and first.days and first.stretch and first.stretch.part:
        return _hour_in_part(first, first.stretch, second.clock) if _BRIDGE.fullmatch(between) else None
    if second.bare_time and second.stretch and second.stretch.part and _BRIDGE.fullmatch(between):
        if first.clock:  # "às 3 na sexta à tarde": the part of the day settles the hour
            return first._replace(clock=resolve.in_stretch(first.clock, second.stretch))
        if first.days and first.stretch and first.stretch.within(second.stretch):
            return first  # "first thing Monday morning"
        if first.days and first.stretch:
            return _in_part(first, first.stretch, second.stretch)
    return None


def _ends_and_goes_on(between: str) -> bool:
    """ "Saio do trampo 17h30. Tem corte masculino quinta?": the hour is of the sentence before."""
    return between[:1] in (",", ";") and between.count(".") > _FEW_WORDS


def _hour_in_part(piece: Piece, part: Stretch, clock: Clock) -> Piece | None:
    """ "Quinta à tarde, umas 3", "tomorrow early, like 9": the hour, where the part of the day has it or ends there."""
    assert part.start is not None
    assert part.end is not None
    bounds = range(part.start.minutes, part.end.minutes + 1)
    meant = next((reading for reading in resolve.readings(clock) if reading.minutes in bounds), None)
    return piece._replace(stretch=None, clock=meant) if meant else None


def _in_part(piece: Piece, hours: Stretch, part: Stretch) -> Piece | None:
    """ "5 to 7 tomorrow evening": the part of the day settles the hours, where it can."""
    if not hours.start or not hours.end or hours.part:
        return None
    settled = Stretch(resolve.in_stretch(hours.start, part), resolve.in_stretch(hours.end, part))
    return piece._replace(stretch=settled) if settled != hours else None


def _fits(days: Piece, time: Piece, between: str) -> bool:
    """Whether so little stands between that the time is of those days."""
    if days.is_day:
        return _BRIDGE.fullmatch(between) is not None
    if days.days is None or _CLOSE.fullmatch(between) is None:
        return False
    return days.days.kind not in ("after", "before") or days.start < time.start


def _shared(found: Sequence[Piece], read: Sequence[Token], today: date) -> list[Piece]:
    """Alternatives share what is said once: the hour of "terça ou quinta às 15h", the day of "amanhã às 15h ou 16h"."""
    shared = list(found)
    for place in range(1, len(shared)):
        first, second = shared[place - 1], shared[place]
        between = _between(first, second, read)
        if (
            first.days
            and first.timed
            and second.bare_time
            and (_OR.fullmatch(between) or _AND_ANOTHER.fullmatch(between))
        ):
            shared[place] = second._replace(days=first.days)
        elif first.days and second.days and second.days.today and first.days.start > today and _OR.fullmatch(between):
            shared[place] = second._replace(
                days=second.days._replace(today=False, why=None)
            )  # Monday or Tuesday: the next of both
    for place in range(len(shared) - 1, 0, -1):
        first, second = shared[place - 1], shared[place]
        if not second.days or not second.timed or not _OR.fullmatch(_between(first, second, read)):
            continue
        if first.is_day and not _refused(first, read):
            shared[place - 1] = first._replace(clock=second.clock, stretch=second.stretch)
        elif first.bare_time and second.trailing and (first.clock is None) == (second.clock is None):
            shared[place - 1] = first._replace(days=second.days)
    return shared


def _refused(piece: Piece, read: Sequence[Token]) -> bool:
    """ "Não é terça, é quinta às 11", "em vez de sexta, sábado às 10": the first has no part in the hour."""
    before = read[max(0, piece.where[0] - 3) : piece.where[0]]
    excepted = any(token.kind == "." and token.number == EXCEPTS for token in before)
    return excepted or re.search(r"n[.eidtE]{0,2}$", "".join(token.kind for token in before)) is not None


def _tokens_between(first: Piece, second: Piece, read: Sequence[Token]) -> Sequence[Token]:
    return [token for token in read[first.where[1] + 1 : second.where[0]] if token.kind == "."]


def _between(first: Piece, second: Piece, read: Sequence[Token]) -> str:
    return "".join(token.kind for token in read[first.where[1] + 1 : second.where[0]])
