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


@rules(r"(?P<w>w)")
def abbreviation(match: Match) -> Token | None:
    """Takes "seg" or "sat" for a day only beside something temporal."""
    before, after = match.around(-1), match.around(1)
    beyond = match.around(2)
    temporal = after.kind in "#HTPDXCS7" or (after.kind in "a,h" and beyond.kind in "NHPT")
    alone = before.start < 0 and (after.start < 0 or (after.kind in ";," and beyond.start < 0))
    listed = before.kind in "oe-,sku" and match.around(-2).kind in "WwD#"
    temporal = temporal or listed
    temporal = temporal or (after.kind in "oe-,sk" and beyond.kind in "Ww")
    if not temporal and match["w"].name not in ("ter", "sun", "sol", "mar"):
        temporal = before.kind in "iXC#DrEb" or alone or (before.kind == "." and match["w"].name[0].isdigit())
        temporal = temporal or (after.kind in "oe-,sk" and beyond.kind in "WwDi") or listed
        temporal = temporal or (after.kind in "oe-,sk" and beyond.kind in "itE" and match.around(3).kind in "Ww")
    return match["w"]._replace(kind="W") if temporal else match["w"]._replace(kind=".")


@rules(r"F(?:d?(?P<y>Y|7))?")
def holiday(match: Match) -> Token | None:
    said = match.get("y")
    year = (said.days.start.year if said.days else said.number) if said else None
    return _days(match, holidays.coming(match.all[0].number, match.today, year))


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
    """ "the day after Christmas"."""
    days = match["d"].days
    return _days(match, resolve.one_day(days.end)) if days and match["j"].number == 1 else None


@rules(r"(?P<d>D)|(?P<j>j)")
def relative_day(match: Match) -> Token | None:
    """ "amanhã"; "dia seguinte" counts from the instant talked about."""
    day = match.get("d")
    start = match.today if day else match.setting.anchor.date()
    if day is None and match["j"].number == 7:
        return _days(match, resolve.week(start, 1))
    return _days(match, resolve.one_day(start + timedelta(days=(day or match["j"]).number)), "weekday")


@rules(r"(?P<r>7)[Iid,]{1,2}(?P<m>[Mm])")
def month_of_year(match: Match) -> Token | None:
    """ "ano que vem em janeiro"."""
    within = match["r"].days
    if within is None or within.grain != "year":
        return None
    return _days(match, resolve.month(within.start.year, match["m"].number))


@rules(r"(?P<m>[XC])?(?P<month>M)[d,]?(?P<y>[Y7XC])?|(?<=[IGBuX])(?P<weak>m)(?:d?(?P<wy>Y))?(?![.])")
def month(match: Match) -> Token | None:
    """ "abril", "em abril de 2027", "abril que vem"."""
    named, said = match.either("month", "weak"), match.get("y", "wy")
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


@rules(r"(?P<u>U)dt?(?P<d>#)")
def week_of_day(match: Match) -> Token | None:
    """ "na semana do dia 20"."""
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
    return _days(match, replace(exact, why=exact.why if exact.start == vague.start else None), match["b"].name)


@rules(r"[fdbG]?[tE]{0,2}(?P<a>#)(?:[suk-]|[f]){1,2}[tE]?(?P<b>#)")
def range_of_days(match: Match) -> Token | None:
    """ "de segunda a sexta", "10 a 15 de abril"."""
    first, last = match["a"].days, match["b"].days
    if first is None or last is None or "open" in (match["a"].name, match["b"].name) or first.kind == "after":
        return None
    if match["b"].name == "weekday" and first.grain == last.grain == "day":
        last = resolve.one_day(first.start + timedelta(days=(last.start.weekday() - first.start.weekday()) % 7))
    if last.end <= first.start:
        return None
    return _days(match, Days(first.start, last.end, last.grain, "interval", first.why))


@rules(r"(?P<g>G)[tE]?(?P<d>#)|(?P<b>[Bu])[tEas]?(?P<d2>#)|[fd]?(?P<d3>#)[,]?(?P<on>g)")
def open_days(match: Match) -> Token | None:
    """ "a partir de quinta", "depois do natal", "até sexta"."""
    token = match.either("d", "d2", "d3")
    days, after, before = token.days, match.get("g"), match.get("b")
    if days is None or days.kind in ("after", "before"):
        return None
    if before:
        if before.kind == "u" and match.setting.language != "en" and _farewell(match):
            return match.made(".")
        edge = days.end if before.kind == "u" else days.start
        return _days(match, Days(edge, edge, days.grain, "before", days.why), "open")
    edge = days.end if after and after.number % 2 else days.start
    return _days(match, Days(edge, edge, days.grain, "after", days.why), "open")


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
