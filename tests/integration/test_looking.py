"""A look into the books before a turn's first write: it cannot write, and no connection is held after it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import psycopg
import pytest

from domain.business import Business
from domain.clock import StandingClock
from domain.messages import Alias
from domain.ports import Pending, Unit
from engine.turn import Answer
from persistence.database import Database
from tests.twins.engine import Engine, said


async def test_twenty_conversations_look_and_then_think_on_two_connections(
    database_url: str, businesses: Mapping[str, Business], clock: StandingClock
) -> None:
    database = await Database.open(database_url, pool_size=2)
    engine = Engine(database, businesses, clock)
    together = asyncio.Barrier(20)

    async def looks_and_thinks(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
        async with unit.looking() as records:
            mine = await records.bookings.mine(now)
        async with asyncio.timeout(30):
            await together.wait()
        return said(f"{len(mine)}")

    for number in range(20):
        await engine.hears("oi", sender=Alias("phone", f"55119888800{number:02}"))
    leases = await engine.lanes.claim("turn", 20, 60)
    await asyncio.gather(*(engine.runner(looks_and_thinks).run(lease) for lease in leases))
    assert await engine.statuses() == ["queued"] * 20
    await database.close()


async def test_the_database_itself_refuses_a_write_during_a_look(
    database: Database, businesses: Mapping[str, Business], clock: StandingClock
) -> None:
    engine = Engine(database, businesses, clock)

    async def writes(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
        start = now + timedelta(days=1)
        async with unit.looking() as records:
            with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
                await records.bookings.book("corte-feminino", "ana", start, start + timedelta(hours=1), "k")
        return said("nada")

    await engine.hears("oi")
    await engine.turns(writes)
    assert [text for role, text in await engine.transcript() if role == "bot"] == ["nada"]
    assert await engine.one("SELECT count(*) FROM bookings") == 0


async def test_after_its_first_write_a_turn_looks_at_what_it_wrote(
    database: Database, businesses: Mapping[str, Business], clock: StandingClock
) -> None:
    engine = Engine(database, businesses, clock)

    async def books_and_looks(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
        start = now + timedelta(days=1)
        await unit.records.bookings.book("corte-feminino", "ana", start, start + timedelta(hours=1), "k")
        async with unit.looking() as records:
            return said(f"{len(await records.bookings.mine(now))}")

    await engine.hears("oi")
    await engine.turns(books_and_looks)
    assert (await engine.transcript())[-1] == ("bot", "1")
