"""What a customer's words speak of: "vaga", "parking" and "onde deixo o carro" all ask for parking.

The table is `concepts.yaml`. A word that is in none of its lists stands for itself, by its stem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from tools.words import plain, stem

PRICE = "price"  # asked for a price, an answer without one is no answer
FREE = "free"
MEANS = "means_of_payment"  # one named: an answer that does not name it is no answer
PRODUCT = "product"  # any product
DEFINE = "define"  # asks what the one thing that is sold is, and says nothing of any other
SELL = "sell"

_TABLE = Path(__file__).with_name("concepts.yaml")
_EMPTY = "_empty"
_WEAK = "_weak"
_WEAKNESS = 0.3
_UNKNOWN = 0.8  # a word in no list: of something else, most likely
_NEAR = 5  # words between a word and the one that gives it its meaning
_SHORTEST = 2  # letters before a "*"


@dataclass(slots=True)
class _Lists:
    """The table, ready for look-ups: by whole words and by beginnings; what stands beside or behind them."""

    alone: dict[str, set[str]] = field(default_factory=dict)
    beside: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    behind: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    weak: frozenset[str] = frozenset()


def concepts(text: str) -> dict[str, float]:
    """What a text speaks of: each concept (or stem of a word without one) with its weight, 0–1."""
    words, lists = plain(text).split(), _lists()
    found: dict[str, float] = {}
    place = 0
    while place < len(words):
        names, length = _meant(words, place)
        for name in names:
            if name != _EMPTY:
                found[name] = _WEAKNESS if name in lists.weak else 1.0
        if not names and not words[place].isdigit() and len(words[place]) > _SHORTEST:
            found[stem(words[place])] = _UNKNOWN
        place += length
    return found


def known(word: str) -> bool:
    """Whether a plain word stands in the table; such a word is never taken for a typo of another."""
    return any(key in table for table in (_lists().alone, _lists().behind) for key in _keys(word))


def _meant(words: Sequence[str], place: int) -> tuple[set[str], int]:
    """The concepts of the word at a place, and how many words they take."""
    lists, word = _lists(), words[place]
    phrases = [
        (len(rest), concept)
        for key in _keys(word)
        for rest, concept in lists.behind.get(key, ())
        if _follow(words, place + 1, rest)
    ]
    if phrases:
        longest = max(length for length, _ in phrases)
        return {concept for length, concept in phrases if length == longest}, 1 + longest
    near = words[max(0, place - _NEAR) : place + _NEAR + 1]
    names = {
        concept
        for key in _keys(word)
        for others, concept in lists.beside.get(key, ())
        if all(any(_fits(each, other) for each in near) for other in others)
    }
    if names:
        return names, 1
    return next((lists.alone[key] for key in _keys(word) if key in lists.alone), set()), 1


def _follow(words: Sequence[str], place: int, rest: Sequence[str]) -> bool:
    behind = words[place : place + len(rest)]
    return len(behind) == len(rest) and all(_fits(word, wanted) for word, wanted in zip(behind, rest, strict=True))


def _fits(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


@cache
def _keys(word: str) -> tuple[str, ...]:
    """What a word may be listed by: itself, then its beginnings, longest first."""
    return (word, *(f"{word[:length]}*" for length in range(len(word), _SHORTEST - 1, -1)))


@cache
def _lists() -> _Lists:
    data: dict[str, str] = yaml.load(_TABLE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    lists = _Lists(weak=frozenset(data.pop(_WEAK).split()))
    for concept, entries in data.items():
        for entry in entries.split():
            kind, mark = (lists.beside, "+") if "+" in entry else (lists.behind, "_")
            first, *others = entry.split(mark)
            if others:
                kind.setdefault(first, []).append((tuple(others), concept))
            else:
                lists.alone.setdefault(first, set()).add(concept)
    return lists
