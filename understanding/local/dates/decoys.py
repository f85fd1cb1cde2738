"""Rules for what only looks like a date: every Monday, a street's name, an order's number, a treatment's length."""

from __future__ import annotations

import re

from understanding.local.dates.lexicon import BOOKS, FESTIVE, SHARED, TAKES, TELLS
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.tokens import Token

rules = Rules()

# Nouns that make English names of days and months a street: "12 Sunday Street".
_ROADS = (
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "rd",
    "boulevard",
    "blvd",
    "lane",
    "drive",
    "square",
    "court",
    "terrace",
    "way",
)
# Weekdays in Portuguese that are ordinals as well: "prefiro a segunda".
_ORDINALS = ("segunda", "quarta", "quinta", "sexta")
_WAYS = ("rua", "travessa", "avenida", "praca", "esquina")
_LASTS = ("dura", "duram", "duran", "duracao", "duracion", "lasts", "lasting", "validade", "garantia")
_CLOCK_ARTICLES = (" as", " las")
_NO_LENGTH = range(13, 24)  # hours
_MANY = 6  # up to here "as 3" may be "all three"


@rules(
    r"![tdisfaE]*(?:[WwPpSMm]|NU|U(?!N))(?:[,eoaisE]{0,2}[Ww])*",
    r"[Ww](?:[,eo]{1,2}[tiE]?[Ww])*,?d?!U",
    r"A[.dt]{0,3}N[.t]?bNeN",
    r"A[.dt]{0,3}[NOFMm](?:d?[Mm])?|OA",
    r"l[.d:-]?[N](?!d?[Mm])",
    r"Z[.at]?(?:HN?|N(?!d?[Mm])U?Q?|R)(?:[-soe]?(?:H|NU|R))?",
    r"[Ww]-?[cl]|[Ww]A",
    r"u(?=NU)",
)
def not_a_date(match: Match) -> list[Token] | None:
    """Every Monday, a street's name, an order's number, a duration, a second hand."""
    first = match.all[0]
    last = match.all[-1]
    if first.kind == "Z" and last.clock and last.clock.hour > 8 and first.name not in _LASTS:
        return None
    if first.kind in "Ww" and last.kind == "A":
        return match.nothing() if first.name in _ORDINALS and last.name in _WAYS else None
    if first.kind == "l" and match.around(1).kind == "P":
        return None
    if first.kind == "u" and _is_of_the_clock(match, first):
        return None
    return match.nothing()


def _is_of_the_clock(match: Match, until: Token) -> bool:
    """ "Até as 6 horas", "até 18 horas", unlike "dura até 2 horas"."""
    if until.name.endswith(_CLOCK_ARTICLES):
        return True
    return match.around(1).number in _NO_LENGTH and not match.language("en") and match.around(-1).kind != "d"


@rules(r"l[.ds:-]{0,2}(?P<colon>,)?(?:[Tx](?:[oe,-]{1,2}[Tx])*|H)", r"T(?=l)", r"\.-T")
def code(match: Match) -> list[Token] | None:
    """ "Coloração 7/1", "versión 4.10 o 4.11", "NF-12/03"."""
    first, last = match.all[0], match.all[-1]
    if first.kind == ".":
        joined = first.end + 1 == last.start and not first.number and len(first.name) <= _LETTERS
        return match.nothing() if joined else None
    colon = match.get("colon")
    if colon and match.setting.writing.of(colon.start, colon.end) != ":":
        return None
    label = first if first.kind == "l" else match.around(1)
    if last.kind == "H" and ":" not in last.name:
        return None  # a scale has no "15h"
    return match.nothing() if label.number == 1 else None


_LETTERS = 3  # before a code's figures
_FRACTION = re.compile(r"1/[2348]|1/16|2/3|[357]/8|[13579]/16|3/4")
_IS = ("e", "eh", "es", "is")


@rules(r"(?<=[.c])d?T(?![aHP@h])", r"T(?=[.c])")
def fraction(match: Match) -> list[Token] | None:
    """ "3/8 bolt", "barra de 3/4", "6/12 parcelas"."""
    noun = match.around(-1)
    if noun.kind not in ".c":
        noun = match.around(1)
    thing = noun.number == SHARED if noun.kind == "c" else not noun.number and noun.name not in _IS
    several = noun.kind == "c" and noun.start > match.all[-1].start and noun.name.endswith("s")
    return match.nothing() if several or (thing and _FRACTION.fullmatch(match.all[-1].name)) else None


@rules(
    r"(?:[it]|[ds])[NO]d?[Mm](?!,?a)",
    r"I(?P<bare>N)d[Mm]",
    r"[NO]d?[Mm],?(?=9)",
    r"N?(?:[WwMm4]|Od?M|F)A",
    r"N\.{1,3}A",
)
def road(match: Match) -> list[Token] | None:
    """ "Moro na 7 de setembro", "estoy en 25 de Mayo", "25 de Mayo 340", "12 Sunday Street"."""
    first, following = match.all[0], match.around(1)
    if match.all[-1].kind == "A":
        return match.nothing() if match.all[-1].name in _ROADS and match.setting.language == "en" else None
    if match.get("bare"):  # days have "el" there
        return match.nothing() if first.name == "en" and match.language("es") else None
    if first.kind in "itds":
        # Days are masculine: "no 7 de setembro"; a street is not.
        feminine = first.name in ("na", "da", "pela", "en la", "a la", "la", "de la") and not match.language("en")
        return match.nothing() if feminine else None
    return match.nothing() if following.kind == "9" and not match.language("en") else None


