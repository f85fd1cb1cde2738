"""Blue ticks and "typing…" are a courtesy: shown when the bot answers, and never in the way of the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from domain.business import Business
from domain.messages import Alias, Destination
from domain.ports import Event, Pending, Unit
from engine.attention import Attention
from engine.turn import Answer
from tests.twins.engine import SilentChannel, said

NOW = datetime(2026, 3, 10, 13, tzinfo=UTC)


class AttentiveChannel(SilentChannel):
    """Notes what is shown as read, then does as told."""

    def __init__(self, then: Exception | None = None, hangs: bool = False) -> None:
        super().__init__()
        self.shown: list[tuple[str, str]] = []
        self._then, self._hangs = then, hangs

    async def mark_read(self, provider_id: str, account: str) -> bool:
        self.shown.append((provider_id, account))
        if self._then:
            raise self._then
        if self._hangs:
            await asyncio.Event().wait()
        return True


async def answered(channel: SilentChannel, *kinds: str, handoff: Mapping[str, Any] | None = None) -> Answer:
    """A turn of such events, and everything beside it ended."""
    events = tuple(Event(n, kind, {}, NOW, f"wamid.{n}") for n, kind in enumerate(kinds))
    destination = Destination("whatsapp", "account", Alias("phone", "5511988887777"))

    async def answer(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
        await asyncio.sleep(0)
        return said("oi")

    attention = Attention({"whatsapp": channel})
    pending = Pending(events, destination, "customer", handoff, 1)
    async with asyncio.timeout(5):
        found = await attention.shown(answer)("thread", pending, cast(Business, None), cast(Unit, None), NOW)
        await attention.close()
    return found


async def test_the_customers_last_message_is_shown_as_read() -> None:
    channel = AttentiveChannel()
    await answered(channel, "customer", "customer", "agent_noted")
    assert channel.shown == [("wamid.1", "account")]


@pytest.mark.parametrize("channel", [AttentiveChannel(ZeroDivisionError()), AttentiveChannel(hangs=True)])
async def test_a_courtesy_that_fails_or_hangs_is_not_in_the_way(channel: AttentiveChannel) -> None:
    assert [reply.text for reply in (await answered(channel, "customer")).replies] == ["oi"]
    assert len(channel.shown) == 1


async def test_nothing_is_shown_while_a_person_has_the_ball_or_nobody_wrote() -> None:
    channel = AttentiveChannel()
    await answered(channel, "customer", handoff={"id": "1", "status": "waiting", "agent": None})
    await answered(channel, "returned")
    assert channel.shown == []


async def test_a_channel_that_cannot_show_it_answers_all_the_same() -> None:
    assert (await answered(SilentChannel(), "customer")).replies
