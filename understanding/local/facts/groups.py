"""Neighbouring words that speak of one thing of the catalogue, and what their place in the message tells of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from understanding.local.facts.match import Match
from understanding.local.facts.things import Thing, Token
from understanding.local.text.vocabulary import ELIDING, POSSESSIVES, listed

_ANIMALS = listed("cachorro gato")
_AND = listed("e y and &")
_ONES = listed("one ones kind type sort")
_ONE_OF_THEM = listed("um uma outro outra un uno una otro otra one other another 1")
_WHOSE = listed(
    """
    meu minha dele dela seu sua mim eu ele ela mio mia mi yo el ella suyo suya mine his hers her my him me i
    """
)
_ONESELF = listed("eu mim comigo i me myself yo conmigo")
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring words that speak of one thing, and the things they fit."""

    tokens: tuple[Token, ...]
    pool: tuple[Thing, ...] = ()
    score: float = 0.0
    near: bool = False

    @property
    def said(self) -> frozenset[str]:
        return frozenset(token.concept for token in self.tokens)

    @property
    def narrows(self) -> bool:
        return all(token.narrows for token in self.tokens)


def agrees(thing: Thing, said: frozenset[str], opposites: Sequence[frozenset[str]]) -> bool:
    """Whether nothing said of a thing is the opposite of what it is."""
    return not thing.contradicts(said, opposites)


def in_parts(token: Token, count: int) -> list[Token]:
    """A word that stands for several things, each with its part of it."""
    edges = [token.start + (token.end - token.start) * part // count for part in range(count + 1)]
    return [replace(token, start=start, end=end) for start, end in pairwise(edges)]


def is_counted(token: Token, tokens: Sequence[Token]) -> bool:
    """ "Um pequeno", "one is a small dog", "o outro é grande"; "o meu é o feminino", "gents for him"."""
    place = next(index for index, each in enumerate(tokens) if each is token)
    before = tokens[max(0, place - _NEAR) : place]
    around = [*before, *tokens[place + 1 : place + _NEAR]]
    return any(each.literal in _ONE_OF_THEM for each in before) or any(each.literal in _WHOSE for each in around)


def only_and_between(kinds: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """ "Um corte pra mim e outro pra ela, masculino e feminino": kinds that follow each other, joined by an "and"."""
    places = [next(index for index, each in enumerate(tokens) if each is kind) for kind in kinds]
    return all(two - one == 2 and tokens[one + 1].literal in _AND for one, two in pairwise(places))


def counts_anew(group: Group, tokens: Sequence[Token]) -> bool:
    """ "E um corte masculino": one more, right behind an "and" or a "one"."""
    place = next(index for index, each in enumerate(tokens) if each is group.tokens[0])
    return any(each.literal in _AND | _ONE_OF_THEM for each in tokens[max(0, place - _NEAR + 1) : place])


def with_oneself(tokens: Sequence[Token], people: Collection[str]) -> bool:
    """ "Eu e meu namorado", "my son and I": whoever that is, the customer is of the other kind, or of the same."""
    said = [token.literal for token in tokens if token.literal not in POSSESSIVES or token.literal == "mi"]
    return any(
        two in _AND and ((one in _ONESELF and three in people) or (one in people and three in _ONESELF))
        for one, two, three in zip(said, said[1:], said[2:], strict=False)
    )


def joined(group: Group, behind: Group, tokens: Sequence[Token]) -> bool:
    """Whether one "and" stands between them."""
    between = [token.literal for token in tokens if group.tokens[-1].end <= token.start < behind.tokens[0].start]
    return sum(word in _AND for word in between) == 1 and "nao" not in between


def shared(group: Group, behind: Group, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """ "Ração e areia *de gato*": what the second of two joined things is for, the first is for too."""
    between = [token.literal for token in tokens if group.tokens[-1].end <= token.start < behind.tokens[0].start]
    if len(between) != 1 or between[0] not in _AND or any(token.narrows for token in group.tokens):
        return ()
    return tuple(token for token in behind.tokens if token.narrows)


def stands_for_a_noun(group: Group, tokens: Sequence[Token]) -> bool:
    """Whether modifiers stand as in "o de gato", "la de gato", "the cat one"."""
    place = next(index for index, token in enumerate(tokens) if token is group.tokens[0])
    before = tuple(token.literal for token in tokens[max(0, place - 2) : place])
    behind = tokens[place + len(group.tokens)].literal if place + len(group.tokens) < len(tokens) else ""
    if before[-1:] and before[-1] in ELIDING and behind in _ONES:
        return True
    return (
        len(before) > 1
        and (before[0] in ELIDING or before[0].isdecimal())
        and before[1] in ("de", "do", "da", "para", "pra")
    )


def fits(thing: Thing, token: Token) -> int:
    """Which animal it is for says more than anything else that narrows."""
    if token.size:
        return int(token.size in thing.sizes)
    return (2 if token.concept in _ANIMALS else 1) if token.concept in thing.concepts else 0


def match(group: Group, text: str) -> Match:
    """The group as what is told of it outside: its first thing, the others as alternatives."""
    start, end = group.tokens[0].start, group.tokens[-1].end
    first, *others = group.pool
    alternatives = tuple(thing.id for thing in others)
    return Match(first.kind, first.id, round(group.score, 3), (start, end), text[start:end], alternatives, group.near)


def apart(matches: Iterable[Match]) -> list[Match]:
    """Without overlaps: the stronger, then the longer match stays."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda one: (-one.score, one.span[0] - one.span[1])):
        if all(match.span[1] <= other.span[0] or other.span[1] <= match.span[0] for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda one: one.span)
