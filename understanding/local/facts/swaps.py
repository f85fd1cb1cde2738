"""One thing in the place of another that is in the basket: "troca pela premier", "não, era a de gato"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.ports import Situation
from understanding.local.classifier.mentions import families
from understanding.local.facts import quantities
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.entity import Entity
from understanding.local.facts.match import Match
from understanding.local.facts.quantities import OrderLine
from understanding.local.text import cues

_WORD = re.compile(r"[^\W\d_]+")
_AS_WELL = {"more", "on"}
_SEVERAL = 2


def of_the_sort(line: OrderLine, match: Match, catalogue: Catalogue, situation: Situation) -> OrderLine:
    """ "A de gato" fits a food and a litter: of the sort of what is in the basket or was just asked about."""
    if not line["alternatives"] or line.get("near"):
        return line
    ids, like = [line["product"], *line["alternatives"]], _spoken_of(situation)
    if catalogue.names(match.text):
        ids = [each for each in ids if each in like and len(like) > 1]  # "só a ração", asked about with a shampoo
    else:
        ids = catalogue.of_sort(ids, like)
    return {**line, "product": ids[0], "alternatives": tuple(ids[1:])} if ids else line


def in_its_place(
    line: OrderLine, folded: str, data: Sequence[Entity], catalogue: Catalogue, situation: Situation
) -> OrderLine:
    """The line, of the one thing named, with what it takes the place of: words swap, or put right one of a kind.

    A "troco" of money (`data`) swaps nothing.
    """
    basket: list[str] = [item["product"] for item in situation.slots.get("items") or ()]
    ids = (line["product"], *line["alternatives"])
    if not basket or situation.slots.get("choice") or any(each in basket for each in ids):
        return line
    for one in data:
        folded = f"{folded[: one.span[0]]}{' ' * len(one.text)}{folded[one.span[1] :]}"
    told = {family for word in _WORD.findall(folded) for family in families(word)}
    alike = catalogue.of_sort(basket, ids)
    swapped = "swap" in told and not cues.has("counts_anew", folded)  # "cambialo a 3 y agrega un shampoo"
    alone = len(quantities.find(folded, situation.language)) < _SEVERAL  # "na verdade uma só, e põe uma areia"
    meant = cues.has("meant_another", folded) and len(basket) == 1 and alone
    if not swapped and (told & _AS_WELL or not (meant or (cues.has("put_right_by", folded) and len(alike) == 1))):
        return line
    spoken = str(situation.slots.get("spoken"))
    old = alike[0] if len(alike) == 1 else spoken if spoken in basket else basket[-1]
    return {**line, "mode": "set", "instead_of": old}


def _spoken_of(situation: Situation) -> list[str]:
    """What was asked about a moment ago, else what is in the basket."""
    asked = list(situation.topic.get("product") or ()) if situation.topic.get("fresh") else []
    return asked or [item["product"] for item in situation.slots.get("items") or ()]
