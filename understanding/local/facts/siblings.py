"""Another kind of the service being arranged: "não é pequeno, é porte grande", "falei errado, é masculino"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.ports import Situation
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.things import Thing, Token
from understanding.local.text.cues import has
from understanding.local.text.polarity import negated
from understanding.local.text.vocabulary import listed
from understanding.local.text.words import fold

_PEOPLE = listed(
    "marido filho menino filha esposa menina mulher mujer hombre homem man men woman women dama husband wife"
)
_COMPARED = {"maior": "grande", "maiorzinho": "grande", "menor": "pequeno", "menorzinho": "pequeno", "mayor": "grande"}
_LIGHT, _HEAVY = 8_000, 25_000  # grams of an animal that anybody calls small or large
_FOR = listed("pra para pro p for de do da e eh is es sou soy am im m")


def meant(text: str, situation: Situation, catalogue: Catalogue) -> Sequence[tuple[str, int, int]]:
    """The id of the sibling that a message asks for instead of the service under way, and where it says so.

    Where it is asked which of several is wanted, each that is told: "o meu feminino e o dele masculino".
    """
    chosen, choice = situation.slots.get("service"), situation.slots.get("service_choice") or ()
    if situation.flow != "book" or (chosen is None and not choice):
        return ()
    services = catalogue.services
    if chosen is None:
        return _told_apart(text, situation.language, catalogue, [thing for thing in services if thing.id in choice])
    current = next((thing for thing in services if thing.id == chosen), None)
    if current is None:
        return ()
    for token in _said(text, situation.language, catalogue):
        for group in catalogue.lexicon.opposites:
            if token.concept in group - current.concepts and group & current.concepts:
                found = _sibling(current, group, token.concept, services)
                if found is not None:
                    return [(found, token.start, token.end)]
    return ()


def of_the_kind_said(ids: str | list[str], text: str, language: str, catalogue: Catalogue) -> str | None:
    """The one of several services that is of the kind said anywhere in a text, or for the one person it speaks of."""
    choice = [thing for thing in catalogue.services if isinstance(ids, list) and thing.id in ids]
    if told := _told_apart(text, language, catalogue, choice):
        return told[0][0]
    lexicon = catalogue.lexicon
    people = [token.literal for token in catalogue.tokens(text) if token.literal in lexicon.people]
    kinds = {concept for person in people for concept in lexicon.concepts.get(person, ())}
    fitting = [thing.id for thing in choice if kinds & thing.concepts]
    return fitting[0] if len(fitting) == 1 < len(choice) else None


def _told_apart(text: str, language: str, catalogue: Catalogue, choice: Sequence[Thing]) -> list[tuple[str, int, int]]:
    """ "De homem né, sábado às onze", to "women's or men's?": those of several that are of a kind said."""
    kinds = frozenset[str]().union(*catalogue.lexicon.opposites)
    told: list[tuple[str, int, int]] = []
    for token in _said(text, language, catalogue):
        fitting = [thing.id for thing in choice if _kind(token) in thing.concepts & kinds]
        if len(fitting) == 1 < len(choice) and fitting[0] not in (each for each, *_ in told):
            told.append((fitting[0], token.start, token.end))
    return [] if len(told) > 1 and has("or", fold(text)) else told


def _kind(token: Token) -> str:
    """The kind a word tells: "o maior", "pesa 4 quilos"."""
    measure, amount = token.size or ("", 0.0)
    if measure != "g" or _LIGHT < amount < _HEAVY:
        return _COMPARED.get(token.literal, token.concept)
    return "pequeno" if amount <= _LIGHT else "grande"


def _said(text: str, language: str, catalogue: Catalogue) -> Iterator[Token]:
    """The words that tell kinds apart and are not taken back; a person counts as one only behind "para"."""
    folded, before = fold(text), ""
    for token in catalogue.tokens(text):
        person = token.literal in _PEOPLE and before not in _FOR
        if not person and not negated(folded, token.start, token.end, language):
            yield token
        if token.literal not in ("meu", "minha", "my", "mi", "o", "a", "um", "uma", "una", "un", "the"):
            before = token.literal


def _sibling(current: Thing, group: frozenset[str], wanted: str, services: tuple[Thing, ...]) -> str | None:
    """The one service that shares everything with this one but the kind."""
    shared = current.concepts - group
    fitting = [
        thing.id
        for thing in services
        if wanted in thing.concepts and thing.id != current.id and len(shared & thing.concepts) * 2 >= len(shared)
    ]
    return fitting[0] if len(fitting) == 1 else None
