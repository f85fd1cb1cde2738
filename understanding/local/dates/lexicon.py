"""What a word means to the date grammar: every language's lexicon compiled into one lookup, typos included.

A lexicon file names words by role, `{"weekday": {0: "segunda, segunda feira"}}`; here each role becomes one letter,
so that the grammar can be written as regular expressions over a string with one letter a token.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

Table = Mapping[str, Mapping[int, str]]

KINDS: Mapping[str, str] = {
    "weekday": "W",  # 0 = Monday
    "weak_weekday": "w",  # abbreviations that are also other words: counted only next to something temporal
    "month": "M",
    "weak_month": "m",
    "day": "D",  # offset from today
    "next_day": "j",  # offset from the day talked about
    "part": "P",  # index into resolve.PARTS
    "weak_part": "p",
    "unit": "U",  # index into resolve.UNITS
    "ordinal": "O",  # -1 = last
    "number": "N",
    "clock": "H",  # minutes since midnight: noon, midnight
    "now": "@",
    "minutes_after": "Q",  # "e meia" after the hour
    "minutes_before": "V",  # "half past", "quarter to" ahead of the hour
    "minus": "v",
    "past": "q",
    "duration": "R",  # minutes: "meia hora"
    "next": "X",
    "this": "C",
    "last": "L",
    "edge": "J",  # 1 start, 2 middle, 3 end of something
    "weekend": "S",
    "holiday": "F",  # index into holidays.NAMES
    "after": "G",
    "before": "B",
    "until": "u",
    "onwards": "g",
    "in": "I",  # 1 ahead, -1 ago
    "later": "K",  # 1 ahead, -1 ago
    "at": "a",
    "to": "s",
    "week": "y",  # weeks from the current one
    "to_hour": "h",  # "pras": quinze pras quatro, marca pras 4
    "to_clock": "k",  # English "to": a range and "ten to four"
    "from": "f",
    "between": "b",
    "of": "d",
    "on": "i",
    "the": "t",
    "the_day": "E",  # Spanish "el 5"
    "for": "r",
    "and": "e",
    "or": "o",
    "not": "n",
    "every": "!",
    "lasting": "Z",  # "demora 2 horas"
    "street": "A",
    "label": "l",  # "pedido 1042"
    "counted": "c",  # what makes a number a quantity: "sacos"
    "other": ".",
}

Phrase = tuple[tuple[str, ...], str, int]


@dataclass(frozen=True)
class Lexicon:
    """One language, ready to look up: phrases by first word (longest first), and misspellings."""

    language: str
    phrases: Mapping[str, tuple[Phrase, ...]]
    typos: Mapping[str, str]
    spelled: Mapping[str, str]
    lookalikes: frozenset[str]
    feira: bool

    def correct(self, word: str) -> str:
        """The weekday or month `word` misspells by one letter, else `word` itself."""
        if word in self.phrases or len(word) < 4 or len(word) > 14 or word in self.lookalikes:
            return word
        if word in self.typos:
            return self._checked(word, self.typos[word])
        for position in range(1, len(word)):
            shorter = word[:position] + word[position + 1 :]
            if shorter in self.spelled:
                return self._checked(word, shorter)
            if shorter in self.typos:
                return self._checked(word, self.typos[shorter])
        return word

    def _checked(self, word: str, meant: str) -> str:
        plural = word in (meant + "s", meant + "es")
        return word if plural or word[0] != meant[0] else meant


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of "pt", "es" or "en"; region suffixes are ignored, an unknown language reads as Portuguese."""
    code = language[:2].lower()
    module = import_module(f"understanding.local.dates.{code if code in ('pt',) else 'pt'}")
    return _compiled(code, module.WORDS, module.LOOKALIKES, module.SPELLED)


def _compiled(code: str, words: Table, lookalikes: str, spelled: tuple[str, ...]) -> Lexicon:
    phrases: dict[str, list[Phrase]] = {}
    fuzzy: dict[str, str] = {}
    for role, meanings in words.items():
        for number, listed in meanings.items():
            for phrase in listed.split(","):
                parts = tuple(phrase.split())
                phrases.setdefault(parts[0], []).append((parts, KINDS[role], number))
                if role in spelled and len(parts) == 1 and len(parts[0]) >= 5:
                    fuzzy[parts[0]] = parts[0]
    typos = {word[:cut] + word[cut + 1 :]: word for word in fuzzy for cut in range(len(word))}
    ordered = {first: tuple(sorted(found, key=lambda phrase: -len(phrase[0]))) for first, found in phrases.items()}
    return Lexicon(code, ordered, typos, fuzzy, frozenset(lookalikes.split()), code not in ("es", "en"))
