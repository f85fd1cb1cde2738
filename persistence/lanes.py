"""Lanes: one row a conversation and kind of work, claimed by one worker at a time. All SQL of them is here.

A lane is *due* at a time; everything else follows from that. An event makes it due after the reply pause, a claim makes
it due again when the lease ends (so a crashed worker's lane comes back by itself), a failure makes it due after a
back-off, a commit makes it never due until the next event. `version` grows with every event: a turn that finds it moved
at commit has not seen everything. `lease_token` grows with every claim: a worker with an old one cannot commit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from psycopg import AsyncConnection

from domain.ports import Lease
from persistence.burst import burst
from persistence.database import PLATFORM, Database
from persistence.wakeup import Wakeup

Kind = Literal["turn", "delivery"]

# An event asks for work. A lane that is already due stays due (an agent's event never waits for the customer's pause),
# and one that backs off after a failure keeps its back-off; otherwise the pause starts again with each message.
AGAIN = """
ON CONFLICT (conversation, kind) DO UPDATE SET
    version = l.version + 1,
    due_at = CASE
        WHEN l.due_at <= clock_timestamp() THEN l.due_at
        WHEN l.attempts > 0 AND l.lease_token IS NULL AND l.due_at < 'infinity' THEN l.due_at
        ELSE excluded.due_at
    END
"""

BUMP = f"""
WITH lane AS (
    INSERT INTO lanes AS l (tenant, conversation, kind, due_at, version)
    VALUES (%(tenant)s, %(conversation)s, %(kind)s, clock_timestamp() + make_interval(secs => %(pause)s), 1)
    {AGAIN}
)
SELECT pg_notify('prosa_' || %(kind)s, '')
"""

# What the lane waited for has happened: a back-off ends now.
HASTEN = """
WITH lane AS (
    UPDATE lanes SET due_at = clock_timestamp(), version = version + 1
    WHERE conversation = %(conversation)s AND kind = %(kind)s
)
SELECT pg_notify('prosa_' || %(kind)s, '')
"""

# A lane whose lease ran out was held by a worker that died over it: that counts as an attempt.
CLAIM = """
WITH due AS (
    SELECT conversation, kind FROM lanes
    WHERE kind = %(kind)s AND due_at <= now() AND (lease_until IS NULL OR lease_until <= now())
    ORDER BY due_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
UPDATE lanes l SET
    attempts = l.attempts + (l.lease_token IS NOT NULL)::int,
    lease_token = nextval('lease_tokens'),
    lease_until = now() + make_interval(secs => %(lease)s),
    due_at = now() + make_interval(secs => %(lease)s)
FROM due WHERE l.conversation = due.conversation AND l.kind = due.kind
RETURNING l.tenant, l.conversation, l.kind, l.lease_token, l.attempts
"""

# An event that came meanwhile set its own due time, which stays.
RENEW = """
UPDATE lanes l SET
    lease_until = now() + make_interval(secs => %(lease)s),
    due_at = CASE WHEN l.due_at = l.lease_until THEN now() + make_interval(secs => %(lease)s) ELSE l.due_at END
FROM unnest(%(conversations)s::uuid[], %(kinds)s::text[], %(tokens)s::bigint[]) AS held (conversation, kind, token)
WHERE l.conversation = held.conversation AND l.kind = held.kind AND l.lease_token = held.token
"""

RETRY = """
WITH lane AS (
    UPDATE lanes SET
        lease_token = NULL, lease_until = NULL, attempts = attempts + 1,
        due_at = clock_timestamp() + make_interval(secs => %(after)s)
    WHERE conversation = %(conversation)s AND kind = %(kind)s AND lease_token = %(token)s
)
SELECT pg_notify('prosa_' || %(kind)s, '')
"""

# Everything seen has been dealt with; what came meanwhile (version moved) keeps the lane due.
LET_GO = """
UPDATE lanes SET
    lease_token = NULL, lease_until = NULL, attempts = 0,
    due_at = CASE WHEN version = %(version)s THEN 'infinity' ELSE due_at END
WHERE conversation = %(conversation)s AND kind = %(kind)s AND lease_token = %(token)s
RETURNING due_at
"""

RELEASE = f"""
WITH lane AS ({LET_GO})
SELECT pg_notify('prosa_' || %(kind)s, '') FROM lane WHERE due_at < 'infinity'
"""

HOLD = "SELECT lease_token, version FROM lanes WHERE conversation = %(conversation)s AND kind = %(kind)s FOR UPDATE"

NEXT_DUE = """
SELECT extract(epoch FROM min(greatest(due_at, lease_until)) - clock_timestamp())::float8 AS seconds
FROM lanes WHERE kind = %(kind)s AND due_at < 'infinity'
"""


async def bump(
    connection: AsyncConnection[Any], tenant: str, conversation: UUID | str, kind: Kind, pause_seconds: float
) -> None:
    """Asks for work in a conversation's lane, due after the pause; workers wake when the transaction commits."""
    arguments = {"tenant": tenant, "conversation": conversation, "kind": kind, "pause": pause_seconds}
    await connection.execute(BUMP, arguments)


async def hasten(connection: AsyncConnection[Any], conversation: UUID | str, kind: Kind) -> None:
    """Ends a lane's back-off: what it waited for has happened."""
    await connection.execute(HASTEN, {"conversation": conversation, "kind": kind})


def held(lease: Lease) -> dict[str, Any]:
    """The arguments by which HOLD, RETRY and RELEASE find a lease's lane."""
    return {"conversation": lease.conversation, "kind": lease.kind, "token": lease.token}


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of all tenants, as workers see them. Implements `domain.ports.Lanes`."""

    database: Database
    wakeup: Wakeup

    async def claim(self, kind: Kind, limit: int, lease_seconds: float) -> Sequence[Lease]:
        """Up to `limit` due lanes nobody holds, longest due first, leased to the caller."""
        async with burst(self.database, PLATFORM) as connection:
            cursor = await connection.execute(CLAIM, {"kind": kind, "limit": limit, "lease": lease_seconds})
        return [
            Lease(row["tenant"], str(row["conversation"]), kind, row["lease_token"], row["attempts"])
            for row in await cursor.fetchall()
        ]

    async def renew(self, leases: Sequence[Lease], lease_seconds: float) -> None:
        """The heartbeat: leases still held last `lease_seconds` from now; lost ones stay lost."""
        arguments: Mapping[str, Any] = {
            "lease": lease_seconds,
            "conversations": [lease.conversation for lease in leases],
            "kinds": [lease.kind for lease in leases],
            "tokens": [lease.token for lease in leases],
        }
        async with burst(self.database, PLATFORM) as connection:
            await connection.execute(RENEW, arguments)

    async def retry(self, lease: Lease, after_seconds: float) -> None:
        """Releases a lane whose work failed; it is due again later, with one attempt more."""
        async with burst(self.database, lease.tenant) as connection:
            await connection.execute(RETRY, held(lease) | {"after": after_seconds})

    async def next_due(self, kind: Kind) -> float | None:
        """Seconds until the next lane is due (or its holder's lease ends); None when nothing waits."""
        async with burst(self.database, PLATFORM) as connection:
            cursor = await connection.execute(NEXT_DUE, {"kind": kind})
        row = await cursor.fetchone()
        return None if row is None or row["seconds"] is None else max(0.0, row["seconds"])

    async def wait(self, kind: Kind, seconds: float) -> None:
        """Sleeps until a NOTIFY for this kind of work arrives or the time is over."""
        await self.wakeup.wait(kind, seconds)
