"""Asking for a person."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from tools.tool import Desk, Tool, WriteArguments, writing


class RequestPerson(WriteArguments):
    key: str = Field("", description="not needed: a conversation has one open request at most")
    reason: str = Field(description="asked, complaint, urgent, keyword, stuck, error or policy")
    priority: Literal["normal", "high"] = "normal"
    note: str = Field("", description="what the person should know; never shown to the customer")


async def request_person(desk: Desk, arguments: RequestPerson) -> dict[str, Any]:
    """Puts the conversation in the line for a person: when asked for, or when the bot may not decide.

    `open` tells whether people are there now; otherwise `next_opening` when they are.
    """
    receipt = await desk.records.handoffs.open(arguments.reason, arguments.priority, desk.now, arguments.note)
    is_open = desk.business.is_open(desk.now)
    opening = None if is_open else desk.business.next_opening(desk.now)
    return {
        "receipt": receipt,
        "position": await desk.records.handoffs.position(),
        "open": is_open,
        "next_opening": opening.isoformat() if opening else None,
    }


TOOLS: tuple[Tool, ...] = (writing(RequestPerson, request_person),)
