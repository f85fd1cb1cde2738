"""Runs one turn: everything that waits in a conversation, through the graph once, committed together or not at all.

A turn that fails leaves nothing and is tried again, later each time. One that keeps failing is run with the failure as
an event, so that the graph hands the conversation to a person; if even that fails, it is handed over without the graph.
Nobody is left unanswered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import structlog

from domain.business import Business
from domain.clock import Clock
from domain.errors import LeaseLost, Superseded, Unavailable
from domain.messages import Outgoing
from domain.ports import Event, Lanes, Lease, Outcome, Pending, Said, Unit, Units
from engine.trace import where

ATTEMPTS = 4  # before a person gets it
LONGEST_BACKOFF = 60.0  # seconds
RERUNS = 2  # because of newer messages; then the turn is committed without them and they get the next

log = structlog.get_logger("turn")


class Answer(Protocol):
    """What the graph makes of a turn; see graph/run.py."""

    @property
    def replies(self) -> Sequence[Outgoing]: ...
    @property
    def flow(self) -> str | None: ...
    @property
    def asks(self) -> str: ...
    @property
    def slots(self) -> Mapping[str, Any]: ...
    @property
    def understanding(self) -> Mapping[str, Any]: ...


# (thread, pending, business, unit, now): the graph, composed by server.py.
Answering = Callable[[str, Pending, Business, Unit, datetime], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class TurnRunner:
    """Runs the turns of claimed lanes. `apology` is what a customer reads when nothing worked."""

    units: Units
    lanes: Lanes
    businesses: Mapping[str, Business]
    answer: Answering
    clock: Clock
    apology: Callable[[Business], str]
    backoff_seconds: float = 1.0
    timeout_seconds: float = 120.0

    async def run(self, lease: Lease) -> None:
        """Deals with a lane. Never raises; what cannot be done now is left to a later claim."""
        if lease.attempts >= ATTEMPTS:  # workers died over it
            await self._hand_over(lease, "WorkerDied")
            return
        error = await self._outcome(self._answer_all(lease), lease)
        if error is None:
            return
        if lease.attempts + 1 < ATTEMPTS:
            await self._later(lease)
        else:
            await self._hand_over(lease, error)

    async def _hand_over(self, lease: Lease, error: str) -> None:
        """To a person: by the graph, which may say more about it, or else without it."""
        if await self._outcome(self._turn(lease, patient=False, failure=error), lease) is None:
            return
        if await self._outcome(self._surrender(lease, error), lease) is not None:
            await self._later(lease)

    async def _outcome(self, work: Awaitable[None], lease: Lease) -> str | None:
        """The name of the error that `work` failed with; None when it is done, or not ours to repeat.

        The one place where any exception is caught: whatever a flow, tool or library does, the customer is answered.
        """
        try:
            async with asyncio.timeout(self.timeout_seconds):
                await work
        except LeaseLost:
            log.warning("lease lost; another worker does it", tenant=lease.tenant, conversation=lease.conversation)
        except Unavailable as error:
            log.warning("turn put off", tenant=lease.tenant, conversation=lease.conversation, error=str(error))
            await self._later(lease)
        except Exception as error:
            name = type(error).__name__
            log.error(
                "turn failed",
                tenant=lease.tenant,
                conversation=lease.conversation,
                attempt=lease.attempts + 1,
                error=name,
                where=where(error),
            )
            return name
        return None

    async def _answer_all(self, lease: Lease) -> None:
        for rerun in range(RERUNS + 1):
            with suppress(Superseded):
                await self._turn(lease, patient=rerun < RERUNS)
                return

    async def _turn(self, lease: Lease, *, patient: bool, failure: str | None = None) -> None:
        business = self.businesses[lease.tenant]
        async with self.units.begin(lease, business) as unit:
            pending = await unit.load()
            if not pending.events:
                await unit.commit(pending, None)
                return
            now = self.clock.now()
            seen = pending
            if failure:
                seen = replace(pending, events=(Event(0, "failed", {"error": failure}, now), *pending.events))
            answer = await self.answer(f"{lease.tenant}:{lease.conversation}", seen, business, unit, now)
            await unit.commit(pending, _outcome(pending, answer, now), patient=patient)

    async def _surrender(self, lease: Lease, error: str) -> None:
        """A high-priority handoff with the error as a note, and an apology, unless a person is there already."""
        business, now = self.businesses[lease.tenant], self.clock.now()
        async with self.units.begin(lease, business) as unit:
            pending = await unit.load()
            said = _written(pending)
            if pending.handoff is None:
                await unit.records.handoffs.open("error", "high", now, f"The bot failed: {error}")
                text = self.apology(business)
                said += (Said("bot", text, now, outgoing=Outgoing(text)),)
            await unit.commit(pending, Outcome(said, None, "none", {}), patient=False)

    async def _later(self, lease: Lease) -> None:
        """1, 2, 4… seconds. When the database is down too, the lease runs out by itself."""
        with suppress(Unavailable):
            await self.lanes.retry(lease, min(self.backoff_seconds * 2**lease.attempts, LONGEST_BACKOFF))


def _outcome(pending: Pending, answer: Answer, now: datetime) -> Outcome:
    replies = tuple(Said("bot", reply.text, now, outgoing=reply) for reply in answer.replies)
    return Outcome(_written(pending) + replies, answer.flow, answer.asks, answer.slots, answer.understanding)


def _written(pending: Pending) -> tuple[Said, ...]:
    """The customer's messages as transcript rows. What agents did is in the transcript already."""
    return tuple(
        Said(
            "customer",
            event.content["text"],
            event.at,
            {key: value for key, value in event.content.items() if key != "text"},
            event.id,
        )
        for event in pending.events
        if event.kind == "customer"
    )
