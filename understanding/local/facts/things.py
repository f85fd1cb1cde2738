"""Services and products as comparable words: what a thing is called, what narrows it, what sizes it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.business import Business, Product, Service
from understanding.local.facts.match import Kind
from understanding.local.text import words
from understanding.local.text.vocabulary import CONCEPTS, FILLERS, GLUE, MODIFIERS, OPPOSITES, PHRASES, UNITS

Size = tuple[str, float]

_WITH_PRONOUN = re.compile(r"(?P<verb>[a-zñ]{3,}[aei]r)(?:me|te|se|nos|le|les|lo|la|los|las|melo|mela)$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as the catalogue compares it. `concept` is its translation; `size` is set for "15 kg" and bare numbers."""

    literal: str
    concept: str
    start: int
    end: int
    size: Size | None = None
    quality: float = 1.0

    @property
    def narrows(self) -> bool:
        """Whether it only chooses between things."""
        return self.size is not None or self.concept in MODIFIERS


@dataclass(frozen=True, slots=True)
class Thing:
    """A service or product. `phrases` are its name and aliases as sets of untranslated words."""

    kind: Kind
    id: str
    concepts: frozenset[str]
    phrases: frozenset[frozenset[str]]
    sizes: frozenset[Size]

    def contradicts(self, said: frozenset[str]) -> bool:
        """Whether the customer said the opposite of what this thing is."""
        return any(group & said and group & self.concepts and not group & said & self.concepts for group in OPPOSITES)


def tokens(text: str) -> list[Token]:
    """The words of a text, numbers joined with their units, pairs with one meaning joined."""
    found = [_token(word) for word in words.split(text)]
    return _joined(found)


def of(business: Business) -> tuple[Thing, ...]:
    """Everything a business books or sells."""
    services = (_thing("service", service) for service in business.services)
    products = (_thing("product", product) for product in business.products)
    return (*services, *products)


def _thing(kind: Kind, entry: Service | Product) -> Thing:
    phrases = [list(_telling(phrase)) for phrase in (entry.name, *entry.aliases)]
    every = [token for phrase in phrases for token in phrase]
    return Thing(
        kind,
        entry.id,
        frozenset(token.concept for token in every if token.size is None),
        frozenset(frozenset(token.literal for token in phrase if token.size is None) for phrase in phrases),
        frozenset(size for token in every if token.size for size in _sizes(token)),
    )


def _telling(phrase: str) -> Iterator[Token]:
    return (token for token in tokens(phrase) if token.size or (token.concept.isalpha() and not _filler(token)))


def _filler(token: Token) -> bool:
    return token.literal in FILLERS and token.concept not in MODIFIERS


def _sizes(token: Token) -> Iterator[Size]:
    if token.size:
        yield token.size
        yield "", float(token.literal)


def _token(word: words.Word) -> Token:
    if word.text[0].isdecimal():
        number = word.text.replace(",", ".")
        return Token(number, number, word.start, word.end, size=("", float(number)))
    literal = words.singular(word.text)
    concept = CONCEPTS.get(word.text) or CONCEPTS.get(literal) or _of_the_verb(word.text) or literal
    return Token(literal, concept, word.start, word.end)


def _of_the_verb(word: str) -> str | None:
    """ "Teñirme", "cortarse": the concept of a Spanish verb with a pronoun behind it."""
    found = _WITH_PRONOUN.match(word)
    return CONCEPTS.get(found["verb"]) if found else None


def _joined(found: list[Token]) -> list[Token]:
    result: list[Token] = []
    for token in found:
        last = result[-1] if result else None
        verb = _before_glue(result)
        if last and last.size and not last.size[0] and token.literal in UNITS:
            measure, factor = UNITS[token.literal]
            result[-1] = replace(last, end=token.end, size=(measure, last.size[1] * factor))
        elif verb and (verb.literal, token.literal) in PHRASES:
            concept = PHRASES[verb.literal, token.literal]
            del result[result.index(verb) :]
            result.append(replace(verb, literal=concept, concept=concept, end=token.end))
        else:
            result.append(token)
    return result


def _before_glue(found: list[Token]) -> Token | None:
    return next((token for token in reversed(found[-2:]) if token.literal not in GLUE), None)
