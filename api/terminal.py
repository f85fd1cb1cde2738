"""A chat with a business in the terminal: in by the way of a webhook, out by the way of the chat page."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable

from api.parts import Parts
from domain.errors import NotFound
from domain.ports import Webhook
from persistence.chats import Line

_LOOK_AGAIN_SECONDS = 0.1


async def talk(parts: Parts, business: str, ask: Callable[[], str], show: Callable[[str], None]) -> None:
    """Until `ask` raises EOFError or gives an empty line. A number taps that option of the last message."""
    if business not in parts.businesses:
        raise NotFound(f"There is no business {business!r}; there are {', '.join(sorted(parts.businesses))}.")
    chat = _Chat(parts, business)
    show(f"{parts.businesses[business].name}: write something; an empty line ends it.")
    while words := await _asked(ask):
        await chat.say(words)
        for line in await chat.answers():
            show(line)


async def _asked(ask: Callable[[], str]) -> str:
    try:
        return (await asyncio.to_thread(ask)).strip()
    except EOFError:
        return ""


class _Chat:
    def __init__(self, parts: Parts, business: str) -> None:
        self._parts, self._business = parts, business
        self._session = secrets.token_urlsafe(16)
        self._after = 0
        self._offered: list[dict[str, str]] = []

    async def say(self, words: str) -> None:
        """Posts what was typed, as the chat page would."""
        message = {"session": self._session, "business": self._business, "id": secrets.token_urlsafe(16), "text": words}
        if words.isdigit() and 0 < int(words) <= len(self._offered):
            tapped = self._offered[int(words) - 1]
            message |= {"text": tapped["title"], "choice": tapped["id"]}
        parsed = self._parts.channels["web"].parse(Webhook("POST", {}, {}, json.dumps(message).encode()))
        await self._parts.receiver.receive(parsed)

    async def answers(self) -> list[str]:
        """What the business says now; nothing while a person has the conversation."""
        said: list[Line] = []
        while True:
            chat = await self._parts.chats.read(self._business, self._session, self._after)
            self._after = max([self._after, *(line.seq for line in chat.lines)])
            said += [line for line in chat.lines if line.role != "customer"]
            if not chat.typing and (said or chat.owner != "bot"):
                self._offered = said[-1].options if said else []
                return [_shown(line) for line in said]
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)


def _shown(line: Line) -> str:
    options = [f"  {number}. {option['title']}" for number, option in enumerate(line.options, 1)]
    return "\n".join([f"{line.role}: {line.text}", *options])
