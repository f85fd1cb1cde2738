"""What agents do with a conversation: take it, answer, note, give it back, close it. Each action is one transaction.

Every action holds the conversation's turn lane first, so that it never runs beside a turn's commit, and ends by telling
the graph: an inbox event, due at once, resumes what waits for a person.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from domain.clock import Clock
from domain.errors import Conflict, NotFound
from domain.messages import Outgoing
from persistence.database import PLATFORM, Connection, Database
from persistence.lanes import bump
from persistence.lists import HANDOFFS
from persistence.pages import parsed
from persistence.storable import storable

_WHOSE_HANDOFF = "SELECT tenant, conversation FROM handoffs WHERE id = %s"
_WHOSE_CONVERSATION = "SELECT tenant, id AS conversation FROM conversations WHERE id = %s"

_AGENT = "SELECT tenant FROM users WHERE id = %s AND disabled_at IS NULL"

_LANE = """
INSERT INTO lanes (tenant, conversation, kind) VALUES (%s, %s, 'turn') ON CONFLICT (conversation, kind) DO NOTHING
"""
_HOLD_LANE = "SELECT FROM lanes WHERE conversation = %s AND kind = 'turn' FOR UPDATE"
_OPEN = """
SELECT id, status, agent FROM handoffs WHERE conversation = %s AND status IN ('waiting', 'assigned') FOR UPDATE
"""
_ASSIGN = "UPDATE handoffs SET status = 'assigned', agent = %(agent)s, assigned_at = %(at)s WHERE id = %(handoff)s"
_TAKE = """
INSERT INTO handoffs (id, tenant, conversation, customer, reason, status, agent, opened_at, assigned_at)
SELECT %(handoff)s, tenant, id, customer, 'takeover', 'assigned', %(agent)s, %(at)s, %(at)s
FROM conversations WHERE id = %(conversation)s
"""
_RETURN = "UPDATE handoffs SET status = 'returned', outcome = %(outcome)s, closed_at = %(at)s WHERE id = %(handoff)s"
_COMPLETE = """
UPDATE handoffs
SET status = 'completed', resolution = %(resolution)s, satisfaction = %(satisfaction)s, closed_at = %(at)s
WHERE id = %(handoff)s
"""
_OWNER = "UPDATE conversations SET owner = %(owner)s, updated_at = %(at)s WHERE id = %(conversation)s"
_SAY = """
WITH said AS (
    INSERT INTO messages (id, tenant, conversation, role, text, content, author, at)
    VALUES (%(message)s, %(tenant)s, %(conversation)s, 'agent', %(text)s, %(content)s, %(actor)s, %(at)s)
)
INSERT INTO outbox (id, tenant, conversation, channel, account, to_kind, to_value, message, created_at, changed_at)
SELECT %(message)s, tenant, id, channel, account, to_kind, to_value, %(content)s, %(at)s, %(at)s
FROM conversations WHERE id = %(conversation)s
"""
_NOTE = """
INSERT INTO notes (id, tenant, conversation, handoff, author, text, at)
VALUES (%(note)s, %(tenant)s, %(conversation)s, %(handoff)s, %(actor)s, %(text)s, %(at)s)
"""
_TELL = """
WITH told AS (
    INSERT INTO inbox (tenant, conversation, kind, channel, account, provider_id, content, at)
    SELECT tenant, id, %(kind)s, channel, account, %(event)s, %(content)s, %(at)s
    FROM conversations WHERE id = %(conversation)s
)
INSERT INTO audit (tenant, actor, action, subject, at)
VALUES (%(tenant)s, %(actor)s, 'handoff.' || %(kind)s, %(handoff)s, %(at)s)
"""


@dataclass(frozen=True, slots=True)
class _Case:
    """One open handoff in one agent's hands, inside its transaction, the lane held."""

    connection: Connection
    tenant: str
    conversation: UUID
    handoff: UUID
    status: str
    actor: UUID
    at: datetime

    async def write(self, statement: str, **values: object) -> None:
        own = {"tenant": self.tenant, "conversation": self.conversation, "handoff": self.handoff, "at": self.at}
        await self.connection.execute(statement.encode(), {**own, "actor": self.actor, **values})

    async def tell(self, kind: str, content: Mapping[str, Any]) -> None:
        """Leaves the event for the graph and wakes a worker."""
        told = {"handoff": str(self.handoff), "actor": str(self.actor)}
        await self.write(_TELL, kind=kind, event=f"desk:{uuid4()}", content=Jsonb({**content, **told}), **told)
        await bump(self.connection, self.tenant, self.conversation, "turn", 0)