@rules(r"\.d?t?F", r"I(?P<city>F)", r"F(?=-?\.)")
def festive(match: Match) -> list[Token] | None:
    """ "Panetone de natal", "kit dia das mães", "Halloween costume"; "moro em Natal"."""
    first = match.all[0]
    if match.get("city"):
        return match.nothing() if match["city"].name == "natal" and first.name == "em" else None
    if first.kind == "F":
        return match.nothing() if match.around(1).number == FESTIVE and match.language("en") else None
    of = len(match.all) == 3 and match.all[1].name == "de"
    thing = of and first.number != BOOKS and first.name not in _DAYS_OFF
    return match.nothing() if first.number == FESTIVE or thing else None


_DAYS_OFF = ("feriado", "feriadao", "recesso", "noite", "folga", "fiesta", "puente", "almoco", "manana")


# Words before "as 3" that make it a number of things.
_OF_THINGS = (
    "so",
    "com",
    "entre",
    "todas",
    "nos",
    "ambas",
    "essas",
    "estas",
    "quais",
    "qual",
    "solo",
    "con",
    "nosotras",
)


_OF_DAYS = "#WwDTMmPpXC7"


@rules(r"a(?P<n>N)(?![UQPc%])")
def both(match: Match) -> list[Token] | None:
    """ "Quero as duas", "las dos son iguales": how many, where only an accent would make it an hour."""
    at, number = match.all[0], match["n"].number
    if at.name not in ("as", "las", "umas", "tipo", "unas") or match.accented(at):
        return None
    before, after = match.around(-1), match.around(1)
    beside_day = before.kind in _OF_DAYS or after.kind in "WwDTCX"
    beside_day |= before.kind == "," and match.around(-2).kind in _OF_DAYS  # "sexta, umas 4"
    beside_day |= after.kind == "i" and match.around(2).kind in "WwD"
    if at.name in ("as", "las"):
        counted = before.number == TAKES and before.kind == "." and number <= _MANY
        counted = counted or (number <= 4 and before.name in _OF_THINGS)
        counted = counted or (number <= _MANY and (after.number == TELLS or _likes(after) or not match.free(1)))
    elif match.setting.asked:
        counted = False
    else:
        counted = not (before.start < 0 and after.kind in ";,e" and number <= 12) and before.number != BOOKS
    return match.nothing() if counted and not beside_day else None


def _likes(verb: Token) -> bool:
    """ "Las dos me gustan"."""
    return verb.number == TAKES and verb.name.startswith("me ")


@rules(r"[Nn]{1,2}Q", r"[NH]U?Qd(?=\.)")
def half_as_much(match: Match) -> list[Token] | None:
    """ "Me dá 2 e meia", "duas e meia de quilo"; "queria quatro e meia da tarde" is an hour."""
    taken = match.around(-1).number == TAKES and match.around(-1).kind == "." and match.around(1).kind != "P"
    return match.nothing() if taken or match.all[-1].kind == "d" else None


@rules(r"s(?P<w>W)(?!,?[XCaHPpN7-])|(?<=\.)d(?P<w2>W)(?=;|$)")
def the_second(match: Match) -> list[Token] | None:
    """ "Prefiro a segunda": of a list, no Monday."""
    weekday, before = match.either("w", "w2"), match.around(-1)
    if not match.language("pt") or weekday.name not in _ORDINALS or match.all[0].name not in ("a", "da"):
        return None
    if match.get("w2") and before.number != TAKES and match.around(-2).number != TAKES:
        return None
    return None if before.kind in "WwTDNO#MHP" else match.nothing()


@rules(r"(?P<a>N)I(?P<b>N)U", r"(?P<a>N)I(?P<h>H)")
def each_time(match: Match) -> list[Token] | None:
    """ "De 8 em 8 horas", "12 em 12h"."""
    again = match.get("h")
    hour = again.clock.hour if again and again.clock else match["b"].number if match.get("b") else None
    return match.nothing() if match["a"].number == hour else None


@rules(r"(?<=[.c])d(?P<h>H)(?![-sPuk])|(?P<h2>H)d(?=[.Z])", r"(?P<h2>H)(?=[.Z])")
def lesson(match: Match) -> list[Token] | None:
    """ "Aula de 1h", "2h de massagem"."""
    said = match.either("h", "h2")
    short = said.clock is not None and 1 <= said.clock.hour <= 4 and "h" in said.name
    name = match.all[0].name if match.get("h") else match.all[-1].name
    joined = name in ("de", "of") or (match.language("en") and match.around(1).number == 0 and len(match.all) == 1)
    return match.nothing() if short and joined and match.around(-1).number != BOOKS else None
