"""The order book and the shelf. Stock moves with the order, in one transaction, and never below zero."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from domain.errors import Impossible
from domain.ports import UNDER_WAY, Order, OrderDraft, OrderLine
from persistence.binding import Binding

SHOWN = 5
"""So many orders under way are looked at."""

_ORDER = """
SELECT o.id, o.number, o.delivery, o.payment, o.change_for, o.total, o.status, o.last_key, o.created_at, (
    SELECT coalesce(jsonb_agg(jsonb_build_array(product, quantity, price::text) ORDER BY position), '[]')
    FROM order_lines WHERE order_id = o.id
) AS lines
FROM orders o
"""
_MINE = f"{_ORDER} WHERE o.customer = %(customer)s ORDER BY o.number DESC LIMIT %(limit)s"
_UNDER_WAY = f"o.status IN {UNDER_WAY} AND o.created_at > %(since)s ORDER BY o.number DESC LIMIT %(limit)s"
_STANDING = f"{_ORDER} WHERE o.customer = %(customer)s AND {_UNDER_WAY}"
PLACED = f"""
{_ORDER} WHERE o.customer = (SELECT customer FROM conversations WHERE id = %(conversation)s) AND {_UNDER_WAY}
"""
_BY_KEY = f"{_ORDER} WHERE o.tenant = %(tenant)s AND o.key = %(key)s"
_HOLD = f"{_ORDER} WHERE o.customer = %(customer)s AND o.id::text = %(order)s FOR UPDATE OF o"

_SHELF = "SELECT id, price, stock FROM products WHERE tenant = %(tenant)s"
# In one order of ids for everybody: two carts with the same products cannot deadlock.
_HOLD_SHELF = """
SELECT id, stock FROM products WHERE tenant = %(tenant)s AND id = ANY(%(products)s) ORDER BY id FOR UPDATE
"""
_TAKE = """
UPDATE products p SET stock = p.stock - taken.quantity
FROM unnest(%(products)s::text[], %(quantities)s::int[]) AS taken (product, quantity)
WHERE p.tenant = %(tenant)s AND p.id = taken.product
"""
_LINES = """
INSERT INTO order_lines (tenant, order_id, position, product, quantity, price)
SELECT %(tenant)s, {order}, line.* FROM {source}
    unnest(%(positions)s::int[], %(line_products)s::text[], %(line_quantities)s::int[], %(prices)s::numeric[]) AS line
"""
# A key that is known already inserts no order, therefore no lines, and takes nothing from the shelf.
_PLACE = f"""
WITH placed AS (
    INSERT INTO orders (
        id, tenant, customer, conversation, delivery, payment, change_for, total, key, last_key, created_at
    ) VALUES (
        %(id)s, %(tenant)s, %(customer)s, %(conversation)s, %(delivery)s, %(payment)s, %(change_for)s, %(total)s,
        %(key)s, %(key)s, %(now)s
    ) ON CONFLICT (tenant, key) DO NOTHING RETURNING id, number
), lines AS ({_LINES.format(order="placed.id", source="placed,")}
), taken AS ({_TAKE} AND EXISTS (SELECT FROM placed))
SELECT number FROM placed
"""
_REPLACE = f"""
WITH taken AS ({_TAKE})
UPDATE orders SET delivery = %(delivery)s, payment = %(payment)s, change_for = %(change_for)s, total = %(total)s,
    last_key = %(key)s
