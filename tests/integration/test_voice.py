"""The bot's words on their way out: a model may choose others, never say anything else, never keep anybody waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from decimal import Decimal

import pytest

from domain.business import Business
from domain.clock import StandingClock
from domain.errors import SendRetry
from domain.messages import Option, Outgoing
from domain.ports import Pending, Unit
from engine.turn import Answer
from evals.twins.openai_server import Failure, Hang, OpenAiServer, Refusal, Text
from graph.voice import Voice
from persistence.database import Database
from persistence.spending import Spending
from tests.twins.engine import TENANT, Engine, said
from understanding.endpoint import Endpoint
from understanding.providers import Config, Providers
from understanding.wire import Dialect

SUMMARY = "Corte feminino com Ana na quarta-feira, 11/03, às 15:15, por R$ 90,00. Posso confirmar?"
WARMER = "Então fica assim: Corte feminino com Ana na quarta-feira, 11/03, às 15:15, por R$ 90,00. Posso confirmar?"


async def summary(thread: str, pending: Pending, business: Business, unit: Unit, now: object) -> Answer:
    """A turn that ends with a summary to confirm."""
    answer = said()
    answer.replies = (Outgoing(SUMMARY, (Option("sim~1", "Sim"), Option("nao~1", "Não"))),)  # type: ignore[misc]
    return answer


@pytest.fixture
async def twin() -> AsyncIterator[OpenAiServer]:
    async with OpenAiServer(tokens=(200, 40)) as server:
        yield server


@pytest.fixture
async def engine(
    database: Database, businesses: Mapping[str, Business], clock: StandingClock, twin: OpenAiServer
) -> AsyncIterator[Engine]:
    """A summary waits to be sent, and a model gives the business its voice."""
    endpoint = Endpoint("openai", "twin", twin.url, "k", Decimal("0.50"), Decimal("2.00"), Dialect())
    models = Providers(Config((endpoint,), retries=0), clock, Spending(database))
    engine = Engine(database, businesses, clock)
    engine.voice = Voice(models, businesses, clock, 0.7)
    await engine.hears("corte com a Ana amanhã às 15:15")
    await engine.turns(summary)
    yield engine
    await models.close()


async def transcript(engine: Engine) -> list[tuple[str, object]]:
    rows = await engine.rows("SELECT text, content->'voice' AS voice FROM messages WHERE role = 'bot' ORDER BY seq")
    return [(row["text"], row["voice"]) for row in rows]


async def test_other_words_for_the_same_are_what_is_sent_and_what_the_transcript_shows(
    engine: Engine, twin: OpenAiServer
) -> None:
    twin.script(Text(WARMER))
    await engine.deliveries()
    assert engine.channel.sent == [WARMER]
    [(text, voice)] = await transcript(engine)
    assert text == WARMER
    assert isinstance(voice, dict)
    assert (voice["template"], voice["kept"], voice["provider"]) == (SUMMARY, True, "openai")
    assert (voice["input_tokens"], voice["output_tokens"], voice["cost"]) == (200, 40, "0.00018")
    kept = await engine.one("SELECT message FROM outbox")
    assert (kept["text"], [option["id"] for option in kept["options"]]) == (WARMER, ["sim~1", "nao~1"])


async def test_the_model_hears_the_persona_at_the_configured_temperature_and_the_message_as_data(
    engine: Engine, twin: OpenAiServer, businesses: Mapping[str, Business]
) -> None:
    twin.script(Text(WARMER))
    await engine.deliveries()
    [request] = twin.requests
    system, user = (message["content"] for message in request["messages"])
    assert request["temperature"] == 0.7
    assert businesses[TENANT].persona.tone in system
    assert SUMMARY in user
    assert SUMMARY not in system


@pytest.mark.parametrize("worded", ["Corte feminino por R$ 80,00. Posso confirmar?", "Está marcado!", "<b>Oi</b>", ""])
async def test_words_that_say_something_else_are_not_sent_but_paid_for(
    engine: Engine, twin: OpenAiServer, worded: str
) -> None:
    twin.script(Text(worded))
    await engine.deliveries()
    assert engine.channel.sent == [SUMMARY]
    [(text, voice)] = await transcript(engine)
    assert text == SUMMARY
    assert isinstance(voice, dict)
    assert (voice["kept"], voice["cost"]) == (False, "0.00018")


@pytest.mark.parametrize("trouble", [Failure(500), Failure(429), Refusal()])
async def test_a_model_in_trouble_holds_nothing_up(
    engine: Engine, twin: OpenAiServer, trouble: Failure | Refusal
) -> None:
    twin.script(trouble)
    await engine.deliveries()
    assert engine.channel.sent == [SUMMARY]
    assert await engine.statuses() == ["sent"]


async def test_a_second_attempt_sends_the_same_words_and_asks_no_model(engine: Engine, twin: OpenAiServer) -> None:
    twin.script(Text(WARMER))
    engine.channel.script.append(SendRetry("busy", after=1))
    await engine.deliveries()
    await engine.later()
    await engine.deliveries()
    assert engine.channel.sent == [WARMER]
    assert len(twin.requests) == 1


async def test_a_worker_that_dies_while_a_model_words_a_letter_leaves_it_to_be_sent_as_it_is(
    engine: Engine, twin: OpenAiServer
) -> None:
    twin.script(Hang())
    dying = asyncio.create_task(engine.deliveries())
    async with asyncio.timeout(20):
        while not twin.requests:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    dying.cancel()  # nothing is committed on the way out, as by kill -9
    with suppress(asyncio.CancelledError):
        await dying
    await engine.later()
    await engine.deliveries()
    assert engine.channel.sent == [SUMMARY]
    assert await engine.statuses() == ["sent"]
    assert len(twin.requests) == 1


async def test_what_a_person_writes_is_never_worded_again(engine: Engine, twin: OpenAiServer) -> None:
    await engine.rows("UPDATE messages SET role = 'agent' WHERE role = 'bot' RETURNING id")
    await engine.deliveries()
    assert engine.channel.sent == [SUMMARY]
    assert twin.requests == []
