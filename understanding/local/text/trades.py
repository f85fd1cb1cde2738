"""What the things of a trade are called, in three languages: `words_by_trade/*.yaml` as tables to look words up in.

A file lists *concepts*, each under the word a catalogue is compared by, with what customers say for it:

    coloracao:
      nouns: {pt: tintura, en: colour, es: tinte}       # with their diminutives and plurals
      verbs: {pt: tingir, en: dye, es: teñir}           # in every form
      adjectives: {pt: pequeno, es: pequeño}            # of both genders, made smaller and greater
      words: tonalizante raizes                         # as they stand
      phrases: cover grey; PINTAR CABELO                # words that mean it only together, in this order or, two, any
      beside: fazer unha                                # its words count only near one of these, or alone

`narrows: true` marks what chooses between things and is none ("masculino"); its `people` count only where something is
for them ("para mi marido"). A key of two words stands for both concepts ("haircut": corte, cabelo). Beside the things:
`classes` are words that a phrase names together in capitals, `forms` verbs of phrases that mean nothing alone,
`irregular` forms of such, `kinds` more that narrows, `opposites` concepts of which a thing is one, `others` what
a thing beside it is for when the catalogue does not know it ("ração de coelho"), `goods` what many of the trade sell,
so that it can be told when a catalogue has none of it, `friends` words that mean something else in one language
("cachorro", a puppy), `never` forms that are other words ("pelo corto"), `nothing` phrases
that name no thing though their words do ("corte de verbas").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from understanding.local.text import inflection
from understanding.local.text.vocabulary import WITHIN
from understanding.local.text.words import fold, singular

_FOLDER = Path(__file__).with_name("words_by_trade")
_COMMON = "common"
_INFLECTED = {"verbs": inflection.verb, "nouns": inflection.noun, "adjectives": inflection.adjective}
Concepts = tuple[str, ...]


@dataclass(slots=True)
class Lexicon:
    """The words of the trades one business is in. Not to be changed once read.

    `concepts`: form → what it means; `lemmas`: form → the word it is a form of; `phrases`: first word → the rest and
    what all mean, the longest first; `written`: the words that stand in the files themselves.
    """

    concepts: dict[str, Concepts] = field(default_factory=dict)
    lemmas: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Concepts]]] = field(default_factory=dict)
    beside: dict[str, frozenset[str]] = field(default_factory=dict)
    narrowing: set[str] = field(default_factory=set)
    friends: dict[str, dict[str, str]] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    opposites: list[frozenset[str]] = field(default_factory=list)
    others: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    goods: set[str] = field(default_factory=set)


def suiting(words: Iterable[str]) -> Lexicon:
    """The lexicon of the trades these words of a catalogue belong to: the trade of most of them first."""
    left, chosen = set(words), []
    trades = {name: trade for name, trade in _trades().items() if name != _COMMON}
    while best := max(trades, key=lambda name: len(left & trades[name].concepts.keys()), default=None):
        if not left & trades[best].concepts.keys():
            break
        left -= trades.pop(best).concepts.keys()
        chosen.append(best)
    return _merged(tuple(chosen))


@cache
def known() -> frozenset[str]:
    """Every form of every trade, and its plural: words that are right as they stand."""
    forms = {fold(word) for trade in _trades().values() for word in (*trade.lemmas, *trade.written)}
    return frozenset(forms | {word + "s" for word in forms})


@lru_cache(maxsize=64)
def _merged(names: tuple[str, ...]) -> Lexicon:
    """One lexicon of several trades; where they differ, the first says what a word means."""
    whole = Lexicon()
    for trade in (_trades()[name] for name in (*names, _COMMON)):
        whole.concepts = {**trade.concepts, **whole.concepts}
        whole.lemmas = {**trade.lemmas, **whole.lemmas}
        whole.beside = {**trade.beside, **whole.beside}
        whole.narrowing |= trade.narrowing
        whole.people |= trade.people
        whole.others |= trade.others
        whole.goods |= trade.goods
        whole.written |= trade.written
        whole.opposites += trade.opposites
        for language, words in trade.friends.items():
            whole.friends[language] = {**words, **whole.friends.get(language, {})}
        for first, phrases in trade.phrases.items():
            whole.phrases.setdefault(first, []).extend(phrases)
    for phrases in whole.phrases.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return whole


@cache
def _trades() -> Mapping[str, Lexicon]:
    return {file.stem: _read(file) for file in sorted(_FOLDER.glob("*.yaml"))}


def _read(file: Path) -> Lexicon:
    data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    trade = Lexicon(narrowing=set(data.get("kinds", "").split()), others=set(data.get("others", "").split()))
    trade.friends = data.get("friends", {})
    trade.goods = {singular(word) for word in data.get("goods", "").split()}
    trade.classes = {
        name: frozenset(singular(word) for word in words.split()) for name, words in data.get("classes", {}).items()
    }
    trade.opposites = [frozenset(group.split()) for group in data.get("opposites", ())]
    for language, word in _listed(data.get("forms", {})):
        trade.lemmas.update(dict.fromkeys(inflection.verb(word, language), word))
    for word, forms in data.get("irregular", {}).items():
        trade.lemmas.update(dict.fromkeys((word, *forms.split()), word))
    for concept, entry in data["things"].items():
        _add(trade, tuple(concept.split()), entry)
    for phrase in _phrases(data.get("nothing", "")):
        _add_phrase(trade, phrase, ())
    for form in data.get("never", "").split():
        trade.concepts.pop(form, None)
        trade.lemmas.pop(form, None)
    return trade


def _add(trade: Lexicon, concepts: Concepts, entry: Mapping[str, Any]) -> None:
    if entry.get("narrows"):
        trade.narrowing.update(concepts)
    if beside := entry.get("beside"):
        trade.beside[concepts[0]] = frozenset(beside.split())
    for sort, forms in _INFLECTED.items():
        for language, word in _listed(entry.get(sort, {})):
            for form in forms(word, language):
                _add_word(trade, form, concepts, word)
    people = entry.get("people", "").split()
    trade.people.update(people)
    for word in (*entry.get("words", "").split(), *people):
        _add_word(trade, word, concepts, word)
    for form in (form for word in people for language in ("pt", "es") for form in inflection.noun(word, language)):
        _add_word(trade, form, concepts, form)
        trade.people.add(form)
    for phrase in _phrases(entry.get("phrases", "")):
        _add_phrase(trade, phrase, concepts)


def _add_word(trade: Lexicon, form: str, concepts: Concepts, lemma: str) -> None:
    trade.written.add(lemma)
    trade.concepts.setdefault(form, concepts)
    trade.lemmas.setdefault(form, lemma)


def _listed(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((language, word) for language, words in table.items() for word in words.split())


def _phrases(text: str) -> Iterator[tuple[str, ...]]:
    return (tuple(singular(word) for word in phrase.split()) for phrase in text.split(";") if phrase.strip())


def _add_phrase(trade: Lexicon, phrase: tuple[str, ...], concepts: Concepts) -> None:
    """In every wording its classes allow; two words in either order, if neither is a small one."""
    wordings: list[tuple[str, ...]] = [()]
    for word in phrase:
        choice = trade.classes.get(word, (word,))
        wordings = [(*wording, each) for wording in wordings for each in choice]
    for wording in wordings:
        trade.written.update(wording)
        turns = len(wording) == 2 and not WITHIN & set(wording)
        for order in {wording, wording[::-1]} if turns else {wording}:
            trade.phrases.setdefault(order[0], []).append((order[1:], concepts))
