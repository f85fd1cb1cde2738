"""Rules for days by number: "5 de abril", "11/03", "dia 5", "el 20", "sexta 13", "10 a 15 de abril"."""

from __future__ import annotations

import re
from datetime import timedelta

from understanding.local.dates import calendars
from understanding.local.dates.lexicon import BOOKS, MOVES
from understanding.local.dates.rules import Match, Rules
from understanding.local.dates.tokens import Token

# The rules make "#": days.
rules = Rules()


_AMOUNTS = (
    *("total", "valor", "saldo", "deu", "peso", "pesa", "preco", "pedido", "orden", "order", "versao", "version", "de"),
    *(
        "price",
        "cost",
        "costs",
        "weight",
        "weighs",
        "precio",
        "owe",
        "debes",
        "deve",
        "cuesta",
        "sale",
        "vale",
        "pago",
        "paguei",
        "pague",
        "paid",
    ),
)


_COPULAS = ("me", "was", "is", "of", "e", "era", "fue", "foi", "ficou", "es", "de")
_TOO = (
    *(
        "too",
        "muito",
        "mucho",
        "caro",
        "expensive",
        "much",
        "card",
        "cash",
        "tarjeta",
        "efectivo",
        "cartao",
        "dinheiro",
    ),
    "pix",
)


@rules(r"(?P<x>x)")
def dotted(match: Match) -> Token | None:
    """ "22.03" is a day, "15.30" a time, where nothing else makes them prices."""
    said, before, after = match["x"], match.around(-1), match.around(1)
    first, second = (int(part) for part in said.name.split("."))
    if (before.name in _COPULAS and match.around(-2).name in _AMOUNTS) or match.around(2).name in _TOO:
        return None  # "the total was 11.20", "8.45 is too much", "12.40 by card"
    as_day = 1 <= second <= 12 and first > 0
    as_time = said.clock is not None and second % 5 == 0
    free = before.kind in ";,iErGBuf#WTDoe" or before.number == BOOKS
    free = free or (as_day and second < 10 and before.kind == "." and not before.number and before.name not in _AMOUNTS)
    if before.kind in "ahb-" or not (as_day or as_time) or not free or not match.free(1):
        return None
    if as_day and (not as_time or before.kind not in "#WTD") and after.kind not in "P%":
        return match.made("T", name=said.name)
    return match.made("@", clock=said.clock) if as_time and before.kind != "r" else None  # "troco pra 20.00"


@rules(r"U?(?P<t>T)|U(?P<dotted>x)")
def numeric(match: Match) -> Token | None:
    """ "11/03", "11/3/26", "2026-03-11"; day first unless that cannot be."""
    said = match.either("t", "dotted")
    parts = [int(part) for part in re.split(r"[/.-]", said.name)]
    if len(parts) == 2 and parts[1] > 99:  # "em 04/2027"
        told = match.around(-1).kind in "IirGBuJ" and parts[1] >= match.today.year
        return match.as_days(calendars.month(parts[1], parts[0])) if told else None
    if len(parts) == 3 and parts[0] > 31:
        parts.reverse()
    day, number = parts[0], parts[1]
    if number > 12 >= day:
        if len(parts) == 2 and number > _YEARS and {match.around(-1).name, match.around(-2).name} & _EXPIRES:
            return None  # "exp 09/28" on a card
        day, number = number, day
    year = None if len(parts) < 3 else parts[2] if parts[2] > 99 else 2000 + parts[2]
    return match.as_days(calendars.full_date(match.today, day, number, year), "explicit")


_YEARS = 23  # above this the second figure of an expiry is a year
_EXPIRES = frozenset(
    (
        "exp",
        "expires",
        "expiry",
        "expiration",
        "valid",
        "vence",
        "vencimiento",
        "vencimento",
        "caduca",
        "validade",
        "val",
    )
)


