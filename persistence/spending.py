"""What the models of each business have cost, day by day. Every process adds to the same row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from persistence.burst import burst
from persistence.database import Database

_SPENT = "SELECT cost FROM model_spending WHERE tenant = %s AND day = %s"
_ADD = """
INSERT INTO model_spending (tenant, day, cost, calls) VALUES (%s, %s, %s, 1)
ON CONFLICT (tenant, day) DO UPDATE SET cost = model_spending.cost + excluded.cost, calls = model_spending.calls + 1
"""
_REFUSE = """
INSERT INTO model_spending (tenant, day, refused) VALUES (%s, %s, true)
ON CONFLICT (tenant, day) DO UPDATE SET refused = true WHERE NOT model_spending.refused
"""


class Spending:
    """The implementation of `domain.ports.Spending`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def spent(self, tenant: str, day: date) -> Decimal:
        async with burst(self._database, tenant) as connection:
            cursor = await connection.execute(_SPENT, (tenant, day))
        row = await cursor.fetchone()
        return Decimal(0) if row is None else Decimal(row["cost"])

    async def add(self, tenant: str, day: date, cost: Decimal) -> None:
        async with burst(self._database, tenant) as connection:
            await connection.execute(_ADD, (tenant, day, cost))

    async def refuse(self, tenant: str, day: date) -> bool:
        async with burst(self._database, tenant) as connection:
            cursor = await connection.execute(_REFUSE, (tenant, day))
        return cursor.rowcount == 1
