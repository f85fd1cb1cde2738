"""How a model's sentence looks: signs no plain message needs, and words written like names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import yaml

from tools.words import plain

_MARKUP = re.compile(r"[<>{}`\\]|\[[^\]]*\]\(")
_WORD = re.compile(r"[^\W\d_][\w’'-]+(?!\$)")
_BEGINS = re.compile(r"(?:^|[.!?:;…\n•*–—-]|\()\s*[\"“'«¡¿]*$")


def strange(text: str) -> bool:
    """Invisible or control characters, markup, code."""
    kinds = {unicodedata.category(letter) for letter in text if letter not in "\n\u200d\ufe0f"}
    return bool(kinds & {"Cc", "Cf", "Co", "Cn", "Cs"}) or _MARKUP.search(text) is not None


def capitalised(text: str) -> Iterator[tuple[str, bool, str]]:
    """Every word with a capital, whether it begins a sentence, where each word has one, and the mark after it."""
    for match in _WORD.finditer(text):
        if match.group()[0].isupper():
            begins = _BEGINS.search(text[: match.start()]) is not None
            yield match.group(), begins, text[match.end() : match.end() + 1]


@cache
def openers() -> frozenset[str]:
    """Plain words a sentence may well begin with (openers.yaml): their capital there tells nothing."""
    data: dict[str, list[str]] = yaml.safe_load(files("graph").joinpath("openers.yaml").read_text(encoding="utf-8"))
    return frozenset(plain(word) for words in data.values() for word in words)
