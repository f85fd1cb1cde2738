"""What providers say became of our messages. A status never goes backwards, whatever order the webhooks come in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.messages import StatusUpdate
from persistence.database import Connection

# A message that was delivered has not failed, whatever an earlier attempt's webhook says: delivered outranks failed.
_ORDER = "ARRAY['queued', 'sending', 'uncertain', 'sent', 'failed', 'delivered', 'read']"

# Deliverers lock the lane first, then the letter. So does a status that will wake the lane, or each would wait for the
# other.
_HOLD_LANES = """
SELECT FROM lanes WHERE kind = 'delivery' AND conversation IN (
    SELECT conversation FROM outbox WHERE id = ANY(%(callbacks)s) AND status IN ('sending', 'uncertain')
) ORDER BY conversation FOR UPDATE
"""

# A row whose sending was uncertain is settled now: its lane need not wait for the rest of the grace.
_SETTLE = f"""
WITH settled AS (
    UPDATE outbox o SET
        status = %(status)s, provider_id = coalesce(o.provider_id, %(provider_id)s), error = %(error)s,
        changed_at = %(at)s
    FROM outbox before
    WHERE before.id = o.id AND {{which}}
      AND array_position({_ORDER}, %(status)s) > array_position({_ORDER}, o.status)
    RETURNING o.conversation, before.status
), lane AS (
    UPDATE lanes SET due_at = clock_timestamp(), version = version + 1
    FROM settled WHERE settled.status IN ('sending', 'uncertain')
      AND lanes.conversation = settled.conversation AND lanes.kind = 'delivery'
    RETURNING 1
)
SELECT pg_notify('prosa_delivery', '') FROM lane
"""
_BY_CALLBACK = _SETTLE.format(which="o.id = %(callback)s")
_BY_PROVIDER_ID = _SETTLE.format(
    which="o.tenant = %(tenant)s AND o.channel = %(channel)s AND o.provider_id = %(provider_id)s"
)


async def update(connection: Connection, tenant: str, statuses: Sequence[StatusUpdate], at: datetime) -> None:
    """Brings the outbox rows up to date; an update about a message that is not ours changes nothing."""
    if not statuses:
        return
    callbacks = [callback for status in statuses if (callback := _uuid(status.callback))]
    await connection.execute(_HOLD_LANES, {"callbacks": callbacks})
    for status in statuses:
        callback = _uuid(status.callback)
        arguments = {
            "tenant": tenant,
            "callback": callback,
            "channel": status.channel,
            "provider_id": status.provider_id,
            "status": status.status,
            "error": status.error,
            "at": at,
        }
        await connection.execute(_BY_PROVIDER_ID if callback is None else _BY_CALLBACK, arguments)


def _uuid(callback: str | None) -> UUID | None:
    try:
        return UUID(callback) if callback else None
    except ValueError:
        return None
