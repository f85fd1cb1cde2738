"""A number beside a noun that is nothing on sale counts that noun: "one difference", "my 2 dogs", "nota de 100"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import singular

if TYPE_CHECKING:
    from understanding.local.facts.quantities import Quantity

_NEXT = re.compile(r"[^\S\n]+(?P<word>[a-zñ][a-zñ']*)")
_LIKE_AN_ARTICLE = re.compile(r"(?:um|uma|un|una|one|an?|another|outr[oa]|otr[oa])\b")


def counts(folded: str, quantity: Quantity) -> bool:
    """Whether a quantity of a folded text that names no product tells how many of something else there are.

    "One", "another" and their like are articles too, so any noun behind them is meant; behind other numbers only a
    plural, or a word for what customers are known to count.
    """
    if pattern("numbers_another").search(folded[: quantity.span[0]]):
        return True
    behind = _NEXT.match(folded, quantity.span[1])
    if behind is None or quantity.unit is not None or _is_small(behind["word"]):
        return False
    if _LIKE_AN_ARTICLE.match(quantity.text.lower()):
        return True
    return singular(behind["word"]) != behind["word"] or has("counted_otherwise", behind["word"])


def _is_small(word: str) -> bool:
    """Words that stand behind a number without being what it counts."""
    known = ("fillers", "articles", "function_words", "takes", "and", "behind_a_count")
    return any(word in words(cue) for cue in known)
