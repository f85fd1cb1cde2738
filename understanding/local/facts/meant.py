"""Which of the appointments that stand a message is about: "sexta tá de pé, quinta não vai dar" is about Thursday's.

A small trained classifier tells of every name they go by whether it is of one that the message is about (see
`classifier/named.py`); of those that are told apart, the surest are meant.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from domain.ports import Situation
from understanding.local.classifier import weights
from understanding.local.classifier.named import NAMES, Named, features, seen_in
from understanding.local.facts import own_names
from understanding.local.facts.catalogue import Catalogue
from understanding.local.text.cues import alternatives, has
from understanding.local.text.words import fold

_SURE = 1.0
_APART = 1.5
"""Odds, as logarithms: of one that is meant, and by how much another is less likely meant."""
_FIRST, _IT = "^", "it"
_LEAST, _MOST = 0.01, 0.99


def told(text: str, situation: Situation, catalogue: Catalogue) -> frozenset[int]:
    """The places, among those that stand, of what is meant; empty where no words tell."""
    many, folded = len(situation.standing), fold(text)
    everyone = frozenset(range(many))
    names = own_names.find(text, situation.language, situation.standing, catalogue)
    if any(name.kind == "service" and not name.fits for name in names):
        return frozenset()  # something else is spoken of
    if many == 1:
        return everyone
    named = own_names.named(text, situation, catalogue)
    odds = _odds(folded, named)
    best = max(odds.values(), default=0.0)
    joined = frozenset[int]().union(*(one.fits | two.fits for one, two in pairwise(named) if _joined(folded, one, two)))
    if joined and best > 0:
        return joined
    if has("all_of_mine", folded) and all(each > -_SURE for each in odds.values()):
        return everyone
    likely = frozenset(place for place, each in odds.items() if each > 0 and each >= best - _APART)
    if best >= _SURE:
        return likely if len(likely) == 1 else frozenset()
    left = everyone - odds.keys()
    return left if odds and best <= -_SURE and len(left) == 1 else frozenset()


def _joined(folded: str, one: Named, other: Named) -> bool:
    """ "Cancela a quinta e a sexta": two of them, and nothing but "and" between."""
    return one.fits != other.fits and _and().fullmatch(folded[one.end : other.start]) is not None


@cache
def _and() -> re.Pattern[str]:
    small = rf"(?:(?:{alternatives('excepted_articles')})\s+)*"
    return re.compile(rf"\s*(?:{alternatives('joins_days')})\s+{small}")


def _odds(folded: str, names: Sequence[Named]) -> Mapping[int, float]:
    """How likely each is meant, by the surest of its names."""
    seen, trained, before = seen_in(folded, names), weights.load(NAMES), _FIRST
    odds: dict[int, float] = {}
    for which, name in enumerate(names):
        chances = trained.probabilities(features(seen, names, which, before))
        before = max(chances, key=lambda each: chances[each])
        likely = min(max(chances[_IT], _LEAST), _MOST)
        for place in name.fits:
            odds[place] = max(odds.get(place, -math.inf), math.log(likely / (1 - likely)))
    return odds
