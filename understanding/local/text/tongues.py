"""How much a word speaks for a language: learned from what customers write, for unknown words from their letters.

A word's weight in a language is the logarithm of how likely it is there, against the language that has it oftenest: 0
for that one, less for the others. Words that every language borrows weigh nothing.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import pairwise

from understanding.local.text import ordinary
from understanding.local.text.vocabulary import listed
from understanding.local.text.words import REMEMBERED, fold, singular

LANGUAGES = ordinary.LANGUAGES
Weights = Mapping[str, float]

_WORD = re.compile(r"[^\W\d_]+")
_ELSEWHERE = re.compile(
    r"\S*(?:@|://|www\.)\S*"
    r"|\b(?:[Rr]ua|[Rr]\.|[Aa]v(?:enida)?\.?|[Aa]lameda|[Tt]ravessa|[Pp]ra[cç]a|[Cc]alle) [^\n]*?\d[^\n]*"
    r"|(?<=[\w,] )(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|April|June|July|August|September"
    r"|October|November|December)[A-ZÀ-Ý][a-zà-ý]+"
)
"""Addresses and names: they are spelled as where they come from. English days and months have a capital too."""
_SIGNS: Mapping[str, re.Pattern[str]] = {
    "pt": re.compile(r"[ãõçêâôà]"),
    "es": re.compile(r"[ñ¿¡]"),
}
_SIGN = 1.5
_PER = 30_000
"""Words a language's counts are scaled to: the utterances are not equally many."""
_UNSEEN = 300
"""So many of them the letters stand for: how far a word's form is trusted against its count."""
_KNOWN, _GUESSED = 4.0, 2.0
"""The most one word may weigh, when the language is known to have it and when only its letters tell."""
_LENT = 0.5
_ALPHABET = 28
_SMOOTH = 2.0
_MARK = 3.0
_LONGEST = 24
_BORROWED = listed(
    "ok okay delivery drive link site app chat pix online wifi whatsapp zap instagram insta email top show spa pet dog "
    "cat free trial demo bot status stop shampoo nail look hair blond mega kit combo drink pizza pipeline pspm kg ml "
    "k s n m t d c x royal canin whiskas pedigree purina friskies hills"
)
_COURTESY = listed(
    "hi hello hey thanks thank thx sorry please bye goodbye nice cool great yes yep perfect hola gracias muchas buenas "
    "adios chao chau amigo amiga dale ya si oi ola obrigado obrigada valeu tchau bom dia por favor sim"
)


@lru_cache(maxsize=REMEMBERED)
def weigh(text: str, skipped: frozenset[str] = frozenset(), spoken: str | None = None) -> Mapping[str, float]:
    """What a text's words and letters say for each language, together. `skipped`: folded words that say nothing.

    Against a language that is `spoken` already, courtesy ("thanks", "hola") counts half: people borrow it.
    """
    found = dict.fromkeys(LANGUAGES, 0.0)
    for word in _WORD.findall(_ELSEWHERE.sub(" ", text).lower()):
        plain = fold(word)
        if plain in _BORROWED or plain in skipped or singular(plain) in skipped:
            continue
        weights = of(word)
        share = _LENT if spoken is not None and plain in _COURTESY and weights[spoken] < 0 else 1.0
        for language, weight in weights.items():
            found[language] += share * weight
    if "¿" in text or "¡" in text:
        found["pt"] -= _MARK
        found["en"] -= _MARK
    return found


@lru_cache(maxsize=8192)
def of(word: str) -> Weights:
    """A lower-case word's weight in each language, none above 0."""
    plain = fold(word)
    spelled = not word.isascii() and any(word in ordinary.accented(language) for language in LANGUAGES)
    told = {language: _seen(word, plain, language, spelled=spelled) for language in LANGUAGES}
    likely = {
        language: math.log(times + _UNSEEN * math.exp(_formed(plain, language))) for language, times in told.items()
    }
    highest = max(likely.values())
    most = min(_KNOWN, _GUESSED + math.log2(max(*told.values(), 1)))
    weights = {language: max(each - highest, -most) for language, each in likely.items()}
    for signed, letters in _SIGNS.items():
        if letters.search(word):
            weights = {
                language: max(each - _SIGN * (language != signed), -_KNOWN) for language, each in weights.items()
            }
    return weights


def _seen(word: str, plain: str, language: str, *, spelled: bool) -> float:
    """How often a language has a word, in so many; a word written with accents is looked for as it is spelled."""
    counted = ordinary.counts(language)
    accented = ordinary.accented(language)
    times = accented.get(word, 0) if spelled else counted.get(plain, 0) + _plainer(language).get(plain, 0)
    return times * _PER / _words(language)


def forget() -> None:
    """Weighs anew: the words were counted again."""
    for each in (of, _words, _plainer, _letters):
        each.cache_clear()


@cache
def _words(language: str) -> int:
    return sum(ordinary.counts(language).values())


@cache
def _plainer(language: str) -> Mapping[str, int]:
    """Words with an ñ as they are written without one."""
    return {word.replace("ñ", "n"): times for word, times in ordinary.counts(language).items() if "ñ" in word}


def _formed(plain: str, language: str) -> float:
    """The logarithm of how likely letters are to follow each other like this in a language's words."""
    pairs, singles = _letters(language)
    told = f"^{plain[:_LONGEST]}$"
    return sum(
        math.log((pairs.get(first + second, 0.0) + _SMOOTH / _ALPHABET) / (singles.get(first, 0.0) + _SMOOTH))
        for first, second in pairwise(told)
    )


@cache
def _letters(language: str) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """How often a letter follows another in a language's words, and how often each letter is followed."""
    pairs: dict[str, float] = defaultdict(float)
    singles: dict[str, float] = defaultdict(float)
    for word, times in ordinary.counts(language).items():
        weight = 1 + math.log(times)
        told = f"^{word}$"
        for first, second in pairwise(told):
            pairs[first + second] += weight
            singles[first] += weight
    return dict(pairs), dict(singles)
