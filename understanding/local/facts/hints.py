"""A service told by what it is needed for: "minha raiz tá branca" is a colouring, "my nails are a mess" a manicure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from understanding.local.facts.things import Thing

_HINTS = Path(__file__).with_name("hints.yaml")


def find(folded: str, services: Sequence[Thing]) -> tuple[str | list[str], int, int] | None:
    """The id of the service hinted at, or the ids where several fit, and where the words stand."""
    for concepts, pattern in _patterns().items():
        ids = [thing.id for thing in services if thing.concepts & set(concepts)]
        found = pattern.search(folded) if ids else None
        if found is not None:
            return (ids[0] if len(ids) == 1 else ids), found.start(), found.end()
    return None


@cache
def _patterns() -> Mapping[tuple[str, ...], re.Pattern[str]]:
    data: dict[str, dict[str, list[str]]] = yaml.load(_HINTS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {
        tuple(concepts.split()): re.compile("|".join(rf"\b(?:{line})\b" for lines in told.values() for line in lines))
        for concepts, told in data.items()
    }
