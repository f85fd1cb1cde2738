"""The product as a measurement drives it: the engine put together as the server does, customers who write to it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bench import home
from domain.business import Business
from domain.clock import Clock
from domain.messages import Alias, Content, Inbound, Parsed
from domain.ports import Lease, Pending, Unit
from engine.receive import Receiver
from engine.turn import TurnRunner
from graph import run
from graph.build import builder
from graph.state import TurnContext
from persistence.cipher import serializer
from persistence.database import Database
from persistence.lanes import Kind, Lanes
from persistence.pruning import Pruner
from persistence.receive import Inbox
from persistence.unit import Units
from persistence.wakeup import Wakeup
from tools.toolbox import Toolbox
from understanding.local import topics
from understanding.local.reader import LocalUnderstander

BUSINESS = "studio-aurora"
NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")

# Each round of the talk writes a booking, then cancels it, so that no number of rounds fills the book.
_TALK = ("quero marcar {service} com {who} no dia {day} às {hour}", "sim", "quero cancelar meu horário", "sim")
TALK = len(_TALK)
_WISHES = (("corte feminino", "a Ana"), ("corte masculino", "o Bruno"), ("manicure", "a Carla"))
_HOURS = ("9h", "10h", "14h", "15h", "17h")
_OPEN = (17, 18, 19, 20, 24, 25, 26, 27, 31)  # days of March on which all of them work


@dataclass(frozen=True, slots=True)
class Product:
    """A worker's parts on one pool."""

    database: Database
    lanes: Lanes
    receiver: Receiver
    turns: TurnRunner
    clock: Clock

    async def say(self, customer: int, step: int) -> None:
        """Customer number `customer` writes the `step`-th message of their talk; as after a webhook."""
        alias, at = Alias("phone", f"55119{customer:08}"), self.clock.now()
        content = Content("text", _TALK[step % TALK].format(**_wish(customer)))
        account = "100000000000001"
        message = Inbound("whatsapp", account, f"{customer}.{step}", (alias,), alias, at, content)
        await self.receiver.receive(Parsed(messages=(message,)))

    async def customer(self, conversation: str) -> int:
        """Whose conversation it is."""
        async with self.database.transaction(BUSINESS) as connection:
            cursor = await connection.execute("SELECT to_value FROM conversations WHERE id = %s", [conversation])
            row = await cursor.fetchone()
        return int(row["to_value"][-8:]) if row else 0

    async def prune(self, idle: timedelta) -> None:
        """What the server does in the background."""
        await Pruner(self.database, self.clock, [BUSINESS], idle).prune()


@dataclass(frozen=True, slots=True)
class TurnLanes:
    """The lanes for a worker that only runs turns."""

    lanes: Lanes

    async def claim(self, kind: Kind, limit: int, lease_seconds: float) -> Sequence[Lease]:
        return await self.lanes.claim(kind, limit, lease_seconds) if kind == "turn" else []

    async def renew(self, leases: Sequence[Lease], lease_seconds: float) -> None:
        await self.lanes.renew(leases, lease_seconds)

    async def retry(self, lease: Lease, after_seconds: float) -> None:
        await self.lanes.retry(lease, after_seconds)

    async def next_due(self, kind: Kind) -> float | None:
        return await self.lanes.next_due(kind) if kind == "turn" else None

    async def wait(self, kind: Kind, seconds: float) -> None:
        await (self.lanes.wait(kind, seconds) if kind == "turn" else asyncio.sleep(seconds))


@asynccontextmanager
async def opened(url: str, clock: Clock, pool_size: int = 10) -> AsyncIterator[Product]:
    """The engine on a database that is there; see `bench.home`."""
    businesses = home.businesses()
    understander, graph = LocalUnderstander(), builder.compile()
    understander.prepare(businesses.values(), clock.now())

    async def answer(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> run.Answer:
        tools = Toolbox(business, unit.records, now, None, topics.about, pending.standing, pending.ordered)
        conversation = thread.partition(":")[2]
        context = TurnContext(business, now, understander, tools, conversation, pending.handoff)
        return await run.answer(graph, thread, pending, context, unit.saver)

    database = await Database.open(url, pool_size)
    async with Wakeup(url) as wakeup:
        lanes = Lanes(database, wakeup)
        units = Units(database, clock, serializer("a measurement holds nobody's data"))
        yield Product(
            database=database,
            lanes=lanes,
            receiver=Receiver(Inbox(database, 0), businesses, clock),
            turns=TurnRunner(units, lanes, businesses, answer, clock, lambda business: ""),
            clock=clock,
        )
    await database.close()


def quiet() -> None:
    """Only warnings are logged: what a log costs depends on where it goes."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def _wish(customer: int) -> dict[str, str]:
    """A service, person and time that no other customer wants, for up to 135 of them."""
    (service, who), place = _WISHES[customer % len(_WISHES)], customer // len(_WISHES)
    day = _OPEN[place // len(_HOURS) % len(_OPEN)]
    return {"service": service, "who": who, "day": f"{day}/03", "hour": _HOURS[place % len(_HOURS)]}
