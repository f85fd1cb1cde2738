"""A message as it was meant: slips of the thumb put right, chat shorthand written out, before anything is read.

Only words nobody writes are touched, and only when one slip of a phone's keyboard (a neighbouring key, a letter left
out or doubled, two swapped) makes one of the words customers ordinarily write, or one of the business's own. Names,
streets and digits stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from domain.business import Business
from understanding.local.text import ordinary, spoken
from understanding.local.text.normalise import SLANG, SLANG_EN, SLANG_ES
from understanding.local.text.vocabulary import STREETS, listed
from understanding.local.text.words import fold, split

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SOFT, _HARD = re.compile(r"k(?=[ei])"), re.compile(r"k(?=[aou])")
_STRETCHED = re.compile(r"([a-zñ])\1{2,}")
_FORMS = {"pt": ("s",), "es": ("s",), "en": ("s", "es", "ed", "ing", "er", "ly")}
"""What may be added to a known word without making it unknown."""
_FUTURE = {"pt": ("a", "ao", "ei", "emos", "ia", "iam"), "es": ("a", "an", "as", "e", "emos", "ia", "ian"), "en": ()}
_INFINITIVE = ("ar", "er", "ir")
"""What may be added to a known verb: "passará" is no slip of "passaram"."""
_LONGEST = 16
_LOOKED_BACK = 40
_MENDED = 60  # unknown words looked at in one message: the time stays bounded
_NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "ol", "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb", "h": "gyjn", "j": "hukm", "k": "jil",
    "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk", "ñ": "nl",
}  # fmt: skip
_SOUNDS_LIKE = {"s": "cz", "c": "s", "z": "s"}
"""Letters that are heard alike: "serto", "cervisso"."""
_BESIDE = {
    letter: frozenset(keys + _SOUNDS_LIKE.get(letter, "")) | {it for it, near in _NEIGHBOURS.items() if letter in near}
    for letter, keys in _NEIGHBOURS.items()
}  # fmt: skip
_INTRODUCED = re.compile(
    r"\b(?:nome e|me chamo|sou [ao]|aqui e [ao]|my name is|i'?m|this is|me llamo|soy|dra?|dona?|seu|sra?|mrs?|ms)\.? $"
)
_STREET = re.compile(rf"\b(?:{'|'.join(sorted(STREETS))})\b[^\d,\n]*$")
_PLACED = re.compile(
    r"(?:\d\s*[,-]?|\b(?:no|na|em|pro|pra|para|ao|do|da|bairro|to|in|the|en|el|al|del|hasta|ate|entreg\w*|envi\w*|deliver\w*|is|e|fica|zona|zone|jardim|jd))\s*$"
)
_MEANT_OTHERWISE = listed(
    "to pro pros p c d x k y n s ss nn r u ur id im tu cm mt ta tao pf abs add cel tel eh pra pras tou tava hs hr hrs "
    "ola b4 amanh ce ces"
)
"""Shorthand that is an ordinary word elsewhere, or that is read as it stands."""
_SLANG: Mapping[str, Mapping[str, str]] = {
    code: {short: long for short, long in table.items() if short not in _MEANT_OTHERWISE}
    for code, table in (
        ("pt", {**SLANG, "qlqr": "qualquer", "qlq": "qualquer", "qq": "qualquer", "vx": "vez", "hrio": "horario"}),
        ("en", SLANG_EN), ("es", SLANG_ES),
    )
}  # fmt: skip

_SLASHED = re.compile(r"(?<!\S)(?P<short>[cpw])/(?P<out>o)?(?: ?)(?=[^\W\d_])", re.IGNORECASE)
_WRITTEN_OUT = {"c": "com ", "p": "para ", "w": "with ", "wo": "without "}
_WITH = {"es": "con "}


class Mending:
    """The words one business may be written to with: the ordinary ones and those of its catalogue and people."""

    def __init__(self, business: Business) -> None:
        own = frozenset(
            word.text
            for each in (*business.names(), *business.handoff.keywords)
            for word in split(each)
            if word.text.isalpha()
        )
        zones = business.delivery.zones if business.delivery else ()
        self._places = frozenset(word.text for zone in zones for word in split(zone.name))
        self._right = ordinary.known() | own
        self.own = frozenset(word for word in own if len(word) >= ordinary.SHORTEST)
        self.meant = lru_cache(maxsize=4096)(self._meant)

    def mend(self, text: str, language: str, *, own_only: bool = False, place: bool = False) -> str:
        """The text with its slips put right and its shorthand written out.

        `own_only`: a datum in the customer's own words was asked for; only the business's words are put right.
        `place`: it was asked where to.
        """
        code = language[:2]
        if not own_only:
            text = _SLASHED.sub(lambda found: _unslashed(found, code), text)
            text = spoken.plain(text, code)
        folded, mended, done, left = fold(text), [], 0, _MENDED
        for found in _WORD.finditer(text):
            word = folded[found.start() : found.end()]
            better = None if own_only else _written_out(word, code)
            if better is None and not own_only and not _titled(found, text):
                better = self._spelled_by_ear(word, code)
            if better is None and not self._is_right(word, code) and left and not _stays(found, text, folded):
                left -= 1
                somewhere = place or own_only or _leads_somewhere(found, folded)
                better = self.meant(word, code, own_only or _titled(found, text), somewhere)
            if better is not None:
                mended += [text[done : found.start()], better]
                done = found.end()
        return "".join([*mended, text[done:]]) if mended else text

    def _spelled_by_ear(self, word: str, code: str) -> str | None:
        """ "Keria", "kinta": Portuguese and Spanish have no k of their own."""
        if "k" not in word or code == "en" or self._is_right(word, code):
            return None
        meant = _HARD.sub("c", _SOFT.sub("qu", word))
        return meant if meant in self._right or meant in ordinary.dictionary(code) else None

    def _is_right(self, word: str, code: str) -> bool:
        """Whether a word is known, or a regular form of one: "charges" is no slip of "charged"."""
        if word in self._right or word in ordinary.dictionary(code):
            return True
        plain = any(word.endswith(end) and self._is_long(word, end) for end in _FORMS[code])
        later = (end for end in _FUTURE[code] if word.endswith(end) and word[: -len(end)].endswith(_INFINITIVE))
        return plain or any(self._is_long(word, end) for end in later)

    def _is_long(self, word: str, end: str) -> bool:
        """Whether a known word of some length is left without this ending."""
        return len(word) > len(end) + 3 and word[: -len(end)] in self._right

    def _meant(self, word: str, code: str, own_only: bool, somewhere: bool) -> str | None:
        """The word that one slip makes this one of, or None: the most usual one where there are several.

        The business's own words are likelier than others, its places only where a place may be said: "tá cetro" is
        "certo".
        """
        if (short := self._unstretched(word, code)) is not None:
            return short
        if not ordinary.SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return None
        usual: Mapping[str, float] = {} if own_only else ordinary.usual(code)
        likely = self.own if somewhere else self.own - self._places
        found = {
            each: usual.get(each, 0.0) + (ordinary.DECIDES if each in likely else 0.0)
            for each in (*_unslipped(word), *self._longer.get(word, ()))
            if each in usual or each in self.own
        }
        return max(sorted(found), key=found.__getitem__) if found else None

    def _unstretched(self, word: str, code: str) -> str | None:
        """ "Biiig", "amanhããã": the word that was drawn out, if it is one people write; "kkkk" is a laugh."""
        if not _STRETCHED.search(word):
            return None
        counts = ordinary.counts(code)
        found = [
            each
            for each in (_STRETCHED.sub(r"\1", word), _STRETCHED.sub(r"\1\1", word))
            if len(each) > 2 and (counts.get(each, 0) > 2 or each in self.own)
        ]
        return max(found, key=lambda each: counts.get(each, 0), default=None)

    @cached_property
    def _longer(self) -> Mapping[str, tuple[str, ...]]:
        """A word with one letter left out → the words it may have been."""
        longer: dict[str, list[str]] = {}
        for word in {*self.own, *(each for code in ordinary.LANGUAGES for each in ordinary.usual(code))}:
            for place in range(len(word)):
                longer.setdefault(word[:place] + word[place + 1 :], []).append(word)
        return {short: tuple(words) for short, words in longer.items()}


def _written_out(word: str, code: str) -> str | None:
    """What chat shorthand, or a word of an English dialect, stands for."""
    return _SLANG[code].get(word) or (spoken.words().get(word) if code == "en" else None)


def _unslipped(word: str) -> Iterator[str]:
    """The words of the same length or one letter less that this one may be a slip of."""
    for place, letter in enumerate(word):
        before, after = word[:place], word[place + 1 :]
        if after:
            yield before + after if letter == after[0] else before + after[0] + letter + after[1:]
        if place or len(word) > ordinary.SHORTEST:
            yield from (before + beside + after for beside in _BESIDE.get(letter, ()))


def _stays(found: re.Match[str], text: str, folded: str) -> bool:
    """Whether a word is a customer's name, or part of an address, a link or a code."""
    tail = folded[max(0, found.start() - _LOOKED_BACK) : found.start()]
    return bool(_INTRODUCED.search(tail)) or bool(_STREET.search(tail)) or _attached(found, text)


def _leads_somewhere(found: re.Match[str], folded: str) -> bool:
    """Whether what stands before a word may lead to a place: "no cetro", "rua A 10, cetro"."""
    return _PLACED.search(folded[: found.start()]) is not None


def _titled(found: re.Match[str], text: str) -> bool:
    """Whether a word is capitalised within a sentence, as names are."""
    before = text[: found.start()].rstrip(" ")
    return found.group().istitle() and bool(before) and before[-1] not in ".!?\n:"


def _attached(found: re.Match[str], text: str) -> bool:
    """Whether a word is part of a link, a mail address or a code."""
    around = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
    return any(sign in "@/\\_#" or sign.isdecimal() for sign in around)


def _unslashed(found: re.Match[str], code: str) -> str:
    short = (found["short"] + (found["out"] or "")).lower()
    return _WITH.get(code, _WRITTEN_OUT["c"]) if short == "c" else _WRITTEN_OUT.get(short, found.group())
