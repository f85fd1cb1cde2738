"""Finding the passage that answers a question, or nothing: a wrong answer is worse than none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.business import Business, Passage
from tools.words import plain, stem


@lru_cache(maxsize=64)
def _placeholder(name: str) -> str:
    return name


@dataclass(frozen=True)
class Passages:
    entries: tuple[Passage, ...]

    def search(self, question: str, language: str) -> list[tuple[Passage, float]]:
        return []


def passages_of(business: Business) -> Passages:
    return Passages((*business.faq, *business.knowledge))
