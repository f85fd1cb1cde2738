"""Whom ill words are aimed at, and when: anger at oneself, at the day or at others is no complaint about us."""

from __future__ import annotations

import re

from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_PIECE = re.compile(r"[^,.;!?\n]+[,.;!?\n]*")


def at_us(text: str) -> str:
    """The text without what is said ill of oneself, of one's day or of others."""
    folded = fold(text)
    ours = pattern("own_looks").sub(lambda found: " " * len(found.group()), folded)
    ours = pattern("nobody_home").sub(lambda found: " " * len(found.group()), ours)
    kept = []
    for piece in _PIECE.finditer(text):
        said = ours[piece.start() : piece.end()]
        if not has("at_others", said) or has("at_us", said):
            kept.append(
                "".join(letter if plain != " " else " " for letter, plain in zip(piece.group(), said, strict=True))
            )
    return "".join(kept)


def long_over(plain: str, place: int) -> bool:
    """Whether what stands at this place of a plain text happened long ago and is over: "tive alergia ano passado"."""
    piece = next((each.group() for each in _PIECE.finditer(plain) if each.start() <= place < each.end()), plain)
    return has("long_ago", piece) and has("was_so", piece) and not has("is_so", piece) and not has("at_us", piece)
