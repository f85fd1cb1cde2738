"""Numbers in words, up to the hundreds, in Portuguese, English and Spanish."""

from __future__ import annotations

from functools import cache

_PORTUGUESE: dict[str, int] = {
    "uma": 1, "um": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6,
    "sete": 7, "oito": 8, "nove": 9,
    "dez": 10, "onze": 11, "doze": 12, "treze": 13, "quatorze": 14, "catorze": 14, "quinze": 15,
    "dezesseis": 16, "dezessete": 17, "dezoito": 18, "dezenove": 19, "vinte": 20, "trinta": 30, "quarenta": 40,
    "cinquenta": 50, "sessenta": 60, "setenta": 70, "oitenta": 80, "noventa": 90, "cem": 100, "cento": 100,
    "duzentos": 200, "duzentas": 200, "trezentos": 300, "trezentas": 300, "quatrocentos": 400, "quinhentos": 500,
    "seiscentos": 600, "setecentos": 700, "oitocentos": 800, "novecentos": 900, "mil": 1000,
}  # fmt: skip
_ENGLISH: dict[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_SPANISH: dict[str, int] = {
    "un": 1, "una": 1, "uno": 1, "dos": 2, "cuatro": 4, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11,
    "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16, "diecisiete": 17, "dieciocho": 18,
    "diecinueve": 19, "veinte": 20, "veintiuno": 21, "veintiun": 21, "veintiuna": 21, "veintidos": 22,
    "veinticuatro": 24, "veinticinco": 25, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60,
    "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100, "doscientos": 200, "doscientas": 200,
    "trescientos": 300, "trescientas": 300, "cuatrocientos": 400, "quinientos": 500,
}  # fmt: skip
SPANISH_ONLY = frozenset(("un", "dos", "once", "doce"))
"""Numerals of Spanish that are other words elsewhere: "dos sacos", "once", "um doce"."""
_ELSEWHERE = {word: value for word, value in _SPANISH.items() if word not in SPANISH_ONLY}


@cache
def table(language: str) -> dict[str, int]:
    """The numerals of a locale; those of the others that mean nothing else in it are understood too."""
    match language[:2]:
        case "en":
            return {**_ELSEWHERE, **_PORTUGUESE, **_ENGLISH}
        case "es":
            return {**_ENGLISH, **_PORTUGUESE, **_SPANISH}
        case _:
            return {**_ENGLISH, **_ELSEWHERE, **_PORTUGUESE}


@cache
def pattern(language: str) -> str:
    """A regular expression without groups for digits or words: "12", "doze", "vinte e cinco"."""
    known = table(language)
    tens = "|".join(word for word, value in known.items() if 20 <= value < 100)
    every = "|".join(sorted(known, key=len, reverse=True))
    return rf"(?:\d+|(?:{tens})[ -](?:e|y|and)? ?(?:{every})|(?:{every}))"


@cache
def spoken() -> str:
    """A regular expression without groups for a whole number in words of any language: "cento e vinte e dois"."""
    known = sorted({**_PORTUGUESE, **_ENGLISH, **_SPANISH}, key=len, reverse=True)
    every = "|".join(known)
    return rf"(?:{every})\b(?:(?: e| y| and)? (?:{every})\b){{0,4}}"


def value(text: str, language: str) -> int | None:
    """The number that folded words or digits say ("vinte e cinco", "50"), or None."""
    if text.isdecimal():
        return int(text)
    known = table(language)
    parts = [part for part in text.replace("-", " ").split() if part not in ("e", "y", "and")]
    if not parts or any(part not in known for part in parts):
        return None
    return sum(known[part] for part in parts)