class Desk:
    """Where agents work. `scope` is the caller's tenant, or "*"; `actor` the caller's user id.

    All raise NotFound for a handoff the caller may not see, Conflict for one whose state does not allow it; all answer
    the handoff as the list shows it.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def assign(self, scope: str, handoff: str, actor: str, agent: str | None = None) -> DictRow:
        """Puts a waiting handoff into an agent's hands (the caller's, when none is named)."""
        await self._agent(scope, handoff, agent or actor)
        async with self._case(scope, handoff, actor) as case:
            if case.status != "waiting":
                raise Conflict("Somebody has this handoff already.")
            await self._give(case, _ASSIGN, parsed(agent or actor))
        return await self._shown(scope, handoff)

    async def take_over(self, scope: str, conversation: str, actor: str) -> DictRow:
        """Takes a conversation from the bot, without anybody having asked for a person."""
        tenant, _ = await self._whose(_WHOSE_CONVERSATION, scope, conversation)
        chat, made = parsed(conversation), uuid4()
        async with self._database.transaction(tenant) as connection:
            found = await _hold(connection, tenant, chat)
            if found is not None and found["status"] != "waiting":
                raise Conflict("Somebody has this conversation already.")
            handoff = found["id"] if found else made
            case = _Case(connection, tenant, chat, handoff, "waiting", parsed(actor), self._clock.now())
            await self._give(case, _ASSIGN if found else _TAKE, parsed(actor))
        return await self._shown(scope, str(handoff))

    async def reply(self, scope: str, handoff: str, actor: str, text: str) -> DictRow:
        """Says something to the customer; the handoff must be in somebody's hands."""
        said = storable(text)
        async with self._case(scope, handoff, actor) as case:
            if case.status != "assigned":
                raise Conflict("Assign this handoff before replying.")
            message = uuid4()
            await case.write(_SAY, message=message, text=said, content=Jsonb(Outgoing(said).as_dict()))
            await case.write(_OWNER, owner="agent")
            await case.tell("agent_replied", {"text": said, "message": str(message)})
            await bump(case.connection, case.tenant, case.conversation, "delivery", 0)
        return await self._shown(scope, handoff)

    async def note(self, scope: str, handoff: str, actor: str, text: str) -> DictRow:
        """Writes down something for colleagues; the customer never sees it."""
        async with self._case(scope, handoff, actor) as case:
            await case.write(_NOTE, note=uuid4(), text=storable(text))
            await case.tell("agent_noted", {"text": storable(text)})
        return await self._shown(scope, handoff)

    async def give_back(self, scope: str, handoff: str, actor: str, outcome: str | None = None) -> DictRow:
        """Returns the conversation to the bot."""
        async with self._case(scope, handoff, actor) as case:
            told = storable(outcome) if outcome else None
            await case.write(_RETURN, outcome=told)
            await case.write(_OWNER, owner="bot")
            await case.tell("returned", {"outcome": told})
        return await self._shown(scope, handoff)

    async def complete(
        self, scope: str, handoff: str, actor: str, resolution: str, satisfaction: int | None = None
    ) -> DictRow:
        """Closes the matter; the bot answers what comes next."""
        async with self._case(scope, handoff, actor) as case:
            how = {"resolution": storable(resolution), "satisfaction": satisfaction}
            await case.write(_COMPLETE, **how)
            await case.write(_OWNER, owner="bot")
            await case.tell("completed", how)
        return await self._shown(scope, handoff)

    @asynccontextmanager
    async def _case(self, scope: str, handoff: str, actor: str) -> AsyncIterator[_Case]:
        """The open handoff, its lane held; everything done with it commits together at the end."""
        tenant, conversation = await self._whose(_WHOSE_HANDOFF, scope, handoff)
        async with self._database.transaction(tenant) as connection:
            found = await _hold(connection, tenant, conversation)
            if found is None or str(found["id"]) != str(parsed(handoff)):
                raise Conflict("This handoff is closed.")
            now = self._clock.now()
            yield _Case(connection, tenant, conversation, found["id"], found["status"], parsed(actor), now)

    async def _give(self, case: _Case, statement: str, agent: UUID) -> None:
        await case.write(statement, agent=agent)
        await case.write(_OWNER, owner="agent")
        await case.tell("agent_claimed", {"agent": str(agent)})

    async def _agent(self, scope: str, handoff: str, agent: str) -> None:
        """Sees that this person works for the handoff's business."""
        tenant, _ = await self._whose(_WHOSE_HANDOFF, scope, handoff)
        async with self._database.transaction(PLATFORM) as connection:
            row = await (await connection.execute(_AGENT, (parsed(agent),))).fetchone()
        if row is None or row["tenant"] not in (PLATFORM, tenant):
            raise NotFound("There is no such agent.")

    async def _whose(self, statement: str, scope: str, row_id: str) -> tuple[str, UUID]:
        async with self._database.transaction(scope) as connection:
            row = await (await connection.execute(statement.encode(), (parsed(row_id),))).fetchone()
        if row is None:
            raise NotFound("There is no such thing, or not for you.")
        return row["tenant"], row["conversation"]

    async def _shown(self, scope: str, handoff: str) -> DictRow:
        return await HANDOFFS.one(self._database, scope, handoff)


async def _hold(connection: Connection, tenant: str, conversation: UUID) -> DictRow | None:
    """Locks the conversation's turn lane, then its open handoff, if there is one."""
    await connection.execute(_LANE, (tenant, conversation))
    await connection.execute(_HOLD_LANE, (conversation,))
    return await (await connection.execute(_OPEN, (conversation,))).fetchone()
