"""Questions as the business's owner finds them again: what was said, from which passage, and what nobody knew."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest

from domain.business import Business
from domain.clock import StandingClock
from domain.commands import Ask
from domain.messages import Alias
from domain.ports import ModelAnswer, ModelMessage, Pending, Purpose, Reading, Situation, Unit
from engine.turn import Answer
from evals.twins.openai_server import Commands, OpenAiServer, Text, ToolCalls
from graph import run
from graph.build import builder
from graph.state import TurnContext
from persistence.database import Database
from tests.twins.engine import Engine
from tests.twins.installation import Installation, installed
from tests.twins.models import ScriptedModels, calls
from tools.toolbox import Toolbox

PETS = "100000000000002"
CUSTOMER = "5511987650001"
QUESTION = "qual ração rende mais pro meu gato castrado e chega hoje?"
FOUND = "A Ração para Gatos Castrados 3 kg custa R$ 74,50. Hoje entregamos até 18h."


@pytest.fixture
async def twin() -> AsyncIterator[OpenAiServer]:
    async with OpenAiServer() as server:
        yield server


@pytest.fixture
async def prosa(database_url: str) -> AsyncIterator[Installation]:
    """An installation without a model, called by its administrator."""
    async with installed(database_url) as installation:
        await installation.sign_in()
        yield installation


async def asks(prosa: Installation, question: str) -> Sequence[Mapping[str, Any]]:
    """The transcript once the question is answered."""
    await prosa.whatsapp(CUSTOMER, question, account=PETS)
    found = await prosa.until("/api/v1/conversations", lambda page: page["items"], customer=CUSTOMER)
    messages = f"/api/v1/conversations/{found['items'][0]['id']}/messages"
    page = await prosa.until(messages, lambda page: len(page["items"]) >= 2)
    items: Sequence[Mapping[str, Any]] = page["items"]
    return items


async def test_the_passage_an_answer_came_from_is_in_the_transcript(prosa: Installation) -> None:
    asked, answered = await asks(prosa, "vocês aplicam vacina?")
    assert "VetVida" in answered["text"]
    assert asked["content"]["understanding"]["passages"] == ["vaccine"]
    assert (await prosa.get("/api/v1/unanswered"))["items"] == []


@pytest.mark.parametrize("question", [QUESTION, "vocês hospedam iguanas?"])
async def test_what_nobody_knows_is_said_so_and_kept_for_the_owner(prosa: Installation, question: str) -> None:
    asked, answered = await asks(prosa, question)
    assert "não sei" in answered["text"]
    assert "passages" not in asked["content"]["understanding"]
    (kept,) = (await prosa.get("/api/v1/unanswered"))["items"]
    assert (kept["text"].rstrip("?"), kept["language"]) == (question.rstrip("?"), "pt-BR")


async def test_an_open_question_is_looked_up_by_a_configured_model(database_url: str, twin: OpenAiServer) -> None:
    twin.script(
        Commands({"name": "ask", "topic": "faq", "about": {"text": QUESTION}}),
        ToolCalls(("search_products", {"query": "ração gato"}), ("business_hours", {})),
        ToolCalls(("search_knowledge", {"question": "Como funciona a entrega?"})),
        Text(FOUND),
    )
    model: dict[str, Any] = {"openai_model": "twin", "openai_base_url": twin.url, "openai_api_key": "k"}
    async with installed(database_url, understander="model", **model) as prosa:
        await prosa.sign_in()
        asked, answered = await asks(prosa, QUESTION)
        assert answered["text"] == FOUND
        understood = asked["content"]["understanding"]
        assert (understood["look_up"], understood["passages"]) == ("answered", ["delivery"])
        assert [call["tool"] for call in understood["tools"]][-3:] == [
            "search_products",
            "business_hours",
            "search_knowledge",
        ]
        assert (understood["usage"]["input_tokens"], len(understood["usage"]["calls"])) == (4000, 4)
        assert (await prosa.get("/api/v1/unanswered"))["items"] == []


class Together(ScriptedModels):
    """Each conversation's model looks into the books, then thinks until all do."""

    def __init__(self, conversations: int) -> None:
        super().__init__(FOUND)
        self._together = asyncio.Barrier(conversations)

    async def ask(
        self, business: Business, purpose: Purpose, messages: Sequence[ModelMessage], **more: Any
    ) -> ModelAnswer:
        if messages[-1].role == "user":
            return await ScriptedModels(calls(("search_products", {}), ("business_hours", {}))).ask(
                business, purpose, messages
            )
        async with asyncio.timeout(30):
            await self._together.wait()
        return await super().ask(business, purpose, messages)


class Asking:
    """Hears a question in everything."""

    async def read(self, texts: Sequence[str], situation: Situation) -> Reading:
        return Reading((Ask("faq", {"text": QUESTION}),), ("faq",))


async def test_no_connection_is_held_while_a_model_thinks_between_its_looks(
    database_url: str, businesses: Mapping[str, Business], clock: StandingClock
) -> None:
    """Twenty conversations look up at the same moment on a pool of two connections."""
    database = await Database.open(database_url, pool_size=2)
    engine, graph, models = Engine(database, businesses, clock), builder.compile(), Together(20)
    shop = businesses["pet-feliz"]  # its shelf is in the books; the engine's twin serves the salon's customers

    async def answer(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
        tools = Toolbox(shop, unit.records, now, unit.looking)
        context = TurnContext(shop, now, Asking(), tools, thread, models=models)
        return await run.answer(graph, thread, pending, context, unit.saver)

    for number in range(20):
        await engine.hears(QUESTION, sender=Alias("phone", f"55119888800{number:02}"))
    leases = await engine.lanes.claim("turn", 20, 60)
    await asyncio.gather(*(engine.runner(answer).run(lease) for lease in leases))
    assert await engine.statuses() == ["queued"] * 20
    assert await engine.one("SELECT count(*) FROM messages WHERE content #>> '{understanding,look_up}' <> ''") == 20
    await database.close()
