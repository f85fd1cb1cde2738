"""Slips of the finger in words that mean one thing: "dniheiro", "catrao", "entrga"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from understanding.local.text import trades
from understanding.local.text.vocabulary import FILLERS, NO_TYPOS

_WORD = re.compile(r"[a-zñ]{5,}")
_LONG = 8
_ORDINARY = frozenset({"acredito", "cartas", "cartaz", "cartoes", "creditos", "debitos", "tarjetas"})


def find(folded: str, known: Mapping[str, str]) -> Iterator[tuple[re.Match[str], str]]:
    """Each mistyped word with what the word it was meant to be stands for. Words spelled right are not given.

    One slip in five to seven letters, two in eight or more; the first letter right, or the first two swapped.
    """
    for found in _WORD.finditer(folded):
        word = found.group()
        if word in known or word in _ORDINARY or word in NO_TYPOS or word in FILLERS or word in trades.known():
            continue
        meant = process.extractOne(word, known.keys(), scorer=OSA.distance, score_cutoff=2 if len(word) >= _LONG else 1)
        if meant and (meant[0][0] == word[0] or sorted(meant[0][:2]) == sorted(word[:2])):
            yield found, known[meant[0]]
