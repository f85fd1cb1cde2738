"""A turn: everything that waits, once, in order, committed together or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, TypedDict

import pytest
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt

from domain.business import Business
from domain.clock import StandingClock
from domain.messages import Alias
from domain.ports import Pending, Unit
from engine.turn import Answer, Answering
from persistence.cipher import serializer
from persistence.database import Database
from persistence.pruning import Pruner
from persistence.saver import TurnSaver
from tests.twins.engine import SECRET, Engine, echo, said


@pytest.fixture
def engine(database: Database, businesses: Mapping[str, Business], clock: StandingClock) -> Engine:
    return Engine(database, businesses, clock)


def appended(before: list[str], after: list[str]) -> list[str]:
    return before + after


class State(TypedDict):
    heard: Annotated[list[str], appended]
    waiting: dict[str, Any]


def graph(breaks_in: str | None = None) -> Any:
    """Hear, then act, then wait for a person when one is asked for."""

    def hear(state: State) -> dict[str, Any]:
        if breaks_in == "hear":
            raise RuntimeError
        return {}

    def act(state: State) -> dict[str, Any]:
        if breaks_in == "act":
            raise RuntimeError
        return {"waiting": {"for": "person"} if state["heard"][-1] == "pessoa" else {}}

    def person(state: State) -> dict[str, Any]:
        return {"heard": [interrupt({"waiting": True})]}

    built = StateGraph(State)
    built.add_node("hear", hear)
    built.add_node("act", act)
    built.add_node("person", person)
    built.add_edge(START, "hear")
    built.add_edge("hear", "act")
    built.add_conditional_edges("act", lambda state: "person" if state["waiting"] else END)
    built.add_edge("person", END)
    return built.compile()


def running(compiled: Any) -> Answering:
    """Books ten o'clock tomorrow, then runs a graph on the turn's own saver and answers with all it ever heard."""

    async def answer(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
        start = now + timedelta(days=1, minutes=30 * pending.events[0].id)
        await unit.records.bookings.book(
            "corte-feminino", "ana", start, start + timedelta(minutes=30), f"{pending.events[0].id}"
        )
        config = {"configurable": {"thread_id": thread, "__pregel_checkpointer": unit.saver}}
        texts = [event.content["text"] for event in pending.events]
        waiting = (await compiled.aget_state(config)).interrupts
        given: Any = Command(resume={waiting[0].id: texts[0]}) if waiting else {"heard": texts, "waiting": {}}
        state = await compiled.ainvoke(given, config, durability="exit")
        return said(",".join(state["heard"]))

    return answer


async def counts(engine: Engine) -> dict[str, int]:
    """How much is written of everything a turn writes."""
    tables = ("checkpoints", "checkpoint_blobs", "bookings", "messages", "outbox")
    found = {table: await engine.one(f"SELECT count(*) FROM {table}") for table in tables}
    return found | {"done": await engine.one("SELECT count(*) FROM inbox WHERE done_at IS NOT NULL")}


async def test_a_turn_commits_checkpoint_booking_transcript_reply_and_acknowledgement_together(engine: Engine) -> None:
    await engine.hears("oi")
    await engine.turns(running(graph()))
    written = await counts(engine)
    assert all(written.values())
    assert await engine.transcript() == [("customer", "oi"), ("bot", "oi")]
    assert await engine.one("SELECT status FROM outbox JOIN messages USING (id)") == "queued"
    assert await engine.turns() == 0


@pytest.mark.parametrize("node", ["hear", "act"])
async def test_an_exception_in_any_node_leaves_nothing_and_is_tried_again(engine: Engine, node: str) -> None:
    await engine.hears("oi")
    await engine.turns(running(graph(breaks_in=node)))
    assert not any((await counts(engine)).values())
    assert await engine.turns() == 0  # it backs off
    await engine.later()
    await engine.turns(running(graph()))
    assert await engine.transcript() == [("customer", "oi"), ("bot", "oi")]
    assert await engine.one("SELECT attempts FROM lanes WHERE kind = 'turn'") == 0


async def test_a_turn_that_keeps_failing_is_told_to_the_graph_which_calls_a_person(engine: Engine) -> None:
    seen: list[tuple[str, ...]] = []

    async def fails_until_told(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
        seen.append(tuple(event.kind for event in pending.events))
        if pending.events[0].kind != "failed":
            raise ZeroDivisionError
        await unit.records.handoffs.open("error", "high", now, pending.events[0].content["error"])
        return said("Vou chamar alguém.")

    await engine.hears("oi")
    for _ in range(4):
        assert await engine.turns(fails_until_told) == 1
        await engine.later()
    assert seen == [("customer",)] * 4 + [("failed", "customer")]
    assert await engine.transcript() == [("customer", "oi"), ("bot", "Vou chamar alguém.")]
    assert await engine.one("SELECT text FROM notes") == "ZeroDivisionError"
    assert await engine.turns() == 0


async def test_when_the_graph_fails_even_at_that_the_customer_gets_an_apology_and_a_person(engine: Engine) -> None:
    await engine.hears("oi")
    for _ in range(4):
        await engine.turns(running(graph(breaks_in="act")))
        await engine.later()
    assert await engine.transcript() == [("customer", "oi"), ("bot", "Desculpe!")]
    (handoff,) = await engine.rows("SELECT reason, priority, status FROM handoffs")
    assert tuple(handoff.values()) == ("error", "high", "waiting")
    assert "RuntimeError" in await engine.one("SELECT text FROM notes")
    assert await engine.one("SELECT count(*) FROM bookings") == 0
    assert await engine.turns() == 0


async def test_messages_within_the_pause_are_answered_once_together(
    database: Database, businesses: Mapping[str, Business], clock: StandingClock
) -> None:
    engine = Engine(database, businesses, clock, pause_seconds=1.0)
    for text in ("oi", "quero cortar", "amanhã"):
        await engine.hears(text)
        assert await engine.turns() == 0
    await engine.later(1)
    assert await engine.turns() == 1
    assert (await engine.transcript())[-1] == ("bot", "oi | quero cortar | amanhã")
    assert await engine.statuses() == ["queued"]


async def test_a_conversations_messages_are_answered_in_the_order_they_came(engine: Engine) -> None:
    for number in range(5):
        await engine.hears(f"{number}a", f"{number}b")
        await engine.turns()
    replies = [text for role, text in await engine.transcript() if role == "bot"]
    assert replies == [f"{number}a | {number}b" for number in range(5)]


def interrupted_by(engine: Engine, times: int) -> Answering:
    """An answer during which another message arrives, `times` times."""
    left = iter(range(times))

    async def answer(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
        if (number := next(left, None)) is not None:
            await engine.hears(f"mais {number}")
        return await echo(thread, pending, business, unit, now)

    return answer


async def test_a_message_that_arrives_while_the_turn_runs_is_answered_in_it(engine: Engine) -> None:
    await engine.hears("oi")
    await engine.turns(interrupted_by(engine, 2))
    assert [text for role, text in await engine.transcript() if role == "bot"] == ["oi | mais 0 | mais 1"]
    assert await engine.turns() == 0


async def test_a_customer_who_never_stops_writing_is_answered_all_the_same(engine: Engine) -> None:
    await engine.hears("oi")
    await engine.turns(interrupted_by(engine, 9))
    assert (await engine.transcript())[-1] == ("bot", "oi | mais 0 | mais 1")
    assert await engine.turns() == 1
    assert (await engine.transcript())[-1] == ("bot", "mais 2")


async def test_a_worker_that_lost_its_lease_cannot_commit(engine: Engine) -> None:
    await engine.hears("oi")
    (slow,) = await engine.lanes.claim("turn", 1, 30)

    async def overtaken(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
        await engine.later()
        assert await engine.turns() == 1
        return said("tarde demais")

    await engine.runner(overtaken).run(slow)
    assert await engine.transcript() == [("customer", "oi"), ("bot", "oi")]
    assert await engine.turns() == 0


async def test_a_waiting_person_is_resumed_across_turns(engine: Engine) -> None:
    answer = running(graph())
    for text in ("oi", "pessoa", "sou eu", "tchau"):
        await engine.hears(text)
        await engine.turns(answer)
    replies = [text for role, text in await engine.transcript() if role == "bot"]
    assert replies == ["oi", "oi,pessoa", "oi,pessoa,sou eu", "oi,pessoa,sou eu,tchau"]


async def test_what_customers_write_cannot_be_read_in_the_checkpoints(engine: Engine) -> None:
    for text in ("meu segredo", "pessoa", "outro segredo"):
        await engine.hears(text)
        await engine.turns(running(graph()))
    stored = await engine.one(
        """
        SELECT (SELECT string_agg(c::text, '') FROM checkpoints c)
            || (SELECT string_agg(encode(blob, 'escape'), '') FROM checkpoint_blobs)
            || (SELECT string_agg(encode(blob, 'escape'), '') FROM checkpoint_writes)
        """
    )
    assert "segredo" not in stored
    assert "pessoa" not in stored


async def test_checkpoints_of_a_retired_secret_stay_readable(engine: Engine) -> None:
    old = serializer("an old secret")
    assert serializer(SECRET, ["an old secret"]).loads_typed(old.dumps_typed({"a": 1})) == {"a": 1}


async def test_a_resting_conversation_keeps_only_its_last_checkpoint_and_goes_on(
    engine: Engine, clock: StandingClock, businesses: Mapping[str, Business]
) -> None:
    for text in ("1", "2", "pessoa"):
        await engine.hears(text)
        await engine.turns(running(graph()))
    pruner = Pruner(engine.database, clock, businesses, timedelta(minutes=10))
    await pruner.prune()
    assert await engine.one("SELECT count(*) FROM checkpoints") == 3
    clock.advance(timedelta(minutes=11))
    await pruner.prune()
    assert await engine.one("SELECT count(*) FROM checkpoints") == 1
    await engine.hears("4")
    await engine.turns(running(graph()))
    assert (await engine.transcript())[-1] == ("bot", "1,2,pessoa,4")


async def test_no_connection_is_held_while_a_model_thinks(
    database_url: str, businesses: Mapping[str, Business], clock: StandingClock
) -> None:
    """Twenty conversations think at the same moment on a pool of two connections."""
    database = await Database.open(database_url, pool_size=2)
    engine = Engine(database, businesses, clock)
    together = asyncio.Barrier(20)

    async def thinks(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
        async with asyncio.timeout(30):
            await together.wait()
        return await echo(thread, pending, business, unit, now)

    for number in range(20):
        await engine.hears("oi", sender=Alias("phone", f"55119888800{number:02}"))
    leases = await engine.lanes.claim("turn", 20, 60)
    await asyncio.gather(*(engine.runner(thinks).run(lease) for lease in leases))
    assert await engine.statuses() == ["queued"] * 20
    await database.close()


async def test_a_lane_without_news_is_let_go(engine: Engine) -> None:
    await engine.hears("oi")
    await engine.turns()
    await engine.rows("UPDATE lanes SET due_at = now() WHERE kind = 'turn'")
    assert await engine.turns() == 1
    assert await engine.turns() == 0
    assert len(await engine.transcript()) == 2


async def test_the_saver_reads_what_it_was_given_before_it_is_committed(engine: Engine) -> None:
    async def nothing(statement: str, arguments: Mapping[str, Any]) -> None:
        return None

    saver = TurnSaver(serializer(SECRET), nothing)
    compiled = graph()
    config = {"configurable": {"thread_id": "t:c", "__pregel_checkpointer": saver}}
    await compiled.ainvoke({"heard": ["pessoa"], "waiting": {}}, config, durability="exit")
    (waiting,) = (await compiled.aget_state(config)).interrupts
    state = await compiled.ainvoke(Command(resume={waiting.id: "eu"}), config, durability="exit")
    assert state["heard"] == ["pessoa", "eu"]
