"""The interface keeps the promises of its own OpenAPI document, whatever anybody sends, and never answers 500."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Err
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from server import create_app
from tests.integration.conftest import OpenChat
from tests.twins.installation import Installation, installed

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 6  # of each operation, valid and invalid


@dataclass(frozen=True)
class Live:
    """An installation that answers on a port."""

    prosa: Installation
    url: str


@pytest.fixture
async def live(database_url: str, open_chat: OpenChat) -> AsyncIterator[Live]:
    await open_chat("studio-aurora")
    async with installed(database_url) as prosa:
        await prosa.sign_in()
        await prosa.web("studio-aurora", "a-session-nobody-guesses", 1, "quero falar com um atendente")
        await prosa.until("/api/v1/handoffs", lambda found: found["items"])
        listening = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(prosa.system), log_config=None, lifespan="off", access_log=False)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([listening]))
        yield Live(prosa, f"http://127.0.0.1:{listening.getsockname()[1]}")
        server.should_exit = True
        await serving
        listening.close()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
async def test_every_answer_is_one_the_document_names(live: Live, mode: GenerationMode) -> None:
    token = live.prosa.client.headers["Authorization"]
    await asyncio.to_thread(try_everything, f"{live.url}/openapi.json", token, mode)


def try_everything(document: str, token: str, mode: GenerationMode) -> None:
    """Sends examples of every operation and holds the answers against the document."""
    for found in schemathesis.openapi.from_url(document).get_all_operations():
        if isinstance(found, Err):
            raise found.err()
        operation = found.ok()

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def holds(case: Case) -> None:
            case.call_and_validate(checks=CHECKS, headers={"Authorization": token})

        with suppress(Unsatisfiable):  # an operation that takes nothing cannot be called wrongly
            holds()


async def test_everything_under_api_v1_but_signing_in_wants_a_token(live: Live) -> None:
    document = await live.prosa.get("/openapi.json")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            wants_token = path.startswith("/api/v1/") and path != "/api/v1/auth/token"
            assert bool(operation.get("security")) == wants_token, f"{method} {path}"


async def test_the_document_describes_every_operation_and_every_problem(live: Live) -> None:
    document = await live.prosa.get("/openapi.json")
    assert "Problem" in document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], f"{method} {path}"
            assert operation["description"], f"{method} {path}"
    page = (await live.prosa.client.get("/docs")).text
    for path in document["paths"]:
        assert path in page
