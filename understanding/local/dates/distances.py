"""Rules for distances in time: "daqui a duas horas", "3 days ago", "a week from Friday", "nos próximos 3 dias"."""

from __future__ import annotations

from datetime import timedelta

from understanding.local.dates import resolve
from understanding.local.dates.lexer import Token
from understanding.local.dates.resolve import UNITS, Days
from understanding.local.dates.rules import Match, Rules

# "#" days; "=" an instant.
rules = Rules()


def _days(match: Match, days: Days, name: str = "") -> Token:
    return match.made("#", days=days, name=name)


@rules(r"(?:(?<=d)(?P<d>D)I|(?P<d2>D)s)(?P<n>N)(?P<u>U)")
def distance_from_today(match: Match) -> Token | None:
    """ "de hoje a 15 dias", "de hoy en 8 días"."""
    if match["u"].number < 2:
        return None
    start = match.today + timedelta(days=match.either("d", "d2").number)
    return _days(match, resolve.shifted(start, UNITS[match["u"].number], match["n"].number), "explicit")


@rules(
    r"(?P<in>[IG])[at]?(?P<n>N)(?P<u>U)(?P<q>Q)?",
    r"(?P<n>N)(?P<u>U)(?P<q>Q)?[,d]?(?P<later>K|G(?=;|$))",
)
def distance(match: Match) -> Token | None:
    """ "daqui a duas horas", "3 days ago", "uma hora mais tarde"."""
    direction = match.either("in", "later")
    sign = -1 if direction.number == -1 else 1
    start = match.setting.now if direction.kind == "I" else match.setting.anchor
    if match["n"].name in ("a", "an") and direction.kind == "G":
        return None
    count, unit = match["n"].number * sign, UNITS[match["u"].number]
    if match["u"].number <= 1:
        minutes = count * (60 if unit == "hour" else 1) + sign * (match["q"].number if match.get("q") else 0)
        return match.made("=", instant=start + timedelta(minutes=minutes))
    return _days(match, resolve.shifted(start.date(), unit, count), "explicit")


@rules(
    r"(?P<in>I)(?P<r>[RH])",
    r"(?P<r>[RH])[,d]?(?P<later>K)",
)
def short_distance(match: Match) -> Token | None:
    """ "daqui a meia hora", "em 2h", "1h30 depois"."""
    direction = match.either("in", "later")
    said = match["r"]
    if said.kind == "H" and (
        said.clock is None or 12 < said.clock.hour < 24 or "h" not in said.name or said.name[-1] == "m"
    ):
        return None
    minutes = said.clock.minutes if said.clock else said.number
    start = match.setting.now if direction.kind == "I" else match.setting.anchor
    return match.made("=", instant=start + timedelta(minutes=minutes * (-1 if direction.number == -1 else 1)))


@rules(r"(?P<n>N)(?P<u>U)G(?P<d>[WD])")
def distance_from_day(match: Match) -> Token | None:
    """ "a week from Friday"."""
    if match["u"].number < 2 or match.setting.language != "en":
        return None
    said = match["d"]
    ahead = said.number if said.kind == "D" else (said.number - match.today.weekday()) % 7 or 7
    start = match.today + timedelta(days=ahead)
    return _days(match, resolve.shifted(start, UNITS[match["u"].number], match["n"].number), "explicit")


@rules(r"(?P<x>X)(?P<n>N)(?P<u>U)|(?P<n2>N)(?P<x2>X)(?P<u2>U)")
def next_few(match: Match) -> Token | None:
    """ "nos próximos 3 dias": the whole units after the current one."""
    count, unit = match.get("n", "n2"), match.get("u", "u2")
    if count is None or unit is None or count.number < 1 or unit.number < 2:
        return None
    return _days(match, resolve.coming(UNITS[unit.number], count.number, match.today))
