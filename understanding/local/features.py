"""What the intent classifier sees of a message: pieces of words (2–5 letters), words, and pairs of neighbouring words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding.local.normalise import expand

_TOKEN = re.compile(r"[a-z]+|\d+|\?|[^\x00-\x7f]")
_DIGIT = re.compile(r"\d")
_LETTERS_READ = 400


def features(text: str) -> set[str]:
    """The message as a set: pieces of a word carry their blanks (" qu", "quan"), whole words and pairs start with "=".

    Reads the first 400 letters; digits are all alike.
    """
    tokens = _TOKEN.findall(_DIGIT.sub("0", expand(text[:_LETTERS_READ])))
    return {*_pieces(tokens), *_phrases(tokens)}


def _pieces(tokens: list[str]) -> Iterator[str]:
    for token in tokens:
        padded = f" {token} "
        for size in range(2, 6):
            for start in range(max(1, len(padded) - size + 1)):
                yield padded[start : start + size]


def _phrases(tokens: list[str]) -> Iterator[str]:
    yield from (f"={token}" for token in tokens)
    previous = "^"
    for token in [*(token for token in tokens if token != "?"), "$"]:
        yield f"={previous} {token}"
        previous = token
