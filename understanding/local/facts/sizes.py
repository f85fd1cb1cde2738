"""A number behind a thing's name, elsewhere its size: "make the litter 4", of an order that holds the 4 kg one."""

from __future__ import annotations

import re

from understanding.local.classifier.mentions import families

_BARE = re.compile(r"(?<![\d.,])(\d{1,2})$")
_MADE = {"be", "put", "leave", "up", "down"}
_IS = {"is", "e", "eh", "es", "are", "was", "sao", "son", "era"}
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[.;!?\n]")


def meant_as_count(folded: str, span: tuple[int, int]) -> int | None:
    """The number at the end of a name, where a verb before it makes what is ordered already so many."""
    found = _BARE.search(folded[slice(*span)])
    before = _SENTENCE.split(folded[: span[0]])[-1]
    made = any(word not in _IS and _MADE.intersection(families(word)) for word in _WORD.findall(before))
    return int(found[1]) if found and made else None
