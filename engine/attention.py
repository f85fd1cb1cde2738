"""Shows customers that their words are read (blue ticks, "typing…") while a turn runs: beside it, never in its way."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, runtime_checkable

import structlog

from domain.business import Business
from domain.ports import Channel, Pending, Unit
from engine.turn import Answer, Answering

AT_ONCE = 100  # beyond that the courtesy is left out

log = structlog.get_logger("attention")


@runtime_checkable
class Attentive(Protocol):
    """A channel that can show somebody at work."""

    async def mark_read(self, provider_id: str, account: str) -> bool:
        """Shows the customer's message as read and an answer as being written; says whether it worked."""
        ...


class Attention:
    """Owns the tasks that show it. A person who has the ball decides alone what the customer is shown."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = {name: channel for name, channel in channels.items() if isinstance(channel, Attentive)}
        self._tasks: set[asyncio.Task[None]] = set()

    def shown(self, answer: Answering) -> Answering:
        """The same, with the customer shown that it has begun."""

        async def attended(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
            self._show(pending)
            return await answer(thread, pending, business, unit, now)

        return attended

    async def close(self) -> None:
        """Gives up what is still under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _show(self, pending: Pending) -> None:
        channel = self._channels.get(pending.destination.channel)
        last = next((event.provider_id for event in reversed(pending.events) if event.kind == "customer"), "")
        if channel is None or not last or pending.handoff is not None or len(self._tasks) >= AT_ONCE:
            return
        task = asyncio.create_task(_courtesy(channel, last, pending.destination.account), name="mark read")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _courtesy(channel: Attentive, provider_id: str, account: str) -> None:
    try:
        await channel.mark_read(provider_id, account)
    except Exception as error:  # whatever a channel does, the customer is answered
        log.warning("not shown as read", error=type(error).__name__)
