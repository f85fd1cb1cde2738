"""Text that no person writes to a shop: pasted tool results, roles, tags, JSON. It is no word of the customer's."""

from __future__ import annotations

import re

_SIGNS = "{<["
_ROLE = re.compile(
    r"(?im)^\W*(?:system|assistant|tool(?:[ _](?:call|result|response))?|function(?:[ _]result)?)\s*:[^\n.!?]*"
)
_DATA = re.compile(r"\{[^{}]*[\":][^{}]*\}")
_ELEMENT = re.compile(r"<(?P<name>[a-z_]{3,})\b[^<>]*>.*?</(?P=name)>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-z_]{3,}\b[^<>]*>", re.IGNORECASE)
_MARK = re.compile(r"\[/?(?:tool|system|assistant|function|inst)[^\]\n]*\][^\n.!?]*", re.IGNORECASE)


def without(text: str) -> str:
    """The text without what a program would write; all of it where nothing else is said is ""."""
    if not any(sign in text for sign in _SIGNS) and ":" not in text:
        return text
    for pattern in (_ELEMENT, _TAG, _ROLE, _MARK):
        text = pattern.sub(_blank, text)
    while _DATA.search(text):
        text = _DATA.sub(_blank, text)
    return text if any(letter.isalnum() for letter in text) else ""


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
