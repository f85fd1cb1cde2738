"""One dialogue's world: a database of its own, a clock that stands still, the real engine driven without waiting.

A customer's messages come in as after a webhook; `settle` then runs every turn and delivery that is due, and what would
wait for a back-off is made due at once. Nothing sleeps.
"""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from domain.business import Business
from domain.clock import StandingClock
from domain.messages import Alias, Change, Echo, Inbound, Parsed
from domain.ports import Pending, Row, Unit
from engine.deliver import Deliverer
from engine.receive import Receiver
from engine.turn import TurnRunner
from evals.format import Dialogue
from evals.model import Mind
from evals.provider import RecordingProvider
from evals.slow_tools import NoAnswerInTime, Slowness, SlowToolbox
from evals.walk import Edge, Watched
from graph import run
from graph.build import Graph, builder
from graph.state import TurnContext
from graph.voice import Voice
from graph.wording import wording
from persistence.cipher import serializer
from persistence.database import Database
from persistence.desk import Desk
from persistence.lanes import Lanes
from persistence.outbox import Outbox
from persistence.receive import Inbox
from persistence.scene import Scene
from persistence.unit import Units
from persistence.wakeup import Wakeup

_SECRET = "dialogues hold nobody's data"
_LEASE_SECONDS = 60.0
_TEMPERATURE = 0.7  # of the voice
_ROUNDS = 12  # a turn that fails for good is tried four times, then handed over


@dataclass(slots=True)
class Engine:
    """What a process holds: gone after a restart. All of it stands on one pool."""

    database: Database
    receiver: Receiver
    lanes: Lanes
    turns: TurnRunner
    deliveries: Deliverer
    desk: Desk
    scene: Scene


@dataclass(frozen=True, slots=True)
class Lent:
    """A copy of the prepared database, with connections that already know its statements. A restart opens its own."""

    url: str
    database: Database