WHERE id = %(id)s
"""
_CLEAR = "DELETE FROM order_lines WHERE order_id = %(id)s"
_ADD = _LINES.format(order="%(id)s", source="")
_CANCEL = f"WITH back AS ({_TAKE}) UPDATE orders SET status = 'cancelled', last_key = %(key)s WHERE id = %(id)s"


class Orders:
    """The implementation of `domain.ports.Orders`."""

    def __init__(self, binding: Binding) -> None:
        self._to = binding

    async def shelf(self) -> Mapping[str, tuple[Decimal, int]]:
        rows = await self._rows(_SHELF, tenant=self._to.tenant)
        return {row["id"]: (row["price"], row["stock"]) for row in rows}

    async def mine(self, limit: int = 5) -> Sequence[Order]:
        return [self._order(row) for row in await self._rows(_MINE, customer=self._to.customer, limit=limit)]

    async def standing(self, since: datetime, limit: int = SHOWN) -> Sequence[Order]:
        rows = await self._rows(_STANDING, customer=self._to.customer, since=since, limit=limit)
        return [self._order(row) for row in rows]

    async def place(self, draft: OrderDraft, key: str) -> Order:
        to, wanted = self._to, _quantities(draft.items)
        try:
            await self._hold_shelf(wanted)
        except Impossible:
            if known := await self._by_key(key):
                return known  # it is this very order that emptied the shelf
            raise
        identity = {"id": uuid4(), "customer": to.customer, "conversation": to.conversation, "now": to.clock.now()}
        await self._rows(_PLACE, **identity, **_terms(draft), **_lines(draft), **self._taking(wanted), key=key)
        placed = await self._by_key(key)
        if placed is None:
            raise Impossible("not_found")
        return placed

    async def change(self, order: str, draft: OrderDraft, key: str) -> Order:
        held = await self._hold(order)
        if held["last_key"] == key:
            return self._order(held)
        if held["status"] != "confirmed":
            raise Impossible("too_late")
        difference = _quantities(draft.items)
        difference.subtract(_quantities(self._order(held).items))
        await self._hold_shelf(difference)
        values = {"id": held["id"], "key": key, **_terms(draft), **_lines(draft), **self._taking(difference)}
        for statement in (_CLEAR, _REPLACE, _ADD):
            await self._run(statement, **values)
        return self._order(await self._hold(order))

    async def cancel(self, order: str, key: str) -> Order:
        held = await self._hold(order)
        if held["status"] == "cancelled":
            return self._order(held)
        if held["status"] != "confirmed":
            raise Impossible("too_late")
        back = Counter[str]()
        back.subtract(_quantities(self._order(held).items))
        await self._hold_shelf(back)
        await self._run(_CANCEL, id=held["id"], key=key, **self._taking(back))
        return self._order(await self._hold(order))

    async def _hold(self, order: str) -> DictRow:
        """The customer's own order, locked until the turn commits."""
        rows = await self._rows(_HOLD, customer=self._to.customer, order=order)
        if not rows:
            raise Impossible("not_found")
        return rows[0]

    async def _hold_shelf(self, wanted: Counter[str]) -> None:
        """Locks the products' stock and sees that there is enough."""
        rows = await self._rows(_HOLD_SHELF, tenant=self._to.tenant, products=list(wanted))
        stock = {row["id"]: row["stock"] for row in rows}
        for product, quantity in wanted.items():
            if quantity > stock.get(product, 0) and quantity > 0:
                raise Impossible("out_of_stock", {"product": product, "stock": stock.get(product, 0)})

    async def _by_key(self, key: str) -> Order | None:
        return next((self._order(row) for row in await self._rows(_BY_KEY, tenant=self._to.tenant, key=key)), None)

    def _taking(self, wanted: Counter[str]) -> dict[str, object]:
        return {"tenant": self._to.tenant, "products": list(wanted), "quantities": list(wanted.values())}

    async def _rows(self, statement: str, **values: object) -> list[DictRow]:
        connection = await self._to.connection()
        return await (await connection.execute(statement.encode(), values)).fetchall()

    async def _run(self, statement: str, **values: object) -> None:
        await (await self._to.connection()).execute(statement.encode(), values)

    def _order(self, row: DictRow) -> Order:
        return order_of(row, self._to.zone)


def order_of(row: DictRow, zone: ZoneInfo) -> Order:
    """A row of the book with its lines, its time in the business's zone."""
    return Order(
        id=str(row["id"]),
        number=row["number"],
        items=tuple(OrderLine(product, quantity, Decimal(price)) for product, quantity, price in row["lines"]),
        delivery=row["delivery"],
        payment=row["payment"],
        change_for=row["change_for"],
        total=row["total"],
        status=row["status"],
        created_at=row["created_at"].astimezone(zone),
    )


def _quantities(items: Iterable[OrderLine]) -> Counter[str]:
    quantities = Counter[str]()
    for line in items:
        quantities[line.product] += line.quantity
    return quantities


def _terms(draft: OrderDraft) -> dict[str, Any]:
    delivery = Jsonb(dict(draft.delivery), dumps=partial(json.dumps, default=str))  # a Decimal fee becomes a string
    return {"delivery": delivery, "payment": draft.payment, "change_for": draft.change_for, "total": draft.total}


def _lines(draft: OrderDraft) -> dict[str, object]:
    return {
        "positions": list(range(len(draft.items))),
        "line_products": [line.product for line in draft.items],
        "line_quantities": [line.quantity for line in draft.items],
        "prices": [line.price for line in draft.items],
    }
