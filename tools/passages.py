"""Finding the passage that answers a question, or nothing: a wrong answer is worse than none.

Words become concepts (tools/concepts.py). A passage is found by these when it covers most of what was asked (`_ASKED`)
*and* what was asked covers most of the passage's question (`_MEANT`): "vocês vendem pneu?" covers nothing, "tem
desconto para criança?" is only half about children.

Where the passage's own question is about a known topic (parking, children, exchange …), that is one vote, and how
surely the customer's words are about that topic, rather than another, is the other (tools/evidence.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from domain.business import Business, Passage
from domain.ports import Topics
from tools import evidence
from tools.concepts import DEFINE, FREE, MEANS, PRICE, PRODUCT, SELL, concepts, known
from tools.words import plain, stem

_ASKED = 0.58  # the least part of the question's weight a passage must cover
_MEANT = 0.5  # the least part of the passage's question the customer must have spoken of
_SAME = 88.0  # of 100: letters alike enough to be the same question, or the same word mistyped
_BESIDE = 0.1  # further passages are told only when they are this close to the best
_IN_ANSWER = 0.6  # a word found only in the answer counts this much
_NAMED = 0.65  # the score of a passage found only by a name in its answer
_SUBJECT = 0.1  # what everything here is about (the business, its services, "PSPM") says little
_OWN = 0.5  # how surely a passage's own question must be about a topic to be found by it
_PART_OF = {
    "instalments": "payment",
    "change": "payment",
    "delivery_fee": "delivery",
    "delivery_time": "delivery",
    "warranty": "exchange",
}
"""Topics that a text about another may tell of too, when it has the words."""
_DEFINED = 0.8  # the score of the passage that says what the business's one product is
_WHAT_IT_IS = {DEFINE, PRODUCT, SELL}  # "o que vocês vendem?", "pra que serve?"
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*")
_COMMA = re.compile(r"[,:]")
_PART = 2  # words of the least part of a message that may be a question by itself
_NAME = re.compile(r"(?<=[a-zà-ú,] )[A-Z][\w]{3,}")  # a capital inside a sentence: Amil, OdontoPrev
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
_MONEY = re.compile(r"R\$|US\$|€")
_REFUSES = re.compile(r"\s*(?:n[ãa]o|no|we don't|we do not)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as it is compared: concepts of its question and answer, and the names its answer mentions."""

    passage: Passage
    text: str
    question: Mapping[str, float]
    answer: Mapping[str, float]
    names: frozenset[str]

    @property
    def prices(self) -> bool:
        """Whether it tells what something costs."""
        told = {PRICE, FREE} & (self.question.keys() | self.answer.keys())
        return bool(told or _MONEY.search(self.passage.answer))

    @property
    def refuses(self) -> bool:
        """Whether it says that there is no such thing."""
        return _REFUSES.match(self.passage.answer) is not None

    def tells(self, wanted: Collection[str]) -> bool:
        """Whether it has what such a question wants to hear, be it only that there is no such thing."""
        if self.refuses:
            return True
        sells = SELL in self.question or SELL in self.answer
        if MEANS in wanted and not self.credit(MEANS):
            return False
        return (self.prices or PRICE not in wanted) and (sells or SELL not in wanted)

    def credit(self, name: str) -> float:
        """How far a concept is spoken of."""
        if name in self.question or (name in (PRICE, FREE) and (self.prices or self.refuses)):
            return 1.0
        return _IN_ANSWER if name in self.answer else 0.0


