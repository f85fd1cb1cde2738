"""What a message wants: `classify` ranks intents, with confidences that mean what they say.

A classifier (character and word pieces, trained by `train.py`, see `weights.py`) and ordered rules (`rules.py`) vote;
the votes are averaged. The winner's confidence is then read from a curve measured on messages the classifier had not
seen, one curve for each case: classifier and rule agree, they differ, no rule spoke. 0.9 means nine in ten are right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from understanding.local import rules, weights
from understanding.local.features import features

INTENTS = (
    "greet", "goodbye", "thanks", "affirm", "deny", "human", "book", "reschedule", "cancel_booking",
    "my_bookings", "order", "change_order", "order_status", "cancel_order", "catalog", "prices", "hours",
    "address", "payment", "delivery", "faq", "complaint", "opt_out", "opt_in", "smalltalk", "repeat", "wait",
    "forget", "out_of_scope",
)  # fmt: skip

RULE_SHARE = 0.5
"""How much of the average a rule's vote is; measured by `train.py --report`."""

_SHORT = 4
_PRIORS: Mapping[str, Mapping[str, float]] = {
    "confirm": {"affirm": 4.0, "deny": 4.0, "wait": 1.5},
    "clarify": {"affirm": 2.0, "deny": 2.0},
    "service": {"book": 2.0, "deny": 1.5},
    "time": {"book": 2.0, "affirm": 1.5, "deny": 1.5},
    "professional": {"book": 1.5, "affirm": 1.5, "deny": 1.5},
    "items": {"order": 2.0, "deny": 1.5},
    "delivery": {"delivery": 2.0, "affirm": 1.5},
    "payment": {"payment": 2.0},
}
"""What the bot asks for → how much likelier some intents of a short answer become."""


def classify(text: str, language: str | None = None, context: str | None = None) -> list[tuple[str, float]]:
    """Ranks what a message may want.

    `language` is a locale ("pt-BR", "en", "es") or None when not known; `context` is what the bot asks for ("confirm",
    "time", "items", …), which shifts short answers. Returns (intent, confidence) pairs, surest first, confidences
    between 0 and 1 that sum to one; an empty list for a message without any word.
    """
    found = features(text)
    if not found:
        return []
    model = weights.load()
    guess = model.probabilities(found)
    vote = rules.vote(text, language)
    mixed = combine(guess, vote, context if len(text.split()) <= _SHORT else None)
    ranked = sorted(mixed.items(), key=lambda pair: -pair[1])
    return _calibrated(ranked, model.curves[case_of(guess, vote)])


def combine(guess: Mapping[str, float], vote: str | None, context: str | None = None) -> dict[str, float]:
    """The average of classifier and rule, shifted by what the bot asks for."""
    share = RULE_SHARE if vote else 0.0
    mixed = {intent: chance * (1 - share) for intent, chance in guess.items()}
    if vote:
        mixed[vote] = mixed.get(vote, 0.0) + share
    for intent, factor in _PRIORS.get(context or "", {}).items():
        mixed[intent] *= factor
    whole = sum(mixed.values())
    return {intent: chance / whole for intent, chance in mixed.items()}


def case_of(guess: Mapping[str, float], vote: str | None) -> str:
    """Which calibration curve speaks for this pair of votes: agree, differ or alone."""
    if vote is None:
        return "alone"
    return "agree" if max(guess, key=guess.__getitem__) == vote else "differ"


def _calibrated(ranked: Sequence[tuple[str, float]], curve: Sequence[tuple[float, float]]) -> list[tuple[str, float]]:
    """Gives the winner its measured confidence and shares the remainder among the others in proportion."""
    (winner, raw), others = ranked[0], ranked[1:]
    sure = interpolated(curve, raw)
    remainder = (1 - sure) / (sum(chance for _, chance in others) or 1.0)
    return [(winner, sure), *((intent, min(sure, chance * remainder)) for intent, chance in others)]


def interpolated(curve: Sequence[tuple[float, float]], raw: float) -> float:
    before = curve[0]
    for knot in curve:
        if raw <= knot[0]:
            span = knot[0] - before[0]
            return knot[1] if span <= 0 else before[1] + (knot[1] - before[1]) * (raw - before[0]) / span
        before = knot
    return curve[-1][1]
