"""One turn's unit of work: reads without holding a connection, then writes all in one transaction, or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from langgraph.checkpoint.serde.base import SerializerProtocol
from psycopg import AsyncCursor
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from domain import ports
from domain.business import Business
from domain.clock import Clock
from domain.errors import LeaseLost, Superseded
from domain.messages import Alias, Destination
from domain.ports import STANDS_FOR, Event, Lease, Outcome, Pending, Said
from persistence import lanes, orders, saver
from persistence.binding import Binding
from persistence.bookings import COMING, SHOWN, booking_of
from persistence.burst import SCOPE, burst
from persistence.database import Connection, Database, begin, unavailable
from persistence.records import Records
from persistence.saver import TurnSaver

# One statement sees one snapshot: the lane's version is that of exactly these events.
_LOAD = """
SELECT c.channel, c.account, c.to_kind, c.to_value, c.customer, l.version, l.lease_token,
    (
        SELECT jsonb_build_object('id', h.id, 'status', h.status, 'agent', h.agent)
        FROM handoffs h WHERE h.conversation = c.id AND h.status IN ('waiting', 'assigned')
    ) AS handoff,
    (
        SELECT jsonb_agg(jsonb_build_array(i.id, i.kind, i.content, i.at, i.provider_id) ORDER BY i.id)
        FROM inbox i WHERE i.conversation = c.id AND i.done_at IS NULL
    ) AS events