class World:
    """Where one dialogue plays.

    `errors` are exceptions that turns met, with the place where they arose; `others` the rows of other customers as
    the dialogue itself put them there; `meanwhile` what comes in when the next turn has begun.
    """

    def __init__(self, lent: Lent, dialogue: Dialogue, business: Business, mind: Mind, clock: StandingClock) -> None:
        self.clock = clock
        self.business = business.model_copy(update={"locale": dialogue.locale}) if dialogue.locale else business
        accounts = business.channels.accounts()
        channel = "whatsapp" if "whatsapp" in accounts else "web"
        self.account = accounts.get(channel, business.id)
        self.provider = RecordingProvider(channel)
        self.alias = Alias("phone" if channel == "whatsapp" else "web", dialogue.customer.phone)
        self.name = dialogue.customer.name
        self.customer = ""
        self.errors: list[str] = []
        self.others: Sequence[Row] = ()
        self.slowness = Slowness()
        self.meanwhile: Sequence[Inbound | Change] = ()
        self._lent, self._mind = lent, mind
        self._voice: Voice | None = None
        if mind.voice is not None:
            self._voice = Voice(mind.voice, {business.id: self.business}, clock, _TEMPERATURE)
        self._own: Database | None = None
        self._engine: Engine | None = None
        self._graph = Watched(_graph(), leads=business.lead is not None)

    @property
    def walked(self) -> frozenset[Edge]:
        """The edges that its turns took so far."""
        return frozenset(self._graph.edges)

    @property
    def engine(self) -> Engine:
        if self._engine is None:
            raise RuntimeError("the world is closed")
        return self._engine

    async def start(self) -> None:
        """Opens the engine and introduces the customer."""
        self._engine = self._build(self._lent.database)
        self.customer = await self.engine.scene.meet(self.alias, self.name, self.clock.now())

    async def restart(self) -> None:
        """Forgets everything but the database, as a new process would."""
        await self.close()
        self._own = await Database.open(self._lent.url, pool_size=2)
        self._engine = self._build(self._own)

    async def close(self) -> None:
        self._engine = None
        if self._own is not None:
            await self._own.close()
            self._own = None

    async def hear(self, *arrived: Inbound | Change | Echo) -> None:
        """Each comes by a webhook of its own, all before anybody answers."""
        for one in arrived:
            match one:
                case Inbound():
                    parsed = Parsed(messages=(one,))
                case Change():
                    parsed = Parsed(changes=(one,))
                case Echo():
                    parsed = Parsed(echoes=(one,))
            await self.engine.receiver.receive(parsed)

    async def settle(self) -> None:
        """Answers and delivers what waits. A delivery that fails is tried once: the next `settle` tries again."""
        engine = self.engine
        for _ in range(_ROUNDS):
            await engine.scene.hasten("turn")
            leases = await engine.lanes.claim("turn", 10, _LEASE_SECONDS)
            if not leases:
                break
            for lease in leases:
                await engine.turns.run(lease)
        await engine.scene.hasten("delivery")
        for lease in await engine.lanes.claim("delivery", 10, _LEASE_SECONDS):
            await engine.deliveries.run(lease)

    async def rows_of_others(self) -> Sequence[Row]:
        """Every booking and order of the business that is not the customer's."""
        scene = self.engine.scene
        return [row for row in (*await scene.bookings(), *await scene.orders()) if row["customer"] != self.customer]

    async def remember_others(self) -> None:
        """From now on these rows must stay as they are."""
        self.others = await self.rows_of_others()

    def local(self, moment: datetime) -> datetime:
        """A time as the business's people say it."""
        return moment.astimezone(self.business.zone).replace(tzinfo=None)

    def instant(self, local: datetime) -> datetime:
        """The inverse of `local`."""
        return local.replace(tzinfo=self.business.zone)

    def _build(self, database: Database) -> Engine:
        lanes, businesses = Lanes(database, Wakeup("")), {self.business.id: self.business}
        units = Units(database, self.clock, serializer(_SECRET))

        async def answer(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> run.Answer:
            context = TurnContext(
                business=business,
                now=now,
                understander=self._mind.understander,
                tools=SlowToolbox(business, unit.records, now, unit.looking, self.slowness, pending),
                conversation=thread.partition(":")[2],
                handoff=pending.handoff,
                models=self._mind.models,
            )
            arriving, self.meanwhile = self.meanwhile, ()
            await self.hear(*arriving)
            try:
                return await run.answer(self._graph.as_graph, thread, pending, context, unit.saver)
            except NoAnswerInTime:
                raise  # as the dialogue wants it
            except Exception as error:
                self.errors.append(_described(error))
                raise

        return Engine(
            database=database,
            receiver=Receiver(Inbox(database, 0), businesses, self.clock),
            lanes=lanes,
            turns=TurnRunner(units, lanes, businesses, answer, self.clock, _apology),
            deliveries=Deliverer(
                Outbox(database), lanes, {self.provider.name: self.provider}, self.clock, voice=self._voice
            ),
            desk=Desk(database, self.clock),
            scene=Scene(database, self.business.id),
        )


@asynccontextmanager
async def opened(
    lent: Lent, dialogue: Dialogue, business: Business, mind: Mind, clock: StandingClock
) -> AsyncIterator[World]:
    """A world on an emptied database, closed at the end."""
    world = World(lent, dialogue, business, mind, clock)
    try:
        await world.start()
        yield world
    finally:
        await world.close()


def _apology(business: Business) -> str:
    return wording(business.locale, business).text("human.error")


def _described(error: Exception) -> str:
    """The error and its innermost frames; a dialogue's texts are nobody's secret."""
    frames: Sequence[traceback.FrameSummary] = traceback.extract_tb(error.__traceback__)[-4:]
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(error).__name__}: {error} ({places})"


@cache
def _graph() -> Graph:
    """Compiling costs as much as several turns, and a compiled graph keeps nothing between them."""
    return builder.compile()
