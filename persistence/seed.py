"""Puts the businesses' files into the tables that bookings and orders refer to."""

from __future__ import annotations

from collections.abc import Mapping

from domain.business import Business
from persistence.database import Connection, Database

_TENANT = "INSERT INTO tenants (id, name) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET name = excluded.name"
_SERVICE = """
INSERT INTO services (tenant, id, name, minutes, price) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (tenant, id) DO UPDATE SET name = excluded.name, minutes = excluded.minutes, price = excluded.price
"""
_PROFESSIONAL = """
INSERT INTO professionals (tenant, id, name) VALUES (%s, %s, %s)
ON CONFLICT (tenant, id) DO UPDATE SET name = excluded.name
"""
_PRODUCT = """
INSERT INTO products (tenant, id, name, price, stock) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (tenant, id) DO UPDATE SET name = excluded.name, price = excluded.price
"""


async def seed(database: Database, businesses: Mapping[str, Business]) -> None:
    """Writes every business; safe at every start. Prices follow the file; stock is taken only the first time."""
    for business in businesses.values():
        async with database.transaction(business.id) as connection:
            await _write(connection, business)


async def _write(connection: Connection, business: Business) -> None:
    tenant = business.id
    await connection.execute(_TENANT, (tenant, business.name))
    async with connection.cursor() as cursor:
        await cursor.executemany(_SERVICE, [(tenant, s.id, s.name, s.minutes, s.price) for s in business.services])
        await cursor.executemany(_PROFESSIONAL, [(tenant, p.id, p.name) for p in business.professionals])
        await cursor.executemany(_PRODUCT, [(tenant, p.id, p.name, p.price, p.stock) for p in business.products])
