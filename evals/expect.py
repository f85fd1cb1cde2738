"""Compares what happened with what a dialogue expects. Each function answers the expectations that do not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from domain.ports import Row
from evals.format import End, Expect, Outbox, Reply, Tools
from evals.play import Played
from evals.words import found, plain
from evals.world import World

DELIVERED = ("sent", "delivered", "read")


def after_turn(expect: Expect, played: Played) -> list[str]:
    """What a turn should have led to and did not. An exception or a refused action fails it in any case."""
    wrong = [f"the turn failed: {error}" for error in dict.fromkeys(played.errors)]
    if played.mistake is not None:
        wrong.append(played.mistake)
    intents = list(played.read.get("intents", ()))
    if expect.intent is not None and expect.intent not in intents:
        wrong.append(f"intent: expected {expect.intent}, understood {', '.join(intents) or 'none'}")
    if expect.asks is not None and expect.asks not in played.waits:
        wrong.append(f"asks: expected {expect.asks}, is {played.asks}")
    if expect.owner is not None and expect.owner != played.owner:
        wrong.append(f"owner: expected {expect.owner}, is {played.owner}")
    if expect.replies is not None and expect.replies != len(played.outgoing):
        wrong.append(f"replies: expected {expect.replies}, were {len(played.outgoing)}")
    wrong += _said(expect.reply, [shown(row["message"]) for row in played.outgoing])
    return wrong + list(_called(expect.tools, [call["tool"] for call in played.read.get("tools", ())]))


async def at_end(end: End, world: World) -> list[str]:
    """What the dialogue should have left behind and did not; rows of other customers must be as they were."""
    scene = world.engine.scene
    own = [
        [row for row in rows if row["customer"] == world.customer]
        for rows in (await scene.bookings(), await scene.orders())
    ]
    wrong: list[str] = []
    if end.bookings is not None:
        wrong += _rows("bookings", end.bookings, [_local(row, world) for row in own[0]])
    if end.orders is not None:
        wrong += _rows("orders", end.orders, own[1])
    if end.handoffs is not None:
        asked = [row for row in await scene.handoffs() if row["reason"] != "takeover"]
        if len(asked) != end.handoffs:
            wrong.append(f"handoffs: expected {end.handoffs}, were {len(asked)} {[row['reason'] for row in asked]}")
    wrong += _sent(end.outbox, [row for row in await scene.transcript(world.customer) if row["message"]])
    if await world.rows_of_others() != world.others:
        wrong.append("rows of other customers changed")
    return wrong


def shown(message: Mapping[str, Any]) -> str:
    """Everything a customer can read of a message: its text, the titles and descriptions to tap, a list's label."""
    options = [
        f"[{' — '.join(filter(None, (one['title'], one.get('description'))))}]" for one in message.get("options", ())
    ]
    return "\n".join(filter(None, (message["text"], message.get("menu"), " ".join(options))))


def _said(reply: Reply, texts: Sequence[str]) -> Iterator[str]:
    text = "\n".join(texts)
    for wanted in reply.contains:
        if not found(wanted, text):
            yield f"reply: does not contain {wanted!r}"
    for unwanted in reply.not_contains:
        if found(unwanted, text):
            yield f"reply: contains {unwanted!r}"


def _called(tools: Tools, called: Sequence[str]) -> Iterator[str]:
    names = ", ".join(called) or "none"
    for wanted in tools.called:
        if wanted not in called:
            yield f"tools: {wanted} was not called; called: {names}"
    for unwanted in tools.not_called:
        if unwanted in called:
            yield f"tools: {unwanted} was called"


def _sent(outbox: Outbox, letters: Sequence[Row]) -> Iterator[str]:
    undelivered = [row["status"] for row in letters if row["status"] not in DELIVERED]
    if outbox.count is not None and outbox.count != len(letters):
        yield f"outbox.count: expected {outbox.count}, is {len(letters)}"
    if outbox.undelivered is not None and outbox.undelivered != len(undelivered):
        yield f"outbox.undelivered: expected {outbox.undelivered}, is {len(undelivered)} {undelivered or ''}".rstrip()


def _rows(name: str, wanted: Sequence[BaseModel], rows: Sequence[Row]) -> list[str]:
    """Each wanted row stands for one row and each row for one wanted."""
    fields = [row.model_dump(exclude_unset=True) for row in wanted]
    if _pairs(fields, rows):
        return []
    named = list(dict.fromkeys(key for row in fields for key in row)) or ["status"]
    shown_rows = [{key: _written(row.get(key)) for key in named} for row in rows]
    return [f"{name}: expected {[_written(row) for row in fields]}, are {shown_rows}"]


def _pairs(wanted: Sequence[Mapping[str, Any]], rows: Sequence[Row]) -> bool:
    """Whether wanted and rows can be paired one to one, whatever is vague about one of them."""
    if len(wanted) != len(rows):
        return False
    if not wanted:
        return True
    first, rest = wanted[0], wanted[1:]
    return any(
        _same(first, row) and _pairs(rest, [*rows[:number], *rows[number + 1 :]]) for number, row in enumerate(rows)
    )


def _same(wanted: Any, value: Any) -> bool:
    """Equal on what is named: money as decimals, words without case and accents, lists in any order."""
    match wanted:
        case Mapping():
            return isinstance(value, Mapping) and all(_same(part, value.get(key)) for key, part in wanted.items())
        case list() | tuple():
            return isinstance(value, list | tuple) and _pairs(wanted, value)
        case Decimal():
            return value is not None and wanted == Decimal(str(value))
        case str():
            return isinstance(value, str) and plain(wanted) == plain(value)
        case _:
            return bool(wanted == value)


def _local(row: Row, world: World) -> Row:
    return {**row, "start": world.local(row["start"]), "end": world.local(row["end"])}


def _written(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat(timespec="minutes")
        case Decimal():
            return str(value)
        case Mapping():
            return {key: _written(part) for key, part in value.items()}
        case list() | tuple():
            return [_written(part) for part in value]
        case _:
            return value
