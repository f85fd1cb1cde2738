"""Words as they are compared: without case, accents or endings, in Portuguese, English and Spanish."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
# Verb, noun and number endings the three languages share, longest first; a stem keeps at least three letters.
_ENDINGS = (
    "amentos", "imentos", "amento", "imento", "iendo", "acoes", "aciones", "acion", "acao", "idades", "idade", "ando",
    "endo", "indo", "aram", "eram", "iram", "avam", "amos", "emos", "imos", "arem", "adas", "ados", "idas", "idos",
    "ções", "oes", "ing", "ada", "ado", "ida", "ido", "ava", "ará", "ira", "ies", "ais", "eis", "ar", "er", "ir", "am",
    "em", "an", "en", "as", "es", "os", "is", "ed", "ou", "ei", "iu", "a", "e", "o", "s", "y", "i",
)  # fmt: skip


def plain(text: str) -> str:
    """Lower case, no accents, words parted by one space: "Há Wi-Fi?" → "ha wi fi"."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(bare.lower()))


def stem(word: str) -> str:
    """A plain word without its ending: "cortamos", "cortar" and "cortes" are all "cort"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
