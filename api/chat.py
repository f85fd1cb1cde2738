"""The chat page and what it reads. The session id a browser made up is the capability: it opens one chat, no other."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import FileResponse
from pydantic import BaseModel

from api.parts import Parts, of
from api.problems import documented
from api.shapes import Owner, Shape
from channels.web import PAGES
from persistence.chats import Chat

router = APIRouter(prefix="/chat", tags=["chat"])

_LOOK_AGAIN_SECONDS = 0.2


class Business(BaseModel):
    """A business one can chat with."""

    id: str
    name: str
    locale: str
    persona: str


class Businesses(BaseModel):
    items: list[Business]


class Option(Shape):
    """Something to tap; post `id` as the `choice` of the next message."""

    id: str
    title: str
    description: str = ""


class Line(Shape):
    """One bubble. With a `menu` its options are a list behind that button, otherwise buttons."""

    seq: int
    id: str
    role: Literal["customer", "bot", "agent"]
    text: str
    options: list[Option]
    menu: str | None
    at: datetime
    status: str


class Lines(BaseModel):
    """What is new in a chat, and who has the ball."""

    items: list[Line]
    typing: bool
    owner: Owner


@router.get("/api/businesses", summary="Who one can chat with")
async def businesses(request: Request) -> Businesses:
    """Every business of this installation."""
    every = of(request).businesses.values()
    return Businesses(
        items=[Business(id=one.id, name=one.name, locale=one.locale, persona=one.persona.name) for one in every]
    )


@router.get("/api/messages", summary="What is new", responses=documented(404, 503))
async def messages(
    request: Request,
    business: Annotated[str, Query(max_length=64)],
    session: Annotated[str, Query(pattern=r"^[A-Za-z0-9_-]{16,64}$")],
    after: Annotated[int, Query(ge=0, le=2**63 - 1, description="the last `seq` the page has")] = 0,
    wait: Annotated[float, Query(ge=0, le=30, description="seconds to wait for something new")] = 0,
) -> Lines:
    """The bubbles after `after`; waits for the first new one, or a change of hands, when asked to."""
    parts = of(request)
    if business not in parts.businesses:
        raise HTTPException(404, "There is no such business.")
    chat = await parts.chats.read(business, session, after)
    before, left = chat, wait
    while left > 0 and not chat.lines and (chat.typing, chat.owner) == (before.typing, before.owner):
        if parts.stopping.is_set() or await request.is_disconnected():
            break
        with suppress(TimeoutError):
            await asyncio.wait_for(parts.stopping.wait(), _LOOK_AGAIN_SECONDS)
        left -= _LOOK_AGAIN_SECONDS
        chat = await parts.chats.read(business, session, after)
    return _lines(parts, business, chat)


@router.get("", include_in_schema=False)
@router.get("/", include_in_schema=False)
async def chooser() -> FileResponse:
    """The page, which asks which business to talk to."""
    return FileResponse(PAGES / "chat.html")


@router.get("/{business}", include_in_schema=False)
async def page(request: Request, business: str) -> FileResponse:
    """The page of one business."""
    if business not in of(request).businesses:
        raise HTTPException(404, "There is no such business.")
    return FileResponse(PAGES / "chat.html")


def _lines(parts: Parts, business: str, chat: Chat) -> Lines:
    lines = [Line.model_validate(line) for line in chat.lines]
    for line in lines:
        line.at = parts.local(business, line.at)
    return Lines(items=lines, typing=chat.typing, owner=chat.owner)
