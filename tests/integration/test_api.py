"""The REST interface: lists and their filters, a person's work with a handoff, and errors everybody can read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from domain.ports import OrderDraft, OrderLine
from tests.integration.conftest import OpenBooks, OpenChat
from tests.twins.graph_api import GraphApi
from tests.twins.installation import Installation, installed

PHONE = "5511987654321"
OTHER = "5511912345678"
SESSION = "a-session-nobody-guesses"


@pytest.fixture
async def prosa(database_url: str) -> AsyncIterator[Installation]:
    async with installed(database_url, works=False) as prosa:
        await prosa.sign_in()
        yield prosa


async def test_a_booking_tells_its_times_with_the_businesss_offset(
    prosa: Installation, open_chat: OpenChat, open_books: OpenBooks
) -> None:
    chat = await open_chat("studio-aurora", PHONE)
    start, end = (datetime.fromisoformat(f"2026-03-11T{hour}:00+00:00") for hour in (18, 19))
    async with open_books(chat) as records:
        made = await records.bookings.book("corte-feminino", "ana", start, end, "key")
    found = (await prosa.get("/api/v1/bookings", tenant="studio-aurora", customer=PHONE, status="confirmed"))["items"]
    assert [(one["id"], one["start"], one["end"]) for one in found] == [
        (made.id, "2026-03-11T15:00:00-03:00", "2026-03-11T16:00:00-03:00")
    ]
    expected = {"tenant": "studio-aurora", "customer": chat.customer, "service": "corte-feminino"}
    assert expected.items() <= found[0].items()
    assert await prosa.get(f"/api/v1/bookings/{made.id}") == found[0]


async def test_an_order_tells_money_with_two_decimals(
    prosa: Installation, open_chat: OpenChat, open_books: OpenBooks
) -> None:
    chat = await open_chat("pet-feliz", PHONE)
    lines = (OrderLine("racao-golden-15", 2, Decimal("189.90")),)
    delivery = {"method": "delivery", "zone": "Centro"}
    async with open_books(chat) as records:
        await records.orders.place(OrderDraft(lines, delivery, "pix", None, Decimal("379.80")), "key")
    order = (await prosa.get("/api/v1/orders", customer=PHONE))["items"][0]
    assert order["items"] == [{"product": "racao-golden-15", "quantity": 2, "price": "189.90"}]
    assert (order["total"], order["payment"], order["status"]) == ("379.80", "pix", "confirmed")
    assert order["delivery"]["method"] == "delivery"
    assert await prosa.get(f"/api/v1/orders/{order['id']}") == order


@pytest.mark.parametrize("name", [PHONE, f"+{PHONE}", "551187654321", "+55 11 98765-4321"])
async def test_a_customer_is_found_by_any_of_their_names(prosa: Installation, open_chat: OpenChat, name: str) -> None:
    chat = await open_chat("studio-aurora", PHONE)
    await open_chat("studio-aurora", OTHER)
    found = (await prosa.get("/api/v1/customers", customer=name))["items"]
    assert [one["id"] for one in found] == [chat.customer]
    assert {"kind": "phone", "value": PHONE} in found[0]["identities"]


async def test_pages_follow_each_other_without_gaps(prosa: Installation, open_chat: OpenChat) -> None:
    made = {(await open_chat("studio-aurora", f"55119876500{n:02d}")).customer for n in range(5)}
    seen: list[str] = []
    page = await prosa.get("/api/v1/customers", limit=2)
    while True:
        seen += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        page = await prosa.get("/api/v1/customers", limit=2, cursor=page["next"])
    assert len(seen) == 5
    assert set(seen) == made


async def test_every_error_is_a_problem_document(prosa: Installation) -> None:
    requests: list[tuple[int, str, str, Any]] = [
        (404, "GET", "/nowhere", None),
        (404, "GET", "/api/v1/bookings/none", None),
        (404, "GET", "/api/v1/bookings?cursor=x", None),
        (405, "DELETE", "/api/v1/bookings", None),
        (422, "GET", "/api/v1/bookings?limit=0", None),
        (422, "POST", "/api/v1/handoffs/none/reply", {"text": ""}),
        (422, "POST", "/api/v1/handoffs/none/reply", {"text": "oi", "unknown": 1}),
        (422, "GET", "/api/v1/bookings?customer=%00", None),
    ]
    for status, method, path, body in requests:
        answer = await prosa.client.request(method, path, json=body)
        assert answer.status_code == status, path
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == status
        assert problem["title"]
        assert problem["request_id"] == answer.headers["x-request-id"]


async def test_pages_cannot_be_framed_or_load_from_elsewhere(prosa: Installation) -> None:
    for path in ("/chat", "/chat/studio-aurora", "/docs"):
        headers = (await prosa.client.get(path)).headers
        assert headers["content-security-policy"].startswith("default-src 'self';")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"


async def test_the_chat_page_lists_businesses_and_refuses_unknown_ones(prosa: Installation) -> None:
    listed = (await prosa.get("/chat/api/businesses"))["items"]
    assert {"id": "studio-aurora", "name": "Studio Aurora", "locale": "pt-BR", "persona": "Lia"} in listed
    assert (await prosa.client.get("/chat/nowhere")).status_code == 404
    assert (await prosa.client.get("/chat/static/chat.js")).status_code == 200


async def test_health_tells_what_is_configured_and_answers(prosa: Installation) -> None:
    assert await prosa.get("/health") == {"status": "ok"}
    assert await prosa.get("/health/db") == {"status": "ok"}
    assert await prosa.get("/health/redis") == {"status": "disabled"}


async def test_a_browser_reads_its_own_chat_and_no_other(database_url: str, open_chat: OpenChat) -> None:
    stranger = await open_chat("studio-aurora", PHONE)
    async with installed(database_url) as prosa:
        await prosa.web("studio-aurora", SESSION, 1, "oi")
        query: dict[str, str | int] = {"business": "studio-aurora", "session": SESSION}
        news = await prosa.until("/chat/api/messages", lambda found: len(found["items"]) > 1, **query)
        assert [one["role"] for one in news["items"]] == ["customer", "bot"]
        assert (news["owner"], news["typing"]) == ("bot", False)
        last = news["items"][-1]["seq"]
        assert (await prosa.get("/chat/api/messages", **query, after=last))["items"] == []
        for guess in (stranger.customer, stranger.conversation, "another-session-0001"):
            found = await prosa.get("/chat/api/messages", business="studio-aurora", session=guess)
            assert found["items"] == []
        assert (await prosa.get("/chat/api/messages", business="pet-feliz", session=SESSION))["items"] == []


async def test_a_person_takes_answers_notes_and_returns_a_conversation(database_url: str) -> None:
    async with GraphApi(token="access") as twin, installed(database_url, graph_api_url=twin.url) as prosa:
        await prosa.sign_in()
        await prosa.whatsapp(PHONE, "quero falar com um atendente")
        line = await prosa.until("/api/v1/handoffs", lambda found: found["items"], status="waiting")
        handoff = line["items"][0]
        assert (handoff["queue_position"], handoff["priority"], handoff["agent"]) == (1, "normal", None)
        path, chat = f"/api/v1/handoffs/{handoff['id']}", f"/api/v1/conversations/{handoff['conversation']}"
        told = len(await twin.wait_for(1))
        assert (await prosa.get(chat))["owner"] == "queue"

        assert (await prosa.post(f"{path}/reply", {"text": "cedo demais"})).status_code == 409
        taken = (await prosa.post(f"{path}/assign")).json()
        assert (taken["status"], taken["agent"]) == ("assigned", (await prosa.get("/api/v1/users/me"))["id"])
        assert (await prosa.post(f"{path}/assign")).status_code == 409
        assert (await prosa.post(f"{path}/notes", {"text": "cliente antiga"})).status_code == 200
        assert "cliente antiga" in [one["text"] for one in (await prosa.get(f"{path}/notes"))["items"]]
        assert (await prosa.post(f"{path}/reply", {"text": "Oi, aqui é a Paula"})).status_code == 200
        assert (await twin.wait_for(told + 1))[-1]["text"]["body"] == "Oi, aqui é a Paula"

        await prosa.whatsapp(PHONE, "oi Paula, tudo bem?")
        await prosa.until(f"{chat}/messages", lambda found: found["items"][-1]["text"] == "oi Paula, tudo bem?")
        assert (await prosa.get(chat))["owner"] == "agent"
        assert len(twin.sent) == told + 1

        returned = (await prosa.post(f"{path}/return", {"outcome": "tudo certo"})).json()
        assert returned["status"] == "returned"
        assert (await prosa.post(f"{path}/return")).status_code == 409
        await prosa.whatsapp(PHONE, "oi")
        await twin.wait_for(told + 2)
        await prosa.until(chat, lambda found: found["owner"] == "bot")
        roles = [one["role"] for one in (await prosa.get(f"{chat}/messages"))["items"]]
        assert roles.count("agent") == 1


async def test_an_agent_takes_over_unasked_and_closes_the_matter(database_url: str) -> None:
    async with installed(database_url) as prosa:
        await prosa.sign_in()
        await prosa.web("studio-aurora", SESSION, 1, "oi")
        found = await prosa.until("/api/v1/conversations", lambda page: page["items"], customer=SESSION)
        chat = f"/api/v1/conversations/{found['items'][0]['id']}"
        handoff = (await prosa.post(f"{chat}/takeover")).json()
        assert (handoff["status"], handoff["reason"]) == ("assigned", "takeover")
        assert (await prosa.post(f"{chat}/takeover")).status_code == 409
        closing = {"resolution": "resolvido por telefone", "customer_satisfaction": 5}
        done = (await prosa.post(f"/api/v1/handoffs/{handoff['id']}/complete", closing)).json()
        assert (done["status"], done["customer_satisfaction"]) == ("completed", 5)
        assert (await prosa.get(chat))["owner"] == "bot"
