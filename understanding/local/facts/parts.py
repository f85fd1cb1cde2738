"""What part each thing named in an order's message plays: added, taken off, set, kept, only asked about, taken back.

A small trained classifier reads it off the words around each mention (see `classifier/mentions.py`), the mentions of a
message from left to right, each knowing the part of the one before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from understanding.local.classifier import weights
from understanding.local.classifier.mentions import EDITS, Mention, features, hidden

Part = Literal["set", "add", "remove", "keep", "ask", "old"]
"""`keep`: it stays as it is. `ask`: it is only asked or told about. `old`: a number that no longer holds."""
_PARTS: tuple[Part, ...] = ("set", "add", "remove", "keep", "ask", "old")


def told(folded: str, mentions: Sequence[Mention]) -> list[Part]:
    """The part of each mention of a folded text; the mentions in order, none inside another."""
    seen, found = hidden(folded, mentions), list[Part]()
    trained = weights.load(EDITS)
    before = "^"
    for which in range(len(mentions)):
        chances = trained.probabilities(features(seen, which, before))
        part = max(_PARTS, key=lambda each: chances.get(each, 0.0))
        found.append(part)
        before = part
    return found
