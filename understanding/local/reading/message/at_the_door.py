"""What is told of an address beside its street, taken out before the rest is read: "sim, apto 32", "deixa na portaria".

A house number is then no amount, and what is left with the porter gives nothing up.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Fill, Smalltalk, Unclear
from domain.ports import Situation
from understanding.local.facts import doors
from understanding.local.facts.entity import Entity
from understanding.local.facts.fact import Fact
from understanding.local.reading.draft import Draft
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold, split


def apart(text: str, said: Sequence[Fact], situation: Situation, draft: Draft) -> tuple[str, list[Fact]]:
    """The text and its facts without it; the draft holds what was told."""
    told = list(doors.find(fold(text), text, situation))
    streets = [fact for fact in said if fact.kind == "address"]
    told = [each for each in told if not any(_meets(each, fact) for fact in streets)]
    rest = _without_joints(_blanked(text, told))
    if not told or _is_the_address(told, rest, situation, known=bool(streets)):
        return text, list(said)
    draft.door = [Fill(each.kind, each.value) for each in told]
    return rest, [fact for fact in said if rest[fact.start : fact.end].strip() or fact.start == fact.end]


def added(draft: Draft, rest: str) -> None:
    """Adds what was told so to what the rest asks for."""
    if not draft.door:
        return
    said = any(letter.isalnum() for letter in rest)
    kept = [each for each in draft.commands if said and not isinstance(each, Unclear | Smalltalk)]
    street = next((each for each in kept if isinstance(each, Fill) and each.slot == "address"), None)
    if street is not None:  # "Rua Bahia 33, portão azul" is one address
        whole = ", ".join([str(street.value), *(str(each.value) for each in draft.door)])
        kept, draft.door = [Fill("address", whole) if each is street else each for each in kept], []
    draft.commands, draft.confidence = [*kept, *draft.door], 0.9
    draft.intents = [*(name for name in draft.intents if kept and name != "unclear"), "inform"]


def _meets(entity: Entity, fact: Fact) -> bool:
    return entity.span[0] < fact.end and fact.start < entity.span[1]


def _blanked(text: str, told: Sequence[Entity]) -> str:
    for each in told:
        start, end = each.span
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _without_joints(rest: str) -> str:
    """ "Sim, mas", once what stood behind it is taken out."""
    for cue in ("but", "and"):
        for found in list(pattern(cue).finditer(fold(rest))):
            if not any(letter.isalnum() for letter in rest[found.end() :]):
                rest = f"{rest[: found.start()]}{' ' * len(found.group())}{rest[found.end() :]}"
    return rest


def _is_the_address(told: Sequence[Entity], rest: str, situation: Situation, *, known: bool) -> bool:
    """Asked where it goes, "Condomínio Vila Verde, apto 51" and "perto do mercado" are all there is of it."""
    if situation.asks != "address" or known or situation.slots.get("address"):
        return False
    if not situation.slots.get("zone"):
        return False  # which district that is in has still to be asked
    left = {word.text for word in split(fold(rest)) if word.text[0].isalnum()} - words("fillers") - words("articles")
    return bool(left) or any(each.kind == "complement" and has("landmark", fold(each.value)) for each in told)
