"""Typos as thumbs make them on a phone: a neighbouring key, a letter left out, doubled, or swapped with the next.

About 2.3 % of the letters typed on phones stay wrong (Palin et al., "How do people type on mobile devices?",
MobileHCI 2019, 37,000 people). Here that share of the letters of words of four letters or more is hit, one a word at
most; a word shorter than six keeps its first letter. Digits, links and addresses of mail stay: nobody could tell what
they had been.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Collection

from evals.words import plain

_OF_LETTERS = 0.023
_SHORTEST = 4
_FIRST_LETTER_FROM = 6
_KINDS = ("neighbour",) * 4 + ("dropped",) * 3 + ("swapped",) * 2 + ("doubled",)

_TOKEN = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NOT_WORDS = re.compile(r"[@/\d]|\w\.\w")

_NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "ol", "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb", "h": "gyjn", "j": "hukm", "k": "jil",
    "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip


def mistyped(text: str, chance: random.Random, keep: Collection[str] = ()) -> str:
    """The text with its typos, if any. Words of `keep` (without case and accents) stay as they are."""
    return _TOKEN.sub(lambda token: _token(token[0], chance, keep), text)


def mistyped_once(text: str, chance: random.Random, keep: Collection[str] = ()) -> str:
    """The text with a typo in one word that could have one."""
    words = [word for token in _TOKEN.finditer(text) for word in _words(token, keep)]
    if not words:
        return text
    start, word = chance.choice(words)
    return text[:start] + _hit(word, chance) + text[start + len(word) :]


def _token(token: str, chance: random.Random, keep: Collection[str]) -> str:
    if _NOT_WORDS.search(token):
        return token
    return _LETTERS.sub(lambda word: _word(word[0], chance, keep), token)


def _words(token: re.Match[str], keep: Collection[str]) -> list[tuple[int, str]]:
    """Where the words of a token are that may get a typo."""
    if _NOT_WORDS.search(token[0]):
        return []
    found = _LETTERS.finditer(token[0])
    return [(token.start() + word.start(), word[0]) for word in found if _may_be_hit(word[0], keep)]


def _may_be_hit(word: str, keep: Collection[str]) -> bool:
    return len(word) >= _SHORTEST and plain(word) not in keep


def _word(word: str, chance: random.Random, keep: Collection[str]) -> str:
    if not _may_be_hit(word, keep) or chance.random() > 1 - (1 - _OF_LETTERS) ** len(word):
        return word
    return _hit(word, chance)


def _hit(word: str, chance: random.Random) -> str:
    """The word with one typo, never the word itself."""
    while True:
        place = chance.randrange(0 if len(word) >= _FIRST_LETTER_FROM else 1, len(word))
        wrong = _with(word, place, chance.choice(_KINDS), chance)
        if wrong != word:
            return wrong


def _with(word: str, place: int, kind: str, chance: random.Random) -> str:
    before, letter, after = word[:place], word[place], word[place + 1 :]
    match kind:
        case "neighbour":
            return before + _neighbour(letter, chance) + after
        case "dropped":
            return before + after
        case "swapped":
            return before + after[:1] + letter + after[1:]
        case _:
            return before + letter * 2 + after


def _neighbour(letter: str, chance: random.Random) -> str:
    """The key beside it, in the same case; a letter that is on no key of its own stays."""
    base = unicodedata.normalize("NFD", letter)[0]
    around = _NEIGHBOURS.get(base.lower())
    if around is None:
        return letter
    beside = chance.choice(around)
    return beside.upper() if letter.isupper() else beside
