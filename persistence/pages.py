"""Pages of a long list: a keyset cursor that stays right while rows come and go, and the filters all lists share."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from psycopg.rows import DictRow

from domain.errors import NotFound
from persistence.database import PLATFORM, Database
from persistence.identities import names

Page = tuple[list[DictRow], str | None]  # the rows, and the cursor of the next page (None: that was all)

_OF_CUSTOMER = """{} IN (
    SELECT customer FROM identities WHERE value = ANY(%(names)s) UNION SELECT id FROM customers WHERE id = %(id)s
)"""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """What a caller asks for; None means any. `customer` is an id or any name of a customer, as people write it."""

    tenant: str | None = None
    customer: str | None = None
    status: str | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Listing:
    """One list. `order` maps the output columns that order it (unique together) to their SQL types.

    `customer` and `status` name the output columns these filters look at; `hidden` ones never leave this module.
    """

    select: str
    order: Mapping[str, str]
    descending: bool = True
    customer: str = "customer"
    status: str = "status"
    hidden: frozenset[str] = frozenset({"seq"})

    async def page(self, database: Database, scope: str, wanted: Filter, **values: object) -> Page:
        """The rows a caller of `scope` (a tenant, or "*") may see. Raises NotFound for a cursor of another list."""
        conditions, arguments = self._conditions(scope, wanted)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        order = ", ".join(f"{column} {'DESC' if self.descending else 'ASC'}" for column in self.order)
        limit = max(1, min(wanted.limit, _LONGEST))
        statement = f"SELECT * FROM ({self.select}) AS listed {where} ORDER BY {order} LIMIT {limit + 1}"
        async with database.transaction(scope) as connection:
            rows = await (await connection.execute(statement.encode(), {**arguments, **values})).fetchall()
        following = _encoded([rows[limit - 1][column] for column in self.order]) if len(rows) > limit else None
        return [self._shown(row) for row in rows[:limit]], following

    async def one(self, database: Database, scope: str, row_id: str, **values: object) -> DictRow:
        """The row with this id. Raises NotFound, also when it is another tenant's."""
        statement = f"SELECT * FROM ({self.select}) AS listed WHERE id = %(id)s"
        async with database.transaction(scope) as connection:
            row = await (await connection.execute(statement.encode(), {"id": parsed(row_id), **values})).fetchone()
        if row is None:
            raise NotFound("There is no such thing, or not for you.")
        return self._shown(row)

    def _conditions(self, scope: str, wanted: Filter) -> tuple[list[str], dict[str, object]]:
        conditions: list[str] = []
        arguments: dict[str, object] = {}
        if scope != PLATFORM:  # row-level security says so already, but no index can be used for its policies
            conditions.append("tenant = %(scope)s")
            arguments["scope"] = scope
        if wanted.tenant is not None:
            conditions.append("tenant = %(tenant)s")
            arguments["tenant"] = wanted.tenant
        if wanted.status is not None:
            conditions.append(f"{self.status} = %(status)s")
            arguments["status"] = wanted.status
        if wanted.customer is not None:
            conditions.append(_OF_CUSTOMER.format(self.customer))
            arguments |= {"names": list(names(wanted.customer)), "id": _uuid(wanted.customer)}
        if wanted.cursor is not None:
            places = ", ".join(f"%(after_{column})s::{kind}" for column, kind in self.order.items())
            conditions.append(f"({', '.join(self.order)}) {'<' if self.descending else '>'} ({places})")
            arguments |= {f"after_{column}": value for column, value in self._decoded(wanted.cursor).items()}
        return conditions, arguments

    def _decoded(self, cursor: str) -> dict[str, str]:
        try:
            places = json.loads(base64.urlsafe_b64decode(cursor.encode()))
            values = [_READERS[kind](str(place)) for place, kind in zip(places, self.order.values(), strict=True)]
        except (ValueError, TypeError, OverflowError) as error:
            raise NotFound("There is no such page: the cursor is not of this list.") from error
        return dict(zip(self.order, values, strict=True))

    def _shown(self, row: DictRow) -> DictRow:
        shown = {key: value for key, value in row.items() if key not in self.hidden}
        return {key: str(value) if isinstance(value, UUID) else value for key, value in shown.items()}


def _bigint(text: str) -> str:
    number = int(text)
    if abs(number) >= 2**63:
        raise ValueError("out of range")
    return str(number)


# What a place in a list may be, written as Postgres reads it.
_READERS: Mapping[str, Callable[[str], str]] = {
    "bigint": _bigint,
    "timestamptz": lambda text: datetime.fromisoformat(text).astimezone(UTC).isoformat(),
    "uuid": lambda text: str(UUID(text)),
}


def parsed(row_id: str) -> UUID:
    """An id from outside. Raises NotFound when nothing can have it."""
    found = _uuid(row_id)
    if found is None:
        raise NotFound("There is no such thing, or not for you.")
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _encoded(values: Sequence[object]) -> str:
    texts = [value.isoformat() if isinstance(value, datetime) else str(value) for value in values]
    return base64.urlsafe_b64encode(json.dumps(texts).encode()).decode()
