"""The outbox as deliverers see it: the first letter of a conversation that has not left, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.types.json import Jsonb

from domain.errors import LeaseLost
from domain.messages import Alias, Destination, Outgoing
from domain.ports import Lease, Letter, Reworded
from persistence import lanes
from persistence.burst import burst
from persistence.database import Database

# A letter found in `sending` was in the hands of a worker that died: nobody knows whether it left. One that is to be
# worded first is only counted: it cannot have left.
_TAKE = """
WITH head AS (
    SELECT id, status FROM outbox
    WHERE conversation = %(conversation)s AND status IN ('queued', 'sending', 'uncertain')
      AND EXISTS (
          SELECT FROM lanes WHERE conversation = %(conversation)s AND kind = %(kind)s AND lease_token = %(token)s
      )
    ORDER BY seq LIMIT 1 FOR UPDATE
)
UPDATE outbox o SET
    status = CASE
        WHEN head.status = 'sending' THEN 'uncertain'
        WHEN %(worded)s AND m.role = 'bot' AND o.attempts = 0 THEN 'queued'
        ELSE 'sending'
    END,
    attempts = o.attempts + (head.status <> 'sending')::int,
    changed_at = %(at)s
FROM head, messages m, conversations c, customers
WHERE o.id = head.id AND m.id = head.id AND c.id = o.conversation AND customers.id = c.customer
RETURNING o.id, o.message, o.channel, o.account, o.to_kind, o.to_value, o.status, o.attempts, o.created_at, m.role,
    c.last_customer_at, customers.opted_out_at
"""

# The lane is held by lanes.HOLD: no new letter can come between looking and letting go.
_LET_GO = """
UPDATE lanes SET lease_token = NULL, lease_until = NULL, attempts = 0, due_at = 'infinity'
WHERE conversation = %(conversation)s AND kind = %(kind)s AND lease_token = %(token)s AND NOT EXISTS (
    SELECT FROM outbox
    WHERE conversation = %(conversation)s AND status IN ('queued', 'sending', 'uncertain')
)
"""

# The transcript shows what the customer read; the template stays beside it.
_REWORD = """
WITH said AS (
    UPDATE messages SET
        text = %(text)s,
        content = content || jsonb_build_object('voice', %(usage)s || jsonb_build_object('template', text))
    WHERE id = %(letter)s
)
UPDATE outbox SET message = message || jsonb_build_object('text', %(text)s::text), status = 'sending'
WHERE id = %(letter)s
"""

_SEAL = "UPDATE outbox SET status = 'sending' WHERE id = %(letter)s"

# A status webhook may have been faster than the provider's own answer: what it said stays.
_SETTLE = """
UPDATE outbox SET
    status = CASE WHEN status IN ('sending', 'uncertain') THEN %(status)s ELSE status END,
    provider_id = coalesce(provider_id, %(provider_id)s),
    error = CASE WHEN status IN ('sending', 'uncertain') THEN %(error)s ELSE error END,
    changed_at = %(at)s
WHERE id = %(letter)s
RETURNING status
"""


@dataclass(frozen=True, slots=True)
class Outbox:
    """Implements `domain.ports.Outbox`."""

    database: Database

    async def take(self, lease: Lease, at: datetime, worded: bool) -> Letter | None:
        """The first letter that has not left, marked sending (uncertain, if a worker died over it; queued, if to word).

        When none waits the lane is released and None returned. Raises LeaseLost.
        """
        where = lanes.held(lease)
        async with burst(self.database, lease.tenant) as connection:
            held = await connection.execute(lanes.HOLD, where)
            taken = await connection.execute(_TAKE, where | {"at": at, "worded": worded})
            await connection.execute(_LET_GO, where)
        lane, row = await held.fetchone(), await taken.fetchone()
        if lane is None or lane["lease_token"] != lease.token:
            raise LeaseLost(f"delivery of {lease.conversation}")
        if row is None:
            return None
        destination = Destination(row["channel"], row["account"], Alias(row["to_kind"], row["to_value"]))
        return Letter(
            id=str(row["id"]),
            message=Outgoing.from_dict(row["message"]),
            destination=destination,
            status=row["status"],
            attempts=row["attempts"],
            role=row["role"],
            created_at=row["created_at"],
            last_customer_at=row["last_customer_at"],
            opted_out_at=row["opted_out_at"],
        )

    async def seal(self, letter: str, lease: Lease, worded: Reworded | None) -> None:
        """Keeps the words a letter leaves in, in the transcript too, and marks it sending. Raises LeaseLost."""
        async with self.database.transaction(lease.tenant) as connection:
            held = await (await connection.execute(lanes.HOLD, lanes.held(lease))).fetchone()
            if held is None or held["lease_token"] != lease.token:
                raise LeaseLost(f"delivery of {lease.conversation}")
            if worded is None:
                await connection.execute(_SEAL, {"letter": letter})
                return
            usage = Jsonb({**worded.usage, "kept": worded.kept})
            await connection.execute(_REWORD, {"letter": letter, "text": worded.text, "usage": usage})

    async def settle(
        self,
        letter: str,
        lease: Lease,
        status: Literal["sent", "failed"],
        at: datetime,
        provider_id: str | None = None,
        error: str | None = None,
    ) -> None:
        """Writes what became of a letter, unless a status webhook told more already."""
        arguments = {"letter": letter, "status": status, "provider_id": provider_id, "error": error, "at": at}
        async with burst(self.database, lease.tenant) as connection:
            await connection.execute(_SETTLE, arguments)

    async def put_off(
        self, letter: str, lease: Lease, status: Literal["queued", "uncertain"], at: datetime, after: float, error: str
    ) -> bool:
        """Releases the lane until `after` seconds have passed; the letter goes first then.

        False, and the lane stays held, when a status webhook told meanwhile what became of the letter.
        """
        arguments = {"letter": letter, "status": status, "provider_id": None, "error": error, "at": at}
        async with self.database.transaction(lease.tenant) as connection:
            await connection.execute(lanes.HOLD, lanes.held(lease))
            row = await (await connection.execute(_SETTLE, arguments)).fetchone()
            waiting = row is not None and row["status"] == status
            if waiting:
                await connection.execute(lanes.RETRY, lanes.held(lease) | {"after": after})
        return waiting
