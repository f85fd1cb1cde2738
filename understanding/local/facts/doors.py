"""What is told of an address beside its street: the number of the house, a flat, a landmark, who takes it.

Only read while something is delivered, so that a number is no amount and "deixa na portaria" gives nothing up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.ports import Situation
from understanding.local.facts.entity import Entity, cut
from understanding.local.text.cues import pattern
from understanding.local.text.words import fold

_ORDERING = ("order", "change_order")
_HOUSE = re.compile(
    r"(?<!pedido )(?<!order )\b(?:(?:[oa]|the|el) )?(?:(?:house|street|door) )?"
    r"(?:numero|num|number|nro?|n[º°o]|endereco|direccion|address)\b\.?"
    r"(?: (?:d[ae]|of|de la|of my) (?:minha |my |the )?(?:casa|house))?"
    r"(?: (?:certo|correto|right|correct|correcto))?(?:,? (?:e|eh|is|es|era|was|should be|seria|pra|para|to|a))?:?"
    r" (?P<house>\d{1,5}[a-z]?)\b(?! ?(?:h|hs|kg|reais|bags?|sacos?)\b)"
)
_IS = re.compile(
    r"(?:^|[,.;!] ?)\W*(?:(?:ops?|oops|ah|na verdade|quer dizer|digo|desculpa|perdao|perdon|sorry|actually|errei"
    r"|me equivoque|en realidad|i mean|mas|but|pero|sim|yes|si)[ ,.!]+)*"
    r"(?:e(?: o| no)?|eh|it'?s|it is|es(?: el)?|era(?: o)?|number|numero) (?P<house>\d{2,5}[a-z]?)"
    r"(?=\s*(?:$|[,.;!]| (?:e )?(?:nao|not|no)\b| (?:mesmo|then|entao|actually|na verdade)\b))(?! ?h\b)"
)
_BARE = re.compile(r"\W*(?:(?:e|eh|o|it'?s|es|el|casa|house|numero|number|n[º°o.]*)[ .]+)*(?P<house>\d{1,5}[a-z]?)\W*")
_COPULA = re.compile(r"^(\w+) (?:é|e|eh|is|es)(?: o| el)? (\d)")
_POSTCODE = re.compile(r"\d{5}-?\d{3}")
_LEAST = 20
"""Where the address is complete: below it a number alone may tell how many are wanted."""
_NUMBER = re.compile(r"\d")
_LONGEST = 120


def find(folded: str, text: str, situation: Situation) -> Iterator[Entity]:
    """The house number and what stands beside the street, where an order goes to an address."""
    if len(text) > _LONGEST or not _delivers(situation):
        return
    if (house := _house(folded, situation)) is not None:
        yield cut("house", house["house"], house, text)
    for cue in ("flat", "landmark", "taken_by", "postcode"):
        for found in pattern(cue).finditer(folded):
            if house is None or not (found.start() < house.end() and house.start() < found.end()):
                words = text[found.start() : found.end()]
                told = _named(words) if cue != "postcode" else f"CEP {_POSTCODE.findall(words)[-1]}"
                yield cut("complement", told, found, text)
                break


def _named(words: str) -> str:
    """ "É no apto 32", "can you leave it with the porter": without the words that only lead to it."""
    lead = pattern("leads_to_the_door").match(fold(words))
    return _COPULA.sub(r"\1 \2", words[lead.end() if lead else 0 :].strip(" ,.-"))


def _delivers(situation: Situation) -> bool:
    if situation.flow is None:
        return situation.just_ordered
    return situation.flow in _ORDERING and situation.slots.get("delivery") == "delivery"


def _house(folded: str, situation: Situation) -> re.Match[str] | None:
    """ "O número é 122"; a number alone where one is missing, or where it puts right the one told."""
    if (named := _HOUSE.search(folded)) is not None:
        return named
    told_before = situation.done.get("told") or {} if situation.just_ordered else {}
    address = str(situation.slots.get("address") or told_before.get("address") or "")
    missing = situation.asks == "address" or (bool(address) and not _NUMBER.search(address))
    if missing and (bare := _BARE.fullmatch(folded)) is not None:
        listed = bare["house"].isdecimal() and int(bare["house"]) <= len(situation.options)
        return None if listed else bare
    asked = situation.just_ordered or situation.asks in ("address", "payment", "confirm")
    told = _IS.search(folded) if address and asked else None
    return told if told and int(re.sub(r"\D", "", told["house"])) >= _LEAST else None
