"""The customer of one conversation: what is known of them, and whether they want to hear from the business."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import sql

from domain.ports import Profile
from persistence.binding import Binding

_KEYS = ("name", "language", "address", "zone")

_PROFILE = "SELECT id, name, language, opted_out_at, address, zone FROM customers WHERE id = %s"
_OPT_OUT = "UPDATE customers SET opted_out_at = coalesce(opted_out_at, %s) WHERE id = %s"
_OPT_IN = "UPDATE customers SET opted_out_at = NULL WHERE id = %s"


class Customers:
    """The implementation of `domain.ports.Customers`."""

    def __init__(self, binding: Binding) -> None:
        self._to = binding

    async def profile(self) -> Profile:
        connection = await self._to.connection()
        row = await (await connection.execute(_PROFILE, (self._to.customer,))).fetchone()
        if row is None:
            return Profile(self._to.customer, None, None, opted_out=False)
        opted_out = row["opted_out_at"] is not None
        return Profile(str(row["id"]), row["name"], row["language"], opted_out, row["address"], row["zone"])

    async def update(self, **changes: Any) -> None:
        unknown = set(changes) - set(_KEYS)
        if unknown:
            raise ValueError(f"a customer has no {sorted(unknown)}; known: {_KEYS}")
        if not changes:
            return
        assignments = [sql.SQL("{} = {}").format(sql.Identifier(key), sql.Placeholder(key)) for key in changes]
        statement = sql.SQL("UPDATE customers SET {} WHERE id = %(customer)s").format(sql.SQL(", ").join(assignments))
        await (await self._to.connection()).execute(statement, {**changes, "customer": self._to.customer})

    async def opt_out(self, at: datetime) -> None:
        await (await self._to.connection()).execute(_OPT_OUT, (at, self._to.customer))

    async def opt_in(self) -> None:
        await (await self._to.connection()).execute(_OPT_IN, (self._to.customer,))
