"""Rules for weekdays and weekends: "quinta que vem", "this Thursday", "próximo fim de semana"."""

from __future__ import annotations

from datetime import timedelta

from understanding.local.dates import calendars
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.tokens import Token

rules = Rules()


@rules(r"(?P<w>[WSM])(?P<g>G)t?(?P<x>X)(?![UWMSNF7#])")
def after_next(match: Match) -> list[Token]:
    """ "The weekend after next", "sexta depois da próxima"."""
    return [match["w"], match["x"]._replace(number=2)]


@rules(r"(?P<w>W)(?P<g>G)(?:C(?![UWMSND7#])|(?P<this>\.))")
def after_this(match: Match) -> Token | None:
    """ "The Friday after this one", "sexta depois dessa"."""
    this = match.get("this")
    if match["g"].number != 1 or (this and this.name != "this one"):
        return None
    coming = calendars.next_weekday(match.today, match["w"].number)
    return match.as_days(calendars.one_day(coming.start + timedelta(days=7)), "weekday")


@rules(r"(?P<m>[XCL])?(?P<s>S)[d,]?[tE]?(?P<m2>[XCL7])?")
def weekend(match: Match) -> Token:
    modifier = match.get("m", "m2")
    shift = match["s"].number
    if modifier is None or modifier.kind == "C":
        return match.made("#", days=calendars.weekend(match.today, shift))
    if modifier.kind == "7" and modifier.days is not None:
        return match.made("#", days=calendars.weekend(modifier.days.start, 0))
    if modifier.kind == "L":
        return match.made("#", days=calendars.weekend(match.today, -1))
    ahead = _weeks_ahead(match, modifier, 5)
    return match.made(
        "#", days=calendars.weekend(match.today, ahead, "which_week" if match.today.weekday() < 5 else None)
    )


def _weeks_ahead(match: Match, modifier: Token, weekday: int) -> int:
    """Spanish "el próximo jueves" is the coming one; Portuguese and English mean the one of the next week."""
    if match.setting.language == "es" and match.today.weekday() < weekday:
        return modifier.number - 1
    return modifier.number


@rules(r"C(?P<w>W)n?(?:,|,?(?P<but>\.))[stE]?(?P<x>X)(?=[;,.aPeridG]|$)")
def not_this_but_next(match: Match) -> list[Token] | None:
    """ "Não essa sexta, a próxima"."""
    weekday, following, but = match["w"], match["x"], match.get("but")
    if but and but.name not in ("but", "mas", "sino", "pero"):
        return None
    day = calendars.week(match.today, following.number).start + timedelta(days=weekday.number)
    return [*match.all[:-1], following._replace(kind="#", name="other", days=calendars.one_day(day))]


# "Sexta está bom": after the day the word is no "this".
_VERBS = ("esta", "este", "essa", "esse", "this", "estas", "ese", "esa")


@rules(r"(?P<m>[XCL])(?P<w>W)|(?P<w2>W),?d?(?P<m2>[XCL~])(?!U)")
def weekday_with(match: Match) -> Token | None:
    """ "quinta que vem", "this Thursday", "el jueves pasado"."""
    modifier, weekday = match.either("m", "m2"), match.either("w", "w2")
    today, number = match.today, weekday.number
    monday = calendars.week(today).start
    if modifier.kind == "L":
        back = (today.weekday() - number) % 7 or 7
        return match.as_days(calendars.one_day(today - timedelta(days=back + 7 * (-modifier.number - 1))))
    if match.get("m2") and modifier.name in _VERBS:
        return match.as_days(calendars.next_weekday(today, number), "weekday")
    if modifier.kind in "C~":
        ahead = (number - today.weekday()) % 7
        return match.as_days(calendars.one_day(today + timedelta(days=ahead)), "weekday")
    day = monday + timedelta(days=number + 7 * _weeks_ahead(match, modifier, number))
    return match.as_days(calendars.one_day(day, "which_week" if number > today.weekday() else None), "weekday")


@rules(r"(?P<d>D),?(?P<w>W)", r"(?P<w>W),?(?P<d>D)")
def said_twice(match: Match) -> Token | None:
    """ "Hoje, terça", "tomorrow Wednesday": one day, told by both names."""
    day = match.today + timedelta(days=match["d"].number)
    return match.as_days(calendars.one_day(day)) if day.weekday() == match["w"].number else None


@rules(r"(?P<w>W)")
def weekday(match: Match) -> Token | None:
    return match.as_days(calendars.next_weekday(match.today, match["w"].number), "weekday")
