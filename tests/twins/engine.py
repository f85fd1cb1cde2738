"""The engine on a real database, with a channel that only writes down what it is told to send.

engine = await Engine.on(database, businesses, clock)
await engine.hears("oi")            # a customer writes, the webhook is committed
await engine.turns(answer)          # what is due is answered by `answer`
await engine.deliveries()           # what waits is sent; `engine.channel.sent` are the texts
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from types import SimpleNamespace
from typing import Any

from domain.business import Business
from domain.clock import StandingClock
from domain.messages import Alias, Content, Destination, Inbound, Outgoing, Parsed, Sent, StatusUpdate
from domain.ports import Pending, Unit, Voice, Webhook
from engine.deliver import Deliverer
from engine.receive import Receiver
from engine.turn import Answer, Answering, TurnRunner
from persistence.cipher import serializer
from persistence.database import Database
from persistence.lanes import Lanes
from persistence.outbox import Outbox
from persistence.receive import Inbox
from persistence.unit import Units
from persistence.wakeup import Wakeup

TENANT = "studio-aurora"
MARIA = Alias("phone", "5511988887777")
SECRET = "a secret for tests"
_numbers = count(1)


def message(text: str, provider_id: str | None = None, sender: Alias = MARIA, **more: Any) -> Inbound:
    """A text as WhatsApp brings it to Studio Aurora."""
    facts: dict[str, Any] = {
        "channel": "whatsapp",
        "account": "100000000000001",
        "provider_id": provider_id or f"wamid.{next(_numbers)}",
        "aliases": (sender,),
        "reply_to": sender,
        "sent_at": datetime.fromisoformat("2026-03-10T10:00:00-03:00"),
        "content": Content("text", text),
    }
    return Inbound(**facts | more)


@dataclass
class SilentChannel:
    """A provider that takes every message, or does what the script says to the next ones."""

    name: str = "whatsapp"
    sent: list[str] = field(default_factory=list)
    callbacks: list[str] = field(default_factory=list)
    script: deque[Exception] = field(default_factory=deque)

    def parse(self, webhook: Webhook) -> Parsed:
        raise NotImplementedError

    async def send(
        self, message: Outgoing, destination: Destination, callback: str, reply_to: str | None = None
    ) -> Sent:
        self.callbacks.append(callback)
        if self.script:
            raise self.script.popleft()
        self.sent.append(message.text)
        return Sent(f"sent.{len(self.sent)}")

    async def close(self) -> None: ...


def said(*texts: str) -> Answer:
    """An answer of the graph that says `texts`."""
    replies = tuple(Outgoing(text) for text in texts)
    return SimpleNamespace(replies=replies, flow=None, asks="none", slots={}, understanding={})


async def echo(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
    """Stands in for the graph: repeats everything it was told, in one reply."""
    return said(" | ".join(event.content.get("text", event.kind) for event in pending.events))


class Engine:
    """One process's engine; lanes are moved by SQL instead of waiting."""

    def __init__(
        self, database: Database, businesses: Mapping[str, Business], clock: StandingClock, pause_seconds: float = 0.0
    ) -> None:
        self.database, self.businesses, self.clock = database, businesses, clock
        self.channel = SilentChannel()
        self.voice: Voice | None = None
        self.lanes = Lanes(database, Wakeup(""))
        self.outbox = Outbox(database)
        self.units = Units(database, clock, serializer(SECRET))
        self.receiver = Receiver(Inbox(database, pause_seconds), businesses, clock)

    def runner(self, answer: Answering = echo) -> TurnRunner:
        return TurnRunner(self.units, self.lanes, self.businesses, answer, self.clock, lambda _: "Desculpe!")

    def deliverer(self) -> Deliverer:
        return Deliverer(self.outbox, self.lanes, {"whatsapp": self.channel}, self.clock, voice=self.voice)

    async def hears(self, *texts: str, sender: Alias = MARIA) -> None:
        """Each text comes by a webhook of its own."""
        for text in texts:
            await self.receiver.receive(Parsed(messages=(message(text, sender=sender),)))

    async def told(self, *statuses: StatusUpdate) -> None:
        await self.receiver.receive(Parsed(statuses=statuses))

    async def turns(self, answer: Answering = echo) -> int:
        """Answers what is due now; how many lanes that was."""
        leases = await self.lanes.claim("turn", 100, 30)
        for lease in leases:
            await self.runner(answer).run(lease)
        return len(leases)

    async def deliveries(self) -> int:
        """Sends what is due now; how many lanes that was."""
        leases = await self.lanes.claim("delivery", 100, 30)
        for lease in leases:
            await self.deliverer().run(lease)
        return len(leases)

    async def later(self, seconds: float = 3600) -> None:
        """Moves every lane's times into the past, as if `seconds` had passed."""
        await self.rows(
            """
            UPDATE lanes SET due_at = due_at - make_interval(secs => %(by)s),
                lease_until = lease_until - make_interval(secs => %(by)s)
            WHERE due_at < 'infinity'
            """,
            by=seconds,
        )

    async def rows(self, statement: str, tenant: str = TENANT, **arguments: Any) -> Sequence[Mapping[str, Any]]:
        """What a statement says under a tenant."""
        async with self.database.transaction(tenant) as connection:
            cursor = await connection.execute(statement.encode(), arguments)
            return await cursor.fetchall() if cursor.description else []

    async def one(self, statement: str, **arguments: Any) -> Any:
        """The only column of the only row."""
        (row,) = await self.rows(statement, **arguments)
        (value,) = row.values()
        return value

    async def transcript(self) -> list[tuple[str, str]]:
        rows = await self.rows("SELECT role, text FROM messages ORDER BY seq")
        return [(row["role"], row["text"]) for row in rows]

    async def statuses(self) -> list[str]:
        return [row["status"] for row in await self.rows("SELECT status FROM outbox ORDER BY seq")]
