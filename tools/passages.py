"""Finding the passage that answers a question, or nothing: a wrong answer is worse than none.

Words become concepts (tools/concepts.py), rarer ones weighing more. A passage is found when it covers most of what was
asked (`_ASKED`) *and* what was asked covers most of the passage's question (`_MEANT`): "vocês vendem pneu?" covers
nothing, "tem desconto para criança?" is only half about children, so neither finds a passage.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from domain.business import Business, Passage
from tools.concepts import PRICE, PRODUCT, concepts, known
from tools.words import plain, stem

_ASKED = 0.6  # the least part of the question's weight a passage must cover
_MEANT = 0.5  # the least part of the passage's question the customer must have spoken of
_SAME = 88.0  # of 100: letters alike enough to be the same question, or the same word mistyped
_BESIDE = 0.1  # further passages are told only when they are this close to the best
_IN_ANSWER = 0.5  # a word found only in the answer counts this much
_NAMED = 0.65  # the score of a passage found only by a name in its answer
_SUBJECT = 0.1  # the business or its one product ("PSPM"): what everything here is about says little
_DEFINED = 0.8  # the score of the passage that says what the business's one product is
_WHAT_IT_IS = {PRODUCT, "vender", "serve"}  # "o que vocês vendem?", "pra que serve?"
_SENTENCE = re.compile(r"[.,!?;\n]+")
_LED_IN = re.compile(  # "can you tell us again what ...", "me explica de novo o que ..."
    r"\b(?:tell|explain|say|remind|repeat|show|know|wonder|diga|diz|fala|explica|explique|conta|lembra|repete|explicar"
    r"|repetir|dizer|falar|saber|dime|d[ií]game|cu[eé]ntame|decir)\b(?: \w+){0,4}? "
    r"(?=(?:what|how|which|where|when|why|who|o que|qual|como|onde|quando|quem|quanto"
    r"|qu[eé]|cu[aá]l|c[oó]mo|d[oó]nde|cu[aá]ndo|cu[aá]nto)\b)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-zà-ú,] )[A-Z][\w]{3,}")  # a capital inside a sentence: Amil, OdontoPrev
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as it is compared: concepts of its question and answer, and the names its answer mentions."""

    passage: Passage
    text: str
    question: Mapping[str, float]
    answer: Mapping[str, float]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Passages:
    """All passages of a business, ready to be searched."""

    entries: tuple[Entry, ...]
    rarity: Mapping[str, float]
    vocabulary: tuple[str, ...]
    products: frozenset[str]
    subjects: frozenset[str]

    def search(self, question: str, language: str, limit: int = 3) -> list[tuple[Passage, float]]:
        """Passages that answer, best first, with a score from 0.56 to 1; each in `language` where it exists."""
        best: dict[str, float] = {}
        parts = (question, *_SENTENCE.split(question), *_LED_IN.split(question)[1:])
        for sentence in dict.fromkeys(plain(part) for part in parts):
            asked = self._asked(sentence)
            for entry in self.entries:
                score = self._score(entry, asked, sentence)
                if score > best.get(entry.passage.id, 0.0):
                    best[entry.passage.id] = score
        ranked = sorted(best.items(), key=lambda pair: -pair[1])
        close = [(identity, score) for identity, score in ranked[:limit] if score >= ranked[0][1] - _BESIDE]
        return [(self._spoken(identity, language), score) for identity, score in close]

    def _asked(self, sentence: str) -> dict[str, float]:
        """The concepts of a question; a product is read as just that, a mistyped word as what it resembles."""
        repaired = " ".join(word if known(word) else self._repaired(word) for word in sentence.split())
        return {name: self._weight(name, weight) for name, weight in concepts(repaired).items()}

    def _weight(self, name: str, weight: float) -> float:
        return _SUBJECT if name in self.subjects else weight * self.rarity.get(name, 1.0)

    def _repaired(self, word: str) -> str:
        if word in self.products and word not in self.vocabulary:
            return PRODUCT
        if len(word) < 5 or stem(word) in self.rarity:
            return word
        alike = process.extractOne(word, self.vocabulary, scorer=fuzz.ratio, score_cutoff=_SAME)
        return str(alike[0]) if alike else word

    def _score(self, entry: Entry, asked: Mapping[str, float], sentence: str) -> float:
        alike = fuzz.ratio(sentence, entry.text)
        if alike >= _SAME:
            return alike / 100
        if asked and asked.keys() - self.subjects <= _WHAT_IT_IS and entry.question.keys() <= self.subjects:
            return _DEFINED
        whole = sum(asked.values())
        if not whole or (PRICE in asked and not self._credit(entry, PRICE)):
            return 0.0
        if entry.names and asked.keys() <= entry.names | entry.question.keys() and asked.keys() & entry.names:
            return _NAMED
        meant = {name: self._weight(name, weight) for name, weight in entry.question.items()}
        told = sum(weight for name, weight in meant.items() if name in asked) / (sum(meant.values()) or 1.0)
        covered = sum(self._credit(entry, name) * weight for name, weight in asked.items()) / whole
        return 0.6 * covered + 0.4 * told if covered >= _ASKED and told >= _MEANT else 0.0

    def _credit(self, entry: Entry, name: str) -> float:
        return 1.0 if name in entry.question else _IN_ANSWER if name in entry.answer else 0.0

    def _spoken(self, identity: str, language: str) -> Passage:
        """The passage in the wanted language (whatever the country), else as it was written first."""
        same = [entry.passage for entry in self.entries if entry.passage.id == identity]
        wanted = (passage for passage in same if passage.language[:2] == language[:2])
        return next(wanted, same[0])


def passages_of(business: Business) -> Passages:
    """The business's questions and answers and its knowledge, indexed once."""
    products = frozenset(
        word for item in business.products for name in (item.name, *item.aliases) for word in plain(name).split()
    )
    return _indexed((*business.faq, *business.knowledge), products, business.name)


@lru_cache(maxsize=256)
def _indexed(passages: tuple[Passage, ...], products: frozenset[str], business: str) -> Passages:
    read = [(passage, concepts(passage.question), concepts(passage.answer)) for passage in passages]
    told = {(passage.id, name) for passage, question, answer in read for name in (*question, *answer)}
    counts, total = Counter(name for _, name in told), len({passage.id for passage in passages})
    names = [frozenset(stem(plain(name)) for name in _NAME.findall(passage.answer)) for passage in passages]
    shared = Counter(name for group in names for name in group)
    entries = tuple(
        Entry(
            passage, plain(passage.question), question, answer, frozenset(name for name in group if shared[name] == 1)
        )
        for (passage, question, answer), group in zip(read, names, strict=True)
    )
    rarity = {name: math.log(1 + total / count) / math.log(1 + total) for name, count in counts.items()}
    words = {word for item in passages for word in plain(f"{item.question} {item.answer}").split() if len(word) >= 5}
    subjects = [plain(business), *(word for item in passages for word in _ACRONYM.findall(item.question))]
    stems = frozenset(stem(word) for subject in subjects for word in plain(subject).split())
    return Passages(entries, rarity, tuple(sorted(words)), products, stems)
