"""What a word means to the date grammar: every language's lexicon compiled into one lookup, typos included.

A lexicon file names words by role, `{"weekday": {0: "segunda, segunda feira"}}`; here each role becomes one letter,
so that the grammar can be written as regular expressions over a string with one letter a token.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

Table = Mapping[str, Mapping[int, str]]

KINDS: Mapping[str, str] = {
    "weekday": "W",  # 0 = Monday
    "weak_weekday": "w",  # abbreviations that are also other words: counted only next to something temporal
    "month": "M",
    "weak_month": "m",
    "day": "D",  # offset from today
    "next_day": "j",  # offset from the day talked about
    "today_part": "z",  # "esta noche"
    "last_night": "$",
    "part": "P",  # index into resolve.PARTS
    "weak_part": "p",
    "half_of_day": "%",  # "am", "pm": a part of the day, but only after an hour
    "unit": "U",  # index into resolve.UNITS
    "ordinal": "O",  # -1 = last
    "number": "N",
    "clock": "H",  # minutes since midnight: noon, midnight
    "now": "@",
    "weak_now": "~",  # counted only at the end of a sentence
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
    "named": "*",  # "me chamo": a name follows
    "label": "l",  # "pedido 1042"
    "counted": "c",  # what makes a number a quantity: "sacos"
    "other": ".",
}

Phrase = tuple[tuple[str, ...], str, int]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """One language, ready to look up: phrases by first word (longest first), and misspellings."""

    phrases: Mapping[str, tuple[Phrase, ...]]
    typos: Mapping[str, str]
    spelled: frozenset[str]
    lookalikes: frozenset[str]
    feira: bool

    @lru_cache(maxsize=16384)  # noqa: B019 - one lexicon a language lives as long as the process
    def correct(self, word: str) -> str:
        """The weekday, month or "amanhã" that `word` misspells by one letter, else `word` itself."""
        if word in self.phrases or not 5 <= len(word) <= 12 or word in self.lookalikes:
            return word
        if word in self.typos:
            return self._checked(word, self.typos[word])
        for cut in range(1, len(word)):
            shorter = word[:cut] + word[cut + 1 :]
            meant = shorter if shorter in self.spelled else self.typos.get(shorter)
            if meant is not None:
                return self._checked(word, meant)
        return word

    def _checked(self, word: str, meant: str) -> str:
        """Refuses plurals, other first letters, and another letter in a short word: too many are words of their own."""
        replaced = len(word) == len(meant) and sorted(word) != sorted(meant)
        plural = meant[-1] != "s" and word in (meant + "s", meant + "es")
        if plural or word[0] != meant[0] or (replaced and len(word) < 6):
            return word
        return meant


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of "pt", "es" or "en"; region suffixes are ignored, an unknown language reads as Portuguese."""
    code = language[:2].lower()
    if code not in ("pt", "es", "en"):
        return lexicon("pt")
    words = yaml.safe_load((Path(__file__).parent / f"{code}.yaml").read_text(encoding="utf-8"))
    return _compiled(code, words, words.pop("lookalikes"))


def _compiled(code: str, words: Table, lookalikes: str) -> Lexicon:
    phrases: dict[str, list[Phrase]] = {}
    fuzzy: set[str] = set()
    for role, meanings in words.items():
        for number, listed in meanings.items():
            for phrase in listed.split(","):
                parts = tuple(phrase.split())
                phrases.setdefault(parts[0], []).append((parts, KINDS[role], number))
                if role in ("weekday", "month", "day") and len(parts) == 1 and len(parts[0]) >= 5:
                    fuzzy.add(parts[0])
    shortened = {word[:cut] + word[cut + 1 :]: word for word in sorted(fuzzy) for cut in range(len(word))}
    longest_first = {
        first: tuple(sorted(found, key=lambda phrase: -len(phrase[0]))) for first, found in phrases.items()
    }
    return Lexicon(longest_first, shortened, frozenset(fuzzy), frozenset(lookalikes.split()), code == "pt")
