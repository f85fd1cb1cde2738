"""What the reply classifier sees of an answer: the features of a message, its openings, its accents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from understanding.local.classifier.features import (
    LETTERS_READ,
    kinds_of,
    levelled,
    marked,
    phrases,
    pieces,
    triples,
    words,
)
from understanding.local.text.normalise import expand

Asked = Literal["summary", "cancellation", "detail"]
"""What is replied to: an appointment or order summed up, the cancellation of one, or a detail that is still missing."""

_ACCENTED = re.compile(r"[^\W\d_]*[áéíóúâêôãõç][^\W\d_]*")
_ENDS = re.compile(r"[,.;!\n]+")
_SHORT_OPENING = 2


def features(text: str, to: Asked, language: str) -> set[str]:
    """The reply as a set. All but the pieces of words are seen twice: by themselves, and as said to what was asked.

    "Send it" agrees to an order and keeps one that was to be cancelled; "one moment" means the same to both.
    """
    level = levelled(expand(text[:LETTERS_READ], language))
    tokens = words(level)
    kinds = kinds_of(tokens)
    told = {*phrases(tokens), *phrases(kinds), *triples(kinds), *marked(tokens), *_openings(level)}
    told |= {f"'{word}" for word in _ACCENTED.findall(text[:LETTERS_READ].lower())}  # "sí" agrees, "si" doubts
    return {*pieces(tokens), *told, *(f"{to[0]}{each}" for each in told)}


def _openings(level: str) -> Iterator[str]:
    """A short first part ("não,"), and the word that opens each further part."""
    first, *others = _ENDS.split(level)
    if others and len(first.split()) <= _SHORT_OPENING:
        yield f"^{first.strip()}"
    yield from (f"|{part.split()[0]}" for part in others if part.split())
