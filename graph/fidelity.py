"""Whether a message worded again still says the same: its facts, names, links, claims, refusals and questions, in the
same order, and none besides.

What cannot be told to be the same counts as different: the template is sent then. The rest of the sense is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache

from domain.business import Business
from graph.evidence import promises
from graph.surface import capitalised, openers, strange
from graph.wording import LANGUAGES, templates
from tools.words import plain
from understanding.local.text import language
from understanding.local.text.words import fold
from understanding.stated import Meaning, facts, normal

_FIGURE = re.compile(r"\d+(?:[.,:/h-]\d+)*|[$€%]")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+|[\w.+-]+@[\w-]+\.[\w.]+")
_NEGATION = re.compile(
    r"\b(?:nao|nem|nunca|nenhum\w*|ninguem|nada|sem|no|not|never|none|nobody|nothing|without|cannot|\w+n't|"
    r"nadie|ningun\w*|tampoco|sin)\b"
)
_SHORTEST, _LONGEST, _MORE = 0.4, 1.8, 40  # of the template's length, and so many letters beside


def faithful(template: str, worded: str, business: Business, today: date) -> bool:
    """Whether `worded` may be sent in place of `template`."""
    before, after = normal(template).strip(), normal(worded).strip()
    return (
        _sound(before, worded)
        and _asks(before) == _asks(after)
        and len(_NEGATION.findall(fold(before))) == len(_NEGATION.findall(fold(after)))
        and set(promises(before)) == set(promises(after))
        and _FIGURE.findall(before) == _FIGURE.findall(after)
        and _LINK.findall(before) == _LINK.findall(after)
        and _same_facts(before, after, business, today)
        and _same_names(before, after, business)
    )


def _sound(template: str, worded: str) -> bool:
    """One plain message of about the same length."""
    short, long = _SHORTEST * len(template), _LONGEST * len(template) + _MORE
    return short <= len(worded.strip()) <= long and not strange(worded)


def _asks(text: str) -> tuple[bool, bool]:
    """Whether anything is asked, and whether that comes last: what comes last is what the customer answers."""
    return "?" in text, text.rstrip("\"'” \n").endswith("?")


def _same_facts(before: str, after: str, business: Business, today: date) -> bool:
    spoken = language.detect(before, business.locale, business.locale)
    same_language = language.detect(after, spoken, spoken) == spoken
    return same_language and _stated(before, spoken, today) == _stated(after, spoken, today)


def _stated(text: str, spoken: str, today: date) -> set[frozenset[Meaning]]:
    return {fact.meanings for fact in facts(text, spoken, today)}


def _same_names(before: str, after: str, business: Business) -> bool:
    """Every name stays and none comes in: of catalogue, house and weekdays, and any word written like a name."""
    names = {plain(name) for name in (*business.names(), business.name, business.persona.name, *_weekdays())}
    listed = re.compile(rf"\b(?:{'|'.join(sorted(filter(None, names), key=len, reverse=True))}|\d+)\b")
    if listed.findall(plain(before)) != listed.findall(plain(after)):
        return False
    return _all_in(_names(before), after) and _all_in(_names(after), before)


def _all_in(names: Iterable[str], text: str) -> bool:
    return all(f" {plain(name)} " in f" {plain(text)} " for name in names)


def _names(text: str) -> Iterator[str]:
    """Words that may be somebody's or something's name: a capital where none is due, or of a word no template has."""
    for word, begins, mark in capitalised(text):
        if not begins or not (mark == "!" or plain(word) in _ordinary()):
            yield word


@cache
def _weekdays() -> frozenset[str]:
    tables = (templates(spoken)[table] for spoken in LANGUAGES for table in ("weekdays", "weekdays_short"))
    return frozenset(word for table in tables for word in str(table).split())


@cache
def _ordinary() -> frozenset[str]:
    """The words of all templates: at the start of a sentence their capital tells nothing."""
    worded = (text for spoken in LANGUAGES for text in _texts(tuple(templates(spoken).values())))
    return openers() | {word for text in worded for word in plain(re.sub(r"\{\w*\}", " ", text)).split()}


def _texts(values: Sequence[object]) -> Iterator[str]:
    for value in values:
        yield from (str(each) for each in value) if isinstance(value, list) else (str(value),)
