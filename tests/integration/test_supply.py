"""A whole installation with models: what the settings say is what is asked, paid, told and kept."""

from __future__ import annotations

import asyncio
import io
import logging
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import structlog

from api import logs
from evals.twins.openai_server import Commands, Failure, OpenAiServer
from persistence.database import Database
from persistence.spending import Spending
from tests.twins.graph_api import GraphApi
from tests.twins.installation import Installation, installed

ROOT = Path(__file__).parent.parent.parent
PHONE = "5511987654321"
KEY = "sk-do-not-tell"
WORDS = "abobrinhas com jiló"
ANSWERED = "SELECT content -> 'understanding' AS understood FROM messages WHERE role = 'customer' ORDER BY seq"
UNLOADED = """
import sys, server
assert not {"redis.asyncio"} & set(sys.modules), "loaded without being configured"
"""


@pytest.fixture
async def openai() -> AsyncIterator[OpenAiServer]:
    async with OpenAiServer((1000, 100)) as twin:
        yield twin


@pytest.fixture
async def groq() -> AsyncIterator[OpenAiServer]:
    async with OpenAiServer((2000, 10)) as twin:
        yield twin


@pytest.fixture
async def prosa(database_url: str, openai: OpenAiServer, groq: OpenAiServer) -> AsyncIterator[Installation]:
    """Groq first, then OpenAI; two answers of the latter spend the day's budget."""
    knobs: dict[str, Any] = {
        "understander": "model",
        "model_providers": "groq,openai",
        "model_budget_brl_per_day": "0.0010",
        "openai_base_url": openai.url,
        "openai_model": "small",
        "openai_api_key": KEY,
        "openai_price_input": "0.50",
        "openai_price_output": "2.00",
        "groq_base_url": groq.url,
        "groq_model": "fast",
        "groq_api_key": KEY,
    }
    async with GraphApi(token="access") as twin, installed(database_url, graph_api_url=twin.url, **knobs) as running:
        yield running


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """The log as a machine reads it, at INFO; the loggers are put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    logs.configure("INFO", stream)
    yield stream
    structlog.reset_defaults()
    root.handlers, root.level = handlers, level


async def told(prosa: Installation, database: Database, text: str, phone: str = PHONE) -> dict[str, Any]:
    """What the transcript says of how a message was understood, once it is answered."""
    before = len(await understood(database))
    await prosa.whatsapp(phone, text)
    async with asyncio.timeout(20):
        while True:
            if len(rows := await understood(database)) > before:
                return rows[-1]
            await asyncio.sleep(0.02)


async def understood(database: Database) -> list[dict[str, Any]]:
    """That of all turns, in order."""
    async with database.transaction("studio-aurora") as connection:
        rows = await (await connection.execute(ANSWERED)).fetchall()
    return [row["understood"] for row in rows]


async def test_a_turn_keeps_who_read_it_at_what_price_and_why_nobody_did(
    prosa: Installation, database: Database, openai: OpenAiServer, groq: OpenAiServer, logged: io.StringIO
) -> None:
    hours = Commands({"name": "ask", "topic": "hours"})
    groq.script(*[Failure(500, f'{{"error": "{KEY} {WORDS}"}}')] * 2)
    openai.script(hours, hours)
    usages = [(await told(prosa, database, f"{WORDS} {number}"))["usage"] for number in range(3)]

    assert [usage.get("provider") for usage in usages] == ["openai", "openai", None]
    assert {key: usages[0][key] for key in ("model", "cost", "input_tokens", "cached", "prompt")} == {
        "model": "small",
        "cost": "0.0007",
        "input_tokens": 1000,
        "cached": False,
        "prompt": "understand-2",
    }
    assert usages[0]["latency_ms"] > 0
    assert usages[2] == {"fallback": "the day's budget is spent"}
    day = prosa.system.parts.clock.now().date()
    assert await Spending(database).spent("studio-aurora", day) == Decimal("0.0014")

    metrics = (await prosa.client.get("/metrics")).text
    assert 'prosa_model_calls_total{outcome="answered",provider="openai",purpose="understand"} 2.0' in metrics
    assert 'prosa_model_calls_total{outcome="BudgetSpent",provider="",purpose="understand"} 1.0' in metrics
    assert 'prosa_model_cost_brl_total{tenant="studio-aurora"} 0.0014' in metrics

    log = logged.getvalue()
    assert '"provider": "groq"' in log
    assert "model_budget_spent" in log
    for secret in (KEY, "abobrinhas", PHONE):
        assert secret not in log


async def test_the_same_question_of_another_customer_is_free(
    prosa: Installation, database: Database, openai: OpenAiServer, groq: OpenAiServer
) -> None:
    groq.script(Commands({"name": "ask", "topic": "hours"}))
    first = await told(prosa, database, WORDS)
    second = await told(prosa, database, WORDS, "5511900000002")
    assert (first["usage"]["cached"], second["usage"]["cached"]) == (False, True)
    assert first["commands"] == second["commands"]
    assert (len(groq.requests), openai.requests) == (1, [])
    cached = 'prosa_model_calls_total{outcome="cached",provider="groq",purpose="understand"} 1.0'
    assert cached in (await prosa.client.get("/metrics")).text


def test_without_a_model_no_models_library_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", UNLOADED], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