@dataclass(frozen=True, slots=True)
class Passages:
    """All passages of a business, ready to be searched. `single` are the concepts that tell one of its things.

    `own` are the topics of a passage's question, by its id; a passage about no known topic has none.
    """

    entries: tuple[Entry, ...]
    vocabulary: tuple[str, ...]
    products: frozenset[str]
    subjects: frozenset[str]
    single: frozenset[str]
    topics: Topics
    own: Mapping[str, frozenset[str]]

    def search(self, question: str, language: str, limit: int = 3, of: str = "") -> list[tuple[Passage, float]]:
        """Passages that answer, best first, with a score from 0.45 to 1; each in `language` where it exists.

        `of` is the thing that the talk is of, where the question itself names none.
        """
        meant = concepts(of)
        best: dict[str, float] = {}
        for part in dict.fromkeys((question, *_asked_parts(question))):
            sentence, told = plain(part), self.topics(part)
            enough = evidence.ENOUGH if part == question else evidence.ENOUGH_OF_A_PART
            asked = self._asked(sentence)
            for entry in self.entries:
                if not asked.keys() & self.single and self._of_another(entry, meant):
                    continue
                score = self._score(entry, asked, sentence, told, enough)
                if score > best.get(entry.passage.id, 0.0):
                    best[entry.passage.id] = score
        ranked = sorted(best.items(), key=lambda pair: -pair[1])
        close = [(identity, score) for identity, score in ranked[:limit] if score >= ranked[0][1] - _BESIDE]
        return [(self._spoken(identity, language), score) for identity, score in close]

    def surely(self, words: str) -> float:
        """How surely a passage answers these words."""
        return max((score for _, score in self.search(words, "", 1)), default=0.0)

    def _asked(self, sentence: str) -> dict[str, float]:
        """The concepts of a question; a product is read as just that, a mistyped word as what it resembles."""
        repaired = " ".join(word if known(word) else self._repaired(word) for word in sentence.split())
        return self._weighed(concepts(repaired))

    def _weighed(self, spoken: Mapping[str, float]) -> dict[str, float]:
        return {name: _SUBJECT if name in self.subjects else weight for name, weight in spoken.items()}

    def _repaired(self, word: str) -> str:
        if word in self.products and word not in self.vocabulary:
            return "produto"
        if len(word) < 5:
            return word
        alike = process.extractOne(word, self.vocabulary, scorer=fuzz.ratio, score_cutoff=_SAME)
        return str(alike[0]) if alike else word

    def _score(
        self, entry: Entry, asked: Mapping[str, float], sentence: str, told: Mapping[str, float], enough: float
    ) -> float:
        alike = fuzz.ratio(sentence, entry.text)
        if alike >= _SAME:
            return alike / 100
        by_words, own = self._by_words(entry, asked), self.own.get(entry.passage.id)
        if not own:
            return by_words
        if not by_words and (not entry.tells(asked) or self._of_another(entry, asked)):
            return 0.0
        near = own | {topic for topic in told if _PART_OF.get(topic) in own}
        sure = max((told.get(topic, 0.0) for topic in near), default=0.0)
        another = max((value for topic, value in told.items() if topic not in near), default=0.0)
        found = evidence.chance(sure, another, by_words, len(sentence.split()))
        return found if found >= enough else 0.0

    def _by_words(self, entry: Entry, asked: Mapping[str, float]) -> float:
        """How well the concepts of a question fit a passage."""
        meant = self._weighed(entry.question)
        if meant.keys() <= self.subjects:
            return _DEFINED if self._defined(entry, asked) else 0.0
        wanted = {
            name: 1.0 if meant.keys() == {name} else weight  # what little is said is all that the passage is about
            for name, weight in asked.items()
            if name != DEFINE
        }
        whole = sum(wanted.values())
        if not whole or not entry.tells(wanted) or self._of_another(entry, wanted):
            return 0.0
        if entry.names and wanted.keys() <= entry.names | entry.question.keys() and wanted.keys() & entry.names:
            return _NAMED
        spoken = wanted.keys() | ({PRICE} if FREE in wanted else set())
        told = sum(weight for name, weight in meant.items() if name in spoken) / sum(meant.values())
        covered = sum(entry.credit(name) * weight for name, weight in wanted.items()) / whole
        return 0.6 * covered + 0.4 * told if covered >= _ASKED and told >= _MEANT else 0.0

    def _defined(self, entry: Entry, asked: Mapping[str, float]) -> bool:
        """Whether it is asked what the one thing that is sold here is."""
        beside = asked.keys() - self.subjects - _WHAT_IT_IS
        return bool(asked) and (not beside or (DEFINE in asked and beside <= entry.answer.keys()))

    def _of_another(self, entry: Entry, wanted: Mapping[str, float]) -> bool:
        """ "O implante dói?" is not answered by what is said of another treatment."""
        here, there = entry.question.keys() & self.single, wanted.keys() & self.single
        return bool(here and there and not here & there)

    def _spoken(self, identity: str, language: str) -> Passage:
        """The passage in the wanted language (whatever the country), else as it was written first."""
        same = [entry.passage for entry in self.entries if entry.passage.id == identity]
        wanted = (passage for passage in same if passage.language[:2] == language[:2])
        return next(wanted, same[0])


