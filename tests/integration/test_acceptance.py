"""A real server, driven by HTTP alone: as a customer, an agent, an operator and a provider having a bad day would."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.twins import meta_webhooks
from tests.twins.graph_api import Drop, GraphApi, Hang, Refuse
from tests.twins.served import ACCESS, PAUSE, PETS, STUDIO, Served, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

_numbers = itertools.count(10)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Where the server keeps everything."""
    folder = Path(tempfile.mkdtemp(prefix="prosa-acceptance-", dir="/var/tmp"))
    folder.chmod(0o711)  # embedded Postgres may run as nobody
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def prosa(home: Path) -> AsyncIterator[Served]:
    """One server for the whole file; every test has customers of its own."""
    async with GraphApi(token=ACCESS) as meta, serving(home, meta) as served:
        yield served


@pytest.fixture
def ana() -> str:
    """A phone nobody used before."""
    return f"55119876543{next(_numbers)}"


async def chat_of(prosa: Served, customer: str) -> str:
    """The address of a customer's only conversation."""
    found = await prosa.until("/api/v1/conversations", lambda page: page["items"], customer=customer)
    (conversation,) = found["items"]
    return f"/api/v1/conversations/{conversation['id']}"


async def transcript(prosa: Served, customer: str) -> list[tuple[str, str]]:
    """Who said what."""
    messages = (await prosa.get(f"{await chat_of(prosa, customer)}/messages"))["items"]
    return [(one["role"], one["text"]) for one in messages]


def waits_for_a_person(page: dict[str, Any]) -> bool:
    """Whether the newest conversation of a page waits for an agent."""
    return bool(page["items"]) and page["items"][0]["owner"] == "queue"


async def written(prosa: Served, customer: str) -> list[str]:
    """The customer's own messages, as the transcript has them."""
    return [text for role, text in await transcript(prosa, customer) if role == "customer"]


# ── a provider's webhooks ────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_handshake_answers_the_bare_challenge_and_nobody_elses(prosa: Served) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "the verify token", "hub.challenge": "1158201444"}
    answer = await prosa.client.get("/webhooks/whatsapp", params=query)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    refused = await prosa.client.get("/webhooks/whatsapp", params=query | {"hub.verify_token": "another"})
    assert refused.status_code == 403


async def test_a_wrong_or_missing_signature_is_401_and_stores_nothing(prosa: Served, ana: str) -> None:
    payload = meta_webhooks.envelope(STUDIO, messages=[meta_webhooks.text(ana, "oi")])
    body, headers = meta_webhooks.signed(payload, "another secret")
    assert (await prosa.client.post("/webhooks/whatsapp", content=body, headers=headers)).status_code == 401
    assert (await prosa.client.post("/webhooks/whatsapp", content=body)).status_code == 401
    assert (await prosa.get("/api/v1/customers", customer=ana))["items"] == []


async def test_every_message_of_every_entry_counts_beside_broken_ones(prosa: Served, ana: str) -> None:
    joao = f"55219876543{next(_numbers)}"
    (first,) = meta_webhooks.envelope(STUDIO, messages=[meta_webhooks.text(ana, "um")])["entry"]
    (second,) = meta_webhooks.envelope(STUDIO, messages=[meta_webhooks.text(ana, "dois")])["entry"]
    (third,) = meta_webhooks.envelope(PETS, messages=[meta_webhooks.text(joao, "três")])["entry"]
    first["changes"][0]["value"]["messages"] += [{"type": "text"}, 7]
    broken = {"id": "WABA", "changes": [{"field": "messages", "value": {"messages": "none"}}, None]}
    together = {"id": "WABA", "changes": first["changes"] + second["changes"]}
    payload = {"object": "whatsapp_business_account", "entry": [together, broken, "no entry", third]}
    assert (await prosa.webhook(payload)).status_code == 200
    await prosa.hears(ana)
    await prosa.hears(joao)
    assert await written(prosa, ana) == ["um", "dois"]
    assert await written(prosa, joao) == ["três"]
    assert any(line["event"] == "part of a webhook could not be read" for line in prosa.log())


