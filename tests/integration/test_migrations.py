"""The schema comes to a database once, whoever asks for it and however often."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from langgraph.checkpoint.postgres import PostgresSaver

from domain.business import Business
from domain.errors import Unavailable
from persistence.database import Database
from persistence.migrate import upgrade
from persistence.seed import seed


def test_two_processes_upgrading_at_once_take_turns(postgres: str, template: str) -> None:
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty_for_two")
    url = postgres.rsplit("/", 1)[0] + "/empty_for_two"
    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(upgrade, url) for _ in range(2)]:
            done.result()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0003_model_spending",)]


def test_the_savers_own_setup_finds_nothing_left_to_do(database_url: str) -> None:
    tables = "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2"
    with psycopg.connect(database_url) as connection:
        before = connection.execute(tables).fetchall()
    with PostgresSaver.from_conn_string(database_url) as saver:
        saver.setup()
    with psycopg.connect(database_url) as connection:
        assert connection.execute(tables).fetchall() == before


def test_a_database_that_is_down_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        upgrade("postgresql://prosa:x@127.0.0.1:1/prosa")


async def test_seeding_again_follows_the_files_prices_and_leaves_the_stock(
    database: Database, businesses: Mapping[str, Business]
) -> None:
    async with database.transaction("pet-feliz") as connection:
        await connection.execute("UPDATE products SET stock = 1, price = 1 WHERE id = 'bola'")
    await seed(database, businesses)
    async with database.transaction("pet-feliz") as connection:
        row = await (await connection.execute("SELECT price::text, stock FROM products WHERE id = 'bola'")).fetchone()
    assert row == {"price": "12.00", "stock": 1}


async def test_opening_a_database_that_is_down_is_unavailable(postgres: str) -> None:
    with pytest.raises(Unavailable):
        await Database.open(postgres.rsplit("/", 1)[0] + "/nowhere", patience=0.5)
