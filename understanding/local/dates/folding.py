"""Lower case without accents, as the grammar reads, and the way back to what was written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Writing:
    """A text as it was written; places are those of the folded text, `origins` where they came from."""

    text: str
    origins: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same places in the text as written."""
        return (start, end) if self.origins is None else (self.origins[start], self.origins[end - 1] + 1)

    def of(self, start: int, end: int) -> str:
        """What stands there, small but with its accents."""
        return self.text[slice(*self.span(start, end))].lower()

    def capital(self, start: int, end: int) -> bool:
        """Whether all that stands there is in capitals, in a text that is not."""
        return self.text[slice(*self.span(start, end))].isupper() and not self.text.isupper()

    def possessive(self, end: int) -> bool:
        """Whether "'s" is written there."""
        place = end if self.origins is None or end >= len(self.origins) else self.origins[end]
        return self.text[place : place + 2].lower() in ("'s", "’s")

    def titled(self, start: int) -> bool:
        """Whether a capital begins there and a small letter follows, in a text that is not all of one kind."""
        if start < 0 or self.text.islower() or self.text.isupper():
            return False
        place = start if self.origins is None else self.origins[start]
        return self.text[place : place + 1].isupper() and self.text[place + 1 : place + 2].islower()


def _plain(character: str) -> str:
    if character in _DASHES:
        return _DASHES[character]
    if character.isspace():
        return "\n" if character in "\n\u2028\u2029" else " "
    decomposed = unicodedata.normalize("NFD", character.lower())
    return "".join(part for part in decomposed if unicodedata.category(part) not in ("Mn", "Cf"))


_FOLDED = {code: _plain(chr(code)) for code in (*range(0x250), *range(0x2010, 0x205F)) if _EVEN.fullmatch(chr(code))}
