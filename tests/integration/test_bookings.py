"""The appointment book: one slot, one booking, whoever races for it; a repeated write is one write."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from domain.clock import StandingClock
from domain.errors import FixArguments, Impossible
from domain.ports import Booking
from tests.integration.conftest import OpenBooks, OpenChat

Slot = tuple[datetime, datetime]


@pytest.fixture
def slot(clock: StandingClock) -> Slot:
    start = clock.now() + timedelta(days=1)
    return start, start + timedelta(minutes=45)


async def test_two_customers_racing_for_one_slot_get_one_booking(
    open_chat: OpenChat, open_books: OpenBooks, slot: Slot
) -> None:
    async def compete(phone: str, key: str) -> Booking | Impossible:
        chat = await open_chat("studio-aurora", phone)
        try:
            async with open_books(chat) as books:
                return await books.bookings.book("corte-feminino", "ana", *slot, key)
        except Impossible as refusal:
            return refusal

    ana, bia = await asyncio.gather(compete("5511988887777", "a"), compete("5511977776666", "b"))
    refused = [outcome for outcome in (ana, bia) if isinstance(outcome, Impossible)]
    assert [refusal.reason for refusal in refused] == ["slot_taken"]


async def test_a_refused_slot_leaves_the_transaction_usable(
    open_chat: OpenChat, open_books: OpenBooks, slot: Slot
) -> None:
    chat = await open_chat("studio-aurora")
    async with open_books(chat) as books:
        await books.bookings.book("corte-feminino", "ana", *slot, "a")
        with pytest.raises(Impossible, match="slot_taken"):
            await books.bookings.book("corte-feminino", "ana", *slot, "b")
        later = (slot[0] + timedelta(hours=1), slot[1] + timedelta(hours=1))
        second = await books.bookings.book("corte-feminino", "ana", *later, "c")
        with pytest.raises(Impossible, match="slot_taken"):
            await books.bookings.move(second.id, "ana", *slot, "d")
        assert await books.bookings.latest() == second
    async with open_books(chat) as books:
        assert [booking.start for booking in await books.bookings.mine(slot[0])] == [slot[0], later[0]]


async def test_bookings_back_to_back_do_not_overlap(open_chat: OpenChat, open_books: OpenBooks, slot: Slot) -> None:
    async with open_books(await open_chat("studio-aurora")) as books:
        await books.bookings.book("corte-feminino", "ana", *slot, "a")
        after = (slot[1], slot[1] + timedelta(minutes=45))
        assert (await books.bookings.book("corte-feminino", "ana", *after, "b")).start == slot[1]
        assert [booking.start for booking in await books.bookings.busy(*after)] == [slot[1]]


async def test_the_same_key_books_once(open_chat: OpenChat, open_books: OpenBooks, slot: Slot) -> None:
    chat = await open_chat("studio-aurora")
    made = []
    for _ in range(2):
        async with open_books(chat) as books:
            made.append(await books.bookings.book("corte-feminino", "ana", *slot, "a"))
    assert made[0] == made[1]


async def test_a_moved_booking_frees_its_slot_and_moving_twice_is_one_move(
    open_chat: OpenChat, open_books: OpenBooks, slot: Slot
) -> None:
    chat = await open_chat("studio-aurora")
    later = (slot[0] + timedelta(hours=2), slot[1] + timedelta(hours=2))
    async with open_books(chat) as books:
        first = await books.bookings.book("corte-feminino", "ana", *slot, "a")
        moved = await books.bookings.move(first.id, "ana", *later, "b")
        await books.bookings.book("corte-feminino", "ana", *slot, "c")
        assert await books.bookings.move(first.id, "ana", *slot, "b") == moved


async def test_a_booking_moved_with_another_service_holds_that_one(
    open_chat: OpenChat, open_books: OpenBooks, slot: Slot
) -> None:
    async with open_books(await open_chat("studio-aurora")) as books:
        made = await books.bookings.book("corte-feminino", "ana", *slot, "a")
        await books.bookings.move(made.id, "ana", *slot, "b", "escova")
        assert [each.service for each in await books.bookings.mine(slot[0])] == ["escova"]
        await books.bookings.move(made.id, "ana", *slot, "c")
        assert [each.service for each in await books.bookings.mine(slot[0])] == ["escova"]


async def test_cancelling_twice_is_one_cancellation_and_frees_the_slot(
    open_chat: OpenChat, open_books: OpenBooks, slot: Slot
) -> None:
    async with open_books(await open_chat("studio-aurora")) as books:
        made = await books.bookings.book("corte-feminino", "ana", *slot, "a")
        once = await books.bookings.cancel(made.id, "b")
        assert once.status == "cancelled"
        assert await books.bookings.cancel(made.id, "c") == once
        assert await books.bookings.busy(*slot) == []
        with pytest.raises(Impossible, match="not_found"):
            await books.bookings.move(made.id, "ana", *slot, "d")


async def test_another_customers_booking_cannot_be_touched(
    open_chat: OpenChat, open_books: OpenBooks, slot: Slot
) -> None:
    async with open_books(await open_chat("studio-aurora")) as books:
        made = await books.bookings.book("corte-feminino", "ana", *slot, "a")
    async with open_books(await open_chat("studio-aurora", "5511977776666")) as books:
        for booking in (made.id, "not even an id"):
            with pytest.raises(Impossible, match="not_found"):
                await books.bookings.cancel(booking, "b")


async def test_an_unknown_professional_is_a_wrong_argument_not_a_taken_slot(
    open_chat: OpenChat, open_books: OpenBooks, slot: Slot
) -> None:
    async with open_books(await open_chat("studio-aurora")) as books:
        with pytest.raises(FixArguments):
            await books.bookings.book("corte-feminino", "nobody", *slot, "a")


async def test_times_come_back_in_the_businesss_zone(open_chat: OpenChat, open_books: OpenBooks, slot: Slot) -> None:
    async with open_books(await open_chat("studio-aurora")) as books:
        made = await books.bookings.book("corte-feminino", "ana", *slot, "a")
    assert made.start.isoformat() == "2026-03-11T10:00:00-03:00"
