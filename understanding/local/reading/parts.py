"""A message between its pauses: the stretches in which one thing is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from understanding.local.facts.fact import Fact
from understanding.local.text.cues import alternatives
from understanding.local.text.words import fold


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the message between two pauses."""

    start: int
    end: int
    words: str
    asks: bool

    def holds(self, fact: Fact) -> bool:
        return self.start <= fact.start < self.end


def parted(text: str) -> list[Part]:
    """The parts of a text, in order."""
    folded, start, parts = fold(text), 0, []
    for pause in _pauses().finditer(folded):
        parts.append(Part(start, pause.start(), folded[start : pause.start()], "?" in pause.group()))
        start = pause.end()
    return [*parts, Part(start, len(folded), folded[start:], asks=False)]


def blanked(text: str, start: int, end: int) -> str:
    """The text with nothing there; every place stays."""
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


@cache
def _pauses() -> re.Pattern[str]:
    return re.compile(rf"[,;!?…\n]+|\.+(?=\s|$)|\s-\s|\s(?=(?:{alternatives('gives_reason')})\s)")
