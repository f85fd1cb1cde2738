"""Keeps what webhooks bring: everything one of them carried for one tenant is committed together, each message once.

Nearly every message comes from somebody who is known and wrote before. For those one statement does it all (find the
conversation, keep the message, ask for a turn), in one round trip; anything else takes the long way, in one
transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from domain.messages import Alias, Change, Echo, Inbound, Parsed, StatusUpdate
from persistence import identities, statuses
from persistence.burst import burst
from persistence.database import Connection, Database, unavailable
from persistence.lanes import AGAIN, bump

Stray = Inbound | Change | Echo | StatusUpdate

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
SELECT (SELECT count(*) FROM known) AS known, (SELECT count(*) FROM kept) AS kept,
       (SELECT pg_notify('prosa_turn', '') FROM asked LIMIT 1)
"""

_KEEP = """
INSERT INTO inbox (tenant, conversation, kind, channel, account, provider_id, content, at, done_at)
VALUES (
    %(tenant)s, %(conversation)s, %(kind)s, %(channel)s, %(account)s, %(provider_id)s, %(content)s, %(at)s, %(done)s
)
ON CONFLICT DO NOTHING
RETURNING id
"""

# A person answered from the business's own phone: whoever waited in the line is being served.
_TAKE_OVER = """
WITH taken AS (
    INSERT INTO handoffs (id, tenant, conversation, customer, reason, status, opened_at, assigned_at)
    VALUES (%(id)s, %(tenant)s, %(conversation)s, %(customer)s, 'echo', 'assigned', %(at)s, %(at)s)
    ON CONFLICT (conversation) WHERE status IN ('waiting', 'assigned')
    DO UPDATE SET status = 'assigned', assigned_at = coalesce(handoffs.assigned_at, excluded.assigned_at)
), transcript AS (
    INSERT INTO messages (id, tenant, conversation, role, text, inbox, at)
    VALUES (%(message)s, %(tenant)s, %(conversation)s, 'agent', %(text)s, %(inbox)s, %(at)s)
)
UPDATE conversations SET owner = 'agent', updated_at = %(at)s WHERE id = %(conversation)s
"""

_SET_ASIDE = "INSERT INTO strays (tenant, channel, account, payload, at) VALUES ('_', %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where messages wait for their turn. Implements `domain.ports.Inbox`."""

    database: Database
    pause_seconds: float

    async def store(self, tenant: str, parsed: Parsed, at: datetime) -> int:
        """Keeps everything a webhook carried for one tenant in one commit; returns how many messages were new."""
        if not parsed.messages and not parsed.changes and not parsed.echoes:
            async with burst(self.database, tenant) as connection:
                await statuses.update(connection, tenant, parsed.statuses, at)
            return 0
        ordinary = not (parsed.changes or parsed.echoes or parsed.statuses or any(m.referral for m in parsed.messages))
        kept = await self._store_known(tenant, parsed, at) if ordinary else None
        if kept is not None:
            return kept
        async with self.database.transaction(tenant) as connection:
            return await _Arrival(connection, tenant, at).store(parsed, self.pause_seconds)

    async def set_aside(self, parsed: Parsed, at: datetime) -> None:
        """Keeps what came for an account nobody owns, for whoever claims it."""
        async with self.database.transaction("_") as connection:
            strays: tuple[Stray, ...] = (*parsed.messages, *parsed.changes, *parsed.echoes, *parsed.statuses)
            for stray in strays:
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
        return row["kept"] if row is not None and row["known"] == len(parsed.messages) else None


