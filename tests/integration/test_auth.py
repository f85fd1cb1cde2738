"""Who may call: signing in, tokens that end, roles, and businesses that do not see each other."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.integration.conftest import OpenChat
from tests.twins.installation import PASSWORD, Installation, installed

AGENT = {"email": "paula@aurora.test", "name": "Paula", "password": "paula's password", "tenant": "studio-aurora"}


@pytest.fixture
async def prosa(database_url: str) -> AsyncIterator[Installation]:
    async with installed(database_url, works=False) as prosa:
        yield prosa


async def signed_in_as_agent(prosa: Installation) -> None:
    await prosa.sign_in()
    assert (await prosa.post("/api/v1/users", AGENT)).status_code == 201
    assert (await prosa.sign_in(AGENT["email"], AGENT["password"])).is_success


async def test_the_first_administrator_signs_in_and_sees_every_business(
    prosa: Installation, open_chat: OpenChat
) -> None:
    await open_chat("studio-aurora")
    await open_chat("pet-feliz")
    answer = await prosa.sign_in()
    assert (answer.status_code, answer.json()["token_type"]) == (200, "bearer")
    every = await prosa.get("/api/v1/customers")
    assert {one["tenant"] for one in every["items"]} == {"studio-aurora", "pet-feliz"}
    assert len((await prosa.get("/api/v1/customers", tenant="pet-feliz"))["items"]) == 1


async def test_email_addresses_are_read_in_any_case(prosa: Installation) -> None:
    assert (await prosa.sign_in("  Admin@LocalHost ")).status_code == 200


@pytest.mark.parametrize(
    ("email", "password"),
    [("admin@localhost", "wrong"), ("nobody@localhost", PASSWORD), ("a\x00b", PASSWORD), ("' OR 1=1", PASSWORD)],
)
async def test_a_wrong_address_or_password_is_401_and_says_not_which(
    prosa: Installation, email: str, password: str
) -> None:
    answer = await prosa.sign_in(email, password)
    assert answer.status_code == 401
    assert answer.json()["detail"] == "The email address or the password is wrong."


async def test_guessing_is_stopped_and_signing_in_often_is_not(prosa: Installation) -> None:
    for _ in range(12):
        assert (await prosa.sign_in()).status_code == 200
    for _ in range(10):
        assert (await prosa.sign_in(password="guess")).status_code == 401
    refused = await prosa.sign_in()
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert (await prosa.sign_in("somebody@else.test")).status_code == 401


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic YTpi"}])
@pytest.mark.parametrize(
    "path", ["bookings", "orders", "conversations", "handoffs", "customers", "unanswered", "users"]
)
async def test_nothing_is_read_without_a_token(prosa: Installation, path: str, header: dict[str, str]) -> None:
    answer = await prosa.client.get(f"/api/v1/{path}", headers=header)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"


async def test_an_agent_sees_one_business_and_no_other(prosa: Installation, open_chat: OpenChat) -> None:
    chat, foreign = await open_chat("studio-aurora"), await open_chat("pet-feliz")
    await signed_in_as_agent(prosa)
    assert [one["id"] for one in (await prosa.get("/api/v1/conversations"))["items"]] == [chat.conversation]
    assert (await prosa.client.get("/api/v1/customers", params={"tenant": "pet-feliz"})).status_code == 403
    for path in (f"customers/{foreign.customer}", f"conversations/{foreign.conversation}"):
        assert (await prosa.client.get(f"/api/v1/{path}")).status_code == 404
    taken = await prosa.post(f"/api/v1/conversations/{foreign.conversation}/takeover")
    assert taken.status_code == 404


async def test_only_administrators_add_people(prosa: Installation) -> None:
    await signed_in_as_agent(prosa)
    assert (await prosa.client.get("/api/v1/users")).status_code == 403
    assert (await prosa.post("/api/v1/users", AGENT | {"email": "b@aurora.test"})).status_code == 403
    assert (await prosa.get("/api/v1/users/me"))["role"] == "agent"


async def test_a_taken_address_is_409_and_an_unknown_business_404(prosa: Installation) -> None:
    await prosa.sign_in()
    await prosa.post("/api/v1/users", AGENT)
    assert (await prosa.post("/api/v1/users", AGENT)).status_code == 409
    assert (await prosa.post("/api/v1/users", AGENT | {"tenant": "nowhere"})).status_code == 404


async def test_a_new_password_ends_every_session(prosa: Installation) -> None:
    await signed_in_as_agent(prosa)
    users = prosa.system.parts.users
    paula = await users.find(AGENT["email"])
    assert paula is not None
    await users.set_password(paula, await prosa.system.parts.passwords.hash("another password"))
    assert (await prosa.client.get("/api/v1/users/me")).status_code == 401
    assert (await prosa.sign_in(AGENT["email"], "another password")).is_success


async def test_a_configured_administrators_password_is_the_one_that_holds(database_url: str) -> None:
    async with installed(database_url, works=False) as prosa:
        assert (await prosa.sign_in()).is_success
    async with installed(database_url, works=False, admin_password="changed since") as prosa:
        assert (await prosa.sign_in(password="changed since")).is_success
        assert (await prosa.sign_in()).status_code == 401
