"""What is replied to a question for one more detail: `judge` tells how surely it gives up, pauses or goes on.

A classifier (see `reply_features.py`; trained by `train.py`) sees the whole message. Each confidence is read from a
curve measured on replies it had not seen: 0.9 means that nine in ten are what is said.
"""

from __future__ import annotations

from collections.abc import Mapping

from understanding.local.classifier import weights
from understanding.local.classifier.calibration import confidence
from understanding.local.classifier.reply_features import features_midway

STEPS = ("gives_up", "pauses", "goes_on")


def judge(text: str, language: str) -> Mapping[str, float]:
    """How surely the reply is each of `STEPS`; they need not sum to one. Empty for a text without any word."""
    if not any(letter.isalnum() for letter in text):
        return {}
    model = weights.load(weights.STEPS)
    chances = model.probabilities(features_midway(text, language))
    return {label: confidence(model.curves[label], chance) for label, chance in chances.items()}
