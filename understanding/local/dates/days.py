"""Rules for days and longer: "quinta que vem", "5 de abril", "semana que vem", "daqui a duas horas"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from understanding.local.dates import resolve
from understanding.local.dates.lexer import Token
from understanding.local.dates.lexicon import BOOKS, MOVES, TAKES
from understanding.local.dates.resolve import FORTNIGHT, MONTH, UNITS, WEEK, WORKING_DAY, YEAR, Clock, Days
from understanding.local.dates.rules import Match, Rules

# Kinds the rules make: "7" a week, month or year said by reference; "#" days; "=" an instant.
rules = Rules()


def _days(match: Match, days: Days | None, name: str = "") -> Token | None:
    return None if days is None else match.made("#", days=days, name=name)


@rules(r"(?<![A-Za-z#.-])(?P<n>N)(?=z|[DW]P)|(?<![^;,])(?P<n2>N)(?=iW)|(?P<n3>N)(?=z)")
def hour_before_day(match: Match) -> Token | None:
    """ "8 tonight", "8 tomorrow morning", "5 on Friday"."""
    number, before = match.either("n", "n2", "n3"), match.around(-1)
    if not 1 <= number.number <= 12 or number.name in ("a", "an") or before.kind in "rl" or before.number == TAKES:
        return None
    if match.get("n2") and not match.language("en"):
        return None
    return match.made("@", clock=Clock(number.number))


@rules(r"(?P<part>[z$])")
def part_of_today(match: Match) -> list[Token]:
    """ "esta noche", "last night": a day and a part of it."""
    part = match["part"]
    return [part._replace(kind="D", number=-1 if part.kind == "$" else 0), part._replace(kind="P", start=part.end)]


@rules(r"(?<![nurdIfWwXCNO#])~(?=;|$)")
def now(match: Match) -> Token:
    return match.all[0]._replace(kind="@")


@rules(r"(?P<verb>\.)[^;]{0,6}?(?P<from>[Gfd])[tE]?[^;sk]{1,6}?(?P<to>[sk])")
def moved(match: Match) -> list[Token] | None:
    """ "Move it from Thursday at 10 to Friday at 3" speaks of two times, no range."""
    if match["verb"].number != MOVES:
        return None
    origin, target = match["from"], match["to"]
    return [
        token._replace(kind="d") if token is origin else token._replace(kind="r") if token is target else token
        for token in match.all
    ]


@rules(r"n(?P<edge>[BG])")
def not_before(match: Match) -> Token:
    """ "Não antes das 18h" is from 18h on."""
    edge = match["edge"]
    return match.made("G" if edge.kind == "B" else "u", name=edge.name, number=edge.number & 2)


@rules(r"(?P<u>U)d(?P<m>[Mm])")
def month_of_name(match: Match) -> Token | None:
    """ "Mês de agosto"."""
    return match.made("M", number=match["m"].number) if match["u"].number == MONTH else None


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
    if unit is None or modifier is None or unit.number < WEEK:
        return None
    if modifier.kind == "L" and match.around(1).kind in "dI" and match.around(2).kind in "tMmU7":
        return None  # the last week of a month
    if unit.number == FORTNIGHT:
        return match.made("#", days=resolve.half_month(match.today, modifier.number))
    if unit.number != WORKING_DAY:
        return match.made("7", days=resolve.period(UNITS[unit.number], match.today, modifier.number))
    if modifier.kind == "C":
        return None
    this_month = resolve.month(match.today.year, match.today.month)
    coming = resolve.moved(match.today, WORKING_DAY, 1)
    return _days(match, resolve.working_day(this_month, -1) if modifier.kind == "L" else coming)


@rules(r"(?P<o>[OWL])(?P<w>[WU])[dI][tE]?(?P<in>7|M|m|U)(?:d?(?P<y>Y|7))?", r"(?P<o>O)(?P<w>U)(?![dUc])")
def nth(match: Match) -> Token | None:
    """ "primeiro sábado de abril", "last day of the month", "segunda semana de maio", "penúltima semana"."""
    which = match["o"].number + 2 if match["o"].kind == "W" else match["o"].number
    if match.get("in"):
        within = _named_period(match, match["in"], match.get("y"))
    elif which < 0 or match["w"].number == WORKING_DAY:
        within = resolve.month(match.today.year, match.today.month)
    else:
        return None
    if within is None:
        return None
    if match["w"].kind == "W":
        return _days(match, resolve.nth_weekday(within, match["w"].number, which))
    match match["w"].number:
        case resolve.DAY:
            return _days(match, resolve.day_in(within, which))
        case resolve.WEEK:
            return _days(match, resolve.nth_week(within, which))
        case resolve.WORKING_DAY:
            return _days(match, resolve.working_day(within, which))
    return None


def _named_period(match: Match, named: Token, in_year: Token | None = None) -> Days | None:
    """A month or a referred period; a bare "mês" or "semana" is the current one."""
    if named.days is not None:
        return named.days
    if named.kind == "U":
        return resolve.period(UNITS[named.number], match.today, 0) if WEEK <= named.number <= YEAR else None
    if in_year is None:
        return resolve.next_month_named(match.today, named.number)
    return resolve.month(in_year.days.start.year if in_year.days else in_year.number, named.number)


@rules(r"(?P<edge>J)[dI-]?[tE]?(?P<in>7|M|m|U)(?:d?(?P<y>Y|7))?")
def edge_of(match: Match) -> Token | None:
    """ "fim do mês", "começo da semana que vem"."""
    within = _named_period(match, match["in"], match.get("y"))
    return None if within is None else _days(match, resolve.edge(within, match["edge"].number))


@rules(r"(?P<x>x)")
def dotted(match: Match) -> Token | None:
    """ "22.03" is a day, "15.30" a time, where nothing else makes them prices."""
    said, before, after = match["x"], match.around(-1), match.around(1)
    first, second = (int(part) for part in said.name.split("."))
    as_day = 1 <= second <= 12 and first > 0
    as_time = said.clock is not None and second % 5 == 0
    free = before.kind in ";,iErGBuf#WTDoe" or before.number == BOOKS
    if before.kind in "ahb-" or not (as_day or as_time) or not free or (after.kind == "." and after.number != BOOKS):
        return None
    if as_day and (not as_time or before.kind not in "#WTD") and after.kind not in "P%":
        return match.made("T", name=said.name)
    return match.made("@", clock=said.clock) if as_time else None


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
    r"(?P<m>[Mm])[tE]?(?P<n>[NO])(?![UPQc:])(?:,?(?P<y>Y))?",
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
    number = match["n"]
    if match["m"].kind == "m" and "d" not in match.kinds and not number.name[0].isdigit() and not match.language("en"):
        return None  # "um set de pincéis"
    days = resolve.full_date(match.today, number.number, match["m"].number, year)
    if days is None and 29 <= number.number <= 31:
        return match.made(".")  # no such day: better asked than guessed
    return _days(match, days, "day" if month_first else "explicit")


@rules(r"(?<![A-Za-z#.-])(?P<n>N)d(?P<m>N)(?=[;,aHPG]|$)|[UE](?P<n2>N)d(?P<m2>N)(?=[;,aHPG]|$)")
def day_of_numbered_month(match: Match) -> Token | None:
    """ "20 do 3"."""
    number, month, of = match.either("n", "n2"), match.either("m", "m2"), match.all[-2]
    if of.name not in ("do", "del") or not 1 <= month.number <= 12:
        return None
    return _days(match, resolve.full_date(match.today, number.number, month.number, None), "explicit")


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


@rules(r"(?P<w>[Ww]),?(?P<time>P|[GBu]?[ath]{0,2}[NH]U?[QP%]?)[,ditE]{0,3}(?P<r>7)")
def weekday_and_time_of_week(match: Match) -> list[Token] | None:
    """ "Quarta à tarde da semana que vem", "Friday at 3pm next week"."""
    reference = match["r"].days
    if reference is None or reference.grain != "week":
        return None
    day = resolve.one_day(reference.start + timedelta(days=match["w"].number))
    # The day stands where its week is said, so that its time is within it.
    first, *between, last = match.all
    times = [token for token in between if token.kind not in ",ditE"]
    return [Token("#", first.start, first.end, name="of_week", days=day), *times, Token("i", last.start, last.end)]


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


@rules(r"U(?P<n>[NO])|[rit]{1,3}(?P<o>O)|(?P<e>E)(?P<n2>N)|(?<![A-Za-z.])(?P<o2>O)")
def day_number(match: Match) -> Token | None:
    """ "dia 5", "on the 5th", "el 5"."""
    number = match.either("n", "o", "o2", "n2")
    following = match.around(1)
    if match.get("n"):
        day_word = next(token for token in match.all if token.kind == "U")
        if day_word.number != 2 or following.kind == "U" or match.around(-1).kind in "N":
            return None
    elif match.get("o", "o2"):
        if not match.language("en") or not _ordinal_is_day(match, number):
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


def _ordinal_is_day(match: Match, number: Token) -> bool:
    """Whether "20th" is a day: in figures, or late in the month, and of nothing else."""
    following = match.around(1)
    if following.kind in "cU" or (following.kind == "." and following.number != BOOKS):
        return False
    return number.name[0].isdigit() or (number.number > 12 and match.get("o") is not None)


@rules(r"(?P<w>[Ww]),?[tE]?(?P<n>[NO])(?![UcHPQ:h])")
def weekday_and_number(match: Match) -> Token | None:
    """ "sexta 13", when a 13th that is a Friday is near; else the number is an hour or nothing."""
    for months in range(12 if match["n"].kind == "O" else 2):
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
    alone = match.around(-1).start < 0 and match.around(1).start < 0 and number.number > 2  # two may be a choice
    return before in "rudfIb" or following in "aHPis-" or number.number >= 5 or alone


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
