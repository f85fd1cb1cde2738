"""What a sentence states: every amount, date, time, measure, number and link a text states, in three languages.

A fact is a kind and a value, so that "R$ 74,50", "74.50 reais" and the price "74.50" of a tool are one fact, and 12 in
stock is no price of R$ 12,00. What may be read in two ways ("18h" is a time or a length) is a fact of both kinds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from understanding.local.text import numerals
from understanding.local.text.words import fold

Meaning = tuple[str, object]  # a kind and its value: ("money", Decimal("74.5")), ("clock", (18, 0)), …


class Fact(NamedTuple):
    """A place in a text and all it can mean; one of the meanings has to be true."""

    text: str
    meanings: frozenset[Meaning]


_NUMBER = r"\d+(?:[.,]\d{3})*(?:[.,]\d{1,2})?(?!\d)|\d+"
_MONTHS = {
    word: place + 1
    for place, words in enumerate(
        (
            "janeiro january enero jan", "fevereiro february febrero fev feb", "marco march marzo mar",
            "abril april abr apr", "maio may mayo mai", "junho june junio jun", "julho july julio jul",
            "agosto august ago aug", "setembro september septiembre set sep", "outubro october octubre out oct",
            "novembro november noviembre nov", "dezembro december diciembre dez dec dic",
        )
    )
    for word in words.split()
}  # fmt: skip
_WEEKDAYS = {
    word: place
    for place, words in enumerate(
        (
            "segunda segundas monday mondays mon lunes seg lun", "terca tercas tuesday tuesdays tue tues martes",
            "quarta quartas wednesday wednesdays wed miercoles qua mie",
            "quinta quintas thursday thursdays thu thurs jueves qui jue", "sexta sextas friday fridays fri viernes vie",
            "sabado sabados saturday saturdays sat sab", "domingo domingos sunday sundays sun dom",
        )
    )
    for word in words.split()
}  # fmt: skip
_UNITS = {
    "minute": r"min(?:uto|ute)?s?",
    "hour": r"h(?:oras?|ours?|rs?)?",
    "day": r"dias?|days?",
    "week": r"semanas?|weeks?",
    "month": r"mes(?:es)?|months?",
    "year": r"a[nñ]os?|years?",
    "kilo": r"kgs?|[qk]uilos?|kilos?",
    "gram": r"g|gr|gramas?|gramos?|grams?",
    "millilitre": r"ml",
    "litre": r"l|litros?|lit(?:er|re)s?",
    "metre": r"m|metros?|met(?:er|re)s?",
    "centimetre": r"cm",
    "kilometre": r"km",
    "times": r"x|vezes|veces|times|parcelas?|prestacoes|cuotas?|in?stal?lments?",
}
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_ANY_UNIT = "|".join(_UNITS.values())
_MONEY_WORD = r"reais|real(?:es)?|dolar(?:es)?|dollars?|euros?|bucks|pesos?|contos?|pilas?|centavos?|cents?"
_THOUSAND = 1000
_MANY = {"mil": _THOUSAND, "thousand": _THOUSAND, "duzia": 12, "dozen": 12, "docena": 12}


def normal(text: str) -> str:
    """One form for letters and digits that look alike to a reader: full-width digits become plain ones."""
    return unicodedata.normalize("NFKC", text)


def facts(text: str, language: str, today: date) -> list[Fact]:
    """Every fact a text states, in no particular order. Words said of `today` ("amanhã") are dates."""
    rest, found = _digits(fold(normal(text)), language), []
    for pattern, read in _readers():
        for match in pattern.finditer(rest):
            if meanings := frozenset(read(match, today)):
                found.append(Fact(match.group().strip(), meanings))
        rest = pattern.sub(lambda match: " " * len(match.group()), rest)
    return found


def _digits(folded: str, language: str) -> str:
    """Numbers in words as digits; "um" counts only before a unit, where it is no article."""
    table = {**numerals.table(language), **_MANY}
    several = "|".join(sorted((word for word, value in table.items() if value > 1), key=len, reverse=True))
    said = re.compile(rf"\b(?:{several})(?: (?:e|y|and)? ?(?:{several}))*\b")
    folded = re.sub(r"\bpor ci?ento\b", "%", folded)  # no hundred
    text = re.sub(rf"\b(?:uma?|una?|one|an)\b(?= (?:{_ANY_UNIT}|{_MONEY_WORD})\b)", "1", folded)
    return said.sub(lambda match: str(_sum(match.group(), table)), text)


def _sum(words: str, table: dict[str, int]) -> int:
    """ "Dois mil e cem" is 2100: thousands multiply what stands before them."""
    total = 0
    for word in words.split():
        number = table.get(word, 0)
        total = max(total, 1) * number if number >= _THOUSAND else total + number
    return total


Read = Callable[[re.Match[str], date], Iterator[Meaning]]


@cache
def _readers() -> tuple[tuple[re.Pattern[str], Read], ...]:
    """What is looked for, in this order; what one has read, the next do not see."""
    months, weekdays = rf"(?P<month>{'|'.join(_MONTHS)})", "|".join(_WEEKDAYS)
    written: tuple[tuple[str, Read], ...] = (
        (r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b(?:/\S*)?", _link),
        (r"(?P<year>\d{4})-(?P<monthly>\d\d)-(?P<day>\d\d)", _date),
        (r"\+?\d(?:[ ().-]{0,2}\d){7,}", _phone),
        (r"\b(?P<day>\d{1,2})/(?P<monthly>\d{1,2})(?:/(?P<year>\d{4}|\d\d))?\b", _date),
        (rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|º)?\s+(?:de |of )?{months}\b", _date),
        (rf"\b{months}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b", _date),
        (rf"(?:r\$|us\$|\$|€|\bbrl\b|\busd\b|\beur\b)\s*(?P<number>{_NUMBER})", _money),
        (rf"\b(?P<number>{_NUMBER})\s*(?:(?:{_MONEY_WORD})\b|r\$|\$|€|brl\b)", _money),
        (rf"\b(?P<number>{_NUMBER})\s*(?:%|per ?cent)", _percent),
        (r"\b(?P<hour>[01]?\d|2[0-4])(?::|h)(?P<minute>[0-5]\d)(?:h|min)?\s*(?P<half>[ap]\.?m\b)?", _clock),
        (r"\b(?P<hour>1[0-2]|\d)\s*(?P<half>[ap]\.?m\b)", _clock),
        (r"\b(?P<noon>meio.?dia|noon|mediodia|meia.?noite|midnight|medianoche)\b", _clock),
        (r"\b(?:as|at|a las|ate|until|till|hasta)\s+(?:as |las )?(?P<hour>[01]?\d|2[0-4])(?:\s*h(?:oras?|rs?)?)?\b"
         rf"(?!\s*(?:{_ANY_UNIT})\b|[.,]\d)", _clock),
        (r"\b(?:das|de|from|desde|entre|between)\s+(?:as |las )?(?P<hour>[01]?\d|2[0-4])"
         r"(?=\s*(?:as|a|to|and|e|y|ate|-|–)\s*\d)", _clock),
        (rf"\b(?P<number>{_NUMBER})\s*-?(?:{_UNIT})\b", _measure),
        (r"\b(?:(?P<after>depois de amanha|day after tomorrow|pasado mañana)|(?P<next>amanha|tomorrow|(?<!la )mañana)|"
         r"(?P<now>hoje|today|tonight|hoy))\b", _relative),
        (rf"\b(?P<weekday>{weekdays})\b", _weekday),
        (rf"(?P<number>{_NUMBER})", _number),
    )  # fmt: skip
    return tuple((re.compile(pattern), read) for pattern, read in written)


def _link(match: re.Match[str], today: date) -> Iterator[Meaning]:
    yield "link", match.group().rstrip(".,;:!?)").removeprefix("https://").removeprefix("http://")


def _phone(match: re.Match[str], today: date) -> Iterator[Meaning]:
    yield "phone", "".join(letter for letter in match.group() if letter.isdecimal())


def _date(match: re.Match[str], today: date) -> Iterator[Meaning]:
    """A day of a month; "3/11" is read both ways, because Americans write the month first."""
    named = match.groupdict()
    day, year = int(named["day"]), int(named["year"] or 0) % 100 if named.get("year") else None
    month = int(named["monthly"]) if named.get("monthly") else _MONTHS[named["month"]]
    yield "date", (month, day)
    if "/" in match.group():
        yield "date", (day, month)
    if year is not None and year not in (today.year % 100, today.year % 100 + 1):
        yield "year", year


def _money(match: re.Match[str], today: date) -> Iterator[Meaning]:
    yield "money", value(match["number"])


def _percent(match: re.Match[str], today: date) -> Iterator[Meaning]:
    yield "percent", value(match["number"])


def _clock(match: re.Match[str], today: date) -> Iterator[Meaning]:
    named = match.groupdict()
    if noon := named.get("noon"):
        yield "clock", (0 if noon.startswith(("meia", "midn", "median")) else 12, 0)
        return
    hour, minute, half = int(named["hour"]), int(named.get("minute") or 0), named.get("half")
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    yield "clock", (hour % 24, minute)
    if named.get("minute") and not half:
        yield "minute", Decimal(hour * 60 + minute)  # "1h30" is a length too


def _measure(match: re.Match[str], today: date) -> Iterator[Meaning]:
    unit = next(name for name in _UNITS if match[name])
    yield from measured(value(match["number"]), unit)
    if unit == "hour":
        yield "clock", (int(value(match["number"])) % 24, 0)


def measured(amount: Decimal, unit: str) -> Iterator[Meaning]:
    """A measure; lengths of an hour or more are told in minutes, so that 60 minutes and one hour are the same."""
    yield ("minute", amount * 60) if unit == "hour" else (unit, amount)


def _relative(match: re.Match[str], today: date) -> Iterator[Meaning]:
    later = today + timedelta(days=2 if match["after"] else 1 if match["next"] else 0)
    yield "date", (later.month, later.day)


def _weekday(match: re.Match[str], today: date) -> Iterator[Meaning]:
    yield "weekday", _WEEKDAYS[match["weekday"]]


def _number(match: re.Match[str], today: date) -> Iterator[Meaning]:
    yield "number", value(match["number"])


def value(written: str) -> Decimal:
    """ "1.329,30", "1,329.30" and "1329.3" are one number: what follows the last mark in one or two digits is its
    fraction."""
    whole, mark, fraction = written, "", ""
    if found := re.fullmatch(r"(.*)[.,](\d{1,2})", written):
        whole, mark, fraction = found[1], ".", found[2]
    return Decimal(re.sub(r"\D", "", whole) + mark + fraction)
