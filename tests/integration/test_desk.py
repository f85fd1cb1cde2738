"""What agents do: one takes a handoff, the customer hears them, the graph is told, and everything commits together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Literal
from uuid import uuid4

import pytest

from domain.clock import StandingClock
from domain.errors import Conflict, NotFound
from persistence.database import Database
from persistence.desk import Desk
from persistence.lists import CONVERSATIONS, HANDOFFS, MESSAGES, NOTES
from persistence.pages import Filter
from persistence.users import Users
from tests.integration.conftest import Chat, OpenBooks, OpenChat

Told = Callable[[], Awaitable[list[tuple[str, Any]]]]


@pytest.fixture
def desk(database: Database, clock: StandingClock) -> Desk:
    return Desk(database, clock)


@pytest.fixture
async def agents(database: Database, clock: StandingClock) -> dict[str, str]:
    """Two agents of Pet Feliz and one of Studio Aurora, by first name."""
    users = Users(database)
    hired = {"rita": "pet-feliz", "saulo": "pet-feliz", "vera": "studio-aurora"}
    made = [
        await users.create(at, f"{name}@example.com", name, "x", "agent", clock.now()) for name, at in hired.items()
    ]
    return {user.name: user.id for user in made}


@pytest.fixture
async def chat(open_chat: OpenChat) -> Chat:
    return await open_chat("pet-feliz")


@pytest.fixture
async def handoff(chat: Chat, open_books: OpenBooks, clock: StandingClock) -> str:
    """A waiting handoff of `chat`."""
    async with open_books(chat) as books:
        return await books.handoffs.open("asked", "normal", clock.now(), note="asked twice")


@pytest.fixture
def told(database: Database, chat: Chat) -> Told:
    """The events left for the graph: kinds and contents."""

    async def read() -> list[tuple[str, Any]]:
        async with database.transaction("pet-feliz") as connection:
            rows = await connection.execute("SELECT kind, content FROM inbox WHERE done_at IS NULL ORDER BY id")
            return [(row["kind"], row["content"]) for row in await rows.fetchall()]

    return read


async def owner(database: Database, chat: Chat) -> str:
    return str((await CONVERSATIONS.one(database, "pet-feliz", chat.conversation))["owner"])


async def test_one_conversation_has_one_open_handoff(
    chat: Chat, handoff: str, open_books: OpenBooks, clock: StandingClock, database: Database
) -> None:
    async with open_books(chat) as books:
        assert await books.handoffs.open("complaint", "high", clock.now()) == handoff
        assert await books.handoffs.position() == 1
    notes, _ = await NOTES.page(database, "pet-feliz", Filter(), conversation=chat.conversation)
    assert [note["text"] for note in notes] == ["asked twice"]
    assert await owner(database, chat) == "queue"


async def test_an_agent_takes_answers_and_closes_and_the_graph_is_told_each_time(
    desk: Desk, agents: dict[str, str], chat: Chat, handoff: str, told: Told, database: Database
) -> None:
    rita = agents["rita"]
    taken = await desk.assign("pet-feliz", handoff, rita)
    assert (taken["status"], taken["agent"], taken["queue_position"]) == ("assigned", rita, None)
    assert await owner(database, chat) == "agent"
    await desk.reply("pet-feliz", handoff, rita, "Oi, sou a Rita.")
    await desk.note("pet-feliz", handoff, rita, "Prefers mornings.")
    closed = await desk.complete("pet-feliz", handoff, rita, "solved", 5)
    assert (closed["status"], closed["resolution"], closed["customer_satisfaction"]) == ("completed", "solved", 5)
    assert await owner(database, chat) == "bot"
    events = await told()
    assert [kind for kind, _ in events] == ["agent_claimed", "agent_replied", "agent_noted", "completed"]
    assert events[1][1]["text"] == "Oi, sou a Rita."
    assert all(content["handoff"] == handoff for _, content in events)


async def test_a_reply_is_in_the_transcript_and_waits_to_be_delivered(
    desk: Desk, agents: dict[str, str], chat: Chat, handoff: str, database: Database
) -> None:
    await desk.assign("pet-feliz", handoff, agents["rita"])
    await desk.reply("pet-feliz", handoff, agents["rita"], "Oi\x00!")
    said, _ = await MESSAGES.page(database, "pet-feliz", Filter(), conversation=chat.conversation)
    assert [(m["role"], m["text"], m["status"], m["author"]) for m in said] == [
        ("agent", "Oi!", "queued", agents["rita"])
    ]
    async with database.transaction("pet-feliz") as connection:
        rows = await connection.execute("SELECT kind, due_at <= clock_timestamp() AS due FROM lanes ORDER BY kind")
        lanes = {row["kind"]: row["due"] for row in await rows.fetchall()}
        row = await (await connection.execute("SELECT channel, to_value, message FROM outbox")).fetchone()
    assert lanes == {"turn": True, "delivery": True}
    assert row == {"channel": "whatsapp", "to_value": "5511988887777", "message": {"text": "Oi!"}}


async def test_of_two_agents_taking_one_handoff_at_once_one_gets_it(
    desk: Desk, agents: dict[str, str], handoff: str
) -> None:
    taken = await asyncio.gather(
        *(desk.assign("pet-feliz", handoff, agents[name]) for name in ("rita", "saulo")), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in taken) == ["Conflict", "dict"]


async def test_a_handoff_given_back_returns_the_conversation_to_the_bot_and_is_closed(
    desk: Desk, agents: dict[str, str], chat: Chat, handoff: str, told: Told, database: Database
) -> None:
    returned = await desk.give_back("pet-feliz", handoff, agents["rita"], "book a bath")
    assert (returned["status"], returned["outcome"]) == ("returned", "book a bath")
    assert await owner(database, chat) == "bot"
    assert [(kind, content["outcome"]) for kind, content in await told()] == [("returned", "book a bath")]
    for act in (desk.give_back, desk.assign):
        with pytest.raises(Conflict):
            await act("pet-feliz", handoff, agents["rita"])


async def test_a_waiting_handoff_is_assigned_before_anybody_replies(
    desk: Desk, agents: dict[str, str], handoff: str, told: Told
) -> None:
    with pytest.raises(Conflict):
        await desk.reply("pet-feliz", handoff, agents["rita"], "Oi")
    assert await told() == []


async def test_an_agent_of_another_business_neither_finds_nor_gets_the_handoff(
    desk: Desk, agents: dict[str, str], handoff: str
) -> None:
    for scope, agent in (("studio-aurora", agents["vera"]), ("pet-feliz", agents["vera"]), ("*", str(uuid4()))):
        with pytest.raises(NotFound):
            await desk.assign(scope, handoff, agents["rita"], agent)
    with pytest.raises(NotFound):
        await desk.reply("pet-feliz", "no id", agents["rita"], "Oi")


async def test_the_platforms_administrator_serves_every_business(
    desk: Desk, handoff: str, database: Database, clock: StandingClock
) -> None:
    admin = await Users(database).ensure_admin("root@example.com", "Root", "x", clock.now())
    assert (await desk.assign("*", handoff, admin.id))["agent"] == admin.id


async def test_a_person_takes_a_conversation_nobody_asked_to_hand_over(
    desk: Desk, agents: dict[str, str], chat: Chat, told: Told, database: Database
) -> None:
    taken = await desk.take_over("pet-feliz", chat.conversation, agents["rita"])
    assert (taken["status"], taken["reason"], taken["agent"]) == ("assigned", "takeover", agents["rita"])
    assert await owner(database, chat) == "agent"
    assert [kind for kind, _ in await told()] == ["agent_claimed"]
    with pytest.raises(Conflict):
        await desk.take_over("pet-feliz", chat.conversation, agents["saulo"])


async def test_the_line_serves_urgent_ones_first_then_first_come(
    open_chat: OpenChat, open_books: OpenBooks, clock: StandingClock, database: Database
) -> None:
    opened = []
    priorities: tuple[Literal["normal", "high"], ...] = ("normal", "normal", "high")
    for number, priority in enumerate(priorities):
        async with open_books(await open_chat("pet-feliz", f"551190000000{number}")) as books:
            await books.handoffs.open("asked", priority, clock.now())
            opened.append(await books.handoffs.position())
    rows, _ = await HANDOFFS.page(database, "*", Filter(tenant="pet-feliz", status="waiting"))
    assert opened == [1, 2, 1]
    assert [row["queue_position"] for row in reversed(rows)] == [2, 3, 1]
