"""Letters that are no words: a cat on the keyboard, not a question."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from understanding.local.text import ordinary
from understanding.local.text.cues import pattern
from understanding.local.text.words import split

_RUNS = re.compile(
    r"asd|sdf|dfg|fgh|ghj|hjk|jkl|lkj|kjh|jhg|hgf|gfd|fds|dsa|qwe|wert|erty|rtyu|tyui|yuio|uiop|zxc|xcv|cvb|vbn|bnm|mnb"
)
_NO_VOWEL = re.compile(r"^[^aeiouy]{4,}$|[^aeiouy]{5,}")
_AGAIN = re.compile(r"(.)\1+")
_SHORTEST = 3
_MOSTLY = 0.65


def only(folded: str) -> bool:
    """Whether a text holds nothing but gibberish: "asdfgh", "qwe jkljkl", "bcdfg"."""
    told = [word.text for word in split(folded) if word.text.isalpha()]
    return bool(told) and all(_is(word) for word in told)


def _is(word: str) -> bool:
    if len(word) < _SHORTEST:
        return False
    runs = bool(_RUNS.search(word) or _NO_VOWEL.search(word))
    if (word in ordinary.known() and not _RUNS.match(word)) or pattern("laugh").fullmatch(word):
        return False  # a word; the training knows some gibberish too
    return runs or _unheard(word) >= _MOSTLY


def _unheard(word: str) -> float:
    """The share of a word's letters that follow each other as in no word customers write."""
    letters = "^" + _AGAIN.sub(r"\1", word) + "$"
    threes = [letters[place : place + 3] for place in range(len(letters) - 2)]
    return sum(three not in _heard() for three in threes) / len(threes)


@cache
def _heard() -> frozenset[str]:
    """Three letters in a row, edges included, of at least two words."""
    counted = Counter(
        f"^{word}$"[place : place + 3]
        for word in ordinary.known()
        if word.isalpha() and not _RUNS.match(word) and len(word) >= _SHORTEST
        for place in range(len(word))
    )
    return frozenset(three for three, times in counted.items() if times > 1)
