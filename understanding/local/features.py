"""What the intent classifier sees of a message: pieces of words (2–5 letters), words, their families, and pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from understanding.local.lexicon import families
from understanding.local.normalise import expand

_TOKEN = re.compile(r"[a-z]+|\d+|\?|[^\x00-\x7f]")
_TIME = re.compile(r"\b\d\d?(?::\d\d|h\d\d|h\b|hs?\b| horas?\b|pm\b|am\b)")
_DIGIT = re.compile(r"\d")
_NEGATIONS = frozenset({"nao", "no", "not", "don", "nem"})
_LETTERS_READ = 400


def features(text: str) -> set[str]:
    """The message as a set: pieces of a word carry their blanks (" qu", "quan"), whole words and pairs start with "=".

    Reads the first 400 letters; digits are all alike. Words of a family ("amanhã", "banho") also count as the family.
    """
    tokens = _TOKEN.findall(_DIGIT.sub("0", _TIME.sub(" hhmm ", expand(text[:_LETTERS_READ]))))
    known = families()
    kinds = [known.get(token, "@when" if token == "hhmm" else token) for token in tokens]
    return {*_pieces(tokens), *_phrases(tokens), *_phrases(kinds), *_triples(kinds)}


def _pieces(tokens: Sequence[str]) -> Iterator[str]:
    for token in tokens:
        padded = f" {token} "
        for size in range(2, 6):
            for start in range(max(1, len(padded) - size + 1)):
                yield padded[start : start + size]


def _phrases(tokens: Sequence[str]) -> Iterator[str]:
    yield from (f"={token}" for token in tokens)
    previous = "^"
    if not tokens:
        return
    for token in [*(token for token in tokens if token != "?"), "$"]:
        yield f"={previous} {token}"
        previous = token


def _triples(kinds: Sequence[str]) -> Iterator[str]:
    """Three in a row where a family or a negation takes part: "tem @service @when", "nao quero cancelar"."""
    for first, second, third in zip(kinds, kinds[1:], kinds[2:], strict=False):
        if first in _NEGATIONS or "@" in first + second + third:
            yield f"={first} {second} {third}"
