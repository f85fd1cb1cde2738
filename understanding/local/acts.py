"""What is said while no question waits: `judge` tells how surely a message is each act, in the state it is said in.

"How much will it be?" is about what was just booked, "and on Friday?" about what stands; a classifier (see
`reply_features.py`; trained by `train.py`) sees the whole message and the state. Each confidence is read from a curve
measured on messages it had not seen: 0.9 means that nine in ten are that act.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from understanding.local.classifier import weights
from understanding.local.classifier.calibration import confidence
from understanding.local.classifier.reply_features import features_in_state

State = Literal["new", "has_booking", "has_order", "just_booked", "just_ordered", "told"]
"""Nothing stands; an appointment stands, an order; one of them was just made; something was just answered."""
_FAINT, _SURELY_ELSE = 0.05, 0.8
_ANYWHERE: tuple[State, ...] = ("new", "just_booked")


def judge(text: str, state: State, language: str) -> Mapping[str, float]:
    """How surely the message is each act; they need not sum to one. Empty for a text without any word."""
    if not any(letter.isalnum() for letter in text):
        return {}
    model = weights.load(weights.ACTS)
    chances = model.probabilities(features_in_state(text, state, language))
    return {act: confidence(model.curves[act], chance) for act, chance in chances.items()}


def may_complain(text: str, language: str, *, wishes: bool = False) -> bool:
    """Whether the message as a whole may be a complaint: "tenho algo marcado? minha cabeça tá péssima" is none.

    `wishes`: something else in it is a wish; without one, some act must surely be another.
    """
    judged = [judge(text, state, language) for state in _ANYWHERE]
    other = wishes or any(max(each.values(), default=0.0) >= _SURELY_ELSE for each in judged)
    return not other or any(each.get("complaint", 1.0) >= _FAINT for each in judged)
