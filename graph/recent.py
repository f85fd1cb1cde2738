"""What was asked about or carried out a moment ago: what "quero essa" and "mais cedo tem?" speak of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.state import Data

_TURNS = 3


def topic(dialogue: Mapping[str, Any]) -> Data:
    """What was asked about, `fresh` when in this turn or the one before; nothing when that is long past."""
    asked: Data = dialogue.get("topic") or {}
    age = dialogue["turns"] - asked["turn"] if asked else 0
    return {**asked, "fresh": age <= 1} if asked and age <= _TURNS else {}


def done(dialogue: Mapping[str, Any], within: int = _TURNS) -> Data:
    """The last effect, when it was carried out within so many turns; else nothing."""
    effect: Data = dialogue["done"] or {}
    return effect if effect and dialogue["turns"] - effect.get("turn", -within) < within else {}
