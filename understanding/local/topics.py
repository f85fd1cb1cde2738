"""What a question to a business is about: parking, children, whether it hurts … or none of the topics known.

A classifier trained on many people's questions (`training/topics/`) says how surely. It knows no business: whose words
answer a question about parking is found where the business's own texts are (`tools/passages.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from understanding.local.classifier import weights
from understanding.local.classifier.calibration import confidence
from understanding.local.classifier.features import features
from understanding.local.text.words import split

NONE = "none"
"""Asks about none of them: bookings, orders, chatter, the world."""

_KEPT = 1024
_FAINT = 0.02


@lru_cache(maxsize=_KEPT)
def about(words: str) -> Mapping[str, float]:
    """How surely (0–1) the words are about each topic, faint ones left out; empty for words about none."""
    known = weights.load(weights.TOPICS)
    if not any(f"={word.text}" in known.rows for word in split(words)):
        return {}  # letters alone tell nothing of words nobody ever asked with
    chances = known.probabilities(features(words))
    sure = {topic: confidence(known.curves["winner"], chance) for topic, chance in chances.items() if topic != NONE}
    return {topic: value for topic, value in sure.items() if value >= _FAINT}