@rules(
    r"(?<![ahlN])(?P<n>[NO])(?=[oe,suk-]{1,2}[dEtU]{0,2}(?:[NO][oe,]{1,2}U?)?(?P<last>[NO])[do-]?t?(?P<m>[Mm])(?:d?(?P<y>Y))?)",
    r"[tE]?U?(?P<n>[NO])[do-]?t?(?P<m>[Mm])(?:[d,o-]{0,2}(?:(?P<y>Y|7)|(?<=d)(?P<yy>N)(?![UPQc])))?",
    r"(?P<m>[Mm])[tE]?(?P<n>[NO])(?![UPQc:])(?:,?(?P<y>Y))?",
)
def day_and_month(match: Match) -> Token | None:
    """ "5 de abril", "April 5th, 2027", and the first of "5 ou 6 de abril"."""
    month_first = match.all[0].kind in "Mm"
    if match["n"].name in ("una", "uma", "a", "an"):
        return None  # "una mayo chica"
    if month_first and match["m"].kind == "m" and match.setting.language != "en":
        return None
    said, short = match.get("y"), match.get("yy")
    year = None
    if said:
        year = said.days.start.year if said.days else said.number
    elif short and short.name.isdigit() and short.number >= 24:
        year = 2000 + short.number
    number, last = match["n"], match.get("last")
    if last and number.number > last.number:
        return None  # "el treinta, el dos de octubre"
    if match["m"].kind == "m" and "d" not in match.kinds and not number.name[0].isdigit() and not match.language("en"):
        return None  # "um set de pincéis"
    days = calendars.full_date(match.today, number.number, match["m"].number, year)
    if days is None and 29 <= number.number <= 31:
        return match.made(".")  # no such day: better asked than guessed
    return match.as_days(days, "day" if month_first else "explicit")


@rules(r"(?<![A-Za-z#.-])(?P<n>N)d(?P<m>N)(?=[;,aHPG]|$)|[UE](?P<n2>N)d(?P<m2>N)(?=[;,aHPG]|$)")
def day_of_numbered_month(match: Match) -> Token | None:
    """ "20 do 3"."""
    number, month, of = match.either("n", "n2"), match.either("m", "m2"), match.all[-2]
    if of.name not in ("do", "del") or not 1 <= month.number <= 12:
        return None
    return match.as_days(calendars.full_date(match.today, number.number, month.number, None), "explicit")


@rules(r"(?<![ahlN])(?P<n>N)(?=[oesuk-]{1,2}[dEtU]{0,2}(?P<t>#))")
def day_before_date(match: Match) -> Token | None:
    """The 10 of "10 a 15/04"."""
    end = match["t"].days
    if end is None or match["t"].name != "explicit" or match["n"].number >= end.start.day:
        return None
    return match.as_days(
        calendars.day_in(calendars.month(end.start.year, end.start.month), match["n"].number), "explicit"
    )


@rules(r"[tE]?U?(?P<n>[NO])d?t?(?P<r>7)|(?P<r2>7)[,idtE]*(?:U(?P<n2>[NO])|(?P<n3>O))")
def day_of_reference(match: Match) -> Token | None:
    """ "dia 5 do mês que vem"."""
    reference, number = match.get("r", "r2"), match.get("n", "n2", "n3")
    if reference is None or number is None or reference.days is None or reference.days.grain != "month":
        return None
    return match.as_days(calendars.day_in(reference.days, number.number), "explicit")


_SCALE = 10


@rules(r"(?P<from>d)(?P<a>N)(?P<to>s)(?P<b>N)(?![Uc])")
def numbered_days(match: Match) -> Token | None:
    """ "del 10 al 15", "do 10 ao 15": days, where "de 10 a 15" are hours."""
    if match["from"].name not in ("del", "do") or match["to"].name not in ("al", "ao"):
        return None
    if match["a"].number == 1 and match["b"].number <= _SCALE and not (match["b"].number < 5 and match.free(-1)):
        return None  # "de 1 a 10", "degradê do 1 ao 3"
    first = calendars.day_of_month(match.today, match["a"].number)
    last = calendars.day_of_month(first.start, match["b"].number) if first else None
    return match.as_days(first._replace(end=last.end, kind="interval")) if first and last else None


@rules(r"(?<![NHOU#@])(?P<to>[rs])(?P<n>N)(?=P|a[NH]|[;,.]|$)")
def day_moved_to(match: Match) -> list[Token] | None:
    """ "Passa pro 18 às 15h", "muévelo al 18": the article is a day's; hours have another."""
    to, following = match["to"], match.around(1)
    moved = match.around(-1).number == MOVES and match.free(1)
    if to.name not in _TO_THE or not (moved or following.kind in "aP"):
        return None
    days = calendars.day_of_month(match.today, match["n"].number)
    return [to._replace(kind="r"), match["n"]._replace(kind="#", name="day", days=days)] if days else None


_TO_THE = ("al", "ao", "pro")


@rules(r"U(?P<n>[NO])|[rit]{1,3}(?P<o>O)|(?P<e>E)(?P<n2>N)|(?<![A-Za-df-np-z])(?P<o2>O)")
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
    return match.as_days(calendars.day_of_month(match.today, number.number), "day")


