"""Rules for holidays and the days around them: "natal", "dois dias antes do natal", "Easter weekend"."""

from __future__ import annotations

from datetime import timedelta

from understanding.local.dates import calendars, holidays
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.spans import DAY, WEEK
from understanding.local.dates.tokens import Token

rules = Rules()


@rules(r"X?(?P<f>F)(?:d?(?P<y>Y|7))?")
def holiday(match: Match) -> Token | None:
    said = match.get("y")
    year = (said.days.start.year if said.days else said.number) if said else None
    return match.as_days(holidays.coming(match["f"].number, match.today, year), "holiday")


@rules(r"(?P<n>N)(?P<u>U)(?P<g>[GB])t?(?P<d>#)")
def distance_from_date(match: Match) -> Token | None:
    """ "Dois dias antes do natal", "a week after Easter"."""
    days, side, unit = match["d"].days, match["g"], match["u"].number
    if days is None or unit < DAY or (side.kind == "G" and not side.number % 2):
        return None
    count = match["n"].number * (-1 if side.kind == "B" else 1)
    start = days.start if side.kind == "B" else days.end - timedelta(days=1)
    return match.as_days(calendars.moved(start, unit, count, 14 if match.language("en") else 15), "explicit")


@rules(r"(?P<w>[WS]|U)(?P<g>[GB])t?(?P<d>#)")
def named_around_date(match: Match) -> Token | None:
    """ "Sexta antes do natal", "the weekend after Easter", "semana depois do carnaval"."""
    days, side, named = match["d"].days, match["g"], match["w"]
    if (
        days is None
        or days.grain != "day"
        or days.kind in ("after", "before")
        or (side.kind == "G" and not side.number % 2)
    ):
        return None
    ahead = side.kind == "G"
    if named.kind == "W":
        gap = (named.number - days.end.weekday()) % 7 if ahead else (days.start.weekday() - named.number - 1) % 7 + 1
        day = days.end + timedelta(days=gap) if ahead else days.start - timedelta(days=gap)
        return match.as_days(calendars.one_day(day))
    week = 1 if ahead else -1
    if named.kind == "S":
        saturday = calendars.weekend(days.start, 0 if ahead and days.start.weekday() < 5 else week)
        return match.as_days(saturday)
    return match.as_days(calendars.week(days.start, week)) if named.number == WEEK else None


@rules(r"S(?P<of>d)(?P<n>N)(?![UcMm])")
def weekend_of_number(match: Match) -> Token | None:
    """ "El fin de semana del 21"."""
    day = calendars.day_of_month(match.today, match["n"].number) if match["of"].name == "del" else None
    return match.as_days(calendars.nearest_weekend(day.start)) if day else None


@rules(r"S[d]t?(?P<d>#)", r"(?P<d>#)S")
def weekend_of_date(match: Match) -> Token | None:
    """ "Fim de semana do dia das mães", "Easter weekend"."""
    days = match["d"].days
    return match.as_days(calendars.nearest_weekend(days.start)) if days and days.grain == "day" else None
