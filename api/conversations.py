"""Conversations: who has the ball, what is being talked about, and every word of it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from api.auth import SignedIn, scope
from api.lists import Place, Wanted, one, page, shaped
from api.parts import of
from api.problems import documented
from api.shapes import Conversation, Handoff, Message, Page
from persistence.lists import CONVERSATIONS, MESSAGES

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])


@router.get("", summary="Conversations", responses=documented(401, 403, 404, 503))
async def conversations(request: Request, caller: SignedIn, wanted: Annotated[Wanted, Depends()]) -> Page[Conversation]:
    """Conversations, the last touched first. `status` is the owner: bot, queue, agent."""
    return await page(request, caller, CONVERSATIONS, Conversation, wanted)


@router.get("/{conversation}", summary="One conversation", responses=documented(401, 404, 503))
async def conversation(request: Request, caller: SignedIn, conversation: str) -> Conversation:
    """Who has it, which flow it is in, what is known and what is asked."""
    return await one(request, caller, CONVERSATIONS, Conversation, conversation)


@router.get("/{conversation}/messages", summary="Transcript", responses=documented(401, 404, 503))
async def messages(
    request: Request, caller: SignedIn, conversation: str, place: Annotated[Place, Depends()]
) -> Page[Message]:
    """Everything that was said, the first first."""
    found = await one(request, caller, CONVERSATIONS, Conversation, conversation)
    return await page(request, caller, MESSAGES, Message, place, conversation=UUID(found.id))


@router.post("/{conversation}/takeover", summary="Take over", responses=documented(401, 404, 409, 503))
async def take_over(request: Request, caller: SignedIn, conversation: str) -> Handoff:
    """Takes the conversation from the bot, without anybody having asked for a person."""
    parts = of(request)
    return shaped(parts, Handoff, await parts.desk.take_over(scope(caller), conversation, caller.id))
