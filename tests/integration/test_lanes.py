"""Lanes: who may work on a conversation, and when."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import psycopg
import pytest

from domain.ports import Lease
from persistence.database import Database
from persistence.lanes import Lanes, bump, hasten
from persistence.wakeup import Wakeup

TENANT = "studio-aurora"


@pytest.fixture
async def lanes(database: Database, database_url: str) -> AsyncIterator[Lanes]:
    async with Wakeup(database_url) as wakeup:
        yield Lanes(database, wakeup)


async def conversation(database: Database) -> str:
    """A conversation that nothing has happened in."""
    customer, made = uuid4(), uuid4()
    async with database.transaction(TENANT) as connection:
        await connection.execute(
            "INSERT INTO customers (id, tenant, created_at) VALUES (%s, %s, now())", (customer, TENANT)
        )
        await connection.execute(
            """
            INSERT INTO conversations
                (id, tenant, customer, channel, account, to_kind, to_value, created_at, updated_at)
            VALUES (%s, %s, %s, 'web', %s, 'web', %s, now(), now())
            """,
            (made, TENANT, customer, TENANT, str(made)),
        )
    return str(made)


async def ask(database: Database, conversation: str, pause: float = 0.0) -> None:
    async with database.transaction(TENANT) as connection:
        await bump(connection, TENANT, conversation, "turn", pause)


async def shift(database: Database, column: str, seconds: float) -> None:
    """Moves a time of every lane, instead of sleeping."""
    async with database.transaction(TENANT) as connection:
        await connection.execute(
            f"UPDATE lanes SET {column} = {column} + make_interval(secs => %s) WHERE {column} < 'infinity'".encode(),
            (seconds,),
        )


async def test_a_due_lane_is_claimed_by_one_worker_only(database: Database, lanes: Lanes) -> None:
    place = await conversation(database)
    await ask(database, place)
    (lease,) = await lanes.claim("turn", 10, 30)
    assert (lease.tenant, lease.conversation, lease.attempts) == (TENANT, place, 0)
    assert await lanes.claim("turn", 10, 30) == []
    assert await lanes.claim("delivery", 10, 30) == []


async def test_the_pause_starts_again_with_each_message(database: Database, lanes: Lanes) -> None:
    place = await conversation(database)
    await ask(database, place, pause=10)
    await shift(database, "due_at", -9)
    await ask(database, place, pause=10)
    assert await lanes.claim("turn", 10, 30) == []
    assert 9 < (await lanes.next_due("turn") or 0) <= 10
    await shift(database, "due_at", -10)
    assert len(await lanes.claim("turn", 10, 30)) == 1


async def test_an_agents_event_does_not_wait_for_the_customers_pause(database: Database, lanes: Lanes) -> None:
    place = await conversation(database)
    await ask(database, place, pause=10)
    await ask(database, place, pause=0)
    await ask(database, place, pause=10)
    assert len(await lanes.claim("turn", 10, 30)) == 1


async def test_a_dead_workers_lane_comes_back_with_a_new_token_and_counts_as_an_attempt(
    database: Database, lanes: Lanes
) -> None:
    place = await conversation(database)
    await ask(database, place)
    (dead,) = await lanes.claim("turn", 10, 30)
    await shift(database, "lease_until", -30)
    await shift(database, "due_at", -30)
    (alive,) = await lanes.claim("turn", 10, 30)
    assert alive.token > dead.token
    assert alive.attempts == 1


async def test_a_heartbeat_keeps_a_lease_and_cannot_revive_a_lost_one(database: Database, lanes: Lanes) -> None:
    place = await conversation(database)
    await ask(database, place)
    (lease,) = await lanes.claim("turn", 10, 30)
    await shift(database, "lease_until", -29)
    await shift(database, "due_at", -29)
    await lanes.renew([lease], 30)
    assert (await lanes.next_due("turn") or 0) > 29
    await lanes.renew([Lease(TENANT, place, "turn", lease.token - 1, 0)], 300)
    assert (await lanes.next_due("turn") or 0) <= 30


async def test_a_message_during_a_turn_keeps_its_own_due_time_through_heartbeats(
    database: Database, lanes: Lanes
) -> None:
    place = await conversation(database)
    await ask(database, place)
    (lease,) = await lanes.claim("turn", 10, 30)
    await ask(database, place, pause=0)
    await lanes.renew([lease], 30)
    async with database.transaction(TENANT) as connection:
        row = await (await connection.execute("SELECT due_at <= clock_timestamp() AS due FROM lanes")).fetchone()
    assert row == {"due": True}
    assert await lanes.claim("turn", 10, 30) == []


async def test_a_failed_lane_backs_off_and_a_new_message_does_not_shorten_it(database: Database, lanes: Lanes) -> None:
    place = await conversation(database)
    await ask(database, place)
    (lease,) = await lanes.claim("turn", 10, 30)
    await lanes.retry(lease, 60)
    await ask(database, place)
    assert await lanes.claim("turn", 10, 30) == []
    async with database.transaction(TENANT) as connection:
        await hasten(connection, place, "turn")
    (again,) = await lanes.claim("turn", 10, 30)
    assert again.attempts == 1


async def test_a_worker_that_lost_its_lease_cannot_put_the_lane_off(database: Database, lanes: Lanes) -> None:
    place = await conversation(database)
    await ask(database, place)
    (dead,) = await lanes.claim("turn", 10, 30)
    await shift(database, "lease_until", -30)
    await shift(database, "due_at", -30)
    (alive,) = await lanes.claim("turn", 10, 30)
    await lanes.retry(dead, 3600)
    await lanes.renew([alive], 30)
    assert (await lanes.next_due("turn") or 0) <= 30


async def test_asking_for_work_wakes_a_waiting_worker(database: Database, lanes: Lanes) -> None:
    place = await conversation(database)
    await ask(database, place)
    await lanes.wait("turn", 60)


async def test_a_broken_wake_up_connection_comes_back(database: Database, database_url: str, lanes: Lanes) -> None:
    await lanes.wait("turn", 60)  # rung when the listener stands
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as owner:
        await owner.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE query LIKE 'LISTEN%' AND datname = current_database()
            """
        )
    await lanes.wait("turn", 60)  # rung again by the new listener
