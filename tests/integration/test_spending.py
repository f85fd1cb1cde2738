"""What models cost is counted once for all processes, each business and day apart."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal

import pytest

from domain.errors import Unavailable
from persistence.database import Database
from persistence.spending import Spending

TODAY, TOMORROW = date(2026, 3, 10), date(2026, 3, 11)


async def test_nothing_is_lost_when_two_processes_add_at_once(database: Database, database_url: str) -> None:
    other = await Database.open(database_url)
    adding = [Spending(each).add("pet-feliz", TODAY, Decimal("0.00000125")) for each in (database, other) * 20]
    await asyncio.gather(*adding)
    assert await Spending(other).spent("pet-feliz", TODAY) == Decimal("0.00005")
    await other.close()


async def test_a_business_and_a_day_never_pay_for_another(database: Database) -> None:
    spending = Spending(database)
    await spending.add("pet-feliz", TODAY, Decimal(3))
    assert await spending.spent("studio-aurora", TODAY) == 0
    assert await spending.spent("pet-feliz", TOMORROW) == 0


async def test_only_the_first_process_hears_that_it_is_the_first_to_refuse(database: Database) -> None:
    spending = Spending(database)
    await spending.add("pet-feliz", TODAY, Decimal(3))
    heard = await asyncio.gather(*(spending.refuse("pet-feliz", TODAY) for _ in range(5)))
    assert sorted(heard) == [False, False, False, False, True]
    assert await spending.refuse("pet-feliz", TOMORROW)
    assert await spending.spent("pet-feliz", TODAY) == 3


async def test_without_a_database_nobody_knows_what_was_spent(database_url: str) -> None:
    database = await Database.open(database_url)
    await database.close()
    with pytest.raises(Unavailable):
        await Spending(database).spent("pet-feliz", TODAY)
