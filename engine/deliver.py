"""Delivers a conversation's letters in order: one leaves only when it is known what became of the one before."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from domain.clock import Clock
from domain.errors import ChannelPaused, LeaseLost, SendRefused, SendRetry, SendUncertain, Unavailable
from domain.messages import Outgoing
from domain.ports import Channel, Lanes, Lease, Letter, Outbox, Voice
from engine.trace import where

LONGEST_BACKOFF = 300.0  # seconds
PAUSE = 60.0  # seconds, for an account that may not send
# https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages: later only templates may be sent
WINDOW = timedelta(hours=24)
GIVE_UP = timedelta(hours=24)  # an answer that could not leave for so long is no answer any more

log = structlog.get_logger("delivery")


@dataclass(frozen=True, slots=True)
class Deliverer:
    """Empties the outbox of claimed lanes. `grace_seconds`: how long a status webhook may take to settle a doubt.

    `voice` may word what the bot says; without one it goes out as it is.
    """

    outbox: Outbox
    lanes: Lanes
    channels: Mapping[str, Channel]
    clock: Clock
    grace_seconds: float = 20.0
    backoff_seconds: float = 1.0
    voice: Voice | None = None

    async def run(self, lease: Lease) -> None:
        """Sends what waits until nothing does, or something must wait. Never raises."""
        try:
            while letter := await self.outbox.take(lease, self.clock.now(), self.voice is not None):
                if not await self._deliver(lease, letter):
                    return
        except LeaseLost:
            log.warning("lease lost; another worker does it", tenant=lease.tenant, conversation=lease.conversation)
        except Exception as error:  # whatever a channel does, the lane goes on
            log.error(
                "delivery put off",
                tenant=lease.tenant,
                conversation=lease.conversation,
                error=type(error).__name__,
                where=where(error),
            )
            with suppress(Unavailable):
                await self.lanes.retry(lease, self._backoff(lease.attempts + 1))

    async def _deliver(self, lease: Lease, letter: Letter) -> bool:
        """Whether the next letter's turn has come."""
        now = self.clock.now()
        if letter.status == "uncertain":
            return not await self.outbox.put_off(letter.id, lease, "uncertain", now, self.grace_seconds, "worker died")
        if refusal := _refusal(letter, now):
            log.warning("not sent", tenant=lease.tenant, letter=letter.id, error=refusal)
            await self.outbox.settle(letter.id, lease, "failed", now, error=refusal)
            return True
        channel = self.channels[letter.destination.channel]
        try:
            sent = await channel.send(await self._worded(lease, letter), letter.destination, letter.id)
        except SendUncertain as error:
            return not await self.outbox.put_off(letter.id, lease, "uncertain", now, self.grace_seconds, str(error))
        except SendRetry as error:
            after = self._backoff(letter.attempts) if error.after is None else error.after
            return not await self.outbox.put_off(letter.id, lease, "queued", now, after, str(error))
        except ChannelPaused as error:
            log.error("account may not send", tenant=lease.tenant, account=letter.destination.account, error=str(error))
            return not await self.outbox.put_off(letter.id, lease, "queued", now, PAUSE, str(error))
        except SendRefused as error:
            log.warning("refused", tenant=lease.tenant, letter=letter.id, code=error.code)
            await self.outbox.settle(letter.id, lease, "failed", now, error=error.code or str(error))
            return True
        await self.outbox.settle(letter.id, lease, "sent", now, provider_id=sent.provider_id)
        return True

    async def _worded(self, lease: Lease, letter: Letter) -> Outgoing:
        """The message as it leaves. A letter is worded once: a second attempt sends the same words."""
        if self.voice is None or letter.status != "queued":
            return letter.message
        worded = await self.voice.reword(lease.tenant, letter.message.text)
        await self.outbox.seal(letter.id, lease, worded)
        return letter.message if worded is None else replace(letter.message, text=worded.text)

    def _backoff(self, attempts: int) -> float:
        """1, 4, 16… seconds."""
        return min(self.backoff_seconds * 4.0 ** (attempts - 1), LONGEST_BACKOFF)


def _refusal(letter: Letter, now: datetime) -> str | None:
    """Why a letter may not be sent at all. The confirmation of an opt-out was written with it, not after it."""
    if letter.opted_out_at is not None and letter.created_at > letter.opted_out_at:
        return "opted_out"
    if now - letter.created_at > GIVE_UP:
        return "expired"
    late = letter.last_customer_at is None or now - letter.last_customer_at > WINDOW
    return "window" if late and letter.destination.channel == "whatsapp" else None
