"""Rules that make the others plain: what a small word means beside what stands around it."""

from __future__ import annotations

from understanding.local.dates.lexicon import BOOKS, MOVES, TAKES
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.spans import MONTH, YEAR, Clock
from understanding.local.dates.tokens import Token

rules = Rules()


@rules(r"(?<![A-Za-z#-])(?P<n>N)(?=z|[DW]P)", r"(?<![^;,.])(?P<n2>N)(?=iW)", r"(?P<n3>N)(?=z)")
def hour_before_day(match: Match) -> Token | None:
    """ "8 tonight", "8 tomorrow morning", "5 on Friday"."""
    number, before = match.either("n", "n2", "n3"), match.around(-1)
    if not 1 <= number.number <= 12 or number.name in ("a", "an") or before.kind in "rl" or before.number == TAKES:
        return None
    if match.get("n2") and not (match.language("en") and match.free(-1)):
        return None
    return match.made("@", clock=Clock(number.number))


@rules(r"(?:(?<=[WD7])|(?<![^;,.]))(?P<of>d)(?P<d>D)")
def in_the_morning(match: Match) -> Token | None:
    """ "El lunes de mañana", "prefiero de mañana", where "la cita de mañana" is tomorrow's."""
    before = match.around(-1)
    if match["d"].name != "manana" or match["of"].name != "de" or not match.language("es"):
        return None
    if before.kind == "." and (before.number != BOOKS or before.name in _APPOINTMENTS):
        return None
    return match.made("P", number=1)


_APPOINTMENTS = ("turno", "turnos", "cita", "citas", "reserva", "hora", "horario", "hueco")


@rules(r"(?P<part>[z$])")
def part_of_today(match: Match) -> list[Token]:
    """ "esta noche", "last night": a day and a part of it."""
    part = match["part"]
    return [part._replace(kind="D", number=-1 if part.kind == "$" else 0), part._replace(kind="P", start=part.end)]


@rules(r"(?<![nurdIfWwXCNO#])~(?=;|$|\.(?:;|$))")
def now(match: Match) -> Token | None:
    """ "Can I come now?", "now please"."""
    asked = match.around(1).kind != "." or match.around(1).name in _PLEASE
    return match.all[0]._replace(kind="@") if asked else None


_PLEASE = ("please", "pls", "plz", "por favor", "porfa", "porfis", "pf", "pfv", "pfvr", "xfa")


# What may be moved to "5" that is an hour, where "change the quantity to 3" has none.
_MOVED = ("it", "that", "mine", "time", "visit", "meeting", "reservation", "haircut", "session")


@rules(r"(?P<verb>\.)(?P<what>[^;sk]{0,9}?)(?P<to>[sk])")
def moved(match: Match) -> list[Token] | None:
    """ "Move it from Thursday at 10 to Friday at 3" speaks of two times, no range; "push it to 5" of one."""
    if match["verb"].number != MOVES:
        return None
    *before, to = match.all
    things = [token.name for token in before[1:] if token.kind == "." and not token.number]
    plain = all(token.kind in ".td" for token in before) and set(things) <= set(_MOVED)
    hour = plain and match.language("en") and match.around(1).kind == "N"
    target = "a" if hour else "r"
    return [*(token._replace(kind="d") if token.kind in "Gf" else token for token in before), to._replace(kind=target)]


@rules(r"(?P<verb>\.)[^;]{0,8}?(?P<of>d)(?=N[rha][at]{0,2}(?:H|N(?![cU.])))")
def moved_from_hour(match: Match) -> list[Token] | None:
    """ "Troca meu horário de 14 pra 16h"."""
    return [*match.all[:-1], match["of"]._replace(kind="a")] if match["verb"].number == MOVES else None


@rules(r"(?P<verb>\.)[^;sk]{0,6}?(?P<from>f)(?P<n>[NH])(?P<to>[ah])(?=[NH])")
def moved_hour(match: Match) -> list[Token] | None:
    """ "Mover la cita de las 3 a las 5"."""
    if match["verb"].number != MOVES:
        return None
    *before, origin, hour, to = match.all
    return [*before, origin._replace(kind="a"), hour, Token(",", to.start, to.start), to]


@rules(r"(?P<which>[OLXC])(?P<quarter>V)(?=t?(?P<year>[YUCXL]))")
def quarter_of_year(match: Match) -> list[Token] | None:
    """ "First quarter of 2027", where "a quarter of six" is a time."""
    which, quarter = match["which"], match["quarter"]
    if not quarter.name.endswith("quarter of") or (match["year"].kind == "U" and match["year"].number != YEAR):
        return None
    return [which, quarter._replace(kind="3", number=3), Token("d", quarter.end, quarter.end)]


@rules(r"(?<=[WwD7])%")
def half_of_named_day(match: Match) -> Token | None:
    """ "Sat PM", "tomorrow am", where "Friday am I …" asks."""
    half = match.all[0]
    return None if match.around(1).name == "i" else half._replace(kind="P")


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
