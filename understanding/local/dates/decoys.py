"""Rules for what only looks like a date: every Monday, a street's name, an order's number, a treatment's length."""

from __future__ import annotations

import re

from understanding.local.dates.lexicon import AMOUNT, BOOKS, FESTIVE, GREETS, TAKES, TELLS
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
)
# Weekdays in Portuguese that are ordinals as well: "prefiro a segunda".
_ORDINALS = ("segunda", "quarta", "quinta", "sexta")
_LASTS = ("dura", "duram", "duran", "duracao", "duracion", "lasts", "lasting", "validade", "garantia")
_MANY = 6  # up to here "as 3" may be "all three"


@rules(
    r"![tdisfaE]*(?:[WwPpSMm]|NU|U(?!N))(?:[,eoaisE]{0,2}[Ww])*",
    r"[Ww](?:[,eo]{1,2}[tiE]?[Ww])*,?d?!U",
    r"A[.dt]{0,3}[NOFMm](?:d?[Mm])?|OA",
    r"l[.d:-]?[N](?!d?[Mm])",
    r"Z[.at]?(?:HN?|N(?!d?[Mm])U?Q?|R)(?:[-soe]?(?:H|NU|R))?",
    r"[Ww]-?[cl]",
    r"u(?=NU)",
    r"\*[WwMmF](?!,?[aTHPXNd@])",
)
def not_a_date(match: Match) -> list[Token] | None:
    """Every Monday, a street's name, an order's number, a duration, a second hand."""
    first = match.all[0]
    last = match.all[-1]
    if first.kind == "Z" and last.clock and last.clock.hour > 8 and first.name not in _LASTS:
        return None
    if first.kind == "l" and match.around(1).kind == "P":
        return None
    return match.nothing()


@rules(r"l[.d:-]{0,2}[Tx]", r"T(?=l)", r"(?<=\.)T(?![aHP@h])", r"T(?=\.)")
def code(match: Match) -> list[Token] | None:
    """ "coloração 7/1", "3/8 bolt"."""
    if len(match.all) == 1 and match.around(1).kind != "l":
        noun = match.around(-1)
        if noun.kind != ".":
            noun = match.around(1)
        fraction = _FRACTION.fullmatch(match.all[0].name) and not noun.number and noun.name not in _IS
        return match.nothing() if fraction else None
    label = match.all[0] if match.all[0].kind == "l" else match.around(1)
    return match.nothing() if label.number == 1 else None


_FRACTION = re.compile(r"1/[2348]|1/16|2/3|[357]/8|[13579]/16|3/4")
_IS = ("e", "eh", "es", "is")


@rules(r"(?:[it]|[ds])[NO]d?[Mm](?!,?a)", r"[NO]d?[Mm],?(?=9)", r"N?(?:[WwMm]|Od?M|F)A")
def road(match: Match) -> list[Token] | None:
    """ "Moro na 7 de setembro", "25 de Mayo 340", "12 Sunday Street"."""
    first, following = match.all[0], match.around(1)
    if match.all[-1].kind == "A":
        return match.nothing() if match.all[-1].name in _ROADS and match.setting.language == "en" else None
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


@rules(r"\.[tN]?(?:[WwFSDpP]|U(?!N))", r"\.d[WP]")
def wished(match: Match) -> list[Token] | None:
    """ "Ótimo sábado!", "boa semana"; "almoço de domingo", "chá da tarde"."""
    first, said = match.all[0], match.all[-1]
    if first.number == FESTIVE and match.all[1].kind == "d":
        return match.nothing()
    of_it = said.kind == "P" and said.name.startswith(("da ", "de ", "of "))
    if first.number == FESTIVE and of_it and len(match.all) == 2:
        return match.nothing()
    opens = match.around(-1).kind in ";,e" or match.around(-1).start < 0 or match.all[1].kind == "N"
    return match.nothing() if first.number == GREETS and opens else None


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


@rules(r"a(?P<n>N)(?![UQPc%])")
def both(match: Match) -> list[Token] | None:
    """ "Quero as duas", "las dos son iguales": how many, where only an accent would make it an hour."""
    at, number = match.all[0], match["n"].number
    if at.name not in ("as", "las", "umas", "tipo", "unas") or at.start in match.setting.accented:
        return None
    before, after = match.around(-1), match.around(1)
    beside_day = before.kind in "#WwDTMmPpXC7" or after.kind in "WwDTCX"
    if at.name in ("as", "las"):
        counted = before.number == TAKES and before.kind == "." and number <= _MANY
        counted = counted or (number <= 4 and before.name in _OF_THINGS)
        counted = counted or (number <= _MANY and (after.number == TELLS or not match.free(1)))
    else:
        counted = not (before.start < 0 and after.kind in ";,e" and number <= 12) and before.number != BOOKS
    return match.nothing() if counted and not beside_day else None


@rules(r"[Nn]{1,2}Q", r"[NH]U?Qd(?=\.)")
def half_as_much(match: Match) -> list[Token] | None:
    """ "Me dá 2 e meia", "duas e meia de quilo"."""
    taken = match.around(-1).number == TAKES and match.around(-1).kind == "."
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


@rules(r"[WF][N9]")
def glued(match: Match) -> list[Token] | None:
    """ "Código SEXTA10"."""
    word, figures = match.all
    return match.nothing() if word.end == figures.start and figures.name.isdigit() else None


@rules(r"P(?=d\.)", r"(?<=\.)P(?=[;,.]|$)")
def named_evening(match: Match) -> list[Token] | None:
    """ "Noite do pijama", "movie night"."""
    part = match.all[0]
    if match.around(1).kind == "d":
        return match.nothing() if part.name in ("noite", "noche", "tarde") and match.around(2).number == 0 else None
    return match.nothing() if part.name == "night" and not match.around(-1).number else None


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


@rules(r"(?P<before>[^;])(?P<name>M)", r"(?P<name>M)(?=[.F])")
def called_like_month(match: Match) -> list[Token] | None:
    """ "A Abril vai comigo", "minha filha Abril", "April here"."""
    name, before, after = match["name"], match.get("before") or match.around(-1), match.around(1)
    if after.name in _SPEAKING or (after.kind == "F" and name.start in match.setting.titled):
        return match.nothing()
    if after.kind in "dYXC7NOaTHP%" or (match.get("before") is None and match.around(-1).kind in "NO"):
        return None
    surrounded = before.kind in ".t" and before.number not in (BOOKS, AMOUNT) and after.kind in ".n"
    article = before.kind in "st" and before.name in ("a", "o") and after.kind == "." and match.language("pt")
    return match.nothing() if surrounded or (article and match.around(-1).kind not in "MNO") else None


_SPEAKING = ("here", "speaking", "calling", "aqui", "falando", "hablando")


@rules(r"\.[FM]", r"\.dW")
def surname(match: Match) -> list[Token] | None:
    """ "Natália Natal", "Márcio Reis", "Salão Dezembro", "Bar da Sexta"."""
    titled = all(token.start in match.setting.titled for token in (match.all[0], match.all[-1]))
    return match.nothing() if titled and not match.all[0].number and not match.language("en") else None


@rules(r"[WwM](?=\.)")
def brand(match: Match) -> list[Token] | None:
    """ "Sunday Riley", "padaria Sábado Feliz"."""
    day, after, opens = match.all[0], match.around(1), match.around(-1).start < 0
    titled = day.start in match.setting.titled and after.start in match.setting.titled
    # English days always have a capital, so that what follows must be no verb; others have none but at the beginning.
    known = not match.free(1) if match.language("en") else not opens
    return match.nothing() if titled and known else None
