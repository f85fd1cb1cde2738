"""Chances made honest: a curve measured on unseen texts tells how often a chance was right."""

from __future__ import annotations

import math


def confidence(curve: tuple[float, float], chance: float) -> float:
    """How often a label with this chance was right: a logistic curve over the chance's odds, (slope, height)."""
    return 1 / (1 + math.exp(-(curve[0] * odds(chance) + curve[1])))


def odds(chance: float) -> float:
    """The logarithm of the odds, of chances that are never quite 0 or 1."""
    inside = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(inside / (1 - inside))
