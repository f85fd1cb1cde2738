"""Lower case without accents, as the grammar reads, and the way back to what was written."""

from __future__ import annotations

import re
import unicodedata

_DASHES = dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("’‘`´", "'")
# Letters, marks and pictures that fold to exactly one character each.
_EVEN = re.compile(r"[\0-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u2190-\u2bff\U0001f300-\U0001faff]*")


def fold(text: str) -> tuple[str, list[int] | None]:
    """Lower case without accents, and where each folded character came from (None when nothing moved)."""
    if text.isascii():
        return text.lower(), None
    if _EVEN.fullmatch(text):
        return text.translate(_FOLDED), None
    folded: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        for plain in _plain(character):
            folded.append(plain)
            origins.append(position)
    return "".join(folded), origins


def _plain(character: str) -> str:
    if character in _DASHES:
        return _DASHES[character]
    if character.isspace():
        return "\n" if character in "\n\u2028\u2029" else " "
    decomposed = unicodedata.normalize("NFD", character.lower())
    return "".join(part for part in decomposed if unicodedata.category(part) not in ("Mn", "Cf"))


_FOLDED = {code: _plain(chr(code)) for code in (*range(0x250), *range(0x2010, 0x205F)) if _EVEN.fullmatch(chr(code))}