async def test_duplicates_one_after_the_other_and_at_once_are_answered_once(prosa: Served, ana: str) -> None:
    payload = meta_webhooks.envelope(STUDIO, messages=[meta_webhooks.text(ana, "oi")])
    answers = await asyncio.gather(*(prosa.webhook(payload) for _ in range(8)))
    answers += [await prosa.webhook(payload) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {200}
    await prosa.hears(ana)
    assert (await prosa.webhook(payload)).status_code == 200
    await prosa.says(ana, "qual o endereço?")
    await prosa.hears(ana)
    assert await written(prosa, ana) == ["oi", "qual o endereço?"]
    assert prosa.unread(ana) == []


async def test_three_quick_messages_get_one_reply(prosa: Served, ana: str) -> None:
    for text in ("oi", "tudo bem?", "qual o endereço?"):
        await prosa.says(ana, text)
    assert "Rua" in await prosa.hears(ana)
    await asyncio.sleep(3 * PAUSE)
    assert prosa.unread(ana) == []
    assert [role for role, _ in await transcript(prosa, ana)] == ["customer"] * 3 + ["bot"]


async def test_an_account_nobody_owns_is_200_and_logged(prosa: Served, ana: str) -> None:
    await prosa.says(ana, "oi", account="999999999999999")
    assert (await prosa.get("/api/v1/customers", customer=ana))["items"] == []
    assert any(line["event"] == "nobody owns this account; kept aside" for line in prosa.log())


async def test_statuses_move_a_message_forwards_only(prosa: Served, ana: str) -> None:
    await prosa.says(ana, "oi")
    await prosa.hears(ana)
    messages = f"{await chat_of(prosa, ana)}/messages"
    index = len(prosa.meta.sent) - 1
    for word, then in [("delivered", "delivered"), ("sent", "delivered"), ("read", "read"), ("failed", "read")]:
        await prosa.status(index, word)
        assert (await prosa.get(messages))["items"][-1]["status"] == then


# ── a customer ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_booking_talked_over_by_whatsapp_is_a_row_with_the_businesss_offset(prosa: Served, ana: str) -> None:
    await prosa.says(ana, "oi! queria marcar um corte feminino amanhã às 15h com a Ana")
    assert "15" in await prosa.hears(ana)
    assert (await prosa.get("/api/v1/bookings", customer=ana))["items"] == []  # not without a yes
    await prosa.says(ana, "sim")
    await prosa.hears(ana)
    (booking,) = (await prosa.get("/api/v1/bookings", tenant="studio-aurora", customer=ana))["items"]
    (customer,) = (await prosa.get("/api/v1/customers", customer=ana))["items"]
    created = datetime.fromisoformat(booking.pop("created_at"))
    assert str(created.tzinfo) == "UTC-03:00"
    assert booking == {
        "id": booking["id"],
        "tenant": "studio-aurora",
        "customer": customer["id"],
        "service": "corte-feminino",
        "professional": "ana",
        "start": "2026-03-11T15:00:00-03:00",
        "end": "2026-03-11T16:00:00-03:00",
        "status": "confirmed",
    }
    post = next(request for request in prosa.meta.requests if request.body.get("to") == ana)
    assert (post.method, post.path) == ("POST", f"/v26.0/{STUDIO}/messages")


async def test_an_order_talked_over_by_whatsapp_takes_its_total_from_the_books(prosa: Served, ana: str) -> None:
    for text in ("quero 2 sacos da ração golden 15kg", "entrega no Centro", "Rua das Flores, 10", "pix"):
        await prosa.says(ana, text, account=PETS)
        summary = await prosa.hears(ana)
    assert "379,80" in summary
    await prosa.says(ana, "sim", account=PETS)
    await prosa.hears(ana)
    (order,) = (await prosa.get("/api/v1/orders", tenant="pet-feliz", customer=ana))["items"]
    assert order["items"] == [{"product": "racao-golden-15", "quantity": 2, "price": "189.90"}]
    assert (order["delivery"]["method"], order["delivery"]["zone"]) == ("delivery", "Centro")
    assert (order["payment"], order["status"], order["tenant"]) == ("pix", "confirmed", "pet-feliz")
    assert datetime.fromisoformat(order["created_at"]).utcoffset() is not None


@pytest.mark.parametrize(("wrote", "asked"), [("5511987650001", "551187650001"), ("551187650002", "5511987650002")])
async def test_a_customer_is_found_with_and_without_brazils_ninth_digit(prosa: Served, wrote: str, asked: str) -> None:
    await prosa.says(wrote, "oi")
    await prosa.hears(wrote)
    for name in (wrote, asked, f"+{asked}"):
        (found,) = (await prosa.get("/api/v1/conversations", customer=name))["items"]
    (customer,) = (await prosa.get("/api/v1/customers", customer=asked))["items"]
    assert customer["id"] == found["customer"]
    assert (await prosa.get("/api/v1/conversations", customer=customer["id"]))["items"] == [found]


# ── bad input ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_nothing_anybody_posts_is_a_500(prosa: Served) -> None:
    bodies = [b"", b"not json", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b"{" * 9000, b"[" * 90_000, b"{}"]
    for body in bodies:
        assert (await prosa.webhook(body)).status_code in (200, 400)
    shapes: tuple[dict[str, object], ...] = (
        {"entry": 1},
        {"entry": [{"changes": {}}]},
        {"entry": [{"changes": [{"value": []}]}]},
    )
    for shape in shapes:
        assert (await prosa.webhook({"object": "whatsapp_business_account", **shape})).status_code == 200
    assert any(line.get("status") == 400 and line["event"] == "request refused" for line in prosa.log())
    assert [line for line in prosa.log() if line["level"] in ("error", "critical")] == []


async def test_a_body_that_is_too_long_is_answered_413_and_one_of_three_megabytes_is_taken(
    prosa: Served, ana: str
) -> None:
    for length in (3 * 1024 * 1024 + 1, 6_000_000, 12_000_000):
        assert (await prosa.webhook(b"x" * length)).status_code == 413  # an answer, not a broken connection
    whole = meta_webhooks.envelope(STUDIO, messages=[meta_webhooks.text(ana, "oi")]) | {"padding": "x" * 3_000_000}
    assert (await prosa.webhook(whole)).status_code == 200
    await prosa.hears(ana)


async def test_whatever_a_customer_types_is_kept_beside_the_good_messages(prosa: Served, ana: str) -> None:
    odd = ["", "   ", "x" * 10_000, "👍👍🏽🙃", "a\x00b", "שלום, תור למחר", "\ud800", "' OR 1=1; --", "{{7*7}}"]
    messages = [meta_webhooks.text(ana, text) for text in odd]
    messages[5]["timestamp"] = "99999999999"
    messages += [{**meta_webhooks.text(ana, ""), "type": kind} for kind in ("ephemeral", "hologram", "unsupported")]
    whole = [meta_webhooks.text(ana, "antes"), *messages, meta_webhooks.text(ana, "depois")]
    assert (await prosa.webhook(meta_webhooks.envelope(STUDIO, messages=whole))).status_code == 200
    assert await prosa.hears(ana)
    kept = await written(prosa, ana)
    assert (kept[0], kept[-1], len(kept)) == ("antes", "depois", len(whole))
    assert {"x" * 10_000, "👍👍🏽🙃", "ab", "שלום, תור למחר"} <= set(kept)
    assert not any(line["event"] == "turn failed" for line in prosa.log())


@pytest.mark.parametrize("text", ["", "👍👍🏽🙃", "x" * 10_000, "a\x00b", "שלום", "?", "7" * 5000, "não " * 2500])
async def test_any_text_alone_is_answered(prosa: Served, ana: str, text: str) -> None:
    await prosa.says(ana, text)
    assert await prosa.hears(ana)
    assert (await prosa.get(await chat_of(prosa, ana)))["owner"] == "bot"


async def test_what_the_bot_answers_is_marked_as_read_and_what_waits_for_a_person_is_not(
    prosa: Served, ana: str
) -> None:
    for text, identity in (("quero falar com um atendente", "wamid.BOT"), ("alguém aí?", "wamid.PERSON")):
        message = meta_webhooks.text(ana, text, id=identity + ana)
        await prosa.webhook(meta_webhooks.envelope(STUDIO, messages=[message]))
        await prosa.until("/api/v1/conversations", waits_for_a_person, customer=ana)
    chat = await chat_of(prosa, ana)
    await prosa.until(f"{chat}/messages", lambda page: page["items"][-1]["text"] == "alguém aí?")
    assert [one for one in prosa.meta.marked_read if ana in one] == [f"wamid.BOT{ana}"]


# ── an agent ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def asked_for_a_person(prosa: Served, customer: str) -> dict[str, Any]:
    """The waiting handoff of a customer who asked for one."""
    await prosa.says(customer, "quero falar com um atendente")
    await prosa.hears(customer)
    (handoff,) = (await prosa.get("/api/v1/handoffs", customer=customer, status="waiting"))["items"]
    assert isinstance(handoff, dict)
    return handoff


async def test_a_person_has_the_ball_over_a_kill_and_gives_it_back(prosa: Served, ana: str) -> None:
    handoff = await asked_for_a_person(prosa, ana)
    assert (handoff["reason"], handoff["priority"], handoff["agent"]) == ("asked", "normal", None)
    assert handoff["queue_position"] >= 1
    path, chat = f"/api/v1/handoffs/{handoff['id']}", await chat_of(prosa, ana)
    assert (await prosa.get(chat))["owner"] == "queue"

    assert (await prosa.post(f"{path}/reply", {"text": "cedo demais"})).status_code == 409
    both = await asyncio.gather(prosa.post(f"{path}/assign"), prosa.post(f"{path}/assign"))
    assert sorted(answer.status_code for answer in both) == [200, 409]
    assert (await prosa.get(path))["status"] == "assigned"
    assert (await prosa.post(f"{path}/reply", {"text": "Oi, aqui é a Paula"})).status_code == 200
    assert await prosa.hears(ana) == "Oi, aqui é a Paula"
    assert (await prosa.post(f"{path}/notes", {"text": "cliente antiga"})).status_code == 200
    await prosa.says(ana, "oi Paula! quero mudar meu corte")
    await prosa.until(f"{chat}/messages", lambda page: page["items"][-1]["role"] == "customer")

    await prosa.kill()
    await prosa.start()
    assert (await prosa.get(chat))["owner"] == "agent"
    await prosa.says(ana, "ainda aí?")
    await prosa.until(f"{chat}/messages", lambda page: page["items"][-1]["text"] == "ainda aí?")
    assert (await prosa.post(f"{path}/reply", {"text": "Sim, um instante"})).status_code == 200
    assert await prosa.hears(ana) == "Sim, um instante"
    assert prosa.unread(ana) == []

    assert (await prosa.post(f"{path}/return", {"outcome": "resolvido"})).json()["status"] == "returned"
    await prosa.says(ana, "qual o endereço?")
    answers = [await prosa.hears(ana)]
    while "Rua" not in answers[-1]:
        answers.append(await prosa.hears(ana))
    assert (await prosa.get(chat))["owner"] == "bot"
    assert [text for role, text in await transcript(prosa, ana) if role == "agent"] == [
        "Oi, aqui é a Paula",
        "Sim, um instante",
    ]
    assert "cliente antiga" in [note["text"] for note in (await prosa.get(f"{path}/notes"))["items"]]


async def test_closing_a_matter_keeps_how_satisfied_the_customer_was(prosa: Served, ana: str) -> None:
    path = f"/api/v1/handoffs/{(await asked_for_a_person(prosa, ana))['id']}"
    await prosa.post(f"{path}/assign")
    closing = {"resolution": "combinado por telefone", "customer_satisfaction": 5}
    done = (await prosa.post(f"{path}/complete", closing)).json()
    assert (done["status"], done["customer_satisfaction"], done["queue_position"]) == ("completed", 5, None)
    assert (await prosa.post(f"{path}/complete", closing)).status_code == 409
    await prosa.says(ana, "oi")
    assert await prosa.hears(ana)


async def test_an_agent_sees_one_business_and_the_first_administrator_all(prosa: Served, ana: str) -> None:
    await prosa.says(ana, "oi", account=PETS)
    await prosa.hears(ana)
    chat = await chat_of(prosa, ana)
    paula = {"email": "paula@example.com", "name": "Paula", "password": "long enough", "tenant": "studio-aurora"}
    assert (await prosa.post("/api/v1/users", paula)).status_code == 201
    tenants = {one["tenant"] for one in (await prosa.get("/api/v1/conversations", limit=200))["items"]}
    assert tenants == {"studio-aurora", "pet-feliz"}
    await prosa.sign_in(paula["email"], paula["password"])
    try:
        seen = {one["tenant"] for one in (await prosa.get("/api/v1/conversations", limit=200))["items"]}
        assert seen == {"studio-aurora"}
        for path in (chat, f"{chat}/messages"):
            assert (await prosa.client.get(path)).status_code == 404
        assert (await prosa.post(f"{chat}/takeover")).status_code == 404
        assert (await prosa.get("/api/v1/customers", customer=ana))["items"] == []
        assert (await prosa.client.get("/api/v1/bookings", params={"tenant": "pet-feliz"})).status_code == 403
        assert (await prosa.client.get("/api/v1/users")).status_code == 403
    finally:
        await prosa.sign_in()


# ── a bad day ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_killed_between_the_200_and_the_reply_it_still_answers_once(prosa: Served, ana: str) -> None:
    await prosa.says(ana, "qual o endereço?")
    await prosa.kill()
    await prosa.start()
    assert "Rua" in await prosa.hears(ana)
    await prosa.says(ana, "obrigada")
    await prosa.hears(ana)
    assert prosa.unread(ana) == []
    assert [role for role, _ in await transcript(prosa, ana)] == ["customer", "bot"] * 2


async def test_killed_in_the_middle_of_a_delivery_a_status_settles_it_without_a_second_send(
    prosa: Served, ana: str
) -> None:
    prosa.meta.script(Hang(taken=True))
    await prosa.says(ana, "qual o endereço?")
    await prosa.hears(ana)
    index = len(prosa.meta.sent) - 1
    await prosa.kill()
    await prosa.start()
    await prosa.status(index, "delivered")
    await prosa.says(ana, "obrigada")
    assert "Rua" not in await prosa.hears(ana)
    assert prosa.unread(ana) == []
    statuses = [one["status"] for one in (await prosa.get(f"{await chat_of(prosa, ana)}/messages"))["items"]]
    assert statuses[1] == "delivered"


async def test_a_provider_that_is_down_gets_the_reply_when_it_is_up(prosa: Served, ana: str) -> None:
    prosa.meta.script(Refuse(None, 500), Refuse(130429, 429), Drop(taken=False))
    await prosa.says(ana, "qual o endereço?")
    assert "Rua" in await prosa.hears(ana)
    messages = f"{await chat_of(prosa, ana)}/messages"
    await prosa.until(messages, lambda page: page["items"][-1]["status"] == "sent")
    assert prosa.unread(ana) == []
