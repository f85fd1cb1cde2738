"""How a customer feels, and whether a person is needed at once: anger, insults, threats of lawsuits, emergencies.

Small lexicons in three languages with weights, turned around by negation ("não é urgente", "not bad"). Meant to be
right on what matters for handing over, not to measure moods.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain

from understanding.local.feelings import aim
from understanding.local.feelings import words as feelings
from understanding.local.text.cues import has
from understanding.local.text.normalise import expand
from understanding.local.text.words import fold, singular

_BETWEEN = {
    "pt": "e eh era foi de esta estou estava tenho tem teve ha houve fui fiquei sou quero precisa achei nada tao muito "
    "mais um uma nenhum nenhuma o a caso de do falando",
    "en": "is was it am be have had an the so that very too really any a of",
    "es": "es de fue era tengo hay estoy un una el la muy tan caso de ningun ninguna nada",
}
_NO = {
    "pt": "nao nem nunca sem nenhum nenhuma nada",
    "en": "no not never without isnt isn't dont don't didnt didn't wasn't none nothing",
    "es": "no sin ni tampoco nunca ningun ninguna nada",
}
"""Words that turn the next one around, and words that may stand between."""
_BEFORE = 40
_SHOUTED = re.compile(r"[A-ZÁÉÍÓÚÂÊÔÃÕÇÑ]{3,}")
_SETTLED = 1.0


def score(text: str, language: str) -> float:
    """The mood of a message, from -1 (furious) over 0 (nothing said) to 1 (delighted)."""
    plain = expand(text, language)
    total = 0.0
    for lexicon in feelings.moods(language):
        for found in lexicon.pattern.finditer(plain):
            total += lexicon.weight * (-0.5 if _negated(plain, found.start(), language) else 1.0)
    if total < 0 and ("!!" in text or len(_SHOUTED.findall(text)) >= 2):
        total *= 1.4
    if total < 0 and has("laugh", fold(text)):
        total /= 2
    return max(-1.0, min(_SETTLED, total))


def urgent(text: str, keywords: Sequence[str], language: str) -> str | None:
    """Why a person is needed now, or None.

    Returns the business's own keyword that was written (whole words, accents and plurals forgiven) or named in other
    words, else "health", "legal" or "abuse". A negated word ("não é urgência") or an everyday use ("qual o processo pra
    marcar?") does not count.
    """
    plain = expand(text, language)
    for keyword in keywords:
        patterns = (_keyword_pattern(keyword), *feelings.meant_by(fold(keyword), language))
        for found in chain.from_iterable(pattern.finditer(plain) for pattern in patterns):
            if not _harmless(plain, found.start(), language) and not _ordinary(plain, found.span()):
                return keyword
    for reason, pattern in feelings.alarms(language):
        if any(not _harmless(plain, found.start(), language) for found in pattern.finditer(plain)):
            return reason
    return None


def _harmless(plain: str, start: int, language: str) -> bool:
    """Whether a word of danger stands for none: denied, or long over."""
    return _negated(plain, start, language) or aim.long_over(plain, start)


def _negated(plain: str, start: int, language: str) -> bool:
    before = plain[max(0, start - _BEFORE) : start].rstrip()
    return _negation(language[:2]).search(before) is not None


@cache
def _negation(bare: str) -> re.Pattern[str]:
    no, between = (table.get(bare, table["pt"]).replace(" ", "|") for table in (_NO, _BETWEEN))
    return re.compile(rf"\b(?:{no})(?: (?:{between}))*$")


def _ordinary(plain: str, span: tuple[int, int]) -> bool:
    """Whether the word is used in an everyday sense: "o processo *de* compra"."""
    return any(start <= span[0] and span[1] <= end for start, end in _spans(feelings.EVERYDAY.finditer(plain)))


def _spans(found: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    return [one.span() for one in found]


@lru_cache(maxsize=512)
def _keyword_pattern(keyword: str) -> re.Pattern[str]:
    words = [_any_number(word) for word in expand(keyword, "--").split()]
    return re.compile(r"\b" + r"\s+".join(words) + r"\b")


def _any_number(word: str) -> str:
    """A pattern for a word in singular and plural."""
    stem = singular(word)
    if stem.endswith("ao"):
        return f"{re.escape(stem[:-2])}(?:ao|oes|aes|aos)"
    if stem.endswith("m"):
        return f"{re.escape(stem[:-1])}(?:m|ns)"
    return f"{re.escape(stem)}(?:e?s)?"
