"""A number behind its thing: "golden x2", "as bolinhas deixa em três", "sobe o bifinho pra 3", "areia tira 1"."""

from __future__ import annotations

import re

from understanding.local.classifier.mentions import families
from understanding.local.text.vocabulary import listed

_UP_TO = ("pra", "para", "to", "a", "ate", "hasta")
_NEAR = 4
_BEHIND = re.compile(r"[\s:,(=-]*(?:[a-z'ñ]+[\s:,(=-]+)*")
_MADE = {"put", "want", "leave", "be", "only", "it", "turn"}
_MOVED = {"up", "down", "swap", "leave", "put"}
"""Families of words between a thing and how many of it there shall be: "as bolinhas deixa em três"."""
_JUST_BEFORE = listed("em en at to com con que i vou pode podem puede pueden can agora ahora now me te basta bastam")
_RAISED = re.compile(
    r" (?:de \w+ )?(?:pra|para|a|to|p|em)[ ](?=\w+\s*(?:$|[,.;!?\n]|(?:e|y|and|unidades?|sacos?|units|bags)\b))"
)
_OFF = {"off", "less"}
_WORD = re.compile(r"[^\W\d_]+")


def counts(folded: str, start: int, end: int) -> bool:
    """Whether the number at `end` counts the thing that ends at `start`; not in "shampoo pra 2 cachorros"."""
    raised = _RAISED.match(folded, start)
    return _only_makes(folded[start:end]) or (raised is not None and raised.end() == end)


def _only_makes(between: str) -> bool:
    """Whether nothing stands there but words that make a thing so many."""
    said = [word.replace("'", "") for word in re.findall(r"[a-zñ']+", between)]
    told = {family for word in said for family in families(word)}
    small = _JUST_BEFORE.union(_UP_TO) if told & _MOVED else _JUST_BEFORE
    made = _MADE | _OFF | (_MOVED if told & _MOVED else set())
    known = (word in small or not made.isdisjoint(families(word)) for word in said)
    return _BEHIND.fullmatch(between) is not None and all(known)


def is_made(folded: str, end: int, number: int) -> bool:
    """Whether the number that begins there is what the thing that ends at `end` is to become, not what comes on top."""
    return _raised_to(folded[:number]) or _by_a_verb(folded[end:number])


def _by_a_verb(between: str) -> bool:
    """Whether a word between a thing and its number tells how many there shall be, not how many go."""
    said = _WORD.findall(between)
    return bool(said) and all(_OFF.isdisjoint(families(word)) for word in said)


def _raised_to(before: str) -> bool:
    """ "Aumenta pra 3 bifinhos", "go down to two": what it shall be, not what comes on top."""
    words = _WORD.findall(before)
    told = {family for word in words[-_NEAR:] for family in families(word)}
    return bool(words) and words[-1] in _UP_TO and bool(told & {"up", "down"})