@dataclass(frozen=True, slots=True)
class _Arrival:
    """One webhook's transaction, the long way."""

    connection: Connection
    tenant: str
    at: datetime

    async def store(self, parsed: Parsed, pause_seconds: float) -> int:
        messages = [await self._message(message) for message in parsed.messages]
        new = {conversation for conversation, kept in messages if kept}
        for change in parsed.changes:
            await self._change(change)
        # Lanes are asked in one order by everybody, so that two webhooks never wait for each other.
        echoed: set[UUID] = set()
        for echo in sorted(parsed.echoes, key=lambda echo: echo.customer.value):
            echoed |= await self._echo(echo)
        for conversation in sorted(new - echoed):
            await bump(self.connection, self.tenant, conversation, "turn", pause_seconds)
        await statuses.update(self.connection, self.tenant, parsed.statuses, self.at)
        return sum(kept for _, kept in messages)

    async def _message(self, message: Inbound) -> tuple[UUID, bool]:
        aliases = [Alias(alias.kind, storable(alias.value)) for alias in message.aliases]
        customer = await identities.resolve(self.connection, self.tenant, aliases, storable(message.name), self.at)
        conversation = await identities.conversation(
            self.connection,
            self.tenant,
            customer,
            message.channel,
            message.account,
            Alias(message.reply_to.kind, storable(message.reply_to.value)),
            self.at,
            storable(message.referral),
        )
        inbox = await self._keep(
            "customer", message, conversation, _content(message), min(message.sent_at, self.at), done=False
        )
        return conversation, inbox is not None

    async def _change(self, change: Change) -> None:
        """Reactions, edits and deletions are kept as dealt with: they never advance the conversation."""
        customer = await identities.resolve(self.connection, self.tenant, (change.reply_to,), None, self.at)
        conversation = await identities.conversation(
            self.connection, self.tenant, customer, change.channel, change.account, change.reply_to, self.at, None
        )
        content = storable({"target": change.target, "text": change.text})
        await self._keep(change.kind, change, conversation, content, self.at, done=True)

    async def _echo(self, echo: Echo) -> set[UUID]:
        """The owner's answer: transcript, a handoff in a person's hands, and an event for the graph, due at once."""
        customer = await identities.resolve(self.connection, self.tenant, (echo.customer,), None, self.at)
        conversation = await identities.conversation(
            self.connection, self.tenant, customer, echo.channel, echo.account, echo.customer, self.at, None
        )
        text = storable(echo.text)
        inbox = await self._keep("echoed", echo, conversation, {"text": text}, min(echo.sent_at, self.at), done=False)
        if inbox is None:
            return set()
        await bump(self.connection, self.tenant, conversation, "turn", 0)
        arguments = {
            "id": uuid4(),
            "message": uuid4(),
            "tenant": self.tenant,
            "conversation": conversation,
            "customer": customer,
            "text": text,
            "inbox": inbox,
            "at": self.at,
        }
        await self.connection.execute(_TAKE_OVER, arguments)
        return {conversation}

    async def _keep(
        self,
        kind: str,
        what: Inbound | Change | Echo,
        conversation: UUID,
        content: Mapping[str, Any],
        at: datetime,
        *,
        done: bool,
    ) -> int | None:
        """Writes the inbox row; None when the provider had sent it before."""
        arguments = {
            "tenant": self.tenant,
            "conversation": conversation,
            "kind": kind,
            "channel": what.channel,
            "account": what.account,
            "provider_id": storable(what.provider_id),
            "content": Jsonb(content),
            "at": at,
            "done": self.at if done else None,
        }
        row = await (await self.connection.execute(_KEEP, arguments)).fetchone()
        return None if row is None else int(row["id"])


def _row(n: int, message: Inbound, at: datetime) -> dict[str, Any]:
    return {
        "n": n,
        "channel": message.channel,
        "account": message.account,
        "provider_id": storable(message.provider_id),
        "content": _content(message),
        "at": min(message.sent_at, at).isoformat(),  # some phones are ahead of time
        "kinds": [alias.kind for alias in message.aliases],
        "names": [storable(alias.value) for alias in message.aliases],
        "to_kind": message.reply_to.kind,
        "to_value": storable(message.reply_to.value),
    }


def _content(message: Inbound) -> dict[str, Any]:
    """The event's content, as `domain.ports.Event` describes it."""
    content: dict[str, Any] = {"kind": message.content.kind, "text": message.content.text}
    if message.content.choice is not None:
        content["choice"] = message.content.choice
    if message.content.detail:
        content["detail"] = message.content.detail
    if message.quoted:
        content["quoted"] = message.quoted
    plain: dict[str, Any] = storable(content)
    return plain


def storable(value: Any) -> Any:
    """The same value in plain data that Postgres can keep: without null characters and halves of characters."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value
