"""The door for messages: signed, bounded, answered 200 only when everything is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from persistence.database import Database
from tests.twins import meta_webhooks
from tests.twins.graph_api import GraphApi
from tests.twins.installation import APP_SECRET, STUDIO, Installation, installed

PHONE = "5511987654321"
SESSION = "a-session-nobody-guesses"


@pytest.fixture
async def prosa(database_url: str) -> AsyncIterator[Installation]:
    async with installed(database_url, works=False) as prosa:
        yield prosa


async def kept(database: Database, table: str = "inbox") -> int:
    async with database.transaction("*") as connection:
        row = await (await connection.execute(f"SELECT count(*) AS n FROM {table}".encode())).fetchone()
    return int(row["n"]) if row else 0


async def test_metas_handshake_answers_the_bare_challenge(prosa: Installation) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "verify", "hub.challenge": "1158201444"}
    answer = await prosa.client.get("/webhooks/whatsapp", params=query)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")


async def test_a_handshake_with_another_token_is_refused(prosa: Installation) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "guess", "hub.challenge": "1158201444"}
    answer = await prosa.client.get("/webhooks/whatsapp", params=query)
    assert answer.status_code == 403
    assert "1158201444" not in answer.text


async def test_every_message_of_a_signed_batch_is_kept_before_the_200(prosa: Installation, database: Database) -> None:
    answer = await prosa.whatsapp(PHONE, "oi", "tudo bem?", "quero marcar")
    assert answer.status_code == 200
    assert await kept(database) == 3


@pytest.mark.parametrize("signature", ["sha256=" + "0" * 64, "", "é", None])
async def test_a_wrong_or_missing_signature_is_401_and_stores_nothing(
    prosa: Installation, database: Database, signature: str | None
) -> None:
    content, _ = meta_webhooks.signed(
        meta_webhooks.envelope(STUDIO, messages=[meta_webhooks.text(PHONE, "oi")]), APP_SECRET
    )
    headers = httpx.Headers({} if signature is None else {b"X-Hub-Signature-256": signature.encode()})
    answer = await prosa.client.post("/webhooks/whatsapp", content=content, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert await kept(database) == 0


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"null", b'"text"', b"\xff\xfe", b"{" * 5000])
async def test_a_signed_body_that_is_no_payload_is_400(prosa: Installation, body: bytes) -> None:
    assert (await prosa.signed(body)).status_code == 400


async def test_a_body_over_three_megabytes_is_refused_and_an_endless_one_left_unread(prosa: Installation) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 64 * 1024
            yield b"x" * 64 * 1024

    announced = await prosa.client.post("/webhooks/whatsapp", content=b"x" * (3 * 1024 * 1024 + 1))
    assert announced.status_code == 413
    chunked = await prosa.client.post("/webhooks/whatsapp", content=endless())
    assert chunked.status_code == 413
    assert read < 17 * 1024 * 1024
    far_too_long = {"content-length": str(10**12)}
    refused = await prosa.client.post("/webhooks/whatsapp", content=endless(), headers=far_too_long)
    assert refused.status_code == 413
    assert read < 17 * 1024 * 1024


async def test_a_batch_of_nearly_three_megabytes_is_taken(prosa: Installation, database: Database) -> None:
    payload = meta_webhooks.envelope(STUDIO, messages=[meta_webhooks.text(PHONE, "oi")])
    assert (await prosa.signed(payload | {"padding": "x" * 3_000_000})).status_code == 200
    assert await kept(database) == 1


async def test_an_account_nobody_owns_is_200_and_kept_aside(prosa: Installation, database: Database) -> None:
    answer = await prosa.whatsapp(PHONE, "oi", account="999999999999999")
    assert answer.status_code == 200
    assert (await kept(database), await kept(database, "strays")) == (0, 1)


async def test_while_the_database_is_down_a_webhook_is_503(prosa: Installation) -> None:
    await prosa.system.parts.database.close()
    answer = await prosa.whatsapp(PHONE, "oi")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert (await prosa.client.get("/health")).status_code == 200
    assert (await prosa.client.get("/health/db")).status_code == 503
    assert (await prosa.client.get("/metrics")).status_code == 200


@pytest.mark.parametrize("text", ["", " ", "x" * 10_000, "👍👍🏽", "a\x00b", "שלום", "\ud800", "' OR 1=1 --"])
async def test_no_text_of_a_customer_is_an_error(prosa: Installation, text: str) -> None:
    assert (await prosa.whatsapp(PHONE, "antes", text, "depois")).status_code == 200


async def test_the_chat_page_posts_to_the_generic_address(prosa: Installation, database: Database) -> None:
    assert (await prosa.web("studio-aurora", SESSION, 1, "oi")).status_code == 200
    assert (await prosa.web("studio-aurora", SESSION, 1, "oi")).status_code == 200
    assert await kept(database) == 1


async def test_a_channel_nobody_built_is_404(prosa: Installation) -> None:
    assert (await prosa.client.post("/webhooks/pigeon", content=b"{}")).status_code == 404


async def test_webhooks_are_counted_by_channel_and_outcome(prosa: Installation) -> None:
    await prosa.whatsapp(PHONE, "oi")
    await prosa.whatsapp(PHONE, "oi", secret="another")
    metrics = (await prosa.client.get("/metrics")).text
    assert 'prosa_webhooks_total{channel="whatsapp",outcome="received"} 1.0' in metrics
    assert 'prosa_webhooks_total{channel="whatsapp",outcome="unsigned"} 1.0' in metrics
    assert 'prosa_lanes_due{kind="turn"} 1.0' in metrics


async def test_a_signed_message_is_answered_through_the_graph_api(database_url: str) -> None:
    async with GraphApi(token="access") as twin, installed(database_url, graph_api_url=twin.url) as prosa:
        await prosa.whatsapp(PHONE, "oi")
        sent = (await twin.wait_for(1))[0]
        assert sent["to"] == PHONE
        assert twin.requests[0].path == f"/v26.0/{STUDIO}/messages"
        await prosa.sign_in()
        conversation = (await prosa.get("/api/v1/conversations", customer=PHONE))["items"][0]["id"]
        await prosa.signed(meta_webhooks.envelope(STUDIO, statuses=[meta_webhooks.status(twin.ids[0], "read", PHONE)]))
        path = f"/api/v1/conversations/{conversation}/messages"
        await prosa.until(path, lambda page: page["items"][-1]["status"] == "read")
        await prosa.signed(
            meta_webhooks.envelope(STUDIO, statuses=[meta_webhooks.status(twin.ids[0], "delivered", PHONE)])
        )
        assert (await prosa.get(path))["items"][-1]["status"] == "read"
