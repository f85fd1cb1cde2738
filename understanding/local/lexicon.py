"""Families of words the intent classifier may treat alike, read from `lexicon.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_LEXICON = Path(__file__).with_name("lexicon.yaml")


@cache
def families() -> Mapping[str, str]:
    """Word → its family, marked "@service", "@product", "@when", … A word of several families belongs to the first."""
    found: dict[str, str] = {}
    for family, words in yaml.safe_load(_LEXICON.read_text(encoding="utf-8")).items():
        for word in words.split():
            found.setdefault(word, f"@{family}")
    return found
