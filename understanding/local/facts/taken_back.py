"""Which of the times said are taken back: "qualquer dia menos segunda e terça", "not Mondays", "sexta não posso".

What is taken back alone takes those with it that are listed beside it, and so does an exception.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from understanding.local.dates.lexer import tokens
from understanding.local.dates.lexicon import lexicon
from understanding.local.text.cues import alternatives
from understanding.local.text.polarity import negated
from understanding.local.text.words import fold

Span = tuple[int, int]
_LOOKED_AT = 48
_ABBREVIATED = 4  # "seg", "tues" have no plural
_NEGATED, _EXCEPTED = "negated", "except"


def of_times(folded: str, spans: Sequence[Span], language: str) -> list[str]:
    """For each span, in order: "negated" for what is taken back, "except" for an exception, "" for what stands."""
    found = [_one(folded, span, language) for span in spans]
    for place in range(1, len(found)):
        if found[place - 1] == found[place] == _NEGATED and _but_not().fullmatch(_between(folded, spans, place)):
            found[place - 1] = ""  # "amanhã, não pode ser de manhã"
        first = found[place - 1]
        rather = first == _NEGATED and _is_not().search(folded[: spans[place - 1][0]]) is not None
        listed = not rather and _listed(folded, spans[place - 1], spans[place], comma=first == _EXCEPTED)
        if first and not found[place] and listed:
            found[place] = first
    for place in range(len(found) - 1, 0, -1):  # "segunda e terça não posso"
        if found[place] == _NEGATED and not found[place - 1] and _listed(folded, spans[place - 1], spans[place]):
            found[place - 1] = _NEGATED
    return found


def _one(folded: str, span: Span, language: str) -> str:
    before = folded[max(0, span[0] - _LOOKED_AT) : span[0]]
    if _excepting().search(before):
        return _EXCEPTED
    return _NEGATED if negated(folded, *span, language) else ""


def _listed(folded: str, first: Span, second: Span, comma: bool = False) -> bool:
    """Whether "and", or a comma, is all that stands between."""
    between = folded[first[1] : second[0]]
    return (comma and between.strip() == ",") or _joined().fullmatch(between) is not None


def _between(folded: str, spans: Sequence[Span], place: int) -> str:
    return folded[spans[place - 1][1] : spans[place][0]]


@cache
def _but_not() -> re.Pattern[str]:
    """What takes back only the second of two: a comma, then the no."""
    return re.compile(rf"\s*,\s*(?:{alternatives('but')}\s+)?(?:{alternatives('not')})\b[^,.;]*")


@cache
def _excepting() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('excepts')})\s+(?:(?:{alternatives('excepted_articles')})\s+)*$")


@cache
def _is_not() -> re.Pattern[str]:
    """ "Não é amanhã e quinta": the second "e" is "é" too, what it is instead."""
    return re.compile(rf"\b(?:{alternatives('it_is_not')})\s+(?:(?:{alternatives('excepted_articles')})\s+)*$")


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{alternatives('joins_days')})\s+(?:(?:{alternatives('excepted_articles')})\s+)*")


def every_weekday(folded: str, language: str) -> list[tuple[Span, int]]:
    """Weekdays in the plural, "às segundas", "on Mondays", "los lunes", each with its number."""
    listed, one = _plural(language[:2])
    days = (day for found in listed.finditer(folded) for day in one.finditer(folded, *found.span()))
    return [(day.span(), lexicon(language).entries[day["day"]].number) for day in days]


@cache
def _plural(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What lists weekdays in the plural, and one of them."""
    entries = lexicon(language).entries
    day = "|".join(word for word, entry in entries.items() if entry.kind == "W" and len(word) > _ABBREVIATED)
    if language == "es":  # "lunes" is its own plural
        joined = rf"\s*(?:,|\b(?:{alternatives('joins_days')}))\s*(?:los\s+)?"
        listed = rf"\blos\s+(?:{day})s?\b(?:{joined}(?:{day})s?\b)*"
        return re.compile(listed), re.compile(rf"\b(?P<day>{day})s?\b")
    plural = rf"\b(?P<day>{day})s\b(?:[ -]feiras\b)?"
    return re.compile(plural), re.compile(plural)


def weekly(text: str, language: str) -> bool:
    """Whether the words name weekdays and nothing that makes them certain ones: "segunda de manhã", "fim de semana"."""
    kinds = {token.kind for token in tokens(fold(text), lexicon(language))}
    return bool(kinds & set("WwS")) and kinds <= set("WwSPditsfeE.,-")
