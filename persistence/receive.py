"""Keeps what webhooks bring: everything one of them carried for one tenant is committed together, each message once.

Nearly every message comes from somebody who is known and wrote before. For those one statement does it all (find the
conversation, keep the message, ask for a turn), in one round trip; anything else takes the long way, in one
transaction: see `persistence.arrival`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from domain.messages import Change, Echo, Inbound, Parsed, Renamed, StatusUpdate
from persistence import statuses
from persistence.arrival import Arrival
from persistence.burst import burst
from persistence.database import Database, unavailable
from persistence.lanes import AGAIN
from persistence.storable import content, storable

Stray = Inbound | Change | Echo | StatusUpdate | Renamed

# Nothing is kept unless every sender is known by all the names the message carries and is answered where it ever was.
#
# The tenant is set within the statement, which makes it cost hardly more than a bare INSERT. That holds because every
# table is reached by LATERAL from a row that follows `scope`; were it ever planned otherwise, row-level security would
# show nothing, nobody would be known, and the long way would be taken.
_KEEP_KNOWN = f"""
WITH scope AS MATERIALIZED (
    SELECT set_config('app.tenant', %(tenant)s, true) AS tenant
), arrived AS MATERIALIZED (
    SELECT scope.tenant, m.* FROM scope CROSS JOIN LATERAL jsonb_to_recordset(%(messages)s) AS m (
        n int, channel text, account text, provider_id text, content jsonb, at timestamptz,
        kinds text[], names text[], to_kind text, to_value text
    )
), known AS (
    SELECT arrived.n, place.id AS conversation
    FROM arrived
    CROSS JOIN LATERAL (
        SELECT (array_agg(i.customer))[1] AS customer
        FROM unnest(arrived.kinds, arrived.names) AS alias (kind, name)
        CROSS JOIN LATERAL (
            SELECT customer FROM identities
            WHERE tenant = arrived.tenant AND kind = alias.kind AND value = alias.name LIMIT 1
        ) AS i
        HAVING count(*) = cardinality(arrived.kinds) AND count(DISTINCT i.customer) = 1
    ) AS who
    CROSS JOIN LATERAL (
        SELECT c.id FROM conversations c
        WHERE c.tenant = arrived.tenant AND c.channel = arrived.channel AND c.account = arrived.account
          AND c.customer = who.customer AND c.to_kind = arrived.to_kind AND c.to_value = arrived.to_value
        LIMIT 1
    ) AS place
), kept AS (
    INSERT INTO inbox (tenant, conversation, kind, channel, account, provider_id, content, at)
    SELECT %(tenant)s, conversation, 'customer', channel, account, provider_id, content, at
    FROM arrived JOIN known USING (n)
    WHERE (SELECT count(*) FROM known) = (SELECT count(*) FROM arrived)
    ORDER BY n
    ON CONFLICT DO NOTHING
    RETURNING conversation
), asked AS (
    INSERT INTO lanes AS l (tenant, conversation, kind, due_at, version)
    SELECT DISTINCT %(tenant)s, conversation, 'turn', clock_timestamp() + make_interval(secs => %(pause)s), 1
    FROM kept ORDER BY conversation
    {AGAIN}
    RETURNING 1
)
SELECT (SELECT count(*) FROM known) AS known, (SELECT count(*) FROM kept) AS kept
"""

_SET_ASIDE = "INSERT INTO strays (tenant, channel, account, payload, at) VALUES ('_', %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where messages wait for their turn. Implements `domain.ports.Inbox`."""

    database: Database
    pause_seconds: float

    async def store(self, tenant: str, parsed: Parsed, at: datetime) -> int:
        """Keeps everything a webhook carried for one tenant in one commit; returns how many messages were new."""
        more = parsed.changes or parsed.echoes or parsed.renames
        if not parsed.messages and not more:
            async with burst(self.database, tenant) as connection:
                await statuses.update(connection, tenant, parsed.statuses, at)
            return 0
        ordinary = not (more or parsed.statuses or any(m.referral for m in parsed.messages))
        kept = await self._store_known(tenant, parsed, at) if ordinary else None
        if kept is not None:
            return kept
        async with self.database.transaction(tenant) as connection:
            return await Arrival(connection, tenant, at).store(parsed, self.pause_seconds)

    async def set_aside(self, parsed: Parsed, at: datetime) -> None:
        """Keeps what came for an account nobody owns, for whoever claims it."""
        async with self.database.transaction("_") as connection:
            strays: tuple[Stray, ...] = (*parsed.messages, *parsed.changes, *parsed.echoes, *parsed.statuses)
            for stray in (*strays, *parsed.renames):
                payload = Jsonb(storable({"type": type(stray).__name__} | asdict(stray)))
                await connection.execute(_SET_ASIDE, (stray.channel, stray.account, payload, at))

    async def _store_known(self, tenant: str, parsed: Parsed, at: datetime) -> int | None:
        """The short way; None when a message's sender is not known well enough and nothing was kept."""
        arguments = {
            "tenant": tenant,
            "pause": self.pause_seconds,
            "messages": Jsonb([_row(n, message, at) for n, message in enumerate(parsed.messages)]),
        }
        with unavailable():
            async with self.database.pool.connection() as connection:
                row = await (await connection.execute(_KEEP_KNOWN, arguments)).fetchone()
        if row is None or row["known"] != len(parsed.messages):
            return None
        if row["kept"]:
            self.database.bell.ring("turn")
        return int(row["kept"])


def _row(n: int, message: Inbound, at: datetime) -> dict[str, Any]:
    return {
        "n": n,
        "channel": message.channel,
        "account": message.account,
        "provider_id": storable(message.provider_id),
        "content": content(message),
        "at": min(message.sent_at, at).isoformat(),  # some phones are ahead of time
        "kinds": [alias.kind for alias in message.aliases],
        "names": [storable(alias.value) for alias in message.aliases],
        "to_kind": message.reply_to.kind,
        "to_value": storable(message.reply_to.value),
    }
