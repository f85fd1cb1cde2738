"""Drops the old checkpoints of conversations that rest: the last one is all a conversation needs to go on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.clock import Clock
from persistence.burst import burst
from persistence.database import Database

# One statement sees one snapshot: a checkpoint that a turn commits meanwhile is neither seen nor touched, and the blobs
# it shares with the one before are kept for that one's sake.
_PRUNE = """
WITH resting AS (
    SELECT tenant || ':' || id AS thread, updated_at FROM conversations
    WHERE tenant = %(tenant)s AND updated_at > %(since)s AND updated_at <= %(until)s
    ORDER BY updated_at LIMIT %(limit)s
), kept AS (
    SELECT resting.thread, latest.checkpoint_id, latest.versions
    FROM resting CROSS JOIN LATERAL (
        SELECT c.checkpoint_id, c.checkpoint -> 'channel_versions' AS versions
        FROM checkpoints c WHERE c.thread_id = resting.thread AND c.checkpoint_ns = ''
        ORDER BY c.checkpoint_id DESC LIMIT 1
    ) AS latest
), writes AS (
    DELETE FROM checkpoint_writes w USING kept
    WHERE w.thread_id = kept.thread AND w.checkpoint_ns = '' AND w.checkpoint_id < kept.checkpoint_id
), blobs AS (
    DELETE FROM checkpoint_blobs b USING kept
    WHERE b.thread_id = kept.thread AND b.checkpoint_ns = ''
      AND b.version IS DISTINCT FROM kept.versions ->> b.channel
), old AS (
    DELETE FROM checkpoints c USING kept
    WHERE c.thread_id = kept.thread AND c.checkpoint_ns = '' AND c.checkpoint_id < kept.checkpoint_id
)
SELECT count(*) AS seen, max(updated_at) AS last FROM resting
"""
_AT_ONCE = 200  # conversations; short transactions, so that nobody waits for them


class Pruner:
    """Call it now and then: each time it looks at what came to rest since the last."""

    def __init__(self, database: Database, clock: Clock, tenants: Iterable[str], idle: timedelta) -> None:
        self._database, self._clock, self._tenants, self._idle = database, clock, tuple(tenants), idle
        self._seen = {tenant: datetime.min.replace(tzinfo=clock.now().tzinfo) for tenant in self._tenants}

    async def prune(self) -> None:
        """Keeps only the latest checkpoint of every conversation that has been idle. Raises Unavailable."""
        until = self._clock.now() - self._idle
        for tenant in self._tenants:
            while await self._prune_some(tenant, until):
                pass
            self._seen[tenant] = until

    async def _prune_some(self, tenant: str, until: datetime) -> bool:
        """Whether there may be more."""
        arguments = {"tenant": tenant, "since": self._seen[tenant], "until": until, "limit": _AT_ONCE}
        async with burst(self._database, tenant) as connection:
            cursor = await connection.execute(_PRUNE, arguments)
        row = await cursor.fetchone()
        if row is None or row["last"] is None:
            return False
        self._seen[tenant] = row["last"]
        return bool(row["seen"] == _AT_ONCE)
