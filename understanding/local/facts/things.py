"""Services and products as comparable words: what a thing is called, what narrows it, what sizes it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.business import Business, Product, Service
from understanding.local.facts.match import Kind
from understanding.local.text import trades, words
from understanding.local.text.spelling import Correction
from understanding.local.text.trades import Lexicon
from understanding.local.text.vocabulary import AGED, ALSO, FILLERS, FOR, NEEDING, POSSESSIVES, UNITS, WITHIN

Size = tuple[str, float]
_BETWEEN = 2
"""Small words allowed between two of a phrase."""
_PRONOUNS = ("ele", "ela")
_SPANISH = ("mi", "su", "tu", "un", "una", "la", "nuestro", "nuestra")
_NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Token:
    """A word as the catalogue compares it.

    `concept` is what it means in any language, "" for a word of a phrase that names nothing; `size` is set for "15 kg"
    and bare numbers; `narrows`: it only chooses between things.
    """

    literal: str
    concept: str
    start: int
    end: int
    size: Size | None = None
    quality: float = 1.0
    narrows: bool = False
    lemma: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A service or product. `phrases` are its name and aliases as sets of untranslated words, `wordings` translated."""

    kind: Kind
    id: str
    concepts: frozenset[str]
    phrases: frozenset[frozenset[str]]
    wordings: frozenset[frozenset[str]]
    sizes: frozenset[Size]

    def contradicts(self, said: frozenset[str], opposites: Sequence[frozenset[str]]) -> bool:
        """Whether the customer said the opposite of what this thing is."""
        return any(group & said and group & self.concepts and not group & said & self.concepts for group in opposites)


def lexicon(business: Business) -> Lexicon:
    """What the things of this business's trade are called."""
    return trades.suiting(word.text for name in named(business) for word in words.split(name))


def named(business: Business) -> list[str]:
    """The names and aliases of all its things."""
    entries: list[Service | Product] = [*business.services, *business.products]
    return [name for entry in entries for name in (entry.name, *entry.aliases)]


def tokens(text: str, lexicon: Lexicon, correct: Callable[[str], Correction | None] | None = None) -> list[Token]:
    """The words of a text with their meanings: numbers joined with units, phrases with one meaning joined.

    `correct` tells what a word that no trade knows was meant to be.
    """
    found = _measured(_token(word, lexicon, correct) for word in words.split(text))
    result: list[Token] = []
    place = 0
    while place < len(found):
        meant, used = _phrase(found, place, lexicon)
        result += meant if used else _meanings(found, place, lexicon)
        place += used or 1
    return result


def of(business: Business, lexicon: Lexicon) -> tuple[Thing, ...]:
    """Everything a business books or sells."""
    services = (_thing("service", service, lexicon) for service in business.services)
    products = (_thing("product", product, lexicon) for product in business.products)
    return (*services, *products)


def _thing(kind: Kind, entry: Service | Product, lexicon: Lexicon) -> Thing:
    phrases = [list(_telling(phrase, lexicon)) for phrase in (entry.name, *entry.aliases)]
    every = [token for phrase in phrases for token in phrase]
    return Thing(
        kind,
        entry.id,
        frozenset(token.concept for token in every if token.size is None),
        frozenset(frozenset(token.literal for token in phrase if token.size is None) for phrase in phrases),
        frozenset(frozenset(token.concept for token in phrase if token.size is None) for phrase in phrases),
        frozenset(size for token in every if token.size for size in _sizes(token)),
    )


def _telling(phrase: str, lexicon: Lexicon) -> Iterator[Token]:
    found = tokens(phrase, lexicon)
    return (token for token in found if token.size or (token.concept.isalpha() and not _filler(token)))


def _filler(token: Token) -> bool:
    return token.literal in FILLERS and not token.narrows


def _sizes(token: Token) -> Iterator[Size]:
    if token.size:
        yield token.size
        yield "", float(token.literal)


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _token(word: words.Word, lexicon: Lexicon, correct: Callable[[str], Correction | None] | None) -> Token:
    if word.text[0].isdecimal():
        number = word.text.replace(",", ".")
        return Token(number, number, word.start, word.end, size=("", float(number)), narrows=True, lemma=number)
    literal, quality = words.singular(word.text), 1.0
    said = word.text if word.text in lexicon.concepts else literal
    if correct and said not in lexicon.concepts and said.isalpha() and (meant := correct(literal)):
        literal, said, quality = meant.word, meant.word, meant.quality
    lemma = lexicon.lemmas.get(word.text) or lexicon.lemmas.get(said, literal)
    lemma = literal if word.text in WITHIN else lemma
    return Token(literal, said, word.start, word.end, quality=quality, lemma=lemma)


