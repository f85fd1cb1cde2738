"""Too late for the customer to cancel or move alone: the policy, and a person who may decide."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.commands import Deny, Human
from graph.flows.flow import Desk, option
from graph.state import Data


def too_late(desk: Desk, booking: Data) -> bool:
    """Whether the appointment is closer than the business lets customers change alone."""
    minutes = desk.business.booking.cancel_until_minutes if desk.business.booking else 0
    return datetime.fromisoformat(booking["start"]) - desk.now < timedelta(minutes=minutes)


def offer_person(desk: Desk, key: str) -> Data:
    """Says the policy and offers a person; the flow ends here, with a result that has no receipt."""
    minutes = desk.business.booking.cancel_until_minutes if desk.business.booking else 0
    desk.say(key, hours=f"{minutes / 60:g}")
    desk.offer(
        [
            option("pessoa", [Human("policy")], title_key="option.person"),
            option("nao", [Deny()], title_key="option.leave"),
        ]
    )
    desk.dialogue["question"] = {"kind": "human", "reason": "policy"}
    return {"receipt": None}
