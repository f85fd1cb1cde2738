"""The words customers ordinarily write, with how often: those of the training utterances, as training counted them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from understanding.local.text import cues, numerals, trades
from understanding.local.text.lexicon import families
from understanding.local.text.normalise import SLANG, SLANG_EN, SLANG_ES
from understanding.local.text.vocabulary import FILLERS, GLUE, NO_TYPOS, SHORTENED, UNITS
from understanding.local.text.words import fold, split

LANGUAGES = ("pt", "en", "es")
SHORTEST = 4
DECIDES = 20.0
"""The weight of a word that names a day or one of the business's things."""
_SEEN_OFTEN = 3
COUNTS = Path(__file__).with_name("ordinary_counts.json")
_ORDINARY = Path(__file__).with_name("ordinary.yaml")
_DICTIONARY = Path(__file__).with_name("dictionary")
"""The most frequent words of each language, folded: see its README."""
_ACCENTED = re.compile(r"[a-z]*[^\W\d_a-z]+[^\W\d_]*")


@cache
def counts(language: str) -> Mapping[str, int]:
    """Folded word → how often the training utterances of a language ("pt", "en", "es") hold it."""
    return _counted()[language]["folded"]


@cache
def accented(language: str) -> Mapping[str, int]:
    """Word that is spelled with an accent, lower case → how often the training utterances of a language hold it."""
    return _counted()[language]["accented"]


def count(texts: Sequence[str]) -> dict[str, dict[str, int]]:
    """What `counts` and `accented` are to know of these utterances, most frequent first."""
    folded = Counter(word.text for text in texts for word in split(text) if word.text.isalpha())
    spelled = Counter(word for text in texts for word in _ACCENTED.findall(text.lower()))
    return {
        kind: dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))
        for kind, counted in (("folded", folded), ("accented", spelled))
    }


def forget() -> None:
    """Reads the counts anew: training has just written them."""
    for each in (counts, accented, known, usual, _counted):
        each.cache_clear()


@cache
def listed(kind: str) -> frozenset[str]:
    """The words of one kind in `ordinary.yaml`: calendar, names, right."""
    return frozenset(fold(word) for word in _listed()[kind].split())


@cache
def known() -> frozenset[str]:
    """Every word that is right as it stands, in any of the languages."""
    told: list[Iterable[str]] = [counts(language) for language in LANGUAGES]
    told += [numerals.table(language) for language in LANGUAGES]
    told += [families(), trades.known(), SHORTENED, FILLERS, GLUE, NO_TYPOS, UNITS]
    told += [SLANG, SLANG_EN, SLANG_ES, listed("calendar"), listed("names"), listed("right")]
    told += [cues.known_words()]
    return frozenset(fold(word) for words in told for word in words)


@cache
def dictionary(language: str) -> frozenset[str]:
    """The words of a language ("pt", "en", "es"), of four letters or more: whoever writes one has not slipped."""
    return frozenset((_DICTIONARY / f"{language}.txt").read_text(encoding="utf-8").split())


@cache
def usual(language: str) -> Mapping[str, float]:
    """Words that a slip may have been meant to be → how usual they are to somebody who writes in `language`."""
    weighed = {
        word: float(times) for word, times in counts(language).items() if times >= _SEEN_OFTEN and len(word) >= SHORTEST
    }
    for word in listed("calendar"):
        weighed[word] = weighed.get(word, 0.0) + DECIDES
    return weighed


@cache
def _counted() -> dict[str, dict[str, dict[str, int]]]:
    counted: dict[str, dict[str, dict[str, int]]] = json.loads(COUNTS.read_bytes())
    return counted


@cache
def _listed() -> dict[str, str]:
    data: dict[str, str] = yaml.load(_ORDINARY.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return data
