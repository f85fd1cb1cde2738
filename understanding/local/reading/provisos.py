"""Words that look like a yes to a summary and only say that a question comes first: "antes de fechar, tem wi-fi?"."""

from __future__ import annotations

import re
from functools import cache

from domain.ports import Situation
from understanding.local.text.cues import alternatives
from understanding.local.text.words import fold


def without(text: str, situation: Situation) -> str:
    """A text without what only says that a question comes first; its other words keep their places."""
    if situation.asks == "confirm":
        for found in _before().finditer(fold(text)):
            text = text[: found.start()] + " " * len(found.group()) + text[found.end() :]
    return text


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('before_that')})[\s,:;–-]*")
