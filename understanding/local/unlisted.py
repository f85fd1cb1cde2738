"""A thing wished for that no catalogue knows: "quero fazer luzes", "quero comprar um aquário"."""

from __future__ import annotations

from understanding.local.cues import pattern, words
from understanding.local.words import split

_SHORTEST = 4


def wished(folded: str) -> str | None:
    """The noun right behind the wish, when it is none of the words every business knows. Only without facts."""
    found = pattern("wishes_for").match(folded)
    if found is None:
        return None
    rest = folded[found.end() :]
    behind = split(rest)
    if not behind or not behind[0].text.isalpha():
        return None
    noun = behind[0].text
    common = words("generic_things") | words("function_words") | words("fillers") | words("articles")
    return None if len(noun) < _SHORTEST or noun in common else rest[behind[0].start : behind[0].end]
