"""A number behind a thing's name, elsewhere its size: "make the litter 4", of an order that holds the 4 kg one."""

from __future__ import annotations

import re

from understanding.local.classifier.mentions import families
from understanding.local.text.vocabulary import UNITS

_BARE = re.compile(r"(?<![\d.,])(\d{1,2})$")
_MADE = {"be", "put", "leave", "up", "down"}
_IS = {"is", "e", "eh", "es", "are", "was", "sao", "son", "era"}
_WORD = re.compile(r"[^\W\d_]+")
_UNIT = r"(?P<number>\d+(?:[.,]\d+)?) ?(?P<unit>kgs?|quilos?|kilos?|g|gr|gramas?|ml|l|litros?)"
_MEASURED = re.compile(rf"{_UNIT}\b")
_BEFORE = re.compile(rf"(?<![\w,.]){_UNIT} (?:de |da |do |of )?(?:[a-zñ]+ ){{0,2}}$")
_BEHIND = re.compile(rf"[ ,:]+{_UNIT}\b(?! (?:de|of))")
_MOST = 50
_SENTENCE = re.compile(r"[.;!?\n]")


def packs(folded: str, span: tuple[int, int], name: str) -> int | None:
    """ "8kg de areia", "cat litter, 8 kg", of what comes in 4 kg: how many of them that is, when it comes out even."""
    own = _MEASURED.search(name)
    said = _BEFORE.search(folded[: span[0]]) or _BEHIND.match(folded[span[1] :])
    if own is None or said is None or _measure(own) is None or _measure(said) is None:
        return None
    (kind, size), (told, amount) = _measure(own) or ("", 1.0), _measure(said) or ("", 0.0)
    count = amount / size
    return int(count) if kind == told and count == int(count) and 1 < count <= _MOST else None


def _measure(found: re.Match[str]) -> tuple[str, float] | None:
    unit = UNITS.get(found["unit"])
    return (unit[0], float(found["number"].replace(",", ".")) * unit[1]) if unit else None


def meant_as_count(folded: str, span: tuple[int, int]) -> int | None:
    """The number at the end of a name, where a verb before it makes what is ordered already so many."""
    found = _BARE.search(folded[slice(*span)])
    before = _SENTENCE.split(folded[: span[0]])[-1]
    made = any(word not in _IS and _MADE.intersection(families(word)) for word in _WORD.findall(before))
    return int(found[1]) if found and made else None
