"""What the reply classifier sees of an answer to a summary: the features of a message, its openings, its accents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

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

Summary = Literal["summary", "move", "cancellation"]
"""What the customer was asked to confirm: an appointment or order as summed up, that one is changed, or cancelled."""
SUMMARIES: tuple[Summary, ...] = get_args(Summary)
_AS_SAID_TO: Mapping[Summary, str] = {"summary": "s", "move": "sm", "cancellation": "c"}
"""A change that is summed up is a summary, and more: "leave it as it was" is a no to it alone."""

_ACCENTED = re.compile(r"[^\W\d_]*[áéíóúâêôãõç][^\W\d_]*")
_ENDS = re.compile(r"[,.;!\n]+")
_SHORT_OPENING = 2


def features(text: str, to: Summary, language: str) -> set[str]:
    """The reply as a set. All but the pieces of words are seen by themselves, and again as said to this summary.

    "Send it" agrees to an order and keeps one that was to be cancelled; "one moment" means the same to both.
    """
    lettered, told = _told(text, language)
    return {*lettered, *told, *(f"{kind}{each}" for kind in _AS_SAID_TO[to] for each in told)}


def features_midway(text: str, asked: str, language: str) -> set[str]:
    """The same of a reply to a question for one more detail; `asked`: for which, "" where it is the same for all."""
    lettered, told = _told(text, language)
    crossed = {f"@{asked}", *(f"{asked}:{each}" for each in told)} if asked else ()
    return {*lettered, *told, *crossed}


def features_in_state(text: str, state: str, language: str) -> set[str]:
    """The same of a message while no question waits; all but the pieces of words also as said in this state."""
    lettered, told = _told(text, language)
    return {*lettered, *told, *(f"{state}:{each}" for each in told)}


def _told(text: str, language: str) -> tuple[set[str], set[str]]:
    """The pieces of its words, and all that is seen beside them."""
    level = levelled(expand(text[:LETTERS_READ], language))
    tokens = words(level)
    kinds = kinds_of(tokens)
    told = {*phrases(tokens), *phrases(kinds), *triples(kinds), *marked(tokens), *_openings(level)}
    told |= {f"'{word}" for word in _ACCENTED.findall(text[:LETTERS_READ].lower())}  # "sí" agrees, "si" doubts
    return set(pieces(tokens)), told


def _openings(level: str) -> Iterator[str]:
    """A short first part ("não,"), and the word that opens each further part."""
    first, *others = _ENDS.split(level)
    if others and len(first.split()) <= _SHORT_OPENING:
        yield f"^{first.strip()}"
    yield from (f"|{part.split()[0]}" for part in others if part.split())
