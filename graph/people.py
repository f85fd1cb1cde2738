"""Calling a person: one handoff, and an honest word about when somebody answers."""

from __future__ import annotations

from graph.flows.flow import Desk

_URGENT = ("urgent", "complaint", "keyword", "error")
_WORDED = (*_URGENT, "stuck", "lead", "policy")

UNCLEAR_AT_MOST = 2
"""Clarifications in a row that may fail; then a person does better."""


async def call_person(desk: Desk, reason: str, note: str = "") -> None:
    """Opens the handoff and says what happens next. The flows under way stay for when the bot returns."""
    priority = "high" if reason in _URGENT else "normal"
    receipt = await desk.call("request_person", reason=reason, priority=priority, note=note)
    desk.dialogue["handoff"] = {"id": receipt["receipt"], "reason": reason}
    desk.dialogue.update(question=None, unclear=0)
    desk.say(f"human.{reason}" if reason in _WORDED else "human.asked")
    outside = desk.business.handoff.message_outside_hours
    if receipt["open"]:
        desk.say("human.wait", position=receipt["position"])
    elif outside and desk.dialogue["language"] == desk.business.locale:
        desk.say("plain", text=outside)
    elif receipt["next_opening"]:
        desk.say("human.closed", opening={"$when": receipt["next_opening"]})
