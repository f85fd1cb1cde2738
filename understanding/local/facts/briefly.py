"""Services that need no more than a word, because they were told: "o pé deixa pra outro dia", "the feet can wait"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.ports import Situation
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.things import Thing
from understanding.local.text.vocabulary import listed

_DETERMINERS = listed("o a os as do da dos das no na pro pra meu minha the my el la los las del mi mis lo al")
_POINTERS = listed("esse essa este esta desse dessa aquele aquela o a do da ese esa el la del that this the")
_TWO = 2


def named(text: str, situation: Situation, catalogue: Catalogue) -> Iterator[tuple[str, int, int]]:
    """The ids of told services with the places of the words that only one of them answers to."""
    told = _told(situation, catalogue.services)
    before = ""
    for token in catalogue.tokens(text) if len(told) >= _TWO else ():
        fitting = [thing.id for thing in told if token.concept in thing.concepts]
        if len(fitting) == 1 and before in _DETERMINERS:
            yield fitting[0], token.start, token.end
        before = token.literal


def meant(ids: Sequence[str], start: int, folded: str, situation: Situation) -> str | None:
    """ "Quero marcar esse banho", of two, one of which was just asked about: that one."""
    asked: Sequence[str] = situation.topic.get("service") or () if situation.topic.get("fresh") else ()
    before = folded[:start].split()
    pointed_at = len(asked) == 1 and asked[0] in ids and bool(before) and before[-1] in _POINTERS
    return asked[0] if pointed_at and situation.flow is None else None


def _told(situation: Situation, services: Sequence[Thing]) -> list[Thing]:
    """The services of what is arranged; all of them, where it is asked which appointment is meant."""
    if situation.flow in ("cancel_booking", "reschedule") and situation.asks == "clarify":
        return list(services)
    slots = situation.slots if situation.flow == "book" else {}
    ids = [slots.get("service"), *(wish.get("service") for wish in slots.get("more") or ())]
    return [thing for thing in services if thing.id in ids]
