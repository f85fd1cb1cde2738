"""Words that name nothing: "o coiso", "aquele negócio lá", "that thingy over there"."""

from __future__ import annotations

from understanding.local.text.cues import pattern, words
from understanding.local.text.words import split


def only(folded: str) -> bool:
    """Whether a text holds a thing without a name, and else nothing but words that point or fill."""
    told = [word.text for word in split(folded) if word.text.isalpha()]
    things = [word for word in told if pattern("nameless_thing").fullmatch(word)]
    return bool(things) and all(word in words("points_somewhere") or word in things for word in told)