def _asked_parts(question: str) -> list[str]:
    """Its sentences; where one ends in a question mark, what is asked there: "he had his jab, may he come?"."""
    sentences = [sentence for sentence in _SENTENCE.findall(question) if sentence.strip()]
    asked = [_COMMA.split(sentence)[-1] for sentence in sentences if "?" in sentence]
    return [part for part in asked or sentences if len(part.split()) >= _PART]


def passages_of(business: Business, topics: Topics) -> Passages:
    """The business's questions and answers and its knowledge, indexed once. `topics` tells what words are about."""
    products = tuple(" ".join((item.name, *item.aliases)) for item in business.products)
    services = tuple(" ".join((item.name, *item.aliases)) for item in business.services)
    return _indexed((*business.faq, *business.knowledge), services, products, business.name, topics)


@lru_cache(maxsize=256)
def _indexed(
    passages: tuple[Passage, ...], services: tuple[str, ...], products: tuple[str, ...], called: str, topics: Topics
) -> Passages:
    names = [frozenset(stem(plain(name)) for name in _NAME.findall(passage.answer)) for passage in passages]
    shared = Counter(name for group in names for name in group)
    entries = tuple(
        Entry(
            passage,
            plain(passage.question),
            _without_frame(concepts(passage.question)),
            concepts(passage.answer),
            frozenset(name for name in group if shared[name] == 1),
        )
        for passage, group in zip(passages, names, strict=True)
    )
    words = {word for item in passages for word in plain(f"{item.question} {item.answer}").split() if len(word) >= 5}
    acronyms = {word for item in passages for word in _ACRONYM.findall(item.question)}
    counted = Counter(name for thing in (*services, *products) for name in concepts(thing))
    sold = {*counted} - {PRODUCT} if counted else {PRODUCT}
    subjects = {*sold, *_concepts_of((called, *acronyms))}
    single = frozenset(name for name, count in counted.items() if count == 1)
    named = frozenset(word for product in products for word in plain(product).split())
    vocabulary, own = tuple(sorted(words)), _topics_of(passages, topics)
    return Passages(entries, vocabulary, named, frozenset(subjects), single, topics, own)


def _topics_of(passages: Iterable[Passage], topics: Topics) -> dict[str, frozenset[str]]:
    """Each passage's topics, from its question in any language."""
    own: dict[str, set[str]] = {}
    for passage in passages:
        clear = {topic for topic, sure in topics(passage.question).items() if sure >= _OWN}
        own.setdefault(passage.id, set()).update(clear)
    return {identity: frozenset(found) for identity, found in own.items()}


def _without_frame(spoken: Mapping[str, float]) -> dict[str, float]:
    """What a question is about, without "what is" and "how does it work"."""
    return {name: weight for name, weight in spoken.items() if name != DEFINE} or dict(spoken)


def _concepts_of(names: Iterable[str]) -> frozenset[str]:
    return frozenset(concept for name in names for concept in concepts(name))
