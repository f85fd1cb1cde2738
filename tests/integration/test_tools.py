"""The tools on the real books: what the twin promises in the unit tests holds in Postgres too."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from domain.business import Business
from domain.clock import StandingClock
from domain.errors import Impossible
from tests.integration.conftest import OpenBooks, OpenChat
from tools.toolbox import Toolbox

CUT = {"service": "corte-feminino", "professional": "ana", "start": "2026-03-11T15:00:00-03:00"}


@pytest.fixture
def salon(businesses: Mapping[str, Business]) -> Business:
    return businesses["studio-aurora"]


async def test_two_customers_racing_by_tool_get_one_booking_and_the_nearest_times(
    open_chat: OpenChat, open_books: OpenBooks, clock: StandingClock, salon: Business
) -> None:
    async def compete(phone: str) -> Mapping[str, Any] | Impossible:
        chat = await open_chat("studio-aurora", phone)
        async with open_books(chat) as books:
            try:
                return await Toolbox(salon, books, clock.now()).call("book_appointment", {**CUT, "key": phone})
            except Impossible as refusal:
                return refusal

    outcomes = await asyncio.gather(compete("5511988887777"), compete("5511977776666"))
    lost = next(outcome for outcome in outcomes if isinstance(outcome, Impossible))
    near = [(offer["professional"], offer["start"][11:16]) for offer in lost.facts["nearest"]]
    assert [isinstance(outcome, dict) for outcome in outcomes].count(True) == 1
    assert (lost.reason, near) == ("slot_taken", [("ana", "14:00"), ("ana", "16:00"), ("bruno", "15:00")])


async def test_an_appointment_is_booked_moved_and_cancelled_each_once(
    open_chat: OpenChat, open_books: OpenBooks, clock: StandingClock, salon: Business
) -> None:
    chat = await open_chat("studio-aurora")
    for _ in range(2):  # the second time every write is a repetition
        async with open_books(chat) as books:
            toolbox = Toolbox(salon, books, clock.now())
            booked = await toolbox.call("book_appointment", {**CUT, "key": "book"})
    async with open_books(chat) as books:
        toolbox = Toolbox(salon, books, clock.now())
        target = {"booking": booked["receipt"], "start": "2026-03-11T15:30:00-03:00"}
        moved = await toolbox.call("reschedule_appointment", {**target, "key": "move"})
        again = await toolbox.call("reschedule_appointment", {**target, "key": "move"})
        assert (moved["start"], again["start"]) == (target["start"], target["start"])
        for _ in range(2):
            gone = await toolbox.call("cancel_appointment", {"booking": booked["receipt"], "key": "cancel"})
            assert gone["status"] == "cancelled"
        assert (await toolbox.call("my_appointments"))["appointments"] == []


async def test_an_order_is_placed_changed_and_cancelled_with_its_stock(
    open_chat: OpenChat, open_books: OpenBooks, clock: StandingClock, businesses: Mapping[str, Business]
) -> None:
    chat = await open_chat("pet-feliz")
    terms = {"delivery": {"method": "delivery", "zone": "centro", "address": "Rua A, 10"}, "payment": "pix"}
    items = [{"product": "racao-golden-15", "quantity": 12}]
    order = {**terms, "items": items, "expected_total": "2278.80", "key": "place"}
    async with open_books(chat) as books:
        placed = await Toolbox(businesses["pet-feliz"], books, clock.now()).call("place_order", order)
    async with open_books(chat) as books:
        toolbox = Toolbox(businesses["pet-feliz"], books, clock.now())
        assert (await toolbox.call("place_order", order))["receipt"] == placed["receipt"]
        assert (await toolbox.call("check_stock", {"product": "racao-golden-15"}))["stock"] == 0
        fewer = [{"product": "racao-golden-15", "quantity": 1}]
        changed = await toolbox.call(
            "change_order",
            {**order, "order": placed["id"], "items": fewer, "expected_total": "197.90", "key": "change"},
        )
        assert (changed["total"], changed["delivery"]["fee"]) == ("197.90", "8.00")
        await toolbox.call("cancel_order", {"order": placed["id"], "key": "cancel"})
        assert (await toolbox.call("check_stock", {"product": "racao-golden-15"}))["stock"] == 12
        assert (await toolbox.call("order_status"))["status"] == "cancelled"


async def test_a_person_a_profile_and_a_question_reach_their_tables(
    open_chat: OpenChat, open_books: OpenBooks, clock: StandingClock, salon: Business
) -> None:
    async with open_books(await open_chat("studio-aurora")) as books:
        toolbox = Toolbox(salon, books, clock.now())
        await toolbox.call("update_customer", {"name": "Marina", "zone": "Centro"})
        await toolbox.call("record_question", {"text": "vocês vendem pneu?"})
        asked = await toolbox.call("request_person", {"reason": "asked"})
        again = await toolbox.call("request_person", {"reason": "asked"})
        assert (asked["position"], again["receipt"]) == (1, asked["receipt"])
        assert (await toolbox.call("customer_profile"))["name"] == "Marina"


async def test_a_mother_and_her_daughter_have_their_hair_cut_at_one_hour(
    open_chat: OpenChat, open_books: OpenBooks, clock: StandingClock, salon: Business
) -> None:
    chat = await open_chat("studio-aurora")
    hers = {**CUT, "professional": "bruno"}
    async with open_books(chat) as books:
        toolbox = Toolbox(salon, books, clock.now())
        mine = await toolbox.call("book_appointment", {**CUT, "key": "mine"})
        with pytest.raises(Impossible, match="own_booking"):
            await toolbox.call("book_appointment", {**hers, "key": "said twice"})
        await toolbox.call("book_appointment", {**hers, "for_another": True, "key": "hers"})
    for _ in range(2):  # the same yes, delivered again
        async with open_books(chat) as books:
            toolbox = Toolbox(salon, books, clock.now())
            repeated = await toolbox.call("book_appointment", {**hers, "for_another": True, "key": "hers"})
    async with open_books(chat) as books:
        standing = (await Toolbox(salon, books, clock.now()).call("my_appointments"))["appointments"]
    assert [(each["professional"], each["start"]) for each in standing] == [
        ("ana", mine["start"]), ("bruno", repeated["start"]),
    ]  # fmt: skip
