"""Rules for weeks, months and years, their parts and days: "semana que vem", "fim do mês", "última sexta de abril"."""

from __future__ import annotations

from datetime import timedelta

from understanding.local.dates import calendars
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.spans import DAY, FORTNIGHT, UNITS, WEEK, WORKING_DAY, YEAR, Days
from understanding.local.dates.tokens import Token

# Kinds the rules make: "7" a week, month or year said by reference; "#" days.
rules = Rules()


@rules(r"(?P<u>U)d?(?P<m>[XCL])(?P<more>X)?|(?P<m2>[XCL])(?P<u2>U)|(?P<y>y)")
def reference(match: Match) -> Token | None:
    """ "semana que vem", "this month", "o ano passado"."""
    week = match.get("y")
    if week:
        return match.made("7", days=calendars.week(match.today, week.number))
    unit, modifier = match.get("u", "u2"), match.get("m", "m2")
    if unit is None or modifier is None or unit.number < WEEK:
        return None
    if match.get("m") and modifier.kind == "C" and modifier.name in ("esta", "this"):
        return None  # "a semana está cheia"
    if modifier.kind == "L" and match.around(1).kind in "dI" and match.around(2).kind in "tMmU7":
        return None  # the last week of a month
    if unit.number == FORTNIGHT:
        return match.made("#", days=calendars.half_month(match.today, modifier.number))
    if unit.number != WORKING_DAY:
        return match.made("7", days=calendars.period(UNITS[unit.number], match.today, modifier.number))
    if modifier.kind == "C":
        return None
    this_month = calendars.month(match.today.year, match.today.month)
    coming = calendars.moved(match.today, WORKING_DAY, 1)
    return match.as_days(calendars.working_day(this_month, -1) if modifier.kind == "L" else coming)


@rules(r"(?<=[;,.])r(?P<u>U)(?![dXCLIJ7!#c])|^r(?P<u2>U)(?![dXCLIJ7!#c])")
def for_the_week(match: Match) -> Token | None:
    """ "Para a semana dá-vos jeito?": the next one, where "ração para a semana" is how much."""
    if match.either("u", "u2").number != WEEK or match.all[0].name not in ("para a", "pra a") or not match.free(-1):
        return None
    return match.made("7", days=calendars.week(match.today, 1)) if match.free(1) else None


@rules(
    r"(?P<o>[OWL])(?P<w>[WUS])[dI][tE]?(?P<in>7|M|m|U)(?:d?(?P<y>Y|7))?",
    r"(?P<o>[OL])(?P<w>[WUS])(?P<in>7)",
    r"(?P<o>O)(?P<w>U)(?![dUc])",
)
def nth(match: Match) -> Token | None:
    """ "primeiro sábado de abril", "last day of the month", "segunda semana de maio", "penúltima semana"."""
    which = match["o"].number + 2 if match["o"].kind == "W" else match["o"].number
    if match.get("in"):
        within = _named_period(match, match["in"], match.get("y"))
    elif which < 0 or match["w"].number == WORKING_DAY:
        within = calendars.month(match.today.year, match.today.month)
    else:
        return None
    if within is None:
        return None
    if match["w"].kind == "S":
        saturday = calendars.nth_weekday(within, 5, which)
        return match.as_days(calendars.weekend(saturday.start, 0)) if saturday else None
    if match["w"].kind == "W":
        return match.as_days(calendars.nth_weekday(within, match["w"].number, which))
    count = {DAY: calendars.day_in, WEEK: calendars.nth_week, WORKING_DAY: calendars.working_day}.get(match["w"].number)
    return match.as_days(count(within, which)) if count else None


def _named_period(match: Match, named: Token, in_year: Token | None = None) -> Days | None:
    """A month or a referred period; a bare "mês" or "semana" is the current one."""
    if named.days is not None:
        return named.days
    if named.kind == "U":
        return calendars.period(UNITS[named.number], match.today, 0) if WEEK <= named.number <= YEAR else None
    if in_year is None:
        return calendars.next_month_named(match.today, named.number)
    return calendars.month(in_year.days.start.year if in_year.days else in_year.number, named.number)


_REST = 6  # "resto da semana"


@rules(r"(?P<edge>J)[dI-]?[tE]?(?P<in>7|M|m|U)(?:d?(?P<y>Y|7))?")
def edge_of(match: Match) -> Token | None:
    """ "fim do mês", "começo da semana que vem"."""
    within = _named_period(match, match["in"], match.get("y"))
    if within is None:
        return None
    if match["edge"].number == _REST:
        start = max(match.today, within.start)
        return match.as_days(Days(start, within.end, "day", "interval")) if start < within.end else None
    return match.as_days(calendars.edge(within, match["edge"].number))


@rules(r"(?P<w>[Ww]),?(?P<time>P|[GBu]?[ath]{0,2}[NH]U?[QP%]?)[,ditE]{0,3}(?P<r>7)")
def weekday_and_time_of_week(match: Match) -> list[Token] | None:
    """ "Quarta à tarde da semana que vem", "Friday at 3pm next week"."""
    reference = match["r"].days
    if reference is None or reference.grain != "week":
        return None
    day = calendars.one_day(reference.start + timedelta(days=match["w"].number))
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
    return match.as_days(calendars.one_day(day), "of_week")


@rules(r"(?P<r>7),?(?P<edge>[GBu])[tE]?(?P<w>[Ww])")
def edge_of_week(match: Match) -> list[Token] | None:
    """ "Semana que vem a partir de quarta"."""
    reference = match["r"].days
    if reference is None or reference.grain != "week":
        return None
    day = calendars.one_day(reference.start + timedelta(days=match["w"].number))
    edge, weekday = match["edge"], match["w"]
    return [edge._replace(start=match["r"].start), Token("#", weekday.start, weekday.end, name="of_week", days=day)]


@rules(r"(?<=#)(?P<o>[oe,]{1,2}[itE]{0,2})(?P<w>[Ww])")
def weekday_of_same_week(match: Match) -> list[Token] | None:
    """The second day of "semana que vem, terça ou quinta"."""
    first = match.around(-1)
    if first.name != "of_week" or first.days is None:
        return None
    monday = calendars.week(first.days.start).start
    weekday = match["w"]
    day = calendars.one_day(monday + timedelta(days=weekday.number))
    return [*match.all[:-1], Token("#", weekday.start, weekday.end, name="of_week", days=day)]
