"""Letters that are no words: a cat on the keyboard, not a question."""

from __future__ import annotations

import re

from understanding.local import ordinary
from understanding.local.cues import pattern
from understanding.local.words import split

_RUNS = re.compile(
    r"asd|sdf|dfg|fgh|ghj|hjk|jkl|lkj|kjh|jhg|hgf|gfd|fds|dsa|qwe|wert|erty|rtyu|tyui|yuio|uiop|zxc|xcv|cvb|vbn|bnm|mnb"
)
_NO_VOWEL = re.compile(r"^[^aeiouy]{4,}$|[^aeiouy]{5,}")
_SHORTEST = 3


def only(folded: str) -> bool:
    """Whether a text holds nothing but gibberish: "asdfgh", "qwe jkljkl", "bcdfg"."""
    told = [word.text for word in split(folded) if word.text.isalpha()]
    return bool(told) and all(_is(word) for word in told)


def _is(word: str) -> bool:
    if len(word) < _SHORTEST or not (_RUNS.search(word) or _NO_VOWEL.search(word)):
        return False
    usual = word in ordinary.known() and not _RUNS.match(word)  # the training knows some gibberish too
    return not usual and pattern("laugh").fullmatch(word) is None
