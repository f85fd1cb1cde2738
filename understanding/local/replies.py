"""What a reply to a summary means: `judge` tells how surely it is a yes, a no, a pause, a change, a question, or none.

A classifier (see `reply_features.py`; trained by `train.py`) sees the whole message and what it replies to. Each
confidence is read from a curve measured on replies it had not seen: 0.9 means that nine in ten are what is said.
"""

from __future__ import annotations

from collections.abc import Mapping

from understanding.local.classifier import weights
from understanding.local.classifier.calibration import confidence
from understanding.local.classifier.reply_features import Summary as Summary
from understanding.local.classifier.reply_features import features

REPLIES = ("yes", "no", "hold", "change", "question", "other")


def judge(text: str, to: Summary, language: str) -> Mapping[str, float]:
    """How surely the reply is each of `REPLIES`; they need not sum to one. Empty for a text without any word."""
    if not any(letter.isalnum() for letter in text):
        return {}
    model = weights.load(weights.REPLIES)
    chances = model.probabilities(features(text, to, language))
    return {label: confidence(model.curves[f"{to}.{label}"], chance) for label, chance in chances.items()}
