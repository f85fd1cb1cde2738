"""What is only told of an animal, beside what is wanted for it: "tenho dois gatos", "he's 6 months old"."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.local.reading.heard import Heard
from understanding.local.reading.intent_groups import Judged

_TAKEN_FOR = frozenset({
    "faq", "catalog", "out_of_scope", "unclear", "smalltalk", "stock", "prices", "professionals", "goodbye", "wait",
    "my_bookings", "deny", "complaint", "thanks", "affirm", "inform",
})  # fmt: skip
"""What such words alone are taken for."""
_WANTED = ("service", "product", "professional", "order", "time")


def only_told_of(heard: Heard, ranked: Sequence[Judged]) -> bool:
    """Whether the clause says for whom something is, and asks or wants nothing."""
    if not heard.business.products or heard.clause.asks or not ranked or ranked[0][0] not in _TAKEN_FOR:
        return False
    if heard.kinds & set(_WANTED) or heard.situation.asks in ("name", "address"):
        return False
    return heard.has("tells_of_pets") and not heard.has("wants_to_know")
