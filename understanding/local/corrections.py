"""A question put right while it was asked: "quanto é a barba... quer dizer, o corte masculino?" is about the cut."""

from __future__ import annotations

import re
from functools import cache

from understanding.local.cues import alternatives, has
from understanding.local.words import fold


def settled(text: str) -> str:
    """The text without the thing that a question named first and took back."""
    for found in reversed(list(_taken_back().finditer(fold(text)))):
        before = re.split(r"[.!?\n]+\s", fold(text[: found.start()]))[-1]
        if has("price", before) or has("duration", before):
            text = f"{text[: found.start()].rstrip()} {text[found.end() :]}"
    return text


@cache
def _taken_back() -> re.Pattern[str]:
    article = rf"\b(?:{alternatives('determiners')})"
    thing = rf"(?:{article} (?:(?!{article} )[^,.?!\n])+?|(?<= )[^\W\d_]{{4,}})"
    return re.compile(
        rf"{thing}[ ]*[,.?!…-]+[ ]*(?:(?:nao|no)[, ]+)?(?:(?:{alternatives('puts_right')})[,.: ]+)+(?=[^\W\d_])"
    )
