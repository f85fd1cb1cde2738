"""Two facts of the house asked for by their nouns in one breath: "qual o horário e o endereço?"."""

from __future__ import annotations

from understanding.local.text.cues import has, pattern

_NOUNS = {
    "hours": "hours_noun",
    "address": "address_noun",
    "payment": "payment_noun",
    "prices": "prices_noun",
}


def beside(name: str, folded: str) -> list[str]:
    """The other topics whose nouns stand beside the one that was understood, in their order."""
    if name not in _NOUNS or not has("and", folded):
        return []
    found = {topic: pattern(cue).search(folded) for topic, cue in _NOUNS.items()}
    places = {topic: noun.start() for topic, noun in found.items() if noun is not None}
    if name not in places:
        return []
    return sorted(places.keys() - {name}, key=places.__getitem__)
