"""A thing wished for that no catalogue knows: "quero fazer luzes", "quero comprar um aquário"."""

from __future__ import annotations

from understanding.local.facts.quantities import is_container
from understanding.local.text.cues import pattern, words
from understanding.local.text.words import split

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
    return (
        None
        if len(noun) < _SHORTEST or noun in _common() or is_container(noun)
        else rest[behind[0].start : behind[0].end]
    )


def alone(folded: str) -> str | None:
    """The answer "um aquário" to what is wanted: one noun that is no common word."""
    said = [word.text for word in split(folded) if word.text not in words("articles") and not word.text.isdecimal()]
    if len(said) != 1 or not said[0].isalpha() or len(said[0]) < _SHORTEST:
        return None
    if said[0] in _common() or is_container(said[0]):
        return None
    return said[0]


def _common() -> frozenset[str]:
    return words("generic_things") | words("function_words") | words("fillers") | words("articles") | words("idle")
