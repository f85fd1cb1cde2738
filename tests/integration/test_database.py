"""Transactions: all or nothing, bound to one tenant, and honest about a database that does not answer."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from domain.errors import Unavailable
from persistence.database import Database


async def products(database: Database, tenant: str = "pet-feliz") -> set[str]:
    async with database.transaction(tenant) as connection:
        return {row["id"] for row in await (await connection.execute("SELECT id FROM products")).fetchall()}


async def test_what_a_transaction_wrote_stays_and_what_a_failed_one_wrote_is_gone(database: Database) -> None:
    add = "INSERT INTO products VALUES ('pet-feliz', %s, 'x', 1, 1)"
    async with database.transaction("pet-feliz") as connection:
        await connection.execute(add, ("kept",))

    async def fail() -> None:
        async with database.transaction("pet-feliz") as connection:
            await connection.execute(add, ("lost",))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert {"kept", "lost"} & await products(database) == {"kept"}


async def test_a_cancelled_transaction_is_rolled_back_and_its_connection_used_again(database_url: str) -> None:
    database = await Database.open(database_url, pool_size=1)
    begun = asyncio.Event()

    async def hang() -> None:
        async with database.transaction("pet-feliz") as connection:
            await connection.execute("DELETE FROM products")
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert "bola" in await products(database)
    await database.close()


async def test_a_connection_cut_by_the_server_is_unavailable_and_the_next_one_works(
    database: Database, postgres: str
) -> None:
    async def cut() -> None:
        async with database.transaction("pet-feliz") as connection:
            with psycopg.connect(postgres, autocommit=True) as owner:
                owner.execute("SELECT pg_terminate_backend(%s)", (connection.info.backend_pid,))
            await connection.execute("SELECT 1")

    with pytest.raises(Unavailable):
        await cut()
    assert "bola" in await products(database)


async def test_a_pool_with_no_connection_free_is_unavailable(database_url: str) -> None:
    database = await Database.open(database_url, pool_size=1)
    async with database.transaction("pet-feliz"):
        with pytest.raises(Unavailable):
            await database.ping(patience=0.05)
    await database.close()


async def test_a_tenant_name_cannot_break_out_of_its_quotes(database: Database) -> None:
    assert await products(database, "x'; RESET ROLE; SET app.tenant = '*") == set()


async def test_everything_runs_as_the_application_never_as_the_owner(database: Database) -> None:
    async with database.transaction("*") as connection:
        row = await (await connection.execute("SELECT current_user AS who")).fetchone()
    assert row == {"who": "prosa_app"}
