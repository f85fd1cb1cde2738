"""Questions nobody could answer, kept for the owner."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from persistence.binding import Binding

_RECORD = "INSERT INTO unanswered (id, tenant, conversation, text, language, at) VALUES (%s, %s, %s, %s, %s, %s)"


class Questions:
    """The implementation of `domain.ports.Questions`."""

    def __init__(self, binding: Binding) -> None:
        self._to = binding

    async def record(self, text: str, language: str, at: datetime) -> None:
        connection = await self._to.connection()
        await connection.execute(_RECORD, (uuid4(), self._to.tenant, self._to.conversation, text, language, at))
