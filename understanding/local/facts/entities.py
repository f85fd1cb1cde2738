"""Every datum in a message that needs no catalogue: who, where, how to pay, how to receive, which one."""

from __future__ import annotations

from understanding.local.facts import checkout, identity, references
from understanding.local.facts.entity import Entity, EntityKind
from understanding.local.text.words import fold

__all__ = ["Entity", "EntityKind", "find", "first"]

_CHARACTERS_READ = 2000


def find(text: str, language: str = "pt-BR", asks: str = "none") -> list[Entity]:
    """The data of a message, in its order. `asks` is what the bot waits for: name and address accept bare answers."""
    text = text[:_CHARACTERS_READ]
    folded = fold(text)
    found = [
        *identity.find(folded, text, asks == "name"),
        *checkout.find(folded, text, language, asks),
        *references.find(folded, text),
    ]
    return sorted(found, key=lambda entity: entity.span)


def first(entities: list[Entity], kind: EntityKind) -> Entity | None:
    """The first datum of a kind."""
    return next((entity for entity in entities if entity.kind == kind), None)
