"""The catalogue as customers name it: services, products, professionals and zones found in a message.

A thing is found by its name, its aliases, a translation ("haircut") or a slip ("maniucre"). Words that only narrow
("masculino", "15 kg") choose between things but are none by themselves. What fits several things equally well comes
back as one match with `alternatives`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from domain.business import Business
from understanding.local.facts import ages, groups, names, things
from understanding.local.facts.groups import Group
from understanding.local.facts.match import Match
from understanding.local.facts.things import Thing, Token
from understanding.local.text.spelling import Spelling
from understanding.local.text.vocabulary import FILLERS, GLUE, listed

__all__ = ["Catalogue", "Match"]

_SEPARATORS = listed(", ; . ! ? + & / e and y mais com with") | {"\n"}
_LETTERS_READ = 2500
_POINTING = listed("a o as os la el las los aquela aquele essa esse esa ese aquella uma una um un dois duas dos")
_PHRASE = 2
_ALIKE = 4


class Catalogue:
    """What one business offers, precomputed for look-up. Build one a business; it never changes."""

    def __init__(self, business: Business) -> None:
        self.lexicon = things.lexicon(business)
        self._things = things.of(business, self.lexicon)
        self._names = names.of(business)
        self._holders: dict[str, frozenset[Thing]] = {}
        for thing in self._things:
            for concept in thing.concepts:
                self._holders[concept] = self._holders.get(concept, frozenset()) | {thing}
        literals = {word for thing in self._things for phrase in thing.phrases for word in phrase}
        written = {word for word in self.lexicon.written if self._holders.keys() & self.lexicon.concepts.get(word, ())}
        self._spelling = Spelling(literals, written)
        self._opposites = tuple(self.lexicon.opposites)
        self._kinds = frozenset[str]().union(*self._opposites)
        self._strange = self.lexicon.others - self._holders.keys()

    @property
    def services(self) -> tuple[Thing, ...]:
        """The services, as things are compared."""
        return tuple(thing for thing in self._things if thing.kind == "service")

    def find(self, text: str, language: str = "") -> list[Match]:
        """Everything the text names, in its order, without overlaps. Spans count the characters of `text`."""
        tokens = self.tokens(text, language)
        matches = [groups.match(group, text) for group in self._groups(tokens)]
        matches += names.find(self._names, text)
        return groups.apart(matches)

    def telling(self, ids: Sequence[str], text: str, language: str = "") -> Iterator[tuple[list[str], int, int]]:
        """Each word that only some of these fit, with those and its place: of two foods, "gato" fits one."""
        pool = tuple(thing for thing in self._things if thing.id in ids)
        tokens = self.tokens(text, language) if len(pool) > 1 else []
        for place, token in enumerate(tokens):
            if token.size and not token.size[0] and not self._is_size(tokens, place):
                continue  # "3" may be how many
            chosen, fits = self._closest(pool, (token,))
            if fits and len(chosen) < len(pool):
                yield [thing.id for thing in chosen], token.start, token.end

    def knows(self, word: str) -> bool:
        """Whether a word, or what it means, is part of what something here is called."""
        return bool(self._holders.keys() & {word, *self.lexicon.concepts.get(word, ())})

    def of_sort(self, ids: Sequence[str], like: Sequence[str]) -> list[str]:
        """Those of the first that are of one sort with any of the second, as two foods are."""
        sorts = [thing.concepts - self.lexicon.narrowing for thing in self._things if thing.id in like]
        alike = {thing.id for thing in self._things if any(thing.concepts & sort for sort in sorts)}
        return [each for each in ids if each in alike]

    def names(self, text: str) -> bool:
        """Whether a word of the text names a thing by itself: "banho", not "cachorro grande"."""
        return any(token.concept in self._holders and not token.narrows for token in self.tokens(text))

    def tokens(self, text: str, language: str = "") -> list[Token]:
        """The words of a text as things are compared, slips put right."""
        friends = self.lexicon.friends.get(language[:2], {})
        found = things.tokens(text[:_LETTERS_READ], self.lexicon, self._spelling.correct)
        if ages.GROWN in self._holders or ages.YOUNG in self._holders:
            found = [token for token in ages.told(found) if token.lemma != ages.AGE or token.concept in self._holders]
        return [self._as_meant(token, friends) for token in found] if friends else found

    def _as_meant(self, token: Token, friends: Mapping[str, str]) -> Token:
        """A word that looks like one of the catalogue's, as the customer's language means it: "cachorro" is a puppy."""
        own = (
            token.lemma[:_ALIKE] == token.literal[:_ALIKE]
        )  # no part of a phrase: "mi golden" is a dog in any language
        concept = friends.get(token.literal, token.concept) if own else token.concept
        return replace(token, concept=concept, narrows=token.size is not None or concept in self.lexicon.narrowing)

    def _groups(self, tokens: Sequence[Token]) -> list[Group]:
        """The groups that fit something, each narrowed by the modifiers that stand elsewhere in the message."""
        found: list[Group] = []
        loose: list[Group] = []
        neighbours = list(self._neighbours(tokens))
        if apart := self._one_for_each(neighbours, tokens):
            return apart
        for group in neighbours:
            if not group.narrows or self._is_a_name(group):
                found.append(self._fitted(group))
            elif found and (
                second := self._repeated(found[-1], group, several=groups.joined(found[-1], group, tokens))
            ):
                if self._differ(second, found[-1]) or not self._differ(found[-1], group) or len(second.pool) > 1:
                    found.append(second)
                else:  # "cortar o cabelo, masculino": not a second thing but which one
                    found[-1] = replace(second, tokens=found[-1].tokens)
            elif found and (other := self._elided(found[-1], group, tokens)):
                found.append(other)
            else:
                loose.append(group)
        if found:
            strangers = tuple(token for token in tokens if token.concept in self._strange & self._kinds)
            modifiers = (*(token for group in loose for token in group.tokens), *strangers)
            if len(found) == 1 and (apart := self._counted_apart(found[0], loose, tokens)):
                return apart
            found = self._said_once(found, tokens)
            if groups.with_oneself(tokens, self.lexicon.people):
                found = [self._of_either_kind(group) for group in found]
                modifiers = tuple(token for token in modifiers if token.literal not in self.lexicon.people)
            shared = [groups.shared(group, behind, tokens) for group, behind in pairwise(found)] + [()]
            return [self._narrowed(group, (*modifiers, *each)) for group, each in zip(found, shared, strict=True)]
        return self._alone(loose, tokens)

    def _said_once(self, found: Sequence[Group], tokens: Sequence[Token]) -> list[Group]:
        """ "Levar meu filho pra cortar o cabelo sábado, corte masculino": one service, of the kind told once."""
        kept = list(found)
        for one, two in pairwise(found):
            told = [bool(group.said & self._kinds) for group in (one, two)]
            naming = [{token.concept for token in group.tokens if not token.narrows} for group in (one, two)]
            service = one.pool[0].kind == two.pool[0].kind == "service" and naming[0] == naming[1]
            if service and told[0] != told[1] and not groups.counts_anew(two, tokens):
                kept = [group for group in kept if group is not (two if told[0] else one)]
        return kept

    def _of_either_kind(self, group: Group) -> Group:
        """The service in all its kinds, where none was said: two people may want one each."""
        if group.pool[0].kind != "service" or group.said & self._kinds:
            return group
        holding = self._holding(token for token in group.tokens if not token.narrows)
        return replace(group, pool=tuple(thing for thing in self._things if thing in holding), score=0.7)

    def _one_for_each(self, neighbours: Sequence[Group], tokens: Sequence[Token]) -> list[Group]:
        """What `_counted_apart` finds where one group names a service, and the others tell no more than kinds."""
        naming = [group for group in neighbours if not group.narrows]
        if len(naming) != 1 or len(neighbours) == 1:
            return []
        loose = [group for group in neighbours if group is not naming[0]]
        return self._counted_apart(self._fitted(naming[0]), loose, tokens)

    def _counted_apart(self, group: Group, loose: Sequence[Group], tokens: Sequence[Token]) -> list[Group]:
        """ "Dois banhos, um pequeno e um grande": a service for each; nothing unless each is told by its own word."""
        said = [token for each in (group, *loose) for token in each.tokens]
        opposed = (frozenset(token.concept for token in said) & each for each in self._opposites)
        several: frozenset[str] = next((each for each in opposed if len(each) > 1), frozenset())
        kinds = [token for token in said if token.concept in several and token.literal not in self.lexicon.people]
        kinds = kinds or [token for token in said if token.concept in several]
        once = len(kinds) == len(several) and (
            all(groups.is_counted(token, tokens) for token in kinds) or groups.only_and_between(kinds, tokens)
        )
        if not kinds or group.said & several or group.pool[0].kind != "service" or not once:
            return []
        naming = tuple(token for token in group.tokens if not token.narrows)
        each = [self._fitted(Group((*naming, token))) for token in kinds]
        if any(len(one.pool) > 1 for one in each):
            return []
        return [
            replace(one, tokens=(part,))
            for one, part in zip(each, groups.in_parts(group.tokens[0], len(each)), strict=True)
        ]

    def _differ(self, group: Group, other: Group) -> bool:
        """Whether what was said of the other is the opposite of what this one is."""
        return group.pool[0].contradicts(other.said, self._opposites)

    def _is_a_name(self, group: Group) -> bool:
        """ "Cabelo masculino": words that only narrow, but together are what a thing is called."""
        literals = frozenset(token.literal for token in group.tokens)
        return len(literals) > 1 and any(literals in thing.phrases for thing in self._things)

    def _neighbours(self, tokens: Sequence[Token]) -> Iterable[Group]:
        said = frozenset(word for token in tokens for word in (token.literal, token.lemma, token.concept))
        alone = sum(token.literal.isalpha() and token.literal not in FILLERS for token in tokens) <= 1
        current: list[Token] = []
        for place, token in enumerate(tokens):
            belongs = self._belongs(token, current, said, alone=alone) or self._is_size(tokens, place)
            anew = belongs and token.narrows and bool(current) and groups.stands_for_a_noun(Group((token,)), tokens)
            if belongs and not anew and self._fits(token, current):
                current.append(token)
            elif belongs or token.literal in _SEPARATORS or token.literal not in GLUE:
                yield from self._named(current)
                current = [token] if belongs else []
        yield from self._named(current)

    def _named(self, current: Sequence[Token]) -> Iterator[Group]:
        """What these neighbours name; for something that is not here ("rabbit food") at most something like it."""
        if not any(token.concept in self._strange for token in current):
            yield from [Group(tuple(current))] if current else ()
            return
        holding = self._holding(current)
        if len(holding) < len(self._things) and all(thing.kind == "product" for thing in holding):
            yield Group(tuple(current), near=True)

    def _belongs(self, token: Token, current: Sequence[Token], said: frozenset[str], *, alone: bool) -> bool:
        if token.size:
            pool = self._holding(current) if current else self._things
            return any(token.size in thing.sizes for thing in pool) and (bool(current) or token.size[0] != "")
        beside = self.lexicon.beside.get(token.concept)
        near = beside is None or alone or bool(beside & said)
        return token.concept in self._strange or (token.concept in self._holders and near)

    def _is_size(self, tokens: Sequence[Token], place: int) -> bool:
        """ "A de 15", "aquela de 15": a bare number as a noun, of the size that things here have."""
        token, before = tokens[place], tuple(each.literal for each in tokens[max(0, place - 2) : place])
        stands = len(before) == _PHRASE and before[0] in _POINTING and before[1] == "de"
        return bool(token.size and stands) and any(token.size in thing.sizes for thing in self._things)

    def _fits(self, token: Token, current: Sequence[Token]) -> bool:
        return token.narrows or not current or bool(self._holding([*current, token]))

    def _holding(self, tokens: Iterable[Token]) -> frozenset[Thing]:
        """The things that carry every naming word among the tokens."""
        naming = [
            self._holders[token.concept] for token in tokens if not token.narrows and token.concept in self._holders
        ]
        return frozenset.intersection(*naming) if naming else frozenset(self._things)

    def _fitted(self, group: Group) -> Group:
        holding = self._holding(group.tokens)
        pool = tuple(thing for thing in self._things if thing in holding)
        literals = frozenset(token.literal for token in group.tokens if token.size is None)
        exact = tuple(thing for thing in pool if literals in thing.phrases) or self._worded(group.said, pool)
        if not any(groups.agrees(thing, group.said, self._opposites) for thing in exact):
            exact = ()
        chosen, fits = self._closest(exact or pool, group.tokens)
        if group.near:
            return replace(group, pool=pool, score=0.7)
        if others := self._of_that_kind(chosen, group):
            return replace(group, pool=(*chosen, *others), score=0.7, near=True)
        score = (1.0 if exact else 0.9) if len(chosen) == 1 else 0.7
        quality = min(token.quality for token in group.tokens)
        return replace(group, pool=chosen, score=score * quality * (1.0 if fits else 0.7))

    def _worded(self, said: frozenset[str], pool: tuple[Thing, ...]) -> tuple[Thing, ...]:
        """The things called just that in another language, unless it leaves open which of two opposites is meant."""
        exact = tuple(thing for thing in pool if said in thing.wordings)
        open_kinds = any(
            group & thing.concepts - said and group & other.concepts - thing.concepts
            for group in self._opposites for thing in exact for other in pool
        )  # fmt: skip
        return () if open_kinds else exact

    def _of_that_kind(self, chosen: tuple[Thing, ...], group: Group) -> tuple[Thing, ...]:
        """ "Golden filhote", where Golden is for adults: another food is for puppies, so neither is surely meant."""
        thing = chosen[0]
        kinds = self._kinds & group.said
        wanted = kinds - thing.concepts
        if len(chosen) > 1 or thing.kind != "product" or not wanted:
            return ()
        sort = thing.concepts - self.lexicon.narrowing
        return tuple(
            other for other in self._things
            if other is not thing and other.kind == "product" and kinds <= other.concepts and other.concepts & sort
        )  # fmt: skip

    def _repeated(self, before: Group, group: Group, *, several: bool) -> Group | None:
        """ "corte masculino e feminino": the second modifier stands for a second thing of the same name."""
        naming = tuple(token for token in before.tokens if not token.narrows)
        if not naming:
            return None
        second = self._fitted(Group((*naming, *group.tokens)))
        narrower = second.pool[0] in before.pool and (len(before.pool) > 1 or second.pool == before.pool)
        if several and len(second.pool) > 1 and self._differ(before, group) and second.pool[0].kind == "product":
            return replace(second, tokens=group.tokens)  # "ração pro gato e pro cachorro": which of two for the dog
        if len(second.pool) > 1 or narrower or not second.pool[0].concepts >= group.said:
            return None
        return replace(second, tokens=group.tokens)

    def _elided(self, before: Group, group: Group, tokens: Sequence[Token]) -> Group | None:
        """ "Troca a golden pela de gato", "the cat one": modifiers name another thing of the same sort."""
        if len(before.pool) > 1 or not groups.stands_for_a_noun(group, tokens):
            return None
        sort = before.pool[0].concepts
        others = tuple(
            thing for thing in self._things
            if thing is not before.pool[0] and thing.concepts >= group.said and thing.concepts & sort - group.said
        )  # fmt: skip
        return replace(group, pool=others, score=0.7) if others and not before.pool[0].concepts >= group.said else None

    def _closest(self, pool: tuple[Thing, ...], said: Sequence[Token]) -> tuple[tuple[Thing, ...], bool]:
        """The things most of what was said fits, and whether anything was left after the opposites fell out."""
        concepts = frozenset(token.concept for token in said)
        left = tuple(thing for thing in pool if not thing.contradicts(concepts, self._opposites))
        candidates = left or pool
        fitting = [sum(groups.fits(thing, token) for token in said) for thing in candidates]
        best = max(fitting)
        return tuple(thing for thing, fit in zip(candidates, fitting, strict=True) if fit == best), bool(left)

    def _narrowed(self, group: Group, modifiers: Sequence[Token]) -> Group:
        if group.said & self._kinds:  # "estoy con mi hija, un corte de caballero"
            modifiers = [token for token in modifiers if token.literal not in self.lexicon.people]
        said = frozenset(token.concept for token in modifiers)
        if len(group.pool) > 1 and said & self._kinds & self._strange and not said & self._kinds - self._strange:
            return replace(group, near=group.near or group.pool[0].kind == "product")  # "meu coelho tá sem ração"
        if all(thing.contradicts(said, self._opposites) for thing in group.pool):
            other = self._fitted(replace(group, tokens=(*group.tokens, *modifiers)))
            agrees = groups.agrees(other.pool[0], said, self._opposites)
            return replace(other, tokens=group.tokens) if agrees else group
        if len(group.pool) == 1 or not modifiers:
            return group
        if kinds := next((each & said for each in self._opposites if len(each & said) > 1), frozenset()):
            return replace(group, pool=self._of_several_kinds(group.pool, modifiers, kinds))
        chosen, fits = self._closest(group.pool, modifiers)
        if not fits or len(chosen) == len(group.pool):
            return group
        return replace(group, pool=chosen, score=0.8 if len(chosen) == 1 else group.score)

    def _of_several_kinds(
        self, pool: tuple[Thing, ...], modifiers: Sequence[Token], kinds: frozenset[str]
    ) -> tuple[Thing, ...]:
        """ "¿Qué comida tienen, para perro y para gato?": what is for the one, and what is for the other."""
        fitting: set[Thing] = set()
        for kind in kinds:
            of_it = [token for token in modifiers if token.concept == kind or token.concept not in kinds]
            fitting.update(self._closest(pool, of_it)[0])
        return tuple(thing for thing in pool if thing in fitting)

    def _alone(self, loose: Sequence[Group], tokens: Sequence[Token]) -> list[Group]:
        """Modifiers name a thing when they stand for a noun ("dos de la de gatos"), or when all else is small words."""
        known = {token for group in loose for token in group.tokens}
        beside = [t for t in tokens if t not in known and t.literal not in FILLERS and t.literal.isalpha()]
        if all(token.lemma == ages.AGE for token in known):
            return []
        if not loose or (beside and not any(groups.stands_for_a_noun(group, tokens) for group in loose)):
            return []
        said = tuple(token for group in loose for token in group.tokens)
        if any(len({token.concept for token in said} & each) > 1 for each in self._opposites):
            return []  # "o meu feminino, o dele masculino": two answers to a question that is not known here
        chosen, fits = self._closest(self._things, said)
        if not fits or len(chosen) == len(self._things) > 1:
            return []
        return [Group(said, chosen, 0.6)]
