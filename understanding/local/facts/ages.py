"""How old an animal is, as words of a catalogue: "tem 3 meses" is young, "5 years old" is grown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from understanding.local.facts.things import Token
from understanding.local.text import numerals
from understanding.local.text.vocabulary import listed

YOUNG, GROWN = "filhote", "adulto"
AGE = "age"
"""The lemma of a word that tells an age."""
_MONTHS = listed("mes meses mese month months mesinho mesinhos mesecito mesecitos semana semanas week weeks")
_YEARS = listed("ano anos aninho aninhos year years yr yrs yo año años añito añitos")
_OF_AGE = listed("old idade edad")
_GROWN_AT = 12
_LANGUAGES = ("pt-BR", "en", "es")


def told(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, each number of months or years with its unit as one that tells young from grown."""
    found: list[Token] = []
    for token in tokens:
        if found and found[-1].lemma == AGE and token.literal in _OF_AGE:
            found[-1] = replace(found[-1], end=token.end)  # "a two-year-old cat"
            continue
        months = 1 if token.literal in _MONTHS else 12 if token.literal in _YEARS else 0
        number = _number(found[-1]) if months and found else None
        if number is None:
            found.append(token)
            continue
        age = GROWN if number * months >= _GROWN_AT else YOUNG
        start = found.pop().start
        found.append(replace(token, literal=age, concept=age, start=start, size=None, narrows=True, lemma=AGE))
    return found


def _number(token: Token) -> float | None:
    if token.size is not None:
        return token.size[1] if not token.size[0] else None
    words = (token.literal, f"{token.literal}s")  # "seis", read as many of a "sei"
    told = (numerals.value(word, each) for word in words for each in _LANGUAGES)
    return next((float(number) for number in told if number), None)