FROM conversations c JOIN lanes l ON l.conversation = c.id AND l.kind = 'turn'
WHERE c.id = %(conversation)s
"""

# Transcript, outbox, acknowledgement, conversation, the delivery lane asked and the turn's lane let go.
_SAY = f"""
WITH said AS (
    SELECT * FROM jsonb_to_recordset(%(said)s) AS s (
        n int, id uuid, role text, text text, content jsonb, inbox bigint, at timestamptz, message jsonb
    )
), transcript AS (
    INSERT INTO messages (id, tenant, conversation, role, text, content, inbox, at)
    SELECT id, %(tenant)s, %(conversation)s, role, text, content, inbox, at FROM said ORDER BY n
), letters AS (
    INSERT INTO outbox (
        id, tenant, conversation, channel, account, to_kind, to_value, message, created_at, changed_at
    )
    SELECT id, %(tenant)s, %(conversation)s, %(channel)s, %(account)s, %(to_kind)s, %(to_value)s, message, at, at
    FROM said WHERE message IS NOT NULL ORDER BY n
    RETURNING id
), dealt_with AS (
    UPDATE inbox SET done_at = %(now)s  -- by the index of what waits: any other would be read with all its past
    WHERE conversation = %(conversation)s AND done_at IS NULL AND id = ANY(%(events)s)
), place AS (
    UPDATE conversations SET
        flow = %(flow)s, asks = %(asks)s, slots = %(slots)s, updated_at = %(now)s,
        last_customer_at = coalesce(%(customer_at)s, last_customer_at)
    WHERE id = %(conversation)s
), asked AS (
    INSERT INTO lanes AS l (tenant, conversation, kind, due_at, version)
    SELECT %(tenant)s, %(conversation)s, 'delivery', clock_timestamp(), 1 WHERE EXISTS (SELECT FROM letters)
    {lanes.AGAIN}
    RETURNING kind
), let_go AS ({lanes.LET_GO})
SELECT kind FROM asked UNION ALL SELECT 'turn' FROM let_go WHERE due_at < 'infinity'
"""


class Unit:
    """Implements `domain.ports.Unit`. The connection is taken, and the transaction begun, by the first who needs it."""

    def __init__(
        self, database: Database, lease: Lease, business: Business, clock: Clock, serde: SerializerProtocol
    ) -> None:
        self.records: ports.Records
        self._binding: Binding
        self.saver = TurnSaver(serde, self._read)
        self._database, self._lease, self._business, self._clock = database, lease, business, clock
        self._stack = AsyncExitStack()
        self._connection: Connection | None = None
        self._begun = False
        self._beginning = asyncio.Lock()

    async def load(self) -> Pending:
        """What waits in the lane, the conversation's last checkpoint and what stands, in one round trip.

        Raises LeaseLost when another worker has the lane already.
        """
        lease = self._lease
        thread = f"{lease.tenant}:{lease.conversation}"
        async with burst(self._database, lease.tenant) as connection:
            waiting = await connection.execute(_LOAD, {"conversation": lease.conversation})
            checkpoint = await _binary(connection, saver.LATEST, {"thread": thread, "namespace": ""})
            now, whose = self._clock.now(), {"conversation": lease.conversation}
            since = whose | {"since": now, "limit": SHOWN}
            coming = await connection.execute(COMING, since) if self._business.booking else None
            since = whose | {"since": now - STANDS_FOR, "limit": orders.SHOWN}
            placed = await connection.execute(orders.PLACED, since) if self._business.products else None
        self.saver.remember(thread, await checkpoint.fetchone())
        row = await waiting.fetchone()
        if row is None or row["lease_token"] != lease.token:
            raise LeaseLost(f"turn of {lease.conversation}")
        events = tuple(
            Event(number, kind, content, datetime.fromisoformat(at), provider_id)
            for number, kind, content, at, provider_id in row["events"] or ()
        )
        customer = str(row["customer"])
        self._binding = Binding(
            self.connection, lease.tenant, customer, lease.conversation, self._business.zone, self._clock
        )
        self.records = Records(self._binding)
        destination = Destination(row["channel"], row["account"], Alias(row["to_kind"], row["to_value"]))
        standing = [booking_of(each, self._business.zone) for each in (await coming.fetchall() if coming else ())]
        ordered = [orders.order_of(each, self._business.zone) for each in (await placed.fetchall() if placed else ())]
        return Pending(events, destination, customer, row["handoff"], row["version"], standing, ordered)

    async def commit(self, pending: Pending, outcome: Outcome | None, *, patient: bool = True) -> None:
        """Fencing check, checkpoint, transcript, outbox, inbox, conversation and lanes: sent together, then committed.

        Raises LeaseLost, or Superseded when newer events wait and the turn is patient enough to run again.
        """
        woken: AsyncCursor[DictRow] | None = None
        connection, where = await self._taken(), lanes.held(self._lease) | {"version": pending.version}
        async with connection.pipeline():
            if not self._begun:
                self._begun = True
                await connection.execute("BEGIN")
                await connection.execute(SCOPE, [self._lease.tenant])
            lane = await connection.execute(lanes.HOLD, where)
            if outcome is None:
                await connection.execute(lanes.RELEASE, where)
            else:
                await self.saver.write(connection)
                woken = await connection.execute(_SAY, where | self._said(pending, outcome))
            row = await lane.fetchone()
            if row is None or row["lease_token"] != self._lease.token:
                raise LeaseLost(f"turn of {self._lease.conversation}")
            if patient and row["version"] != pending.version:
                raise Superseded(f"turn of {self._lease.conversation}")
            await connection.execute("COMMIT")
        for kind in await woken.fetchall() if woken else ():
            self._database.bell.ring(kind["kind"])

    async def connection(self) -> Connection:
        """The turn's one connection, its transaction begun and bound to the tenant."""
        async with self._beginning:
            connection = await self._taken()
            if not self._begun:
                self._begun = True
                await begin(connection, self._lease.tenant)
            return connection

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[ports.Records]:
        """The books for a look before the turn's first write: a transaction that cannot write, gone after the block.

        It begins when something is read. Once the turn writes, what is looked at is the turn's own transaction.
        """
        if self._connection is not None:
            yield self.records
            return
        async with AsyncExitStack() as stack:
            opened: list[Connection] = []

            async def connection() -> Connection:
                if not opened:
                    reading = self._database.transaction(self._lease.tenant, read_only=True)
                    opened.append(await stack.enter_async_context(reading))
                return opened[0]

            yield Records(replace(self._binding, connection=connection))

    async def close(self) -> None:
        """Rolls back what was not committed and gives the connection back."""
        try:
            if self._connection is not None and not self._connection.closed:
                await self._connection.rollback()
        finally:
            await self._stack.aclose()

    async def _taken(self) -> Connection:
        if self._connection is None:
            self._connection = await self._stack.enter_async_context(self._database.pool.connection())
        return self._connection

    def _said(self, pending: Pending, outcome: Outcome) -> dict[str, Any]:
        """The arguments of _SAY beside the lane's."""
        now, to = self._clock.now(), pending.destination
        return {
            "tenant": self._lease.tenant,
            "channel": to.channel,
            "account": to.account,
            "to_kind": to.to.kind,
            "to_value": to.to.value,
            "said": Jsonb(_rows(outcome)),
            "events": [event.id for event in pending.events],
            "flow": outcome.flow,
            "asks": outcome.asks,
            "slots": Jsonb(outcome.slots),
            "now": now,
            "customer_at": now if any(event.kind == "customer" for event in pending.events) else None,
        }

    async def _read(self, statement: str, arguments: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Answers the saver: within the transaction once it has begun, before that without holding a connection."""
        if self._connection is not None:
            return await (await _binary(self._connection, statement, arguments)).fetchone()
        async with burst(self._database, self._lease.tenant) as connection:
            cursor = await _binary(connection, statement, arguments)
        return await cursor.fetchone()


@dataclass(frozen=True, slots=True)
class Units:
    """Opens units. Implements `domain.ports.Units`."""

    database: Database
    clock: Clock
    serde: SerializerProtocol

    @asynccontextmanager
    async def begin(self, lease: Lease, business: Business) -> AsyncIterator[Unit]:
        """A unit for one turn; leaving it without commit rolls everything back. Raises Unavailable."""
        with unavailable():
            unit = Unit(self.database, lease, business, self.clock, self.serde)
            try:
                yield unit
            finally:
                await unit.close()


async def _binary(connection: Connection, statement: str, arguments: Mapping[str, Any]) -> AsyncCursor[DictRow]:
    """Blobs travel as they are, not as hexadecimal text."""
    return await connection.cursor(binary=True).execute(statement, arguments)


def _rows(outcome: Outcome) -> list[dict[str, Any]]:
    """The transcript as plain data; what was understood is kept with the customer's last message."""
    last = max((n for n, said in enumerate(outcome.transcript) if said.role == "customer"), default=None)
    return [
        _row(n, said, outcome.understanding if n == last and outcome.understanding else None)
        for n, said in enumerate(outcome.transcript)
    ]


def _row(n: int, said: Said, understanding: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "n": n,
        "id": str(uuid4()),
        "role": said.role,
        "text": said.text,
        "content": {**said.content, "understanding": understanding} if understanding else dict(said.content),
        "inbox": said.event,
        "at": said.at.isoformat(),
        "message": said.outgoing.as_dict() if said.outgoing else None,
    }
