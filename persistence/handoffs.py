"""The line of conversations waiting for a person, as a turn sees it. What agents do is in `persistence.desk`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import uuid4

from persistence.binding import Binding

# Agents hold the lane before handoff and conversation (persistence/desk.py); so must a turn, or each waits for the
# other.
_HOLD_LANE = "SELECT FROM lanes WHERE conversation = %(conversation)s AND kind = 'turn' FOR UPDATE"
# One conversation has one open handoff: a second request finds the first, and changes nothing.
_OPEN = """
WITH opened AS (
    INSERT INTO handoffs (id, tenant, conversation, customer, reason, priority, opened_at)
    VALUES (%(id)s, %(tenant)s, %(conversation)s, %(customer)s, %(reason)s, %(priority)s, %(at)s)
    ON CONFLICT (conversation) WHERE status IN ('waiting', 'assigned') DO NOTHING RETURNING id
), owned AS (
    UPDATE conversations SET owner = 'queue', updated_at = %(at)s
    WHERE id = %(conversation)s AND EXISTS (SELECT FROM opened)
), noted AS (
    INSERT INTO notes (id, tenant, conversation, handoff, text, at)
    SELECT %(note_id)s, %(tenant)s, %(conversation)s, id, %(note)s, %(at)s FROM opened WHERE %(note)s <> ''
)
SELECT id FROM opened
"""
_FIND = "SELECT id FROM handoffs WHERE conversation = %(conversation)s AND status IN ('waiting', 'assigned')"

# Urgent ones first, then first come, first served; persistence/lists.py counts in the same way.
_POSITION = """
SELECT count(*) + 1 AS position FROM handoffs h, handoffs mine
WHERE mine.conversation = %(conversation)s AND mine.status = 'waiting'
    AND h.tenant = mine.tenant AND h.status = 'waiting'
    AND (h.priority = 'normal', h.opened_at, h.seq) < (mine.priority = 'normal', mine.opened_at, mine.seq)
"""


class Handoffs:
    """The implementation of `domain.ports.Handoffs`."""

    def __init__(self, binding: Binding) -> None:
        self._to = binding

    async def open(self, reason: str, priority: Literal["normal", "high"], at: datetime, note: str = "") -> str:
        values = {
            "id": uuid4(), "note_id": uuid4(), "tenant": self._to.tenant, "conversation": self._to.conversation,
            "customer": self._to.customer, "reason": reason, "priority": priority, "at": at, "note": note,
        }  # fmt: skip
        connection = await self._to.connection()
        await connection.execute(_HOLD_LANE, values)
        row = await (await connection.execute(_OPEN, values)).fetchone()
        row = row or await (await connection.execute(_FIND, values)).fetchone()
        return str(row["id"]) if row else await self.open(reason, priority, at, note)  # closed in between: again

    async def position(self) -> int:
        connection = await self._to.connection()
        row = await (await connection.execute(_POSITION, {"conversation": self._to.conversation})).fetchone()
        return int(row["position"]) if row else 1
