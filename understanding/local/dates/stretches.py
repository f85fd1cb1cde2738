"""Rules for stretches of a day: "das 9 às 11", "depois das 18h", "antes do meio-dia", "de manhã"."""

from __future__ import annotations

from understanding.local.dates import resolve
from understanding.local.dates.clocks import clock_of
from understanding.local.dates.lexicon import AMOUNT, BOOKS, TAKES
from understanding.local.dates.ranges import LATEST
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.spans import PARTS, Clock, Stretch
from understanding.local.dates.tokens import Token

# The rules make "&": part of a day.
rules = Rules()


@rules(
    r"(?P<x>[fdbiG])?[ath]{0,2}(?P<a>@)[-kusa]{1,3}[tE]?(?P<b>[@N])(?P<c>U)?",
    r"(?P<x>[fdbG])?[ath]{0,2}(?P<a>N)(?P<u>U)?[-kusa]{1,3}[tE]?(?P<b>[@N])(?P<c>U)?",
)
def range_of_hours(match: Match) -> Token | None:
    """ "das 9 às 11", "entre 14 e 16h", "2-4pm"."""
    start, end = clock_of(match["a"]), clock_of(match["b"])
    for unit in (match.get("u"), match.get("c")):
        if unit and unit.number != 1:
            return None
    introduced = match.get("x")
    if start is None or end is None or match.counts_things() or any(token.name == "by" for token in match.all):
        return None
    if introduced and introduced.name in ("entre la", "entre a") and start.hour != 1:
        return None  # streets: hours are "las 5" and "as 5"
    if match["a"].kind == match["b"].kind == "N" and not match.get("c") and not _hours(match, start, end):
        return None
    return match.made("&", stretch=Stretch(start, end))


def _hours(match: Match, start: Clock, end: Clock) -> bool:
    """Whether the two bare numbers are hours: "das 9 às 11", not "de 10 a 12 pessoas", "ganhou de 3 a 2"."""
    before, after, introduced = match.around(-1), match.around(1), match.get("x")
    if introduced and introduced.kind == "d" and (match.language("en") or before.kind not in ";,@#&.IieodfraD"):
        return False
    if after.kind == "T" or not match.free(1):
        return False
    day_follows = (after.kind == "#" or (after.kind == "i" and match.around(2).kind == "#")) and before.number != TAKES
    if not introduced and before.kind != "#" and "u" not in match.kinds and not day_follows:
        return False
    if match.language("en") and before.kind == "." and before.number != BOOKS and introduced is None:
        return False
    # From late morning to the afternoon the numbers fall; elsewhere they rise.
    if start.hour == 1 and end.hour in (5, 10):
        return False  # a scale
    rising = 0 < end.hour - start.hour <= 12 or (8 <= start.hour <= 12 and 1 <= end.hour <= 7)
    return rising and (start.hour > 1 or before.kind == "#" or (introduced is not None and introduced.kind in "fb"))


@rules(
    r"(?P<g>G)[atE]{0,2}(?P<h>[@N])(?P<u>U)?g?|(?P<b>[Bu])[atEsh]{0,2}(?P<h2>[@N])(?P<u2>U)?"
    r"|a?(?P<h4>@),?(?P<late>u)(?=[;,.]|$)|(?P<h4n>N),?(?P<late2>u)(?=[;,]|$)"
    r"|[fda]?t?(?P<h3>@),?(?P<on>g)|[fd](?P<h3n>N),?(?P<on2>g)"
)
def open_stretch(match: Match) -> Token | None:
    """ "depois das 18h", "antes do meio-dia", "14h em diante"."""
    token, unit = match.get("h", "h2", "h3", "h3n", "h4", "h4n"), match.get("u", "u2")
    clock = clock_of(token) if token else None
    if (
        clock is None
        or (unit and unit.number != 1)
        or (token and token.kind == "N" and (match.counts_things() or token.name in ("a", "an")))
    ):
        return None
    late = match.get("late", "late2")
    if late:
        return match.made("&", stretch=Stretch(None, clock)) if late.name in LATEST else None
    if token and token.kind == "N" and not (unit or match.get("on2") or _edge_of_hour(match)):
        return None
    before = match.get("b")
    return match.made("&", stretch=Stretch(None, clock) if before else Stretch(clock, None))


def _edge_of_hour(match: Match) -> bool:
    """Whether the bare number is an hour: "até as 5", not "até 5"; "from 1 to 10" was no range of hours."""
    edge, after = match.all[0], match.around(1)
    beyond = match.around(2)
    if (after.kind in "ks" and beyond.kind in "N.") or AMOUNT in (after.number, beyond.number * (after.kind == "o")):
        return False
    if match.language("en"):
        side = match.around(-1)
        sides = edge.name == "by" and (side.kind == "N" or (side.kind == "." and not side.name))  # "4 by 5"
        if sides or any(token.kind == "t" for token in match.all):
            return False
        washed = match.all[-1].name == "one" and after.kind == "." and not match.free(1)  # "after one wash"
        change = edge.name == "from" and match.all[-1].number > 12  # "change from 20"
        return not (washed or change) and edge.name not in ("up to", "starting from", "as from")
    article = edge.name.split()[-1] in ("as", "das", "las", "da", "la", "a", "umas") or any(
        t.kind in "ah" for t in match.all
    )
    return article or match.around(-1).kind == "#" or after.kind == "#"


@rules(
    r"u[ats]?(?P<p>P)",
    r"(?P<p>P)",
)
def part_of_day(match: Match) -> Token:
    start, end = PARTS[match["p"].number]
    if match.all[0].kind == "u" or (start, end) == (0, 12):  # "antes do almoço"
        return match.made("&", stretch=Stretch(None, Clock(end, None, True)))
    return match.made(
        "&", stretch=Stretch(Clock(start, None, True), Clock(end, None, True), True), number=match["p"].number
    )


@rules(r"(?P<g>&)[,e]{0,2}\.?(?P<b>&)")
def both_ends(match: Match) -> Token | None:
    """ "Depois das 14h e antes das 18h", "after 2 but before 5"."""
    first, last = match["g"].stretch, match["b"].stretch
    if first is None or last is None or first.kind != "after" or last.kind != "before":
        return None
    return match.made("&", stretch=Stretch(first.start, last.end))


@rules(r"(?P<p>&)[,]?(?P<r>&)|(?P<p2>&)[,]?[ah]?(?P<r2>@)")
def narrowed_part(match: Match) -> Token | None:
    """ "de manhã, depois das 9": the part of the day narrowed by the hours said."""
    part, other = match.either("p", "p2"), match.either("r", "r2")
    outer, inner = part.stretch, other.stretch
    if outer is None or inner is None or not outer.part or inner.part or outer.start is None or outer.end is None:
        return None
    start = resolve.at_part(inner.start, part.number) if inner.start else outer.start
    end = resolve.at_part(inner.end, part.number) if inner.end else outer.end
    return match.made("&", stretch=Stretch(start, end)) if start.minutes < end.minutes else None
