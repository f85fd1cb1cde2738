"""Whether an answer says only what tools told: each fact in it must be in a result, or the answer is not said.

A model writes the sentence; it may not add to it. Amounts, dates, times, measures, numbers, phones and links are
compared as typed facts, names of the catalogue and other capitalised words as words, words that promise something by
family, and a price must be of something the sentence names. The sense of a sentence is not checked: that a tool told
each of its parts does not make it true. See docs/decisions/0007.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from domain.business import Business
from graph.evidence import Evidence, promises
from graph.surface import capitalised, openers, strange
from tools.words import plain, stem
from understanding.stated import Fact, facts, normal

_LONGEST = 900
_SENTENCE = re.compile(r"[!?;\n]|\.(?!\d)")
_TELLING = 4  # letters: shorter words say little
_LEAST = 2  # words of the results that make an answer an answer, where no fact does


def unfounded(answer: str, told: Evidence, question: str, language: str, business: Business, today: date) -> list[str]:
    """What an answer says that no tool told, in its own words. Empty: it may be said."""
    if not answer.strip() or len(answer) > _LONGEST or strange(answer):
        return ["(its form)"]
    text = normal(answer)
    known = f" {plain(f'{told.text} {business.name} {business.persona.name}')} "
    wrong = [fact.text for fact in facts(text, language, today) if not fact.meanings & told.facts]
    wrong += [name for name in business.names() if _inside(name, text) and f" {plain(name)} " not in known]
    wrong += [word for word in _names(text, told.text) if f" {plain(word)} " not in known]
    wrong += [family for family in promises(text) if family not in told.promises]
    wrong += _of_others(text, told, language, today)
    if not wrong and not _tells(text, told, question, language, today):
        return ["(nothing a tool told)"]
    return list(dict.fromkeys(wrong))


def _inside(name: str, text: str) -> bool:
    return f" {plain(name)} " in f" {plain(text)} "


def _names(text: str, told: str) -> Iterator[str]:
    """Capitalised words that may be somebody's or something's name; at a sentence's start, forms of known words are
    none."""
    stems = _content(told)
    for word, begins, _ in capitalised(text):
        if begins and (plain(word) in openers() or stem(plain(word)) in stems):
            continue
        if not _dated(word):
            yield word


def _dated(word: str) -> bool:
    """Weekdays and months are compared as dates."""
    return any(kind in ("weekday", "date") for fact in facts(f"1 {word}", "en", date.min) for kind, _ in fact.meanings)


def _of_others(text: str, told: Evidence, language: str, today: date) -> Iterator[str]:
    """Amounts in a sentence that names things with prices: those of other things, and all when none is of these."""
    for sentence in _SENTENCE.split(text):
        named = {name for names in told.priced.values() for name in names if _inside(name, sentence)}
        if not named:
            continue
        amounts = {fact.text: set(_amounts(fact)) for fact in facts(sentence, language, today)}
        owners = {
            said: {one for each in values for one in told.priced.get(each, ())} for said, values in amounts.items()
        }
        if not any(those & named for those in owners.values()):
            yield from (said for said, values in amounts.items() if values)
        yield from (said for said, those in owners.items() if those and not those & named)


def _amounts(fact: Fact) -> Iterator[Decimal]:
    for kind, value in fact.meanings:
        if kind == "money" and isinstance(value, Decimal):
            yield value


def _tells(text: str, told: Evidence, question: str, language: str, today: date) -> bool:
    """Whether an answer says something the customer did not say already: a bare "yes, you may" does not."""
    asked = {meaning for fact in facts(question, language, today) for meaning in fact.meanings}
    said = {meaning for fact in facts(text, language, today) for meaning in fact.meanings}
    new = _content(text) & _content(told.text) - _content(question)
    return bool(said & told.facts - asked) or len(new) >= _LEAST


def _content(text: str) -> set[str]:
    return {stem(word) for word in plain(text).split() if len(word) >= _TELLING and word not in openers()}
