"""Sentences that ask to compare, to choose or to advise ("qual ração rende mais pro meu gato?").

No single fact answers them, and the words in them wish for nothing: a cat that is named in a question is no order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from understanding.local.text.cues import has
from understanding.local.text.words import fold

_ENDS = re.compile(r"(?<=[.!?;])\s+|\n+")
_LEAST_WORDS = 4
_LONGEST = 1000


def parted(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The open questions of these messages, and their other sentences."""
    sentences = [sentence.strip() for text in texts for sentence in _ENDS.split(text) if sentence.strip()]
    found = [sentence for sentence in sentences if is_open(sentence)]
    return found, [sentence for sentence in sentences if sentence not in found]


def is_open(sentence: str) -> bool:
    """Whether this sentence asks for advice or a comparison, of things and not of times."""
    folded = fold(sentence[:_LONGEST]).strip(" ¿¡")
    if len(folded.split()) < _LEAST_WORDS or has("about_time", folded):
        return False
    if has("advises", folded):
        return True
    if "?" not in sentence and has("any_of_these", folded):
        return False  # "o que for melhor pra ela" leaves the choice to us
    asks = "?" in sentence or has("asks_which", folded)
    return asks and has("compares", folded) and not has("wishes_to_have", folded)
