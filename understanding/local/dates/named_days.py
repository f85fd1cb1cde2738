"""Rules for other names of days: "amanhã", "dia seguinte", "em abril", "na semana do dia 20"."""

from __future__ import annotations

from datetime import timedelta

from understanding.local.dates import calendars
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.tokens import Token

rules = Rules()


@rules(r"(?P<j>j)[dts]{0,2}(?P<d>#)")
def day_after(match: Match) -> Token | None:
    """ "the day after Christmas", "véspera de tiradentes"."""
    days, number = match["d"].days, match["j"].number
    if days is None or abs(number) != 1:
        return None
    return match.as_days(calendars.one_day(days.end if number > 0 else days.start - timedelta(days=1)))


@rules(r"(?P<d>D)(?P<o>o)(?P<k>[KL])(?=[;,.aPrde]|$)")
def tomorrow_or_after(match: Match) -> list[Token] | None:
    """ "Amanhã ou depois", "mañana o pasado"."""
    first, later = match["d"], match["k"]
    if first.number != 1 or later.name not in ("depois", "dps", "pasado"):
        return None
    return [first, match["o"], later._replace(kind="D", number=2)]


@rules(r"(?P<d>D)|(?P<j>j)")
def relative_day(match: Match) -> Token | None:
    """ "amanhã"; "dia seguinte" counts from the instant talked about."""
    day = match.get("d")
    start = match.today if day else match.setting.anchor.date()
    if day is None and match["j"].number == 7:
        return match.as_days(calendars.week(start, 1))
    if day is None and match["j"].number < 0:
        return match.made(".")  # the eve of what?
    before = match.around(-2)
    if day is None and match.around(-1).kind in "oe" and before.days and before.days.grain == "day":
        start = before.days.start  # Friday or the day after
    return match.as_days(calendars.one_day(start + timedelta(days=(day or match["j"]).number)), "weekday")


@rules(r"(?P<r>7)[Iid,]{1,2}(?P<m>[Mm])")
def month_of_year(match: Match) -> Token | None:
    """ "ano que vem em janeiro"."""
    within = match["r"].days
    if within is None or within.grain != "year":
        return None
    return match.as_days(calendars.month(within.start.year, match["m"].number))


# Short names of months that are words of their own, or of a number.
_NO_MONTHS = ("mar", "set", "out", "may", "dez", "ago", "mai", "ene", "march", "marco")


@rules(
    r"(?P<m>[XC])?(?P<month>M)[d,]?(?P<y>[Y7XC])?|(?<=[IGBuX])(?P<weak>m)(?:d?(?P<wy>[Y7]))?",
    r"(?<![^.;,e])(?P<weak>m)(?=[;,.]|$)",
    r"(?<=#o)(?P<weak>m)(?=[;,.]|$)",
)
def month(match: Match) -> Token | None:
    """ "abril", "em abril de 2027", "abril que vem", "nov"."""
    named, said = match.either("month", "weak"), match.get("y", "wy")
    other = match.around(-2).days
    if match.around(-1).kind == "o" and not match.get("month") and (other is None or other.grain != "month"):
        return None
    alone = match.around(-1).start < 0 or match.around(-1).kind == "."
    if named.kind == "m" and not (match.free(1) and match.free(-1) and not (alone and named.name in _NO_MONTHS)):
        return None
    if said is not None and said.kind in "Y7":
        year = said.days.start.year if said.days else said.number
        return match.as_days(calendars.month(year, named.number))
    return match.as_days(calendars.next_month_named(match.today, named.number))


@rules(r"(?<=[Id])(?P<y>Y)")
def year(match: Match) -> Token | None:
    number = match["y"].number
    return (
        match.as_days(calendars.year(number)) if match.around(-1).kind == "I" and number >= match.today.year else None
    )


@rules(r"(?P<r>7)")
def left_over_reference(match: Match) -> Token:
    return match["r"]._replace(kind="#")


@rules(r"(?P<u>U)dt?(?P<d>#)", r"(?P<d>#)(?P<u>U)(?=[;,.]|$)")
def week_of_day(match: Match) -> Token | None:
    """ "na semana do dia 20", "Christmas week"."""
    if match.all[0].kind == "#" and match["d"].name != "holiday":
        return None
    days = match["d"].days
    if match["u"].number != 3 or days is None or days.grain != "day":
        return None
    return match.as_days(calendars.week(days.start))
