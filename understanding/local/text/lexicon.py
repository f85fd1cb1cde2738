"""Words the intent classifier may treat alike: families of things (`lexicon.yaml`) and concepts (`concepts.yaml`).

A family is what a message is about ("banho", "haircut" → "@service"), a concept what is done or asked ("desmarca",
"call off" → "cancel"). Both span the three languages, so that what is learned from one helps the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_FAMILIES = Path(__file__).with_name("lexicon.yaml")
_CONCEPTS = Path(__file__).with_name("concepts.yaml")


@cache
def families() -> Mapping[str, str]:
    """Word → its family, marked "@service", "@product", "@when", … A word of several families belongs to the first."""
    found: dict[str, str] = {}
    for family, words in _read(_FAMILIES).items():
        for word in words.split():
            found.setdefault(word, f"@{family}")
    return found


@cache
def concepts() -> Mapping[str, tuple[str, ...]]:
    """Word → every concept and family it may stand for."""
    found: dict[str, list[str]] = {}
    for concept, words in _read(_CONCEPTS).items():
        for word in dict.fromkeys(words.split()):
            found.setdefault(word, []).append(concept)
    for word, family in families().items():
        found.setdefault(word, []).append(family)
    return {word: tuple(kinds) for word, kinds in found.items()}


def _read(path: Path) -> Mapping[str, str]:
    table: Mapping[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table
