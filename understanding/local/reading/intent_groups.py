"""Intents that are treated alike, and how sure the classifier must be of one."""

from __future__ import annotations

QUESTIONS = ("prices", "hours", "address", "payment", "delivery", "catalog", "faq", "out_of_scope", "stock", "why",
             "professionals")  # fmt: skip
DEFINITE = frozenset({
    *QUESTIONS, "order", "book", "reschedule", "cancel_booking", "my_bookings", "cancel_order", "order_status",
    "change_order",
}) - {"out_of_scope"}  # fmt: skip
BEGUN = ("order", "book")
LOOSE = frozenset({"out_of_scope", "faq", "smalltalk"})
IDLE_TALK = frozenset({"affirm", "deny", "wait", "thanks"})

CERTAIN, SURE, LIKELY = 0.97, 0.72, 0.35

Judged = tuple[str, float]
"""An intent and how sure it is."""
