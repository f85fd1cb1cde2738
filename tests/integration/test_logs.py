"""What a log must never hold: a whole phone number, a token, a secret, a customer's or an agent's words."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import httpx
import pytest
import structlog
from starlette.types import Receive, Scope, Send

from api import logs
from api.front import Front
from tests.twins.graph_api import GraphApi, Refuse
from tests.twins.installation import APP_SECRET, PASSWORD, Installation, installed

PHONE = "5511987654321"
WORDS = "quero falar com um atendente sobre abobrinhas"


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


async def busy_day(prosa: Installation, twin: GraphApi) -> None:
    """Everything that could tempt a log line: messages, refusals, a person's answer, bad signatures, bad tokens."""
    twin.script(Refuse(131026))
    await prosa.whatsapp(PHONE, WORDS)
    await prosa.whatsapp(PHONE, WORDS, secret="another")
    await prosa.whatsapp(PHONE, WORDS, account="999999999999999")
    await prosa.client.post("/webhooks/web", content=json.dumps({"text": WORDS, "session": PHONE}))
    await prosa.client.get("/webhooks/whatsapp", params={"hub.verify_token": "verify", "hub.mode": "subscribe"})
    await prosa.client.get(f"/{PHONE}", headers={"Authorization": f"Bearer {PHONE}"})
    await prosa.sign_in("admin@localhost", "guess")
    await prosa.sign_in()
    line = await prosa.until("/api/v1/handoffs", lambda found: found["items"], customer=PHONE)
    path = f"/api/v1/handoffs/{line['items'][0]['id']}"
    await prosa.post(f"{path}/assign")
    await prosa.post(f"{path}/reply", {"text": f"{WORDS}?"})
    await prosa.post(f"{path}/reply", {"text": WORDS, "unknown": PHONE})
    await twin.wait_for(1)


async def test_a_busy_day_leaves_no_phone_token_secret_or_word_in_the_log(
    logged: io.StringIO, database_url: str
) -> None:
    async with GraphApi(token="access") as twin, installed(database_url, graph_api_url=twin.url) as prosa:
        await busy_day(prosa, twin)
        token = prosa.client.headers["Authorization"].removeprefix("Bearer ")
    lines = logged.getvalue().splitlines()
    written = [json.loads(line) for line in lines]
    assert {"request", "signed in", "request refused"} <= {line["event"] for line in written}
    for hidden in (PHONE, PHONE[2:], "abobrinhas", token, APP_SECRET, PASSWORD, "Bearer"):
        assert hidden not in "\n".join(lines)


async def test_lines_of_one_request_share_its_id(logged: io.StringIO, database_url: str) -> None:
    async with installed(database_url, works=False) as prosa:
        answer = await prosa.whatsapp(PHONE, "oi", secret="another")
    written = [json.loads(line) for line in logged.getvalue().splitlines()]
    mine = [line["event"] for line in written if line.get("request_id") == answer.headers["x-request-id"]]
    assert mine == ["request refused", "request"]


async def test_an_unforeseen_error_is_logged_by_its_place_never_by_its_words(logged: io.StringIO) -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError(f"cannot read {WORDS!r}")

    async with httpx.AsyncClient(transport=httpx.ASGITransport(Front(broken)), base_url="http://prosa") as client:
        answer = await client.get("/")
    failed = next(line for line in map(json.loads, logged.getvalue().splitlines()) if line["event"] == "request failed")
    assert (answer.status_code, failed["error"]) == (500, "ValueError")
    assert failed["where"].endswith(" broken")
    assert "abobrinhas" not in logged.getvalue()
