"""What one webhook brings for one tenant, kept the long way: people and conversations are made as they are needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from domain.messages import Alias, Change, Echo, Inbound, Parsed
from persistence import identities, statuses
from persistence.database import Connection
from persistence.lanes import bump
from persistence.storable import content, storable

# A turn's commit and whoever works at the desk lock the lane first, then the conversation; so does a webhook, or each
# would wait for the other. All its lanes are locked at once and in one order, for the same reason between two webhooks.
_HOLD_LANES = """
SELECT FROM lanes l WHERE l.kind = 'turn' AND l.conversation IN (
    SELECT c.id FROM unnest(%(kinds)s::text[], %(values)s::text[]) AS a (kind, value)
    JOIN identities i ON i.tenant = %(tenant)s AND i.kind = a.kind AND i.value = a.value
    JOIN conversations c ON c.customer = i.customer
) ORDER BY l.conversation FOR UPDATE
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


@dataclass(frozen=True, slots=True)
class Arrival:
    """One webhook's transaction, the long way."""

    connection: Connection
    tenant: str
    at: datetime

    async def store(self, parsed: Parsed, pause_seconds: float) -> int:
        await self._hold_lanes(parsed)
        for renamed in parsed.renames:
            aliases = [Alias(alias.kind, storable(alias.value)) for alias in renamed.aliases]
            await identities.rename(self.connection, self.tenant, aliases)
        messages = [await self._message(message) for message in parsed.messages]
        new = {conversation for conversation, kept in messages if kept}
        for change in parsed.changes:
            await self._change(change)
        echoed: set[UUID] = set()
        for echo in parsed.echoes:
            echoed |= await self._echo(echo)
        for conversation in new - echoed:
            await bump(self.connection, self.tenant, conversation, "turn", pause_seconds)
        await statuses.update(self.connection, self.tenant, parsed.statuses, self.at)
        return sum(kept for _, kept in messages)

    async def _hold_lanes(self, parsed: Parsed) -> None:
        names = {alias for message in parsed.messages for alias in message.aliases}
        names |= {change.reply_to for change in parsed.changes} | {echo.customer for echo in parsed.echoes}
        kinds, values = [name.kind for name in names], [storable(name.value) for name in names]
        await self.connection.execute(_HOLD_LANES, {"tenant": self.tenant, "kinds": kinds, "values": values})

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
            "customer", message, conversation, content(message), min(message.sent_at, self.at), done=False
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
            self.connection, self.tenant, customer, echo.channel, echo.account, echo.customer, self.at, wrote=False
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
