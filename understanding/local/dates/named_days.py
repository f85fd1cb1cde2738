"""Rules for names of days: weekdays, weekends, months, holidays, today and tomorrow, and ranges of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from understanding.local.dates import holidays, resolve
from understanding.local.dates.lexer import Token
from understanding.local.dates.resolve import Days
from understanding.local.dates.rules import Match, Rules

rules = Rules()


def _days(match: Match, days: Days | None, name: str = "") -> Token | None:
    return None if days is None else match.made("#", days=days, name=name)


# Abbreviations that are common words, so that little beside them makes them days.
_WORDS = ("ter", "sun", "sol", "mar", "set")


@rules(r"(?P<w>w)")
def abbreviation(match: Match) -> Token:
    """Takes "seg" or "sat" for a day only beside something temporal."""
    weekday = match["w"]
    sure = _listed(match) or _beside_time(match) or (weekday.name not in _WORDS and _introduced(match))
    return weekday._replace(kind="W" if sure or (_alone(match) and weekday.name not in ("ter", "mar")) else ".")


def _alone(match: Match) -> bool:
    before, after = match.around(-1), match.around(1)
    return before.start < 0 and (after.start < 0 or (after.kind in ";," and match.around(2).start < 0))


def _listed(match: Match) -> bool:
    """Whether another weekday is named beside it: "ter ou qui"."""
    before, after, beyond = match.around(-1), match.around(1), match.around(2)
    if before.kind in "oe-,sku" and match.around(-2).kind in "WwD#":
        return True
    if after.kind not in "oe-,sk":
        return False
    return beyond.kind in "Ww" or (beyond.kind in "itE" and match.around(3).kind in "Ww")


def _beside_time(match: Match) -> bool:
    after, beyond = match.around(1), match.around(2)
    if after.kind in "#HTPDXCS7@" or (after.kind in "a,h" and beyond.kind in "NHPTx@"):
        return True
    return after.kind in "GBubf" and beyond.kind in "NHa@x"


def _introduced(match: Match) -> bool:
    before, after = match.around(-1), match.around(1)
    if before.kind in "iXC#DrEb" or (before.kind == "." and match["w"].name[0].isdigit()):
        return True
    return after.kind == "p" or (after.kind in "oe-,sk" and match.around(2).kind in "WwDi")


@rules(r"X?(?P<f>F)(?:d?(?P<y>Y|7))?")
def holiday(match: Match) -> Token | None:
    said = match.get("y")
    year = (said.days.start.year if said.days else said.number) if said else None
    return _days(match, holidays.coming(match["f"].number, match.today, year), "holiday")


@rules(r"(?P<n>N)(?P<u>U)(?P<g>[GB])t?(?P<d>#)")
def distance_from_date(match: Match) -> Token | None:
    """ "Dois dias antes do natal", "a week after Easter"."""
    days, side, unit = match["d"].days, match["g"], match["u"].number
    if days is None or unit < resolve.DAY or (side.kind == "G" and not side.number % 2):
        return None
    count = match["n"].number * (-1 if side.kind == "B" else 1)
    start = days.start if side.kind == "B" else days.end - timedelta(days=1)
    return _days(match, resolve.moved(start, unit, count, 14 if match.language("en") else 15), "explicit")


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
        return _days(
            match, resolve.one_day(days.end + timedelta(days=gap) if ahead else days.start - timedelta(days=gap))
        )
    week = 1 if ahead else -1
    if named.kind == "S":
        saturday = resolve.weekend(days.start, 0 if ahead and days.start.weekday() < 5 else week)
        return _days(match, saturday)
    return _days(match, resolve.week(days.start, week)) if named.number == resolve.WEEK else None


@rules(r"S[d]t?(?P<d>#)", r"(?P<d>#)S")
def weekend_of_date(match: Match) -> Token | None:
    """ "Fim de semana do dia das mães", "Easter weekend"."""
    days = match["d"].days
    return _days(match, resolve.nearest_weekend(days.start)) if days and days.grain == "day" else None


@rules(r"(?P<m>[XCL])?(?P<s>S)[d,]?[tE]?(?P<m2>[XCL7])?")
def weekend(match: Match) -> Token:
    modifier = match.get("m", "m2")
    shift = match["s"].number
    if modifier is None or modifier.kind == "C":
        return match.made("#", days=resolve.weekend(match.today, shift))
    if modifier.kind == "7" and modifier.days is not None:
        return match.made("#", days=resolve.weekend(modifier.days.start, 0))
    if modifier.kind == "L":
        return match.made("#", days=resolve.weekend(match.today, -1))
    ahead = _weeks_ahead(match, modifier, 5)
    return match.made(
        "#", days=resolve.weekend(match.today, ahead, "which_week" if match.today.weekday() < 5 else None)
    )


def _weeks_ahead(match: Match, modifier: Token, weekday: int) -> int:
    """Spanish "el próximo jueves" is the coming one; Portuguese and English mean the one of the next week."""
    if match.setting.language == "es" and match.today.weekday() < weekday:
        return modifier.number - 1
    return modifier.number


@rules(r"(?P<m>[XCL])(?P<w>W)|(?P<w2>W),?d?(?P<m2>[XCL~])(?!U)")
def weekday_with(match: Match) -> Token | None:
    """ "quinta que vem", "this Thursday", "el jueves pasado"."""
    modifier, weekday = match.either("m", "m2"), match.either("w", "w2")
    today, number = match.today, weekday.number
    monday = resolve.week(today).start
    if modifier.kind == "L":
        back = (today.weekday() - number) % 7 or 7
        return _days(match, resolve.one_day(today - timedelta(days=back + 7 * (-modifier.number - 1))))
    if modifier.kind in "C~":
        ahead = (number - today.weekday()) % 7
        return _days(match, resolve.one_day(today + timedelta(days=ahead)), "weekday")
    day = monday + timedelta(days=number + 7 * _weeks_ahead(match, modifier, number))
    return _days(match, resolve.one_day(day, "which_week" if number > today.weekday() else None), "weekday")


@rules(r"(?P<w>W)")
def weekday(match: Match) -> Token | None:
    return _days(match, resolve.next_weekday(match.today, match["w"].number), "weekday")


@rules(r"(?P<j>j)[dts]{0,2}(?P<d>#)")
def day_after(match: Match) -> Token | None:
    """ "the day after Christmas", "véspera de tiradentes"."""
    days, number = match["d"].days, match["j"].number
    if days is None or abs(number) != 1:
        return None
    return _days(match, resolve.one_day(days.end if number > 0 else days.start - timedelta(days=1)))


@rules(r"(?P<d>D)(?P<o>o)(?P<k>[KL])(?=[;,.aP]|$)")
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
        return _days(match, resolve.week(start, 1))
    if day is None and match["j"].number < 0:
        return match.made(".")  # the eve of what?
    before = match.around(-2)
    if day is None and match.around(-1).kind in "oe" and before.days and before.days.grain == "day":
        start = before.days.start  # Friday or the day after
    return _days(match, resolve.one_day(start + timedelta(days=(day or match["j"]).number)), "weekday")


@rules(r"(?P<r>7)[Iid,]{1,2}(?P<m>[Mm])")
def month_of_year(match: Match) -> Token | None:
    """ "ano que vem em janeiro"."""
    within = match["r"].days
    if within is None or within.grain != "year":
        return None
    return _days(match, resolve.month(within.start.year, match["m"].number))


# Short names of months that are words of their own, or of a number.
_NO_MONTHS = ("mar", "set", "out", "may", "dez", "ago", "mai", "ene", "march", "marco")


@rules(
    r"(?P<m>[XC])?(?P<month>M)[d,]?(?P<y>[Y7XC])?|(?<=[IGBuX])(?P<weak>m)(?:d?(?P<wy>Y))?(?![.])",
    r"^(?P<weak>m)(?=;?$)",
)
def month(match: Match) -> Token | None:
    """ "abril", "em abril de 2027", "abril que vem", "nov"."""
    named, said = match.either("month", "weak"), match.get("y", "wy")
    if named.kind == "m" and match.around(-1).start < 0 and named.name in _NO_MONTHS:
        return None
    if said is not None and said.kind in "Y7":
        year = said.days.start.year if said.days else said.number
        return _days(match, resolve.month(year, named.number))
    return _days(match, resolve.next_month_named(match.today, named.number))


@rules(r"(?<=[Id])(?P<y>Y)")
def year(match: Match) -> Token | None:
    number = match["y"].number
    return _days(match, resolve.year(number)) if match.around(-1).kind == "I" and number >= match.today.year else None


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
    return _days(match, resolve.week(days.start))


@rules(r"(?P<a>#)[,dirt]{0,2}[tE]?(?P<b>#)")
def same_day_twice(match: Match) -> Token | None:
    """ "amanhã, quarta" or "sexta, 13/03" is one day: the more exact of the two."""
    first, second = match["a"].days, match["b"].days
    if first is None or second is None or not first.grain == second.grain == "day":
        return None
    vague, exact = (second, first) if match["b"].name == "weekday" and match["a"].name != "weekday" else (first, second)
    if "weekday" not in (match["a"].name, match["b"].name) or vague.start.weekday() != exact.start.weekday():
        return None
    return _days(match, replace(exact, why=None, today=False), match["b"].name)


@rules(r"[fdbG]?[tE]{0,2}(?P<a>#)(?:[suk-]|[f]){1,2}[tE]?(?P<b>#)")
def range_of_days(match: Match) -> Token | None:
    """ "de segunda a sexta", "10 a 15 de abril"."""
    first, last = match["a"].days, match["b"].days
    if first is None or last is None or "open" in (match["a"].name, match["b"].name) or first.kind == "after":
        return None
    if match["b"].name == "weekday" and first.grain == last.grain == "day":
        if match["a"].name == "weekday" and first.start.weekday() == last.start.weekday():
            return match.made(".")  # "de domingo a domingo" is always
        last = resolve.one_day(first.start + timedelta(days=(last.start.weekday() - first.start.weekday()) % 7))
    if last.end <= first.start:
        return None
    return _days(match, Days(first.start, last.end, last.grain, "interval", first.why))


@rules(r"(?P<j>J)[id]?t?(?P<d>#)")
def early_on_day(match: Match) -> list[Token] | None:
    """ "Early on Friday"."""
    days, early = match["d"].days, match["j"]
    if early.name != "early" or days is None or days.grain != "day" or days.kind != "moment":
        return None
    day = match["d"]._replace(start=early.start)
    return [day] if match.around(1).kind == "P" else [day, Token("P", day.end, day.end, 1)]


@rules(r"(?P<g>G)[tE]?(?P<d>#)|(?P<b>[Bu])[tEas]?(?P<d2>#)|[fd]?(?P<d3>#)[,]?(?P<on>g)")
def open_days(match: Match) -> Token | None:
    """ "a partir de quinta", "depois do natal", "até sexta"."""
    token = match.either("d", "d2", "d3")
    days, after, before = token.days, match.get("g"), match.get("b")
    if days is None or days.kind in ("after", "before"):
        return None
    of = days.start if days.grain == "day" and days.kind == "moment" else None
    if before:
        if before.kind == "u" and match.setting.language != "en" and _farewell(match):
            return match.made(".")
        edge = days.end if before.kind == "u" else days.start
        return _days(match, Days(edge, edge, days.grain, "before", days.why, of=of), "open")
    edge = days.end if after and after.number % 2 else days.start
    return _days(match, Days(edge, edge, days.grain, "after", days.why, of=of), "open")


def _farewell(match: Match) -> bool:
    """ "Até amanhã!" says goodbye when it is a sentence of its own."""
    before, after = match.around(-1), match.around(1)
    alone = before.start < 0 and after.start < 0
    return (
        before.kind in ";,"
        and after.kind in ";,"
        and (
            not alone
            or any(
                token.name == "weekday" and token.days.start == match.today + timedelta(days=1)
                for token in match.all
                if token.days
            )
        )
    )
