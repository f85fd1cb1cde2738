"""The checkpoints of one turn: read once, kept in hand while the graph runs, written with everything else at commit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    WRITES_IDX_MAP,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    PendingWrite,
    get_checkpoint_id,
    get_serializable_checkpoint_metadata,
)
from langgraph.checkpoint.postgres.base import BasePostgresSaver
from langgraph.checkpoint.serde.base import SerializerProtocol
from psycopg.types.json import Jsonb

from persistence.database import Connection

Row = Mapping[str, Any]

# The library's own query leaves the planner free to read every blob a thread ever had, so that long conversations get
# slow; looked up one by one by primary key, they do not.
_READ = """
SELECT
    c.thread_id, c.checkpoint_ns, c.checkpoint_id, c.parent_checkpoint_id, c.checkpoint, c.metadata,
    (
        SELECT array_agg(ARRAY[convert_to(blob.channel, 'UTF8'), convert_to(blob.type, 'UTF8'), blob.blob])
        FROM jsonb_each_text(c.checkpoint -> 'channel_versions') AS used
        CROSS JOIN LATERAL (
            SELECT b.channel, b.type, b.blob FROM checkpoint_blobs b
            WHERE b.thread_id = c.thread_id AND b.checkpoint_ns = c.checkpoint_ns
              AND b.channel = used.key AND b.version = used.value
            LIMIT 1
        ) AS blob
    ) AS channel_values,
    (
        SELECT array_agg(ARRAY[
            convert_to(w.task_id, 'UTF8'), convert_to(w.channel, 'UTF8'), convert_to(w.type, 'UTF8'), w.blob,
            convert_to(w.task_path, 'UTF8'), convert_to(w.idx::text, 'UTF8')
        ])
        FROM checkpoint_writes w
        WHERE w.thread_id = c.thread_id AND w.checkpoint_ns = c.checkpoint_ns AND w.checkpoint_id = c.checkpoint_id
    ) AS pending_writes
