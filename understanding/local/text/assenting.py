"""The words people agree in: a yes that holds a word nobody agreed in talks of something else, "el clima está raro"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from understanding.local.text.words import fold

WORDS = Path(__file__).with_name("assenting_words.json")
"""The words of every reply that is a yes, folded, one list for all languages; written by `prosa nlu train`."""
_WORD = re.compile(r"[^\W\d_]{3,}")


def collected(texts: Iterable[str]) -> list[str]:
    """The words of these yeses, in order."""
    return sorted({word for text in texts for word in _WORD.findall(fold(text))})


def is_strange(text: str, of_the_matter: Iterable[str]) -> bool:
    """Whether several words are said, and one is in no yes and in none of the texts that are `of_the_matter`."""
    said = set(collected([text]))
    return len(said) > 1 and not words() >= said.difference(collected(of_the_matter))


@cache
def words() -> frozenset[str]:
    """The collected words."""
    return frozenset(json.loads(WORDS.read_text(encoding="utf-8")))


def forget() -> None:
    """Reads the words again, when they have been written anew."""
    words.cache_clear()