def _measured(found: Iterator[Token]) -> list[Token]:
    """With units joined to their numbers."""
    result: list[Token] = []
    for token in found:
        last = result[-1] if result else None
        if last and last.size and not last.size[0] and token.literal in UNITS:
            measure, factor = UNITS[token.literal]
            result[-1] = replace(last, end=token.end, size=(measure, last.size[1] * factor))
        else:
            result.append(token)
    return result


# ── meanings ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _phrase(found: Sequence[Token], place: int, lexicon: Lexicon) -> tuple[list[Token], int]:
    """What the phrase that begins here means, and how many words it has; 0 when none begins."""
    first = found[place]
    for key in dict.fromkeys((first.literal, first.lemma)):
        for rest, concepts in lexicon.phrases.get(key, ()):
            if end := _reached(found, place + 1, rest, tight=not concepts and not WITHIN.isdisjoint((key, *rest))):
                whole = replace(first, end=found[end - 1].end)
                if not concepts:
                    return [replace(whole, literal=_NOTHING, concept="")], end - place
                return _spread(whole, concepts, lexicon), end - place
    return [], 0


def _reached(found: Sequence[Token], place: int, rest: Sequence[str], *, tight: bool) -> int:
    """The place behind the last of these words, small words between them allowed unless `tight`; 0 without them."""
    for word in rest:
        between = 0
        while place < len(found) and word not in (found[place].literal, found[place].lemma):
            between += 1
            if tight or between > _BETWEEN or found[place].literal not in WITHIN:
                return 0
            place += 1
        place += 1
    return place if place <= len(found) else 0


def _meanings(found: Sequence[Token], place: int, lexicon: Lexicon) -> list[Token]:
    """The concepts of one word, or itself."""
    token = found[place]
    concepts = lexicon.concepts.get(token.concept)
    if token.size or concepts is None or (token.concept in lexicon.people and not _is_for(found, place, lexicon)):
        narrows = token.literal in lexicon.narrowing
        same = token.size or (token.concept == token.literal and token.narrows == narrows)
        return [token if same else replace(token, concept=token.literal, narrows=narrows)]
    if len(concepts) == 1:
        return [replace(token, concept=concepts[0], narrows=concepts[0] in lexicon.narrowing)]
    return _spread(token, concepts, lexicon, literal=token.literal)


def _spread(whole: Token, concepts: trades.Concepts, lexicon: Lexicon, literal: str = "") -> list[Token]:
    """One token a concept, each with its part of the words."""
    length = (whole.end - whole.start) // len(concepts)
    edges = [whole.start + length * each for each in range(len(concepts))] + [whole.end]
    return [
        replace(whole, literal=literal or concept, concept=concept, start=start, end=end,
                narrows=concept in lexicon.narrowing)
        for concept, start, end in zip(concepts, edges, edges[1:], strict=False)
    ]  # fmt: skip


def _is_for(found: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether something is for this person: "pro meu marido", "my son needs", "his haircut", or the answer "my son"."""
    before = place - 1
    while before >= 0 and found[before].literal in POSSESSIVES:
        if found[before].literal == "a" and found[before + 1].literal in _SPANISH:
            return True  # "a mi hijo"; a Portuguese "a" is no more than an article
        before -= 1
    if before >= 0 and (found[before].literal in FOR or _done_to(found, place, lexicon)):
        return True
    behind = place + 1
    small = AGED | ALSO if any(_is_done(token, lexicon) for token in found) else AGED
    while behind < len(found) and (found[behind].size or found[behind].literal in small):
        behind += 1
    if behind >= len(found):
        return before < 0
    if found[behind].literal in NEEDING:
        return True
    meant = lexicon.concepts.get(found[behind].concept, ())
    return bool(meant) and found[place].literal not in _PRONOUNS and not set(meant) <= lexicon.people


def _done_to(found: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """ "Corta ele amanhã": a pronoun right behind what is done."""
    return found[place].literal in _PRONOUNS and place > 0 and _is_done(found[place - 1], lexicon)


def _is_done(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word names by itself what is done or sold."""
    return bool(set(lexicon.concepts.get(token.concept, ())) - lexicon.narrowing)
