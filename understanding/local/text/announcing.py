"""Words that only say that a question is coming: "posso tirar uma dúvida?", "mind if I ask something first?".

Told by what they hold and by what they do not: a word of asking, and beside it nothing but small words.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from understanding.local.text.cues import words
from understanding.local.text.words import fold
from understanding.local.text.words import split as words_of

_PART_ENDS = re.compile(r"[,:;–—-]+\s*|\.{2,}\s*|…\s*")
_WHO_SAID_IT = re.compile(
    r"(?<=\bque )(?:[oa]|el|la|mi|meu|minha|my) \w+(?= (?:falou|disse|comentou|mencionou|dijo|comento|said|told))"
)
_SMALL = ("ahead_small", "ahead_asking", "ahead_vague", "ahead_telling", "ahead_one_more", "ahead_language")
_CORE = ("ahead_asking", "ahead_vague", "ahead_language")
_LONGEST = 12
"""Words that such a part holds at most."""
_KEPT = 256
"""Texts whose words are remembered: one clause is asked about several times."""


def only_announces(text: str, *, ordering: bool = False) -> bool:
    """Whether all of it only says that a question is coming; while ordering, "one more thing" is to be bought."""
    return _is_announcing(_said(text), counted=not ordering)


def only_points(text: str, *, asked: bool = False) -> bool:
    """Whether all of it points at something that nobody named: "it's about that thing from the other day".

    `asked`: what is wanted was just asked, so that "the one I mentioned" names nothing either.
    """
    said = _said(_WHO_SAID_IT.sub(" ", fold(text)))
    known = _words_of(("pointing_small", "pointing_back", "ahead_vague", "pointing_thing"))
    if not said or not known.issuperset(said):
        return False
    things = [word for word in said if word in words("ahead_vague") or word in words("pointing_thing")]
    return (bool(things) or asked) and any(word in words("pointing_back") for word in said)


def opening(folded: str) -> int:
    """How much of a clause, up to a comma or colon, only announces what follows; 0 when nothing does."""
    if _words_of(_CORE).isdisjoint(_said(folded)):
        return 0
    announced = 0
    for end in _PART_ENDS.finditer(folded):
        said = _said(folded[: end.start()])
        if not all(map(_is_small, said)):
            break
        if _is_announcing(said):
            announced = end.end()
    return announced if any(letter.isalnum() for letter in folded[announced:]) else 0


def announces_of(rest: frozenset[str]) -> bool:
    """Whether the words beside what is named only say that it will be asked about: "uma dúvida sobre a escova"."""
    said = [word for word in rest if word.isalpha()]
    other = [word for word in said if word not in words("ahead_about")]
    return len(other) < len(said) and all(map(_is_small, other)) and any(map(_asks, other))


def asks_somehow(text: str) -> bool:
    """Whether it holds a word of asking."""
    return not words("ahead_asking").isdisjoint(_said(text))


@lru_cache(maxsize=_KEPT)
def _said(text: str) -> tuple[str, ...]:
    return tuple(word.text for word in words_of(text) if word.text.isalpha())


def _is_announcing(said: tuple[str, ...], *, counted: bool = True) -> bool:
    if not said or len(said) > _LONGEST or not _words_of(_SMALL).issuperset(said):
        return False
    if any(map(_asks, said)) or any(word in words("ahead_language") for word in said):
        return True
    if not any(word in words("ahead_vague") for word in said):
        return False
    return any(word in words("ahead_telling") or (counted and word in words("ahead_one_more")) for word in said)


def _asks(word: str) -> bool:
    return word in words("ahead_asking")


def _is_small(word: str) -> bool:
    return word in _words_of(_SMALL)


@cache
def _words_of(cues: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*map(words, cues))
