"""What a reply means: `judge` tells how surely it is a yes, a no, a pause, a change, a question, or none of these.

A classifier (see `reply_features.py`; trained by `train.py`) sees the whole message and what it replies to. Each
confidence is read from a curve measured on replies it had not seen: 0.9 means that nine in ten are what is said.
"""

from __future__ import annotations

from collections.abc import Mapping

from understanding.local.classifier import weights
from understanding.local.classifier.calibration import confidence
from understanding.local.classifier.reply_features import Asked as Asked
from understanding.local.classifier.reply_features import features

REPLIES = ("yes", "no", "hold", "change", "question", "other")


def judge(text: str, to: Asked, language: str) -> Mapping[str, float]:
    """How surely the reply is each of `REPLIES`; they need not sum to one. Empty for a text without any word.

    To a question for a detail it is a no that gives up, a pause, or something else.
    """
    if not any(letter.isalnum() for letter in text):
        return {}
    model = weights.load(weights.REPLIES)
    chances = model.probabilities(features(text, to, language))
    curves = {label: model.curves.get(f"{to}.{label}") for label in chances}
    return {label: confidence(curve, chances[label]) for label, curve in curves.items() if curve is not None}
