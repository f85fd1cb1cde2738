"""English written down as it is spoken ("can ye", "cannae", "waitin'"), put into what everybody else writes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

import yaml

from understanding.local.text.words import fold

_DIALECTS = Path(__file__).with_name("dialects.yaml")


class _Listed(TypedDict):
    words: Mapping[str, str]
    patterns: Sequence[tuple[str, str]]


@cache
def words() -> Mapping[str, str]:
    """A word of a dialect, folded → what it stands for."""
    return {each: meant for meant, found in _listed()["words"].items() for each in found.split()}


def plain(text: str) -> str:
    """The text with what its neighbours tell put right; single words are left to `words`."""
    for pattern, meant in _patterns():
        folded = fold(text)
        for found in reversed(list(pattern.finditer(folded))):
            text = text[: found.start("it")] + meant + text[found.end("it") :]
    return text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), meant) for pattern, meant in _listed()["patterns"])


@cache
def _listed() -> _Listed:
    return cast(_Listed, yaml.load(_DIALECTS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
