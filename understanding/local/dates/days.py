"""Rules for days and longer: "quinta que vem", "5 de abril", "semana que vem", "daqui a duas horas"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from understanding.local.dates import resolve
from understanding.local.dates.lexer import Token
from understanding.local.dates.resolve import UNITS, Days
from understanding.local.dates.rules import Match, Rules

# Kinds the rules make: "7" a week, month or year said by reference; "#" days; "=" an instant.
rules = Rules()


def _days(match: Match, days: Days | None, name: str = "") -> Token | None:
    return None if days is None else match.made("#", days=days, name=name)


@rules(r"(?P<part>[z$])")
def part_of_today(match: Match) -> list[Token]:
    """ "esta noche", "last night": a day and a part of it."""
    part = match["part"]
    return [part._replace(kind="D", number=-1 if part.kind == "$" else 0), part._replace(kind="P", start=part.end)]


@rules(r"(?<![nurdIfWwXCNO#])~(?=;|$)")
def now(match: Match) -> Token:
    return match.all[0]._replace(kind="@")


@rules(r"b[^;b#]{1,7}?(?P<and>e)")
def between(match: Match) -> list[Token]:
    """Makes the "e" of "entre 14 e 16" a dash."""
    return [*match.all[:-1], match["and"]._replace(kind="-")]


@rules(r"(?P<first>N)(?P<of>d?)(?P<second>N)")
def december(match: Match) -> list[Token] | None:
    """ "10 de dez": the month, not the number ten."""
    if match["second"].name != "dez" or not match["first"].name.isdigit():
        return None
    return [*match.all[:-1], match["second"]._replace(kind="m", number=12)]


@rules(r"(?P<u>U)d?(?P<m>[XCL])(?P<more>X)?|(?P<m2>[XCL])(?P<u2>U)|(?P<y>y)")
def reference(match: Match) -> Token | None:
    """ "semana que vem", "this month", "o ano passado"."""
    week = match.get("y")
    if week:
        return match.made("7", days=resolve.week(match.today, week.number))
    unit, modifier = match.get("u", "u2"), match.get("m", "m2")
    if unit is None or modifier is None or unit.number < 3:
        return None
    if modifier.kind == "L" and match.around(1).kind == "d" and match.around(2).kind in "MmU":
        return None  # the last week of a month
    return match.made("7", days=resolve.period(UNITS[unit.number], match.today, modifier.number))


@rules(r"(?P<o>[OWL])(?P<w>[WU])d[tE]?(?P<in>7|M|m|U)(?:d?(?P<y>Y|7))?")
def nth(match: Match) -> Token | None:
    """ "primeiro sábado de abril", "last day of the month", "segunda semana de maio"."""
    within = _named_period(match, match["in"], match.get("y"))
    which = match["o"].number + 2 if match["o"].kind == "W" else match["o"].number
    if within is None:
        return None
    if match["w"].kind == "W":
        return _days(match, resolve.nth_weekday(within, match["w"].number, which))
    if match["w"].number == 2:
        return _days(match, resolve.day_in(within, which))
    if match["w"].number != 3 or which > 4:
        return None
    day = within.end - timedelta(days=1) if which == -1 else within.start + timedelta(days=7 * (which - 1))
    return _days(match, resolve.week(day))


def _named_period(match: Match, named: Token, in_year: Token | None = None) -> Days | None:
    """A month or a referred period; a bare "mês" or "semana" is the current one."""
    if named.days is not None:
        return named.days
    if named.kind == "U":
        return resolve.period(UNITS[named.number], match.today, 0) if named.number > 2 else None
    if in_year is None:
        return resolve.next_month_named(match.today, named.number)
    return resolve.month(in_year.days.start.year if in_year.days else in_year.number, named.number)


@rules(r"(?P<edge>J)d?[tE]?(?P<in>7|M|m|U)(?:d?(?P<y>Y|7))?")
def edge_of(match: Match) -> Token | None:
    """ "fim do mês", "começo da semana que vem"."""
    within = _named_period(match, match["in"], match.get("y"))
    return None if within is None else _days(match, resolve.edge(within, match["edge"].number))


@rules(r"U?(?P<t>T)|U(?P<dotted>x)")
def numeric(match: Match) -> Token | None:
    """ "11/03", "11/3/26", "2026-03-11"; day first unless that cannot be."""
    said = match.either("t", "dotted")
    parts = [int(part) for part in re.split(r"[/.-]", said.name)]
    if len(parts) == 3 and parts[0] > 31:
        parts.reverse()
    day, number = parts[0], parts[1]
    if number > 12 >= day:
        day, number = number, day
    year = None if len(parts) < 3 else parts[2] if parts[2] > 99 else 2000 + parts[2]
    return _days(match, resolve.full_date(match.today, day, number, year), "explicit")


@rules(
    r"(?<![ahlN])(?P<n>[NO])(?=[oe,suk-]{1,2}[dEtU]{0,2}(?:[NO][oe,]{1,2}U?)?[NO][do-]?t?(?P<m>[Mm])(?:d?(?P<y>Y))?)",
    r"[tE]?U?(?P<n>[NO])[do-]?t?(?P<m>[Mm])(?:[d,o-]{0,2}(?:(?P<y>Y|7)|(?<=d)(?P<yy>N)(?![UPQc])))?",
    r"(?P<m>[Mm])[tE]?(?P<n>[NO])(?![UPQcH:])(?:,?(?P<y>Y))?",
)
def day_and_month(match: Match) -> Token | None:
    """ "5 de abril", "April 5th, 2027", and the first of "5 ou 6 de abril"."""
    month_first = match.all[0].kind in "Mm"
    if month_first and match["m"].kind == "m" and match.setting.language != "en":
        return None
    said, short = match.get("y"), match.get("yy")
    year = None
    if said:
        year = said.days.start.year if said.days else said.number
    elif short and short.name.isdigit() and short.number >= 24:
        year = 2000 + short.number
    days = resolve.full_date(match.today, match["n"].number, match["m"].number, year)
    return _days(match, days, "day" if month_first else "explicit")


@rules(r"(?<![ahlN])(?P<n>N)(?=[oesuk-]{1,2}[dEtU]{0,2}(?P<t>#))")
def day_before_date(match: Match) -> Token | None:
    """The 10 of "10 a 15/04"."""
    end = match["t"].days
    if end is None or match["t"].name != "explicit" or match["n"].number >= end.start.day:
        return None
    return _days(match, resolve.day_in(resolve.month(end.start.year, end.start.month), match["n"].number), "explicit")


@rules(r"[tE]?U?(?P<n>[NO])d?t?(?P<r>7)|(?P<r2>7)[,idtE]*U(?P<n2>[NO])")
def day_of_reference(match: Match) -> Token | None:
    """ "dia 5 do mês que vem"."""
    reference, number = match.get("r", "r2"), match.get("n", "n2")
    if reference is None or number is None or reference.days is None or reference.days.grain != "month":
        return None
    return _days(match, resolve.day_in(reference.days, number.number), "explicit")


@rules(
    r"(?P<w>[Ww])(?=[oe,]{1,2}[itE]{0,2}[Ww][di]*t?(?P<r>7))",
    r"(?P<w>[Ww])[d,is]*[tE]?(?P<r>7)|(?P<r2>7)[,idtErI]*(?P<w2>[Ww])",
)
def weekday_of_week(match: Match) -> Token | None:
    """ "quinta da semana que vem", "semana que vem na quinta"."""
    reference, weekday = match.get("r", "r2"), match.get("w", "w2")
    if reference is None or weekday is None or reference.days is None or reference.days.grain != "week":
        return None
    day = reference.days.start + timedelta(days=weekday.number)
    return _days(match, resolve.one_day(day), "of_week")


@rules(r"(?P<from>d)(?P<a>N)(?P<to>s)(?P<b>N)(?![Uc])")
def numbered_days(match: Match) -> Token | None:
    """ "del 10 al 15", "do 10 ao 15": days, where "de 10 a 15" are hours."""
    if match["from"].name not in ("del", "do") or match["to"].name not in ("al", "ao"):
        return None
    if match["a"].number == 1 and match["b"].number in (5, 10):
        return None  # a scale
    first = resolve.day_of_month(match.today, match["a"].number)
    last = resolve.day_of_month(first.start, match["b"].number) if first else None
    return _days(match, replace(first, end=last.end, kind="interval")) if first and last else None


@rules(r"(?<=#)(?P<o>[oe,]{1,2}[itE]{0,2})(?P<w>[Ww])")
def weekday_of_same_week(match: Match) -> list[Token] | None:
    """The second day of "semana que vem, terça ou quinta"."""
    first = match.around(-1)
    if first.name != "of_week" or first.days is None:
        return None
    monday = resolve.week(first.days.start).start
    weekday = match["w"]
    day = resolve.one_day(monday + timedelta(days=weekday.number))
    return [*match.all[:-1], Token("#", weekday.start, weekday.end, name="of_week", days=day)]


@rules(r"U(?P<n>[NO])|[rit]{1,3}(?P<o>O)|(?P<e>E)(?P<n2>N)")
def day_number(match: Match) -> Token | None:
    """ "dia 5", "on the 5th", "el 5"."""
    number = match.either("n", "o", "n2")
    following = match.around(1)
    if match.get("n"):
        day_word = next(token for token in match.all if token.kind == "U")
        if day_word.number != 2 or following.kind == "U" or match.around(-1).kind in "N":
            return None
    elif match.get("o"):
        if not number.name[0].isdigit() or following.kind in ".cU" or match.setting.language != "en":
            return None
    elif not _plain_number_is_day(match, number):
        return None
    return _days(match, resolve.day_of_month(match.today, number.number), "day")


@rules(r"(?P<edge>[GBu])(?P<n>N)(?![UcHPQ:h]|[,d]?[Mm])")
def day_after_edge(match: Match) -> list[Token] | None:
    """The day of "antes del 20", "a partir do 15", where "antes das 20" would be an hour."""
    if match["edge"].number < 2:
        return None
    days = resolve.day_of_month(match.today, match["n"].number)
    return [match["edge"], match["n"]._replace(kind="#", name="day", days=days)] if days else None


@rules(r"(?P<w>[Ww]),?[tE]?(?P<n>N)(?![UcHPQ:h])")
def weekday_and_number(match: Match) -> Token | None:
    """ "sexta 13", when a 13th that is a Friday is near; else the number is an hour or nothing."""
    for months in (0, 1):
        start = resolve.month(match.today.year, match.today.month + months)
        days = resolve.day_in(start, match["n"].number) if match["n"].number else None
        if days and days.start >= match.today and days.start.weekday() == match["w"].number:
            return _days(match, days, "day")
    return None


def _plain_number_is_day(match: Match, number: Token) -> bool:
    """Whether the number of "el 5" is a day: for, of or until it, a time after it, or too high for a list's choice."""
    following, before = match.around(1).kind, match.around(-1).kind
    if following in ".cU%":
        return following == "." and before in "rud" and match.around(1).name[-1:] != "s"
    return before in "rudfI" or following in "aHPis" or number.number >= 5


@rules(r"(?<=#)(?P<o>(?:,(?=[tEU]{0,2}N[,oe])|,?[oek-])[tEs]{0,2}U?|[s-][tE]?U?)(?P<n>[NO])(?![UcHPQ:.])")
def another_day(match: Match) -> list[Token] | None:
    """The second of "dia 5 ou 6", "dias 10 a 15"."""
    first, number = match.around(-1), match["n"]
    if first.name != "day" or first.days is None or number.number > 31:
        return None
    days = resolve.day_of_month(first.days.start, number.number) if number.number else None
    if days is None:
        return None
    return [*match.all[:-1], Token("#", number.start, number.end, name="day", days=replace(days, why=first.days.why))]
