"""Rules for seasons and fractions of the year: "no inverno", "next spring", "primeiro trimestre", "this quarter"."""

from __future__ import annotations

from datetime import date

from understanding.local.dates import calendars
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.spans import Days
from understanding.local.dates.tokens import Token

rules = Rules()

_STARTS = ((3, 21), (6, 21), (9, 23), (12, 21))  # of spring, summer, autumn and winter in the north


@rules(r"(?P<m>[XCL])(?P<s>4)|(?P<s2>4),?d?(?P<m2>[XCLY7])|(?<=[iIGBu])t?(?P<s3>4)")
def season(match: Match) -> Token | None:
    """ "No inverno", "next spring", "verão que vem": not "roupa de inverno" nor "in the summer sale"."""
    said, which = match.get("m", "m2"), match.either("s", "s2", "s3").number
    year = match.get("m2")
    if not match.free(1) or (year and year.kind == "Y" and year.start == match["s2"].end):
        return None  # "verano2020" is a password
    first = match.today.year - 2
    if said and said.kind in "Y7":
        first = said.days.start.year if said.days else said.number
    seasons = [_season(which, year, south=match.language("pt")) for year in range(first, first + 5)]
    if said and said.kind == "L":
        return match.as_days([days for days in seasons if days.end <= match.today][-1])
    if said and said.kind == "X":
        return match.as_days(next(days for days in seasons if days.start > match.today))
    return match.as_days(seasons[0] if said and said.kind in "Y7" else _coming(seasons, match.today))


def _season(which: int, year: int, south: bool) -> Days:
    place = (which + 2 * south) % 4
    start, (month, day) = date(year, *_STARTS[place]), _STARTS[(place + 1) % 4]
    return Days(start, date(year + (place == 3), month, day), "day", "interval")


def _coming(spans: list[Days], today: date) -> Days:
    """The one under way or the next."""
    return next(days for days in spans if days.end > today)


@rules(r"(?P<o>O)(?P<n>3)(?:[dIi]t?(?P<y>Y|7|U))?|(?P<last>L)(?P<n2>3)[dIi]t?(?P<y2>Y|7)")
def months_of_year(match: Match) -> Token | None:
    """ "Primeiro trimestre", "último semestre de 2027"."""
    many, which, said = match.either("n", "n2").number, match.either("o", "last").number, match.get("y", "y2")
    place = (which - 1) if which > 0 else 12 // many + which
    if not 0 <= place < 12 // many:
        return None
    if said and said.kind in "Y7":
        return match.as_days(_months(said.days.start.year if said.days else said.number, many, place))
    return match.as_days(_coming([_months(match.today.year + ahead, many, place) for ahead in (0, 1)], match.today))


@rules(r"5(?P<n>N)(?:d?t?(?P<y>Y|7))?")
def numbered_quarter(match: Match) -> Token | None:
    """ "Q2", "Q1 2027"."""
    place, said = match["n"].number - 1, match.get("y")
    if not 0 <= place < _QUARTERS or match.all[0].end != match["n"].start:
        return None
    if said:
        return match.as_days(_months(said.days.start.year if said.days else said.number, 3, place))
    return match.as_days(_coming([_months(match.today.year + ahead, 3, place) for ahead in (0, 1)], match.today))


_QUARTERS = 4


@rules(r"(?P<m>[XCL])(?P<n>3)|(?P<n2>3)d?(?P<m2>[XCL])")
def months_from_now(match: Match) -> Token:
    """ "Próximo trimestre", "this quarter"."""
    many, modifier = match.either("n", "n2").number, match.either("m", "m2")
    place = (match.today.month - 1) // many + modifier.number
    return match.made("#", days=_months(match.today.year, many, place))


def _months(year: int, many: int, place: int) -> Days:
    """The stretch of so many months, counted from the year's first."""
    first, last = calendars.month(year, many * place + 1), calendars.month(year, many * (place + 1))
    return Days(first.start, last.end, "month", "interval")
