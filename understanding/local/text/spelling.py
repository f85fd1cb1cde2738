"""Spelling: the catalogue word a slip of the finger was meant to be, or none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from understanding.local.text import ordinary
from understanding.local.text.vocabulary import FILLERS, NO_TYPOS

_SHORTEST = 5
_LONG = 8


class Correction(NamedTuple):
    """The word that was meant; `quality` 0–1 says how close the slip is."""

    word: str
    quality: float


class Spelling:
    """The words one catalogue knows. Short words and ordinary words are never taken for slips."""

    def __init__(self, own: Iterable[str], trade: Iterable[str] = ()) -> None:
        """`own`: how the business names its things; `trade`: other names for them, of which one slip is allowed."""
        self._own = sorted(word for word in own if len(word) >= _SHORTEST)
        self._trade = sorted(word for word in trade if len(word) > _SHORTEST)

    def correct(self, word: str) -> Correction | None:
        """The nearest known word: one slip in five to seven letters, two in eight or more, the beginning right."""
        if len(word) < _SHORTEST or word in NO_TYPOS or word in FILLERS:
            return None
        if word in ordinary.known() or any(word in ordinary.dictionary(each) for each in ordinary.LANGUAGES):
            return None
        allowed = 2 if len(word) >= _LONG else 1
        found = process.extractOne(word, self._own, scorer=OSA.distance, score_cutoff=allowed)
        found = found or process.extractOne(word, self._trade, scorer=OSA.distance, score_cutoff=1)
        if found is None:
            return None
        meant, distance, _ = found
        if sorted(meant[:2]) != sorted(word[:2]) and meant[0] != word[0]:
            return None
        return Correction(meant, 1 - distance / len(meant))
