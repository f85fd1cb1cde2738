"""By how much an appointment moves: "adia em 1 hora", "meia hora antes", "two hours later"."""

from __future__ import annotations

import re

from understanding.local.text import numerals
from understanding.local.text.cues import has

_SPAN = re.compile(
    r"\b(?P<half>meia|half(?: an?)?|media) (?:hor(?:inh|it)?a|hour)\b"
    r"|\b(?P<number>\d{1,3}(?= ?[hm])|[a-z]+(?= )) ?"
    r"(?P<unit>hor(?:inh|it)?as?|hs?|hours?|hrs?|minut[oe]s?|minutinhos?|mins?)\b"
    r"(?P<more> e meia| and a half| y media)?"
)
_HALF_HOUR = 30
_ONE = ("a", "an", "uma", "una")


def minutes(folded: str, language: str) -> int | None:
    """The minutes of a shift, below zero for an earlier time; None when no length is said."""
    found = _SPAN.search(folded)
    if found is None:
        return None
    length = _HALF_HOUR if found["half"] else _length(found, language)
    return -length if length and has("sooner_by", folded) else length or None


def _length(found: re.Match[str], language: str) -> int:
    said = found["number"]
    number = 1 if said in _ONE else int(said) if said.isdecimal() else numerals.value(said, language)
    if number is None:
        return 0
    unit = 1 if found["unit"].startswith("m") else 60
    return number * unit + (_HALF_HOUR if found["more"] else 0)
