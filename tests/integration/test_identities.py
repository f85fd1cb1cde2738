"""Who wrote: every name a provider knows somebody by leads to one customer, also when two webhooks come at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from domain.clock import StandingClock
from domain.messages import Alias
from persistence.database import Database
from persistence.identities import conversation, resolve

Resolve = Callable[..., Awaitable[UUID]]


@pytest.fixture
def resolved(database: Database, clock: StandingClock) -> Resolve:
    async def once(*aliases: Alias, tenant: str = "pet-feliz") -> UUID:
        async with database.transaction(tenant) as connection:
            return await resolve(connection, tenant, aliases, "Ana", clock.now())

    return once


def phone(value: str) -> Alias:
    return Alias("phone", value)


async def test_the_ninth_digit_of_brazil_does_not_split_a_customer(resolved: Resolve) -> None:
    assert await resolved(phone("5511988887777")) == await resolved(phone("551188887777"))
    assert await resolved(phone("553188887777")) == await resolved(phone("5531988887777"))


async def test_a_landline_and_a_foreign_number_have_no_second_form(resolved: Resolve) -> None:
    assert await resolved(phone("551138887777")) != await resolved(phone("5511938887777"))
    assert await resolved(phone("14155550100")) != await resolved(phone("149155550100"))


async def test_a_later_name_is_learned_from_an_earlier_one(resolved: Resolve) -> None:
    ana = await resolved(phone("5511988887777"))
    assert await resolved(phone("5511988887777"), Alias("bsuid", "BR.1")) == ana
    assert await resolved(Alias("bsuid", "BR.1")) == ana


async def test_two_businesses_know_the_same_phone_as_two_customers(resolved: Resolve) -> None:
    assert await resolved(phone("5511988887777")) != await resolved(phone("5511988887777"), tenant="studio-aurora")


async def test_webhooks_of_one_new_customer_at_once_make_one_customer(resolved: Resolve, database: Database) -> None:
    both = (phone("5511988887777"), Alias("bsuid", "BR.1"))
    found = await asyncio.gather(
        *(resolved(*aliases) for aliases in (both, both[:1], both[1:], tuple(reversed(both))) * 2)
    )
    async with database.transaction("pet-feliz") as connection:
        rows = await (await connection.execute("SELECT id FROM customers")).fetchall()
        named = await (await connection.execute("SELECT DISTINCT customer FROM identities")).fetchall()
    # Two webhooks that share no name may be two people until one brings both names; every customer keeps a name.
    assert {row["id"] for row in rows} == {row["customer"] for row in named}
    assert set(found) <= {row["id"] for row in rows}
    assert await resolved(both[0]) == await resolved(phone("551188887777"))


async def test_the_same_message_twice_at_once_makes_one_customer_and_one_conversation(
    resolved: Resolve, database: Database, clock: StandingClock
) -> None:
    async def receive() -> tuple[UUID, UUID]:
        async with database.transaction("pet-feliz") as connection:
            who = await resolve(connection, "pet-feliz", (phone("5511988887777"),), "Ana", clock.now())
            where = await conversation(
                connection, "pet-feliz", who, "whatsapp", "1", phone("5511988887777"), clock.now()
            )
        return who, where

    assert len(set(await asyncio.gather(*(receive() for _ in range(8))))) == 1


async def test_replies_go_to_the_name_received_last_unchanged(
    resolved: Resolve, database: Database, clock: StandingClock
) -> None:
    for value in ("5511988887777", "551188887777"):
        who = await resolved(phone(value))
        async with database.transaction("pet-feliz") as connection:
            await conversation(
                connection, "pet-feliz", who, "whatsapp", "1", phone(value), clock.now(), {"source": "ad"}
            )
    async with database.transaction("pet-feliz") as connection:
        rows = await (await connection.execute("SELECT to_value, referral FROM conversations")).fetchall()
    assert rows == [{"to_value": "551188887777", "referral": {"source": "ad"}}]
