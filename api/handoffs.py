"""The line of conversations that wait for a person, and what that person does with one."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from api.auth import SignedIn, scope
from api.lists import Place, Wanted, one, page, shaped
from api.parts import of
from api.problems import documented
from api.shapes import Handoff, Note, Page
from persistence.lists import HANDOFFS, NOTES

router = APIRouter(prefix="/api/v1/handoffs", tags=["handoffs"])

ACTIONS = documented(401, 404, 409, 503)
Words = Annotated[str, Field(min_length=1, max_length=4096, pattern=r"^[^\x00]*\S[^\x00]*$")]


class Body(BaseModel):
    """What an action takes: nothing beyond the named."""

    model_config = ConfigDict(extra="forbid")


class Assignment(Body):
    agent: str | None = Field(None, max_length=64, description="a user's id; you when left out")


class Reply(Body):
    text: Words


class NewNote(Body):
    text: Words


class Return(Body):
    outcome: Words | None = Field(None, description="what was agreed: the bot goes on from there")


class Completion(Body):
    resolution: Words
    customer_satisfaction: int | None = Field(None, ge=1, le=5)


@router.get("", summary="The line", responses=documented(401, 403, 404, 503))
async def handoffs(request: Request, caller: SignedIn, wanted: Annotated[Wanted, Depends()]) -> Page[Handoff]:
    """Handoffs, the latest first. Statuses: waiting, assigned, returned, completed."""
    return await page(request, caller, HANDOFFS, Handoff, wanted)


@router.get("/{handoff}", summary="One handoff", responses=documented(401, 404, 503))
async def handoff(request: Request, caller: SignedIn, handoff: str) -> Handoff:
    """Its reason, its place in the line, who has it."""
    return await one(request, caller, HANDOFFS, Handoff, handoff)


@router.get("/{handoff}/notes", summary="Notes", responses=documented(401, 404, 503))
async def notes(request: Request, caller: SignedIn, handoff: str, place: Annotated[Place, Depends()]) -> Page[Note]:
    """What colleagues and the system wrote down about the conversation, the first first."""
    found = await one(request, caller, HANDOFFS, Handoff, handoff)
    return await page(request, caller, NOTES, Note, place, conversation=UUID(found.conversation))


@router.post("/{handoff}/assign", summary="Take it, or give it to somebody", responses=ACTIONS)
async def assign(request: Request, caller: SignedIn, handoff: str, body: Assignment | None = None) -> Handoff:
    """Puts a waiting handoff into an agent's hands; 409 when somebody has it."""
    parts = of(request)
    agent = body.agent if body else None
    return shaped(parts, Handoff, await parts.desk.assign(scope(caller), handoff, caller.id, agent))


@router.post("/{handoff}/reply", summary="Answer the customer", responses=ACTIONS)
async def reply(request: Request, caller: SignedIn, handoff: str, body: Reply) -> Handoff:
    """Sends the text to the customer; the handoff must be assigned."""
    parts = of(request)
    return shaped(parts, Handoff, await parts.desk.reply(scope(caller), handoff, caller.id, body.text))


@router.post("/{handoff}/notes", summary="Write a note", responses=ACTIONS)
async def note(request: Request, caller: SignedIn, handoff: str, body: NewNote) -> Handoff:
    """Writes something down for colleagues; the customer never sees it."""
    parts = of(request)
    return shaped(parts, Handoff, await parts.desk.note(scope(caller), handoff, caller.id, body.text))


@router.post("/{handoff}/return", summary="Give it back to the bot", responses=ACTIONS)
async def give_back(request: Request, caller: SignedIn, handoff: str, body: Return | None = None) -> Handoff:
    """The bot goes on, knowing what was agreed."""
    parts = of(request)
    outcome = body.outcome if body else None
    return shaped(parts, Handoff, await parts.desk.give_back(scope(caller), handoff, caller.id, outcome))


@router.post("/{handoff}/complete", summary="Close the matter", responses=ACTIONS)
async def complete(request: Request, caller: SignedIn, handoff: str, body: Completion) -> Handoff:
    """Closes it with what came of it; the bot answers what the customer writes next."""
    parts = of(request)
    done = await parts.desk.complete(scope(caller), handoff, caller.id, body.resolution, body.customer_satisfaction)
    return shaped(parts, Handoff, done)
