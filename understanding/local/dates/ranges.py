"""Rules for days together: "de segunda a sexta", "a partir de quinta", "até sexta", "sexta, 13/03"."""

from __future__ import annotations

from datetime import timedelta

from understanding.local.dates import calendars
from understanding.local.dates.lexicon import BOOKS
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.spans import Days
from understanding.local.dates.tokens import Token

rules = Rules()
# What makes the time before it the last: "Friday at the latest", "a las 6 a más tardar".
LATEST = ("at the latest", "at latest", "a mas tardar", "como maximo", "no mais tardar")


@rules(r"(?P<a>#)[,dirt]{0,2}[tE]?(?P<b>#)")
def same_day_twice(match: Match) -> Token | None:
    """ "amanhã, quarta" or "sexta, 13/03" is one day: the more exact of the two."""
    first, second = match["a"].days, match["b"].days
    if first is None or second is None or not first.grain == second.grain == "day" or match["b"].name == "other":
        return None
    vague, exact = (second, first) if match["b"].name == "weekday" and match["a"].name != "weekday" else (first, second)
    if "weekday" not in (match["a"].name, match["b"].name) or vague.start.weekday() != exact.start.weekday():
        return None
    return match.as_days(exact._replace(why=None, today=False), match["b"].name)


@rules(r"[fdbG]?[tE]{0,2}(?P<a>#)(?:[suk-]|[f]){1,2}[tE]?(?P<b>#)")
def range_of_days(match: Match) -> Token | None:
    """ "de segunda a sexta", "10 a 15 de abril"."""
    first, last = match["a"].days, match["b"].days
    if first is None or last is None or "open" in (match["a"].name, match["b"].name) or first.kind == "after":
        return None
    if match["b"].name == "weekday" and first.grain == last.grain == "day":
        if match["a"].name == "weekday" and first.start.weekday() == last.start.weekday():
            return match.made(".")  # "de domingo a domingo" is always
        last = calendars.one_day(first.start + timedelta(days=(last.start.weekday() - first.start.weekday()) % 7))
    if match["a"].name == match["b"].name == "day" and last.start < first.start:
        last = calendars.day_of_month(first.start, last.start.day) or last  # "between the 5th and the 10th"
    if last.end <= first.start:
        return None
    return match.as_days(Days(first.start, last.end, last.grain, "interval", first.why))


_NARROWED = {("early", 1): 4, ("late", 1): 5, ("early", 2): 6, ("late", 2): 7, ("early", 3): 8, ("late", 3): 9}


@rules(r"(?P<j>J)[id]?t?(?P<d>#)(?P<p>P)")
def early_part_of_day(match: Match) -> list[Token] | None:
    """ "Early Friday afternoon"."""
    part = _NARROWED.get((match["j"].name, match["p"].number))
    if part is None:
        return None
    return [match["d"]._replace(start=match["j"].start), match["p"]._replace(number=part)]


@rules(r"(?P<j>J)[id]?t?(?P<d>#)")
def early_on_day(match: Match) -> list[Token] | None:
    """ "Early on Friday"."""
    days, early = match["d"].days, match["j"]
    if early.name != "early" or days is None or days.grain != "day" or days.kind != "moment":
        return None
    day = match["d"]._replace(start=early.start)
    return [day, Token("P", day.end, day.end, 1)]


@rules(
    r"(?P<g>G)[tE]?(?P<d>#)|(?P<b>[Bu])[tEas]?(?P<d2>#)|[fd]?(?P<d3>#)[,]?(?P<on>g)|(?P<d4>#)[,]?(?P<late>u)(?=[;,.]|$)"
)
def open_days(match: Match) -> Token | None:
    """ "a partir de quinta", "depois do natal", "até sexta"."""
    token = match.either("d", "d2", "d3", "d4")
    days, after, before, late = token.days, match.get("g"), match.get("b"), match.get("late")
    if days is None or days.kind in ("after", "before"):
        return None
    if late and late.name not in LATEST:
        return None
    of = days.start if days.grain == "day" and days.kind == "moment" else None
    if before:
        english = match.language("en")
        if before.kind == "u" and (match.around(2).name == "bye" if english else _farewell(match)):
            return match.made(".")
        edge = days.end if before.kind == "u" else days.start
        return match.as_days(Days(edge, edge, days.grain, "before", days.why, of=of), "open")
    if late:
        return match.as_days(Days(days.end, days.end, days.grain, "before", days.why, of=of), "open")
    edge = days.end if after and after.number % 2 else days.start
    return match.as_days(Days(edge, edge, days.grain, "after", days.why, of=of), "open")


_GOODBYES = ("entao", "viu", "hein", "gente", "pessoal", "querida", "querido", "meninas", "entonces", "pues")


def _farewell(match: Match) -> bool:
    """ "Até amanhã!" says goodbye when it is a sentence of its own, about a day or week that is near."""
    before, after = match.around(-1), match.around(1)
    said = next(token for token in match.all if token.days)
    near = said.name == "weekday" or (said.days is not None and said.days.grain == "week")
    if not near or "?" in after.name or match.around(-2).kind == "n":
        return False
    if after.name in _GOODBYES:
        after = match.around(2)
    if before.kind not in ";," or after.kind not in ";," or match.around(2).number == BOOKS:
        return before.name in _GOODBYES and after.kind in ";,"
    if before.start >= 0 or after.start >= 0:
        return True
    tomorrow = match.today + timedelta(days=1)
    return said.name == "weekday" and said.days is not None and said.days.start == tomorrow
