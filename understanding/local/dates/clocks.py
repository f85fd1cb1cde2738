"""Rules for times of day: "às 3", "15h30", "quinze pras quatro", "das 9 às 11", "depois das 18h", "de manhã"."""

from __future__ import annotations

from dataclasses import replace

from understanding.local.dates import resolve
from understanding.local.dates.lexer import Token
from understanding.local.dates.lexicon import AMOUNT, BOOKS, TAKES
from understanding.local.dates.resolve import PARTS, Clock, Stretch
from understanding.local.dates.rules import Match, Rules

# Kinds the rules make: "@" a time of day, "&" a part of a day.
rules = Rules()


@rules(r"(?<=[#Poe])p(?![.])|p(?=[oe]{1,2}P|[idEt]{0,2}#)")
def weak_part(match: Match) -> Token:
    """ "tarde" is also late, and "cedo" early: parts of the day only beside a day or another part."""
    return match.all[0]._replace(kind="P")


def _clock(token: Token) -> Clock | None:
    """The time a number or a clock token says."""
    if token.clock is not None:
        return token.clock
    if token.kind == "H":
        return Clock(token.number // 60, token.number % 60 or None, True)
    if token.number > 24:
        return None
    return Clock(token.number, None, token.number == 0 or token.number > 12 or token.name.startswith("0"))


def _read(match: Match, clock: Clock | None) -> Token | None:
    return None if clock is None else match.made("@", clock=clock)


@rules(
    r"V[ath]*(?P<h>[NH])(?!U(?!P))",
    r"(?P<n>N)(?P<u>U)?[rkh][at]*(?P<h>[NH])",
    r"(?P<n>N)(?P<u>U)?q[at]*(?P<h>[NH])",
    r"(?P<h>[NH])(?P<v>v)(?P<n>N)(?P<u>U)?",
)
def around_the_hour(match: Match) -> Token | None:
    """ "quinze pras quatro", "half past three", "cuatro menos diez"."""
    clock, minutes = _clock(match["h"]), match.get("n")
    if clock is None or clock.minute is not None or (clock.hour > 12 and match["h"].kind == "N"):
        return None
    if minutes is None and match.all[0].name == "half" and (match["h"].kind == "H" or match["h"].name in ("a", "an")):
        return None
    if minutes is None:
        return _read(match, resolve.plus_minutes(clock, match.all[0].number))
    unit = match.get("u")
    if not 0 < minutes.number < 31 or minutes.number % 5 or (unit and unit.number):
        return None
    english_range = (
        any(token.kind == "k" for token in match.all) and minutes.name.isdigit() and match.around(-1).kind != "a"
    )
    if english_range or match.counts_things():
        return None
    past = any(token.kind == "q" for token in match.all)
    return _read(match, resolve.plus_minutes(clock, minutes.number if past else -minutes.number))


@rules(r"(?P<h>[HN])(?P<u>U)?(?P<q>Q)")
def half_hour(match: Match) -> Token | None:
    """ "3 e meia", "meio-dia e meia"."""
    clock, unit = _clock(match["h"]), match.get("u")
    if clock is None or clock.minute is not None or (unit and (unit.number != 1 or match.around(-1).kind not in "ahs")):
        return None
    if match["h"].kind == "N" and (match.counts_things()):
        return None
    return _read(match, clock if match["q"].number == 0 else resolve.plus_minutes(clock, match["q"].number))


@rules(
    r"(?<=[ahGBu])t?(?P<h>N)(?:U?e(?P<e>N)(?P<mu>U)?|(?P<m>N))",
    r"(?P<h>[NH])(?P<u>U)?e(?P<e>N)(?P<mu>U)?",
    r"(?P<h>N)(?P<m>N)",
)
def hour_and_minutes(match: Match) -> Token | None:
    """ "às 3 e 15", "quinze horas e trinta", "three thirty"."""
    clock, minutes = _clock(match["h"]), match.get("e", "m")
    if clock is None or clock.minute is not None or minutes is None or match.counts_things():
        return None
    unit, hour_unit = match.get("mu"), match.get("u")
    introduced = (
        match.around(-1).kind in "ahGBuf"
        or match.around(1).kind in "P%"
        or match["h"].kind == "H"
        or any(t.kind == "U" for t in match.all)
    )
    spelled = match["h"].name.isalpha() and minutes.name.isalpha()
    if (unit and unit.number) or (hour_unit and hour_unit.number != 1) or not (introduced or spelled):
        return None
    if (
        not 0 < minutes.number < 60
        or (minutes.number % 5 and minutes.number < 24)
        or (match.get("m") and minutes.number < 10)
    ):
        return None
    return _read(match, replace(clock, minute=minutes.number))


@rules(r"(?P<h>[HN])(?P<u>U)?[,i]?(?P<p>[P%])")
def hour_of_part(match: Match) -> Token | None:
    """ "3 da tarde", "8:30 de la noche", "9 in the morning"."""
    clock, unit, part = _clock(match["h"]), match.get("u"), match["p"].number
    if clock is None or (unit and unit.number != 1) or (match["h"].kind == "N" and clock.hour > 24):
        return None
    shifted = resolve.at_part(clock, part)
    start, end = PARTS[part]
    fits = (0 if start == 6 else start - 2) <= shifted.hour <= end + 2 or (end > 18 and shifted.hour < 5)
    if match["h"].kind == "N" and match["p"].kind == "P" and not fits:
        return None
    return _read(match, shifted)


@rules(r"(?<=[ah])(?P<f>[.Y])")
def packed(match: Match) -> Token | None:
    """ "at 330", "às 1530"."""
    figures = match["f"].name
    if not (figures.isdigit() and len(figures) in (3, 4)) or match.counts_things():
        return None
    hour, minute = int(figures[:-2]), int(figures[-2:])
    if hour > 23 or minute > 59 or minute % 5:
        return None
    return _read(match, Clock(hour, minute, hour == 0 or hour > 12 or figures[0] == "0"))


@rules(
    r"(?P<h>H)",
    r"(?<=[ahGBufb-])(?P<x>x)",
)
def written(match: Match) -> Token | None:
    """ "15h", "15:30"; "24h" alone says always open, not midnight."""
    clock = match.all[0].clock
    if clock and clock.hour == 24 and match.around(-1).kind not in "ahu-sek":
        return None
    return _read(match, _clock(match.all[0]))


@rules(
    r"(?<=[ah])t?(?P<h>N)(?P<u>U)?",
    r"(?<=s)(?P<h>N)(?P<u>U)",
    r"(?<=s)(?P<h>N)",
    r"(?P<h>N)(?P<u>U)",
)
def bare_hour(match: Match) -> Token | None:
    """ "às 3", "à uma hora", "quinze horas"."""
    hour, unit, before = match["h"], match.get("u"), match.around(-1)
    clock = _clock(hour)
    if clock is None or (unit and (unit.number != 1 or clock.hour == 24)) or (hour.name in ("a", "an") and not unit):
        return None
    spanish = match.setting.language == "es"
    if before.kind == "s" and not (hour.number == 1 and (unit or spanish or before.start in match.setting.accented)):
        return None
    if before.kind not in "ahs" and not 13 <= hour.number <= 23:
        return None
    return None if match.counts_things() else _read(match, clock)


@rules(r"(?P<p>P)[,]?[ah]?(?P<at>@)(?![-sku])|(?P<at2>@)[,]?(?P<p2>[P%])")
def clock_and_part(match: Match) -> Token | None:
    """ "de tarde, às 3"."""
    clock, part = match.either("at", "at2"), match.either("p", "p2")
    if clock.clock is None or clock.clock.hour > 12:
        return match.made("@", clock=clock.clock) if clock.clock else None
    return _read(match, resolve.at_part(clock.clock, part.number))


@rules(r"(?<=@)(?:,?o|,(?=N,?o?[N@,]))a?(?P<n>N)(?![UcP%])")
def another_hour(match: Match) -> list[Token] | None:
    """ "Às 14 ou 15", "at 2, 3 or 4"."""
    clock = _clock(match["n"])
    if clock is None or match.counts_things() or match["n"].name in ("a", "an", "um", "un"):
        return None
    number = match["n"]
    return [*match.all[:-1], Token("@", number.start, number.end, clock=clock)]


@rules(r"(?<![-A-Za-z.#])(?P<n>N)(?=(?:,N)*,?o(?P<at>@))", r"(?<=,)(?P<n>N)(?=(?:,N)*,?o(?P<at>@))")
def hour_before_another(match: Match) -> Token | None:
    """ "14, 15 ou 16h", "2 or 3pm"."""
    clock, other = _clock(match["n"]), match["at"].clock
    if clock is None or other is None or match["n"].name in ("a", "an") or match.around(-1).number == TAKES:
        return None
    nearest = min(resolve.readings(clock), key=lambda meant: abs(meant.minutes - other.minutes))
    return _read(match, nearest if other.sure else clock)


@rules(
    r"(?P<x>[fdbiG])?[ath]{0,2}(?P<a>@)[-kusa]{1,3}[tE]?(?P<b>[@N])(?P<c>U)?",
    r"(?P<x>[fdbG])?[ath]{0,2}(?P<a>N)(?P<u>U)?[-kusa]{1,3}[tE]?(?P<b>[@N])(?P<c>U)?",
)
def range_of_hours(match: Match) -> Token | None:
    """ "das 9 às 11", "entre 14 e 16h", "2-4pm"."""
    start, end = _clock(match["a"]), _clock(match["b"])
    for unit in (match.get("u"), match.get("c")):
        if unit and unit.number != 1:
            return None
    if start is None or end is None or match.counts_things():
        return None
    if match["a"].kind == match["b"].kind == "N" and not match.get("c") and not _hours(match, start, end):
        return None
    return match.made("&", stretch=Stretch(start, end))


def _hours(match: Match, start: Clock, end: Clock) -> bool:
    """Whether the two bare numbers are hours: "das 9 às 11", not "de 10 a 12 pessoas", "ganhou de 3 a 2"."""
    before, after, introduced = match.around(-1), match.around(1), match.get("x")
    if introduced and introduced.kind == "d" and (match.language("en") or before.kind not in ";,@#&.IieodfraD"):
        return False
    if after.kind in ".T" and after.number != BOOKS:
        return False
    if not introduced and before.kind != "#" and "u" not in match.kinds:
        return False
    if match.language("en") and before.kind == "." and before.number != BOOKS and introduced is None:
        return False
    # From late morning to the afternoon the numbers fall; elsewhere they rise.
    rising = 0 < end.hour - start.hour <= 12 or (8 <= start.hour <= 12 and 1 <= end.hour <= 7)
    return rising and (start.hour > 1 or before.kind == "#" or (introduced is not None and introduced.kind in "fb"))


@rules(
    r"(?P<g>G)[atE]{0,2}(?P<h>[@N])(?P<u>U)?|(?P<b>[Bu])[atEsh]{0,2}(?P<h2>[@N])(?P<u2>U)?"
    r"|[fda]?t?(?P<h3>@),?(?P<on>g)|[fd](?P<h3n>N),?(?P<on2>g)"
)
def open_stretch(match: Match) -> Token | None:
    """ "depois das 18h", "antes do meio-dia", "14h em diante"."""
    token, unit = match.get("h", "h2", "h3", "h3n"), match.get("u", "u2")
    clock = _clock(token) if token else None
    if (
        clock is None
        or (unit and unit.number != 1)
        or (token and token.kind == "N" and (match.counts_things() or token.name in ("a", "an")))
    ):
        return None
    if token and token.kind == "N" and not (unit or match.get("on2") or _edge_of_hour(match)):
        return None
    before = match.get("b")
    return match.made("&", stretch=Stretch(None, clock) if before else Stretch(clock, None))


def _edge_of_hour(match: Match) -> bool:
    """Whether the bare number is an hour: "até as 5", not "até 5"; "from 1 to 10" was no range of hours."""
    edge, after = match.all[0], match.around(1)
    if (after.kind in "ks" and match.around(2).kind in "N.") or after.number == AMOUNT:
        return False
    if match.language("en"):
        return edge.name not in ("up to", "starting from", "as from")
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
    if match.all[0].kind == "u":
        return match.made("&", stretch=Stretch(None, Clock(end, None, True)))
    return match.made(
        "&", stretch=Stretch(Clock(start, None, True), Clock(end, None, True), True), number=match["p"].number
    )


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
