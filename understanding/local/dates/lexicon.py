"""What a word means to the date grammar: every language's lexicon compiled into one lookup, typos included.

A lexicon file names words by role, `{"weekday": {0: "segunda, segunda feira"}}`; here each role becomes one letter,
so that the grammar can be written as regular expressions over a string with one letter a token.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from understanding.local.dates.spelling import Spelling

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
    "season": "4",  # 0 = spring
    "quarter": "5",  # the "Q" of "Q2"
    "months": "3",  # how many: "trimestre"
    "label": "l",  # "pedido 1042"; 1: a code that may have a slash, "coloração 7/1"
    "counted": "c",  # what makes a number a quantity: "sacos"; 1: what is cut into halves and quarters
    "verb": ".",  # words that tell what a number or a day beside them is: see the names below
    "other": ".",
}
# The number of a word of kind ".": who takes things ("quero as 3"), makes appointments, moves them, tells of things
# ("as 3 são iguais"), what is festive ("panetone de natal"), greets ("ótimo sábado"), excepts ("em vez de sexta"),
# an amount ("30 reais") and what advertises ("claim now").
TAKES, BOOKS, MOVES, TELLS, FESTIVE, GREETS, EXCEPTS, AMOUNT, ADVERTISES = range(101, 110)
SHARED = 1  # the number of a "counted" word that is cut into parts: "barra de 3/4"
VERBS = (TAKES, BOOKS, MOVES, TELLS)

Phrase = tuple[tuple[str, ...], str, int]


class Entry(NamedTuple):
    """A word as the grammar knows it: its spelling put right, what it is alone, the phrases it begins by their second
    word (longest first), and the words it stands for."""

    text: str
    kind: str = "."
    number: int = 0
    longer: Mapping[str, Sequence[Phrase]] = {}
    alias: tuple[str, ...] = ()


_MOST = 16_384  # words remembered; more than a language's customers write


@dataclass(frozen=True, eq=False)
class Lexicon:
    """One language, ready to look up."""

    entries: Mapping[str, Entry]
    abbreviations: frozenset[str]
    spelling: Spelling
    feira: bool
    _known: dict[str, Entry] = field(default_factory=dict)

    def look_up(self, word: str) -> Entry:
        """What the word means, misspelled or not."""
        entry = self._known.get(word)
        if entry is None:
            text = word if word in self.entries else self._spelled(word)
            entry = self.entries.get(text) or Entry(text)
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[word] = entry
        return entry

    def _spelled(self, word: str) -> str:
        """The word without its slip, or without the letters it is drawn out by: "sextaaa", "gooood"."""
        for length in (1, 2):
            shorter = _DRAWN.sub(r"\1" * length, word)
            if shorter != word and shorter in self.entries:
                return shorter
        return self.spelling.correct(word)


_DRAWN = re.compile(r"(\w)\1\1+")


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of "pt", "es" or "en"; region suffixes are ignored, an unknown language reads as Portuguese."""
    code = language[:2].lower()
    if code not in ("pt", "es", "en"):
        return lexicon("pt")
    words = yaml.safe_load((Path(__file__).parent / f"{code}.yaml").read_text(encoding="utf-8"))
    return _compiled(code, words)


def _compiled(code: str, words: dict[str, Any]) -> Lexicon:
    lookalikes, mistyped = words.pop("lookalikes").split(), words.pop("mistyped").split()
    aliases = {alias: Entry(alias, alias=tuple(meant.split())) for alias, meant in words.pop("aliases").items()}
    abbreviations = words.pop("abbreviations").split()
    entries = {**_entries(words), **aliases}
    short = [text for text, entry in entries.items() if entry.kind in "wm"]
    spelling = Spelling.of(mistyped, {*lookalikes, *entries})
    return Lexicon(entries, frozenset((*abbreviations, *short)), spelling, code == "pt")


def _entries(words: Table) -> dict[str, Entry]:
    alone: dict[str, tuple[str, int]] = {}
    longer: dict[str, dict[str, list[Phrase]]] = {}
    for role, meanings in words.items():
        for number, listed in meanings.items():
            for phrase in listed.split(","):
                first, *others = phrase.split()
                if others:
                    longer.setdefault(first, {}).setdefault(others[0], []).append(
                        ((first, *others), KINDS[role], number)
                    )
                else:
                    alone.setdefault(first, (KINDS[role], number))
    for phrases in longer.values():
        for found in phrases.values():
            found.sort(key=lambda phrase: -len(phrase[0]))
    return {
        first: Entry(first, *alone.get(first, (".", 0)), longer.get(first, {})) for first in sorted({*alone, *longer})
    }