FROM checkpoints c
WHERE c.thread_id = %(thread)s AND c.checkpoint_ns = %(namespace)s
"""
LATEST = _READ + " ORDER BY c.checkpoint_id DESC LIMIT 1"
ONE = _READ + " AND c.checkpoint_id = %(checkpoint)s"

# The library sends a row at a time; the same rows in one statement cost a third of the CPU.
_WRITE = """
WITH blobs AS (
    INSERT INTO checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
    SELECT %(thread)s, %(namespace)s, * FROM unnest(
        %(channels)s::text[], %(versions)s::text[], %(types)s::text[], %(blobs)s::bytea[]
    )
    ON CONFLICT DO NOTHING
)
INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, checkpoint, metadata)
VALUES (%(thread)s, %(namespace)s, %(checkpoint)s, %(parent)s, %(stored)s, %(metadata)s)
ON CONFLICT (thread_id, checkpoint_ns, checkpoint_id)
DO UPDATE SET checkpoint = excluded.checkpoint, metadata = excluded.metadata
"""

Reader = Callable[[str, Mapping[str, Any]], Awaitable[Row | None]]


class TurnSaver(BasePostgresSaver):
    """A LangGraph saver that holds no connection: it reads by `reader`, and what it is given waits for `write`.

    Built for `durability="exit"`, where a run saves once, at its end. Rows are those of AsyncPostgresSaver, so that
    other tools (LangGraph's own server, pruning) read them.
    """

    def __init__(self, serde: SerializerProtocol, reader: Reader) -> None:
        super().__init__(serde=serde)
        self._reader = reader
        self._known: dict[tuple[str, str], CheckpointTuple | None] = {}
        self._put: dict[tuple[str, str, str], list[PendingWrite]] = {}
        self._statements: list[tuple[str, Mapping[str, Any] | tuple[Any, ...]]] = []

    def remember(self, thread: str, row: Row | None) -> None:
        """Spares the first read: `row` is what LATEST answered for the thread's root graph."""
        self._known[thread, ""] = None if row is None else self._tuple(row)

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        where = config["configurable"]
        thread, namespace, checkpoint = where["thread_id"], where.get("checkpoint_ns", ""), get_checkpoint_id(config)
        known = self._known.get((thread, namespace))
        if known and checkpoint in (None, known.config["configurable"]["checkpoint_id"]):
            return self._with_writes(known)
        if checkpoint is None and (thread, namespace) in self._known:
            return None
        arguments = {"thread": thread, "namespace": namespace, "checkpoint": checkpoint}
        row = await self._reader(ONE if checkpoint else LATEST, arguments)
        found = None if row is None else self._tuple(row)
        if checkpoint is None:
            self._known[thread, namespace] = found
        return found and self._with_writes(found)

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        where = config["configurable"]
        thread, namespace, parent = where["thread_id"], where.get("checkpoint_ns", ""), where.get("checkpoint_id")
        plain, values = _parted(checkpoint["channel_values"])
        changed = {channel: version for channel, version in new_versions.items() if channel in values}
        packed = [self.serde.dumps_typed(values[channel]) for channel in changed]
        arguments = {
            "thread": thread,
            "namespace": namespace,
            "checkpoint": checkpoint["id"],
            "parent": parent,
            "stored": Jsonb({**checkpoint, "channel_values": plain}),
            "metadata": Jsonb(get_serializable_checkpoint_metadata(config, metadata)),
            "channels": list(changed),
            "versions": list(changed.values()),
            "types": [kind for kind, _ in packed],
            "blobs": [blob for _, blob in packed],
        }
        self._statements.append((_WRITE, arguments))
        written = _config(thread, namespace, checkpoint["id"])
        before = _config(thread, namespace, parent) if parent else None
        self._known[thread, namespace] = CheckpointTuple(written, checkpoint, metadata, before, [])
        return written

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        where = config["configurable"]
        thread, namespace, checkpoint = where["thread_id"], where.get("checkpoint_ns", ""), where["checkpoint_id"]
        special = all(channel in WRITES_IDX_MAP for channel, _ in writes)
        statement = self.UPSERT_CHECKPOINT_WRITES_SQL if special else self.INSERT_CHECKPOINT_WRITES_SQL
        rows = self._dump_writes(thread, namespace, checkpoint, task_id, task_path, writes)
        self._statements += [(statement, row) for row in rows]
        put = self._put.setdefault((thread, namespace, checkpoint), [])
        put += [(task_id, channel, value) for channel, value in writes]

    async def write(self, connection: Connection) -> None:
        """Sends everything that was put; the caller is in a pipeline and a transaction."""
        for statement, arguments in self._statements:
            await connection.execute(statement, arguments)
        self._statements.clear()

    def _with_writes(self, known: CheckpointTuple) -> CheckpointTuple:
        where = known.config["configurable"]
        put = self._put.get((where["thread_id"], where["checkpoint_ns"], where["checkpoint_id"]))
        return known._replace(pending_writes=[*(known.pending_writes or ()), *put]) if put else known

    def _tuple(self, row: Row) -> CheckpointTuple:
        thread, namespace, checkpoint = row["thread_id"], row["checkpoint_ns"], row["checkpoint"]
        before = row["parent_checkpoint_id"]
        loaded = dict(
            checkpoint,
            channel_values={**(checkpoint.get("channel_values") or {}), **self._load_blobs(row["channel_values"])},
        )
        return CheckpointTuple(
            _config(thread, namespace, row["checkpoint_id"]),
            cast(Checkpoint, loaded),
            row["metadata"],
            _config(thread, namespace, before) if before else None,
            self._load_writes(row["pending_writes"]),
        )


def _config(thread: str, namespace: str, checkpoint: str) -> RunnableConfig:
    return {"configurable": {"thread_id": thread, "checkpoint_ns": namespace, "checkpoint_id": checkpoint}}


def _parted(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Plain scalars, which the library keeps readable beside the checkpoint, and the rest, which is encrypted."""
    plain = {
        key: value for key, value in values.items() if value is None or isinstance(value, str | int | float | bool)
    }
    return plain, {key: value for key, value in values.items() if key not in plain}
