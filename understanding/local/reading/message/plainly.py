"""A message as most people would put it: its weekdays in full, without thanks or laughter behind what it wishes."""

from __future__ import annotations

from domain.ports import Situation
from understanding.local import intents
from understanding.local.dates.in_full import weekdays_in_full
from understanding.local.facts import fact as facts
from understanding.local.facts.catalogue import Catalogue
from understanding.local.text import fillers

_BEGINS = ("book", "order", "reschedule", "cancel_booking", "cancel_order", "my_bookings", "order_status", "human")
_SURE = 0.9
_ANSWER = 4
"""Words of an answer, at most: "vou na moça da galeria, valeu" takes leave by its thanks."""


def put(text: str, situation: Situation, catalogue: Catalogue) -> str:
    """The text put so. Thanks stay where they may be all that is said, or a longer message takes leave by them."""
    language = situation.language
    text = weekdays_in_full(text, situation.now, language, asked=situation.asks == "time")
    answer = fillers.without_laughter(text, language[:2])
    if situation.history and situation.asks != "confirm" and len(answer.split()) <= _ANSWER:
        text = answer  # "ah tira uma rs"
    rest = fillers.without_thanks(text, language[:2])
    under_way = situation.flow or situation.standing or situation.ordered
    if rest == text or (under_way and len(rest.split()) > _ANSWER):
        return text
    return rest if facts.gather(rest, language, situation, catalogue) or _begins(rest, language) else text


def _begins(text: str, language: str) -> bool:
    name, confidence = next(iter(intents.rank(text, language)), ("", 0.0))
    return name in _BEGINS and confidence >= _SURE
