"""The appointment book. Two bookings of one professional cannot overlap: the constraint bookings_no_overlap says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from psycopg.errors import ExclusionViolation
from psycopg.rows import DictRow

from domain.errors import FixArguments, Impossible, ToolError
from domain.ports import Booking
from persistence.binding import Binding

SHOWN = 20
"""So many appointments to come are looked at."""

_COLUMNS = "id, service, professional, starts_at, ends_at, status, last_key"

# The range operator uses the index of the exclusion constraint.
_BUSY = f"""
SELECT {_COLUMNS} FROM bookings
WHERE tenant = %(tenant)s AND status = 'confirmed' AND tstzrange(starts_at, ends_at) && tstzrange(%(start)s, %(end)s)
ORDER BY starts_at
"""
_TO_COME = "status = 'confirmed' AND ends_at > %(since)s ORDER BY starts_at LIMIT %(limit)s"
_MINE = f"SELECT {_COLUMNS} FROM bookings WHERE customer = %(customer)s AND {_TO_COME}"
COMING = f"""
SELECT {_COLUMNS} FROM bookings
WHERE customer = (SELECT customer FROM conversations WHERE id = %(conversation)s) AND {_TO_COME}
"""
_LATEST = f"SELECT {_COLUMNS} FROM bookings WHERE customer = %(customer)s ORDER BY seq DESC LIMIT 1"
_BY_KEY = f"SELECT {_COLUMNS} FROM bookings WHERE tenant = %(tenant)s AND key = %(key)s"
_HOLD = f"SELECT {_COLUMNS} FROM bookings WHERE customer = %(customer)s AND id::text = %(booking)s FOR UPDATE"

# Without a conflict target, DO NOTHING covers the exclusion constraint too, and waits for a rival yet to commit.
_BOOK = f"""
INSERT INTO bookings
    (id, tenant, customer, conversation, service, professional, number, starts_at, ends_at, key, last_key, created_at)
SELECT %(id)s, %(tenant)s, %(customer)s, %(conversation)s, %(service)s, id, number, %(start)s, %(end)s,
    %(key)s, %(key)s, %(now)s
FROM professionals WHERE tenant = %(tenant)s AND id = %(professional)s
ON CONFLICT DO NOTHING RETURNING {_COLUMNS}
"""
_MOVE = """
UPDATE bookings b
SET professional = p.id, number = p.number, starts_at = %(start)s, ends_at = %(end)s, last_key = %(key)s,
    service = COALESCE(%(service)s, b.service)
FROM professionals p
WHERE b.id = %(id)s AND p.tenant = %(tenant)s AND p.id = %(professional)s
RETURNING b.id, b.service, b.professional, b.starts_at, b.ends_at, b.status, b.last_key
"""
_PROFESSIONAL = "SELECT id FROM professionals WHERE tenant = %(tenant)s AND id = %(professional)s"
_CANCEL = f"UPDATE bookings SET status = 'cancelled', last_key = %(key)s WHERE id = %(id)s RETURNING {_COLUMNS}"


class Bookings:
    """The implementation of `domain.ports.Bookings`."""

    def __init__(self, binding: Binding) -> None:
        self._to = binding

    async def busy(self, start: datetime, end: datetime) -> Sequence[Booking]:
        return await self._read(_BUSY, tenant=self._to.tenant, start=start, end=end)

    async def mine(self, since: datetime, limit: int = SHOWN) -> Sequence[Booking]:
        return await self._read(_MINE, customer=self._to.customer, since=since, limit=limit)

    async def latest(self) -> Booking | None:
        return next(iter(await self._read(_LATEST, customer=self._to.customer)), None)

    async def book(self, service: str, professional: str, start: datetime, end: datetime, key: str) -> Booking:
        to = self._to
        made = await self._read(
            _BOOK,
            id=uuid4(), tenant=to.tenant, customer=to.customer, conversation=to.conversation, service=service,
            professional=professional, start=start, end=end, key=key, now=to.clock.now(),
        )  # fmt: skip
        known = made or await self._read(_BY_KEY, tenant=to.tenant, key=key)
        if not known:
            raise await self._refusal(professional)
        return known[0]

    async def move(
        self, booking: str, professional: str, start: datetime, end: datetime, key: str, service: str | None = None
    ) -> Booking:
        held = await self._hold(booking)
        if held["last_key"] == key:
            return booking_of(held, self._to.zone)
        if held["status"] != "confirmed":
            raise Impossible("not_found")
        connection = await self._to.connection()
        values = {"id": held["id"], "professional": professional, "start": start, "end": end, "key": key}
        values |= {"service": service}
        try:
            async with connection.transaction():  # a savepoint: the turn goes on when the slot is taken
                cursor = await connection.execute(_MOVE, {**values, "tenant": self._to.tenant})
                moved = await cursor.fetchone()
        except ExclusionViolation as error:
            raise Impossible("slot_taken") from error
        if moved is None:
            raise await self._refusal(professional)
        return booking_of(moved, self._to.zone)

    async def cancel(self, booking: str, key: str) -> Booking:
        held = await self._hold(booking)
        if held["status"] == "cancelled":
            return booking_of(held, self._to.zone)
        if held["status"] != "confirmed":
            raise Impossible("not_found")
        return (await self._read(_CANCEL, id=held["id"], key=key))[0]

    async def _refusal(self, professional: str) -> ToolError:
        """Why nothing was written."""
        connection = await self._to.connection()
        values = {"tenant": self._to.tenant, "professional": professional}
        known = await (await connection.execute(_PROFESSIONAL, values)).fetchone()
        return Impossible("slot_taken") if known else FixArguments(f"professional: there is no {professional!r}")

    async def _hold(self, booking: str) -> DictRow:
        """The customer's own booking, locked until the turn commits."""
        connection = await self._to.connection()
        cursor = await connection.execute(_HOLD, {"customer": self._to.customer, "booking": booking})
        row = await cursor.fetchone()
        if row is None:
            raise Impossible("not_found")
        return row

    async def _read(self, statement: str, **values: object) -> list[Booking]:
        connection = await self._to.connection()
        cursor = await connection.execute(statement.encode(), values)
        return [booking_of(row, self._to.zone) for row in await cursor.fetchall()]


def booking_of(row: DictRow, zone: ZoneInfo) -> Booking:
    """A row of the book, its times in the business's zone."""
    return Booking(
        id=str(row["id"]),
        service=row["service"],
        professional=row["professional"],
        start=row["starts_at"].astimezone(zone),
        end=row["ends_at"].astimezone(zone),
        status=row["status"],
    )
