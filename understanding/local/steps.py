"""What is replied to a question for one more detail: `judge` tells how surely it is each of `STEPS`.

It gives up or pauses, asks something, wants a person or something else than what is under way, is only talk, or goes
on: it answers, changes or adds something. A classifier (see `reply_features.py`; trained by `train.py`) sees the whole
message and what was asked for. Each confidence is read from a curve measured on replies it had not seen: 0.9 means
that nine in ten are what is said.
"""

from __future__ import annotations

from collections.abc import Mapping

from understanding.local.classifier import weights
from understanding.local.classifier.calibration import confidence
from understanding.local.classifier.reply_features import features_midway

STEPS = ("gives_up", "pauses", "asks", "human", "other_wish", "talk", "goes_on")
ASKED = ("service", "time", "professional", "items", "delivery", "address", "payment", "lead")
"""What may be asked for; "lead" is whatever a lead is asked."""


def judge(text: str, language: str, asked: str = "") -> Mapping[str, float]:
    """How surely the reply is each of `STEPS`; they need not sum to one. Empty for a text without any word.

    `asked` is one of `ASKED`; anything else is as if that were not known.
    """
    if not any(letter.isalnum() for letter in text):
        return {}
    model = weights.load(weights.STEPS)
    chances = model.probabilities(features_midway(text, asked if asked in ASKED else "", language))
    return {label: confidence(model.curves[label], chance) for label, chance in chances.items()}
