"""Words of a message: folded to plain lower-case letters, each with its place in the original text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

REMEMBERED = 64
"""Texts kept apart in words: one message's clauses are asked for many times while it is read."""
_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|[,;.!?+&/\n]")


def _plain(letter: str) -> str:
    lower = letter.lower()
    base = unicodedata.normalize("NFD", lower)[0]
    return lower if lower == "ñ" or not base.isascii() else base


_FOLDED = {
    code: _plain(chr(code))
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250))
    if chr(code).isalpha() and len(_plain(chr(code))) == 1
} | {ord("’"): "'"}


class Word(NamedTuple):
    """A word, number or punctuation mark. `text` is folded; the original is `message[start:end]`."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """Lower case without accents, letter for letter, so that places stay the same. Keeps ñ ("uña" is not "una")."""
    return text.translate(_FOLDED)


@lru_cache(maxsize=REMEMBERED)
def split(text: str) -> tuple[Word, ...]:
    """The words, numbers and separating marks of a text, in order."""
    return tuple(Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(fold(text)))


def singular(word: str) -> str:
    """A rough singular, the same for both sides of a comparison: "rações" and "ração" agree."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us")):
        return word
    if word.endswith(("oes", "aes")):
        return word[:-3] + "ao"
    if word.endswith(("res", "zes")) and len(word) > 5:
        return word[:-2]
    return word[:-1]
