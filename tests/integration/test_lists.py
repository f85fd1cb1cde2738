"""What REST and console read: the contract's shapes, filters by any of a customer's names, pages that miss nothing."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from domain.clock import StandingClock
from domain.errors import NotFound
from domain.ports import OrderDraft, OrderLine
from persistence.database import Database
from persistence.lists import (
    BOOKINGS,
    CONVERSATIONS,
    CUSTOMERS,
    HANDOFFS,
    MESSAGES,
    ORDERS,
    UNANSWERED,
)
from persistence.pages import Filter, Listing
from tests.integration.conftest import Chat, OpenBooks, OpenChat

BusyDay = tuple[Chat, Chat, Chat]


@pytest.fixture
async def busy_day(open_chat: OpenChat, open_books: OpenBooks, clock: StandingClock) -> BusyDay:
    """Ana books and orders, Bia books, in two businesses; answers their chats."""
    ana = await open_chat("studio-aurora", "5511988887777")
    bia = await open_chat("studio-aurora", "5511977776666", "Bia")
    shopper = await open_chat("pet-feliz", "5511988887777")
    start = clock.now() + timedelta(days=1)
    for number, chat in enumerate((ana, bia, ana)):
        begin = start + timedelta(hours=number)
        async with open_books(chat) as books:
            await books.bookings.book("escova", "ana", begin, begin + timedelta(minutes=45), str(number))
    async with open_books(shopper) as books:
        line = OrderLine("bola", 2, Decimal("12.00"))
        terms = {"method": "pickup"}
        await books.orders.place(OrderDraft((line,), terms, "cash", Decimal("50.00"), Decimal("24.00")), "a")
        await books.questions.record("Vocês vendem hamster?", "pt-BR", clock.now())
    return ana, bia, shopper


async def test_a_booking_and_an_order_have_the_contracts_shape(
    busy_day: BusyDay, database: Database, clock: StandingClock
) -> None:
    ana, _, shopper = busy_day
    (booking, *_), _ = await BOOKINGS.page(database, "*", Filter(customer="5511988887777"))
    assert {"id", "tenant", "customer", "service", "professional", "start", "end", "status"} <= booking.keys()
    assert (booking["customer"], booking["start"]) == (ana.customer, clock.now() + timedelta(days=1, hours=2))
    (order,), _ = await ORDERS.page(database, "*", Filter())
    assert (order["customer"], order["items"]) == (
        shopper.customer,
        [{"product": "bola", "quantity": 2, "price": "12.00"}],
    )
    assert (order["total"], order["payment"], order["change_for"], order["number"]) == (24, "cash", 50, 1001)
    assert await ORDERS.one(database, "pet-feliz", order["id"]) == order


@pytest.mark.parametrize("name", ["5511988887777", "551188887777", "+55 (11) 98888-7777", "+55 11 8888-7777"])
async def test_a_customer_is_found_by_any_spelling_of_the_phone(
    busy_day: BusyDay, database: Database, name: str
) -> None:
    ana, _, shopper = busy_day
    rows, _ = await CUSTOMERS.page(database, "*", Filter(customer=name))
    assert {row["id"] for row in rows} == {ana.customer, shopper.customer}
    rows, _ = await CONVERSATIONS.page(database, "*", Filter(customer=name, tenant="studio-aurora"))
    assert [(row["id"], row["owner"], row["customer_name"]) for row in rows] == [(ana.conversation, "bot", "Ana")]


async def test_a_customer_is_found_by_id_and_nobody_by_nonsense(busy_day: BusyDay, database: Database) -> None:
    _, bia, _ = busy_day
    rows, _ = await BOOKINGS.page(database, "*", Filter(customer=bia.customer))
    assert [row["customer"] for row in rows] == [bia.customer]
    assert await BOOKINGS.page(database, "*", Filter(customer="'; DROP TABLE bookings; --")) == ([], None)


@pytest.mark.usefixtures("busy_day")
async def test_a_caller_sees_only_its_business_whatever_it_asks_for(database: Database) -> None:
    assert await BOOKINGS.page(database, "pet-feliz", Filter()) == ([], None)
    assert await BOOKINGS.page(database, "pet-feliz", Filter(tenant="studio-aurora")) == ([], None)
    (stranger, *_), _ = await BOOKINGS.page(database, "*", Filter())
    with pytest.raises(NotFound):
        await BOOKINGS.one(database, "pet-feliz", stranger["id"])


@pytest.mark.usefixtures("busy_day")
@pytest.mark.parametrize("listing", [BOOKINGS, CUSTOMERS, CONVERSATIONS])
async def test_pages_follow_each_other_without_gaps_or_repeats(database: Database, listing: Listing) -> None:
    whole, end = await listing.page(database, "*", Filter())
    assert end is None
    turned, cursor = [], None
    while True:
        rows, cursor = await listing.page(database, "*", Filter(cursor=cursor, limit=2))
        turned += rows
        if cursor is None:
            break
    assert turned == whole


@pytest.mark.parametrize("cursor", ["x", "bm8=", "WyJ4Il0=", "é"])
async def test_a_cursor_of_no_list_is_not_found(database: Database, cursor: str) -> None:
    with pytest.raises(NotFound):
        await BOOKINGS.page(database, "*", Filter(cursor=cursor))


@pytest.mark.usefixtures("busy_day")
async def test_lists_filter_by_status(database: Database) -> None:
    assert len((await BOOKINGS.page(database, "*", Filter(status="confirmed")))[0]) == 3
    assert (await BOOKINGS.page(database, "*", Filter(status="cancelled")))[0] == []
    assert (await CONVERSATIONS.page(database, "*", Filter(status="agent")))[0] == []
    assert (await HANDOFFS.page(database, "*", Filter(status="waiting")))[0] == []


async def test_the_transcript_tells_what_became_of_each_message(busy_day: BusyDay, database: Database) -> None:
    ana, *_ = busy_day
    write = (
        "INSERT INTO messages (id, tenant, conversation, role, text, at) "
        "VALUES (%s, 'studio-aurora', %s, %s, %s, now())"
    )
    async with database.transaction("studio-aurora") as connection:
        for role, text in (("customer", "oi"), ("system", "note"), ("bot", "olá")):
            message = uuid4()
            await connection.execute(write, (message, ana.conversation, role, text))
        await connection.execute(
            "INSERT INTO outbox (id, tenant, conversation, channel, account, to_kind, to_value, message, status, "
            "created_at, changed_at) SELECT %s, tenant, id, channel, account, to_kind, to_value, '{}', 'read', now(), "
            "now() FROM conversations WHERE id = %s",
            (message, ana.conversation),
        )
    rows, _ = await MESSAGES.page(database, "*", Filter(), conversation=ana.conversation)
    assert [(m["role"], m["text"], m["status"]) for m in rows] == [
        ("customer", "oi", "received"),
        ("system", "note", None),
        ("bot", "olá", "read"),
    ]


async def test_unanswered_questions_are_kept_for_the_owner(busy_day: BusyDay, database: Database) -> None:
    rows, _ = await UNANSWERED.page(database, "pet-feliz", Filter(customer=busy_day[2].customer))
    assert [row["text"] for row in rows] == ["Vocês vendem hamster?"]


async def test_a_customers_profile_changes_and_opting_out_is_remembered(
    busy_day: BusyDay, open_books: OpenBooks, clock: StandingClock, database: Database
) -> None:
    ana, *_ = busy_day
    async with open_books(ana) as books:
        await books.customers.update(language="pt-BR", zone="Centro")
        await books.customers.opt_out(clock.now())
        profile = await books.customers.profile()
        assert (profile.name, profile.language, profile.zone, profile.opted_out) == ("Ana", "pt-BR", "Centro", True)
    rows, _ = await CUSTOMERS.page(database, "*", Filter(status="opted_out"))
    assert [row["id"] for row in rows] == [ana.customer]
    async with open_books(ana) as books:
        await books.customers.opt_in()
        assert not (await books.customers.profile()).opted_out
        with pytest.raises(ValueError, match="tenant"):
            await books.customers.update(tenant="pet-feliz")


@pytest.mark.parametrize(
    ("listing", "place"),
    [
        (BOOKINGS, [2**63]),
        (BOOKINGS, [-(10**30)]),
        (CUSTOMERS, ["2026-03-10T10:00:00+23:59", "00000000-0000-0000-0000-000000000000"]),
        (CUSTOMERS, ["0001-01-01T00:00:00+12:00", "00000000-0000-0000-0000-000000000000"]),
    ],
)
async def test_a_cursor_nobody_gave_out_is_no_page_or_an_empty_one(
    database: Database, listing: Listing, place: list[object]
) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
    with suppress(NotFound):
        assert await listing.page(database, "*", Filter(cursor=cursor)) == ([], None)
