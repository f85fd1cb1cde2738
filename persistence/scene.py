"""One business's books from outside a conversation: what dialogue suites put there, and what they find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from domain.errors import FixArguments
from domain.messages import Alias
from domain.ports import Row
from persistence import identities
from persistence.database import Database

_BOOK = """
INSERT INTO bookings (id, tenant, customer, service, professional, number, starts_at, ends_at, status, key, created_at)
SELECT %(id)s, %(tenant)s, %(customer)s, s.id, p.id, p.number, %(start)s, %(start)s + make_interval(mins => s.minutes),
    %(status)s, %(key)s, %(at)s
FROM professionals p JOIN services s USING (tenant)
WHERE p.tenant = %(tenant)s AND p.id = %(professional)s AND s.id = %(service)s
"""
_ORDER = """
INSERT INTO orders (id, tenant, customer, status, delivery, payment, change_for, total, key, created_at)
VALUES (
    %(id)s, %(tenant)s, %(customer)s, %(status)s, %(delivery)s, %(payment)s, %(change_for)s, %(total)s,
    %(key)s, %(at)s
)
"""
_LINE = """
INSERT INTO order_lines (tenant, order_id, position, product, quantity, price)
VALUES (%(tenant)s, %(order)s, %(position)s, %(product)s, %(quantity)s, %(price)s)
"""
_STOCK = "UPDATE products SET stock = %(stock)s WHERE tenant = %(tenant)s AND id = %(product)s"
_HASTEN = """
UPDATE lanes SET due_at = clock_timestamp() WHERE kind = %(kind)s AND due_at < 'infinity' AND lease_token IS NULL
"""
_CONVERSATION = "SELECT id, owner, flow, asks, slots FROM conversations WHERE customer = %(customer)s"
_OPEN_HANDOFF = """
SELECT id, status FROM handoffs WHERE customer = %(customer)s AND status IN ('waiting', 'assigned')
"""
_TRANSCRIPT = """
SELECT m.seq, m.role, m.text, m.content, o.message, o.status, o.provider_id
FROM messages m LEFT JOIN outbox o ON o.id = m.id
WHERE m.conversation IN (SELECT id FROM conversations WHERE customer = %(customer)s) AND m.seq > %(after)s
ORDER BY m.seq
"""
_BOOKINGS = """
SELECT customer::text, service, professional, starts_at AS start, ends_at AS end, status FROM bookings
WHERE tenant = %(tenant)s ORDER BY seq
"""
_ORDERS = """
SELECT o.customer::text, o.total, o.payment, o.change_for, o.delivery, o.status, (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'product', product, 'quantity', quantity, 'price', price::text
    ) ORDER BY position), '[]') FROM order_lines WHERE order_id = o.id
) AS items
FROM orders o WHERE o.tenant = %(tenant)s ORDER BY o.number
"""
_HANDOFFS = "SELECT customer::text, reason, priority, status FROM handoffs WHERE tenant = %(tenant)s ORDER BY seq"


@dataclass(frozen=True, slots=True)
class Scene:
    """The books of one tenant, all customers together. Reads answer plain rows; times are aware."""

    database: Database
    tenant: str

    async def meet(self, alias: Alias, name: str | None, at: datetime) -> str:
        """The id of the customer with this name, made when new."""
        async with self.database.transaction(self.tenant) as connection:
            return str(await identities.resolve(connection, self.tenant, (alias,), name, at))

    async def open_chat(self, customer: str, channel: str, account: str, alias: Alias, at: datetime) -> None:
        """Gives the customer a conversation before they wrote."""
        async with self.database.transaction(self.tenant) as connection:
            await identities.conversation(connection, self.tenant, UUID(customer), channel, account, alias, at)

    async def book(
        self, customer: str, service: str, professional: str, start: datetime, status: str, at: datetime
    ) -> None:
        """Writes an appointment. Raises FixArguments for a service or professional that is not there."""
        values = {
            "customer": customer, "service": service, "professional": professional, "start": start, "status": status,
        }  # fmt: skip
        if await self._write(_BOOK, id=(made := uuid4()), key=f"scene:{made}", at=at, **values) != 1:
            raise FixArguments(f"there is no {service!r} by {professional!r}")

    async def order(
        self,
        customer: str,
        lines: Sequence[tuple[str, int, Decimal]],
        delivery: Mapping[str, Any],
        payment: str,
        change_for: Decimal | None,
        total: Decimal,
        status: str,
        at: datetime,
    ) -> None:
        """Writes an order of `(product, quantity, price)`. The shelf stays as it is."""
        order = uuid4()
        values = {"payment": payment, "change_for": change_for, "total": total, "status": status}
        owned = {"customer": customer, "key": f"scene:{order}", "at": at}
        await self._write(_ORDER, id=order, delivery=Jsonb(dict(delivery)), **owned, **values)
        for position, (product, quantity, price) in enumerate(lines):
            line = {"product": product, "quantity": quantity, "price": price}
            await self._write(_LINE, order=order, position=position, **line)

    async def put_on_shelf(self, product: str, stock: int) -> None:
        """Sets a product's stock."""
        await self._write(_STOCK, product=product, stock=stock)

    async def hasten(self, kind: str) -> None:
        """Ends every pause and back-off of this kind of work: what waits is due now."""
        await self._write(_HASTEN, kind=kind)

    async def conversation(self, customer: str) -> Row | None:
        """`{"id", "owner", "flow", "asks", "slots"}` of the customer's one conversation, once there is one."""
        return next(iter(await self._read(_CONVERSATION, customer=UUID(customer))), None)

    async def open_handoff(self, customer: str) -> Row | None:
        """`{"id", "status"}` of the open handoff, if there is one."""
        return next(iter(await self._read(_OPEN_HANDOFF, customer=UUID(customer))), None)

    async def transcript(self, customer: str, after: int = 0) -> Sequence[Row]:
        """What was said: `{"seq", "role", "text", "content"}`, with `"message", "status"` of what was to be sent."""
        return await self._read(_TRANSCRIPT, customer=UUID(customer), after=after)

    async def bookings(self) -> Sequence[Row]:
        """Every appointment, in the order made."""
        return await self._read(_BOOKINGS)

    async def orders(self) -> Sequence[Row]:
        """Every order with its items, in the order made."""
        return await self._read(_ORDERS)

    async def handoffs(self) -> Sequence[Row]:
        """Every handoff, in the order opened."""
        return await self._read(_HANDOFFS)

    async def _read(self, statement: str, **values: object) -> Sequence[Row]:
        async with self.database.transaction(self.tenant) as connection:
            cursor = await connection.execute(statement.encode(), {**values, "tenant": self.tenant})
            return await cursor.fetchall()

    async def _write(self, statement: str, **values: object) -> int:
        async with self.database.transaction(self.tenant) as connection:
            cursor = await connection.execute(statement.encode(), {**values, "tenant": self.tenant})
            return cursor.rowcount
