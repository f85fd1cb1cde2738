"""What is written as it is spoken ("cannae", "waitin'", "tô querendo os 2"), put into what everybody else writes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

import yaml

from understanding.local.text.words import fold

_SPOKEN = Path(__file__).with_name("spoken.yaml")


class _Listed(TypedDict):
    words: Mapping[str, str]
    patterns: Mapping[str, Sequence[tuple[str, str]]]


@cache
def words() -> Mapping[str, str]:
    """A word of an English dialect, folded → what it stands for."""
    return {each: meant for meant, found in _listed()["words"].items() for each in found.split()}


def plain(text: str, code: str) -> str:
    """The text with what its neighbours tell put right; single words are left to `words`. "Às 2" stays an hour."""
    for pattern, meant in _patterns(code):
        for found in reversed(list(pattern.finditer(fold(text)))):
            if "à" not in text[found.start() : found.start("it")].lower():
                text = text[: found.start("it")] + meant + text[found.end("it") :]
    return text


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), meant) for pattern, meant in _listed()["patterns"][code])


@cache
def _listed() -> _Listed:
    return cast(_Listed, yaml.load(_SPOKEN.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
