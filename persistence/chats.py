"""What the chat page reads: a session's conversation with a business. Whoever knows the session is the customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg.rows import DictRow

from persistence.database import Connection, Database

# Somebody is typing while a turn waits or runs and no person has the ball.
_CONVERSATION = """
SELECT c.id, c.owner, coalesce(l.due_at < 'infinity' AND c.owner = 'bot', false) AS typing
FROM identities i
JOIN conversations c ON c.customer = i.customer AND c.tenant = i.tenant AND c.channel = 'web'
LEFT JOIN lanes l ON l.conversation = c.id AND l.kind = 'turn'
WHERE i.tenant = %(tenant)s AND i.kind = 'web' AND i.value = %(session)s
"""
_LINES = """
SELECT m.seq, m.id, m.role, m.text, m.content, o.message, m.at, coalesce(o.status, 'received') AS status
FROM messages m LEFT JOIN outbox o ON o.id = m.id
WHERE m.conversation = %(conversation)s AND m.seq > %(after)s AND m.role <> 'system'
ORDER BY m.seq LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One bubble. `options` are `{"id", "title", "description"}`; `menu` is the label of a list's button."""

    seq: int
    id: str
    role: Literal["customer", "bot", "agent"]
    text: str
    options: list[dict[str, Any]]
    menu: str | None
    at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class Chat:
    """What changed after the line the page knows."""

    lines: list[Line]
    typing: bool = False
    owner: Literal["bot", "queue", "agent"] = "bot"


class Chats:
    """The conversations of the chat page."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, tenant: str, session: str, after: int, limit: int = 100) -> Chat:
        """The lines after `after` (a line's `seq`; 0: all); nothing for a session that has not written yet."""
        async with self._database.transaction(tenant) as connection:
            cursor = await connection.execute(_CONVERSATION, {"tenant": tenant, "session": session})
            found = await cursor.fetchone()
            if found is None:
                return Chat([])
            lines = await _lines(connection, found["id"], after, limit)
        return Chat(lines, found["typing"], found["owner"])


async def _lines(connection: Connection, conversation: UUID, after: int, limit: int) -> list[Line]:
    values = {"conversation": conversation, "after": after, "limit": limit}
    return [_line(row) for row in await (await connection.execute(_LINES, values)).fetchall()]


def _line(row: DictRow) -> Line:
    sent = row["message"] or {}
    return Line(
        seq=row["seq"],
        id=str(row["id"]),
        role=row["role"],
        text=row["text"],
        options=list(sent.get("options", ())),
        menu=sent.get("menu"),
        at=row["at"],
        status=row["status"],
    )
