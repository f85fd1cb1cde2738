"""Rules for distances in time: "daqui a duas horas", "3 days ago", "a week from Friday", "nos próximos 3 dias"."""

from __future__ import annotations

from datetime import timedelta

from understanding.local.dates import calendars
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.spans import DAY, FORTNIGHT, UNITS, WEEK, WORKING_DAY, Clock, Days, Stretch
from understanding.local.dates.tokens import Token

# "#" days; "=" an instant; "&" a stretch of time.
rules = Rules()
_ONWARDS, _BEFORE_A_CLOCK = 0, ("das", "as", "las", "passadas", "pasadas")
_IN_EIGHT = {8: 1, 15: 2}  # "de hoje a oito": people count today as well


def _moved(match: Match, unit: Token, count: int, start: timedelta = timedelta(0)) -> Days:
    return calendars.moved(match.today + start, unit.number, count, 14 if match.language("en") else 15)


@rules(r"(?P<w>[Ww]),?(?P<in>I)[at]?(?P<n>N)(?P<u>U)")
def weekday_in_weeks(match: Match) -> Token | None:
    """ "Sexta daqui a 15 dias", "Monday in two weeks"."""
    count, unit = match["n"].number, match["u"].number
    weeks = count if unit == WEEK else count // 7 if unit == DAY and count % 7 < 2 else 0
    if weeks < 1 or match["in"].number < 0:
        return None
    monday = calendars.week(match.today, weeks).start
    return match.as_days(calendars.one_day(monday + timedelta(days=match["w"].number)), "explicit")


@rules(r"(?P<d>[DW])(?P<in>[Is])(?P<n>N)(?!U)")
def in_eight(match: Match) -> Token | None:
    """ "De hoje a oito", "el lunes en ocho"."""
    weeks, to = _IN_EIGHT.get(match["n"].number, 0), match["in"]
    portuguese = match.language("pt") and to.kind == "s" and match.around(-1).kind == "d" and match["d"].kind == "D"
    spanish = match.language("es") and to.name == "en"
    if not weeks or not (portuguese or spanish) or match.around(1).kind not in ";,.aGPre":
        return None
    ahead = _ahead(match, match["d"])
    return match.as_days(calendars.one_day(match.today + timedelta(days=ahead + 7 * weeks)), "explicit")


def _ahead(match: Match, said: Token) -> int:
    """How many days off "tomorrow" or "Friday" is."""
    return said.number if said.kind == "D" else (said.number - match.today.weekday()) % 7 or 7


@rules(r"(?:(?<=d)(?P<d>D)I|(?P<d2>D)s)(?P<n>N)(?P<u>U)")
def distance_from_today(match: Match) -> Token | None:
    """ "de hoje a 15 dias", "de hoy en 8 días"."""
    if match["u"].number < 2:
        return None
    start = timedelta(days=match.either("d", "d2").number)
    return match.as_days(_moved(match, match["u"], match["n"].number, start), "explicit")


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
    count, unit = match["n"].number * sign, match["u"].number
    if unit <= 1 and direction.kind == "G" and _leads_to_a_clock(direction):
        return None
    if unit <= 1:
        minutes = count * (60 if unit == 1 else 1) + sign * (match["q"].number if match.get("q") else 0)
        return match.made("=", instant=start + timedelta(minutes=minutes))
    return match.as_days(_moved(match, match["u"], count, start.date() - match.today), "explicit")


def _leads_to_a_clock(after: Token) -> bool:
    """ "Depois das 18 horas", "desde las 15 horas", unlike "depois de 2 horas"."""
    return after.number == _ONWARDS or after.name.rsplit(" ", 1)[-1] in _BEFORE_A_CLOCK


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


@rules(r"(?P<n>N)(?P<u>U)(?P<on>G|i)?(?P<d>[WD])", r"(?P<d>[WD])(?P<u>U)(?=;|,|$|[aGBP.])")
def distance_from_day(match: Match) -> Token | None:
    """ "A week from Friday", "a fortnight tomorrow", "Friday week"."""
    unit = match["u"].number
    count = match["n"].number if match.get("n") else 1
    counted = match.get("n") is None or match.get("on") is None or match["on"].kind == "i"
    if not match.language("en") or unit < 2 or (counted and unit not in (WEEK, FORTNIGHT)):
        return None
    start = timedelta(days=_ahead(match, match["d"]))
    return match.as_days(_moved(match, match["u"], count, start), "explicit")


@rules(r"(?P<x>X)(?P<n>N)(?P<u>U)|(?P<n2>N)(?P<x2>X)(?P<u2>U)")
def next_few(match: Match) -> Token | None:
    """ "nos próximos 3 dias": the whole units after the current one; hours count from now."""
    count, unit = match.either("n", "n2").number, match.either("u", "u2").number
    if count < 1 or unit == FORTNIGHT:
        return None
    if unit == WORKING_DAY:
        first, last = (calendars.moved(match.today, unit, steps) for steps in (1, count))
        return match.as_days(Days(first.start, last.end, "day", "interval"))
    if unit < DAY:
        return _next_hours(match, count * (60 if unit else 1))
    return match.as_days(calendars.coming(UNITS[unit], count, match.today))


def _next_hours(match: Match, minutes: int) -> Token | None:
    now, end = match.setting.now, match.setting.now + timedelta(minutes=minutes)
    if minutes >= 1440:
        return None
    first, last = (Clock(instant.hour, instant.minute, True) for instant in (now, end))
    return match.made("&", stretch=Stretch(first, last))
