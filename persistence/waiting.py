"""How much waits right now, over all businesses: what the metrics show as gauges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from persistence.database import PLATFORM, Database

_WAITING = """
SELECT
    (SELECT count(*) FROM lanes WHERE kind = 'turn' AND due_at <= clock_timestamp()) AS turn,
    (SELECT count(*) FROM lanes WHERE kind = 'delivery' AND due_at <= clock_timestamp()) AS delivery,
    (SELECT count(*) FROM handoffs WHERE status IN ('waiting', 'assigned')) AS handoffs
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Counts lanes that are due and handoffs that are open."""

    database: Database

    async def waiting(self) -> Mapping[str, int]:
        """`{"turn", "delivery", "handoffs"}`. Raises Unavailable."""
        async with self.database.transaction(PLATFORM) as connection:
            row = await (await connection.execute(_WAITING)).fetchone()
        return dict(row or {})
