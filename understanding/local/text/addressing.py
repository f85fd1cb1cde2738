"""What customers call whoever they write to: "isso, minha filha", "go ahead, man". It tells nothing of a wish."""

from __future__ import annotations

import re
from functools import cache

from understanding.local.text.cues import alternatives
from understanding.local.text.words import fold


def without(text: str) -> str:
    """The text without the places where it only calls somebody.

    "Minha filha" calls somebody between a yes, a comma or the beginning and a yes, a comma or the end; a message that
    holds nothing else is an answer.
    """
    for found in reversed(list(_called().finditer(fold(text)))):
        before, behind = text[: found.start("who")].rstrip(" ,"), text[found.end("who") :].lstrip(" ,")
        if not any(letter.isalnum() for letter in before):  # "quer saber? eu busco" asks nothing
            before, behind = "", behind.lstrip(" ,?")
        rest = f"{before} {behind}"
        text = rest.strip() if any(letter.isalnum() for letter in rest) else text
    return text


@cache
def _called() -> re.Pattern[str]:
    before = rf"(?:^¿?|[,.!;:\n]|(?:{alternatives('calls_behind')}))[ ]*"
    after = rf"(?=\s*(?:$|[,.!;?\n]|(?:{alternatives('calls_before')})))"
    return re.compile(rf"{before}(?P<who>{alternatives('vocative')}){after}")
