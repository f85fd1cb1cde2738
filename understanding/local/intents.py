"""What a message wants: `classify` ranks intents, with confidences that mean what they say.

A classifier (pieces of words, words, concepts and their pairs; trained by `train.py`, see `weights.py`) sees a message
and what ordered rules (`rules.py`) make of it. The winner's confidence is read from a curve measured on messages it
had not seen: 0.9 means that nine in ten are right.

`classify` speaks of the intents everybody tells apart (`INTENTS`). Inside, some are finer (`FINER`): a question about
delivery is a kind of `faq`, a change of an order a kind of `order`. `rank` keeps those apart for the reader. What is
only learned apart (`LEARNED_APART`), because it is worded otherwise, nobody tells apart.
"""

from __future__ import annotations

from collections.abc import Mapping

from understanding.local.classifier import rules, weights
from understanding.local.classifier.calibration import confidence
from understanding.local.classifier.features import features, voted

INTENTS = (
    "greet", "goodbye", "thanks", "affirm", "deny", "human", "book", "reschedule", "cancel_booking",
    "my_bookings", "order", "order_status", "cancel_order", "catalog", "prices", "hours", "address", "payment",
    "faq", "complaint", "opt_out", "opt_in", "smalltalk", "out_of_scope",
)  # fmt: skip
FINER: Mapping[str, str] = {
    "delivery": "faq",
    "professionals": "faq",
    "change_order": "order",
    "forget": "deny",
    "wait": "smalltalk",
    "repeat": "smalltalk",
    "who_are_you": "smalltalk",
}
"""What only `rank` tells apart → the intent `classify` counts it to."""
LEARNED_APART: Mapping[str, str] = {"stock": "catalog"}
"""Utterances with a file of their own → the intent they are told as."""

_SHORT = 4
_PRIORS: Mapping[str, Mapping[str, float]] = {
    "confirm": {"affirm": 4.0, "deny": 4.0, "wait": 1.5, "thanks": 0.1},
    "clarify": {"affirm": 2.0, "deny": 2.0},
    "service": {"book": 2.0, "deny": 1.5},
    "time": {"book": 2.0, "affirm": 1.5, "deny": 1.5, "greet": 0.01},
    "preferred_period": {"book": 2.0, "greet": 0.01},
    "professional": {"book": 1.5, "affirm": 1.5, "deny": 1.5},
    "items": {"order": 2.0, "deny": 1.5},
    "delivery": {"delivery": 2.0, "affirm": 1.5},
    "payment": {"payment": 2.0},
}
"""What the bot asks for → how much likelier some intents of a short answer become."""

Ranked = list[tuple[str, float]]


def classify(text: str, language: str | None = None, context: str | None = None) -> Ranked:
    """Ranks what a message may want.

    `language` is a locale ("pt-BR", "en", "es") or None when not known; `context` is what the bot asks for ("confirm",
    "time", "items", …), which shifts short answers. Returns (intent, confidence) pairs, surest first, confidences
    between 0 and 1 that sum to one; an empty list for a message without any word.
    """
    return _calibrated(folded(_chances(text, language, context)), "folded")


def rank(text: str, language: str | None = None, context: str | None = None) -> Ranked:
    """The same with the finer intents kept apart."""
    return _calibrated(_chances(text, language, context), "fine")


def told(chances: Mapping[str, float]) -> dict[str, float]:
    """What is only learned apart, counted to the intent it is told as."""
    whole: dict[str, float] = {}
    for label, chance in chances.items():
        intent = LEARNED_APART.get(label, label)
        whole[intent] = whole.get(intent, 0.0) + chance
    return whole


def folded(chances: Mapping[str, float]) -> dict[str, float]:
    """Every finer intent counted to the one it is a kind of."""
    whole = dict.fromkeys(INTENTS, 0.0)
    for intent, chance in chances.items():
        whole[FINER.get(intent, intent)] += chance
    return whole


def _chances(text: str, language: str | None, context: str | None) -> dict[str, float]:
    """The classifier's chances, shifted by what the bot asks for; empty for a message without any word."""
    found = features(text)
    if not found:
        return {}
    chances = told(weights.load().probabilities(found | voted(rules.vote(text, language))))
    factors = _PRIORS.get(context or "", {}) if len(text.split()) <= _SHORT else {}
    shifted = {intent: chance * factors.get(intent, 1.0) for intent, chance in chances.items()}
    whole = sum(shifted.values())
    return {intent: chance / whole for intent, chance in shifted.items()}


def _calibrated(chances: Mapping[str, float], curve: str) -> Ranked:
    """Gives the winner its measured confidence and shares the remainder among the others in proportion."""
    if not any(chances.values()):
        return []
    (winner, chance), *others = sorted(chances.items(), key=lambda pair: -pair[1])
    sure = confidence(weights.load().curves[curve], chance)
    remainder = (1 - sure) / (sum(chance for _, chance in others) or 1.0)
    return [(winner, sure), *((intent, min(sure, chance * remainder)) for intent, chance in others)]