@rules(r"(?P<edge>[GBu])(?P<n>N)(?![UcHPQ:h]|[,d]?[Mm])")
def day_after_edge(match: Match) -> list[Token] | None:
    """The day of "antes del 20", "a partir do 15", where "antes das 20" would be an hour."""
    if match["edge"].number < 2:
        return None
    days = calendars.day_of_month(match.today, match["n"].number)
    return [match["edge"], match["n"]._replace(kind="#", name="day", days=days)] if days else None


def _ordinal_is_day(match: Match, number: Token) -> bool:
    """Whether "20th" is a day: in figures, or late in the month, and of nothing else."""
    following = match.around(1)
    beyond = match.around(2)
    if (
        following.kind in "cUlA*"
        or following.name == "one"
        or not match.free(1)
        or (match.get("o2") and following.kind not in ";,aHP" and not match.free(-1))
    ):
        return False
    if match.get("o2") and match.around(-1).kind == "-" and match.around(-2).kind != "#":
        return False
    if following.kind == "e" and beyond.kind == "." and beyond.number != BOOKS:
        return False  # "23rd and Broadway"
    return number.name[0].isdigit() or (number.number > 12 and match.get("o") is not None)


@rules(r"(?P<w>[Ww]),?[tE]?(?P<n>[NO])(?![UcHQ:h]|[-sku]{1,2}[NH])")
def weekday_and_number(match: Match) -> Token | None:
    """ "sexta 13", when a 13th that is a Friday is near; else the number is an hour or nothing."""
    number, spelled = match["n"], match["n"].kind == "O" and not match["n"].name[0].isdigit()
    if spelled and match.around(1).kind == ".":
        return None  # "quinta, primeiro horário"
    if match.around(1).kind == "P" and number.number <= _NOON and match.around(1).name.startswith(_OF_ITS_HOURS):
        return None  # "quinta, 3 da tarde"
    for months in range(12 if number.kind == "O" else 2):
        start = calendars.month(match.today.year, match.today.month + months)
        days = calendars.day_in(start, number.number) if number.number else None
        if days is None or days.start < match.today or days.start.weekday() != match["w"].number:
            continue
        near = number.kind == "O" or number.number > 12 or days.start - match.today < timedelta(weeks=3)
        return match.as_days(days, "day") if near else None
    return None


_NOON = 12
_OF_ITS_HOURS = ("da ", "do ", "de la ", "del ", "in the ", "pela ")
"""What stands between an hour and its part of the day; "de manhã" and "por la tarde" stand behind days as well."""


def _plain_number_is_day(match: Match, number: Token) -> bool:
    """Whether the number of "el 5" is a day: for, of or until it, a time after it, or too high for a list's choice."""
    following, before = match.around(1), match.around(-1)
    if following.kind in "cU%" or (not match.free(1) and (before.kind not in "rud" or following.name[-1:] == "s")):
        return False
    if (
        following.kind == "d"
        and not match.free(3 if match.around(2).kind == "t" else 2)
        and (number.number < 5 or match.around(2).kind == "t")
    ):
        return False  # "el 3 de mi lista", "el 10 de la selección"
    alone = (before.kind in ";," or before.number == BOOKS) and (following.kind in ";," or match.free(1))
    return (
        before.kind in "rudfIb"
        or following.kind in "aHPis-"
        or number.number >= 5
        or (alone and number.number > 2)  # two may be a choice
    )


@rules(r"(?<=#)(?P<o>(?:,(?=[tEU]{0,2}N[,oe])|,?[oek-])[tEs]{0,2}U?|[s-][tE]?U?)(?P<n>[NO])(?![UcHPQ:])")
def another_day(match: Match) -> list[Token] | None:
    """The second of "dia 5 ou 6", "dias 10 a 15"."""
    first, number = match.around(-1), match["n"]
    if first.name != "day" or first.days is None or number.number > 31:
        return None
    if _is_an_hour(match, first.days.start.day, number):
        return None
    if not match.free(1) or any(token.name == "a la" for token in match.all):
        return None  # "el 30 a la 1"
    days = calendars.day_of_month(first.days.start, number.number) if number.number else None
    if days is None:
        return None
    return [*match.all[:-1], Token("#", number.start, number.end, name="day", days=days._replace(why=first.days.why))]


def _is_an_hour(match: Match, first: int, number: Token) -> bool:
    """ "Sexta 13, nove e quarenta e cinco": days of a list rise, and minutes follow."""
    joint, minutes = match.around(1), match.around(2)
    return (
        number.number < first and joint.kind == "e" and minutes.kind == "N" and minutes.number in (15, 30, 40, 45, 50)
    )
