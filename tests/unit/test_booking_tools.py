"""Appointments: one slot, one customer; effects happen once, and refusals say why."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from domain.errors import Impossible
from persistence.memory import Shop
from tests.twins.counter import BUSINESSES, box, refusal

WEDNESDAY_15 = "2026-03-11T15:00:00-03:00"
CUT = {"service": "corte-feminino", "professional": "ana", "start": WEDNESDAY_15}


@pytest.fixture
def salon() -> Shop:
    return Shop(BUSINESSES["studio-aurora"])


async def test_a_booking_answers_with_its_receipt(salon: Shop) -> None:
    receipt = await box(salon).call("book_appointment", {**CUT, "key": "1"})
    assert receipt == {
        "receipt": salon.book[0].booking.id,
        "booking": salon.book[0].booking.id,
        "service": "corte-feminino",
        "professional": "ana",
        "start": WEDNESDAY_15,
        "end": "2026-03-11T16:00:00-03:00",
        "status": "confirmed",
        "price": "90.00",
    }


async def test_the_same_key_books_once(salon: Shop) -> None:
    first = await box(salon).call("book_appointment", {**CUT, "key": "1"})
    again = await box(salon).call("book_appointment", {**CUT, "professional": "any", "key": "1"})
    assert (again, len(salon.book)) == (first, 1)


async def test_two_customers_racing_for_one_slot_get_one_booking(salon: Shop) -> None:
    results = await asyncio.gather(
        *(box(salon, who).call("book_appointment", {**CUT, "key": who}) for who in ("maria", "joana")),
        return_exceptions=True,
    )
    lost = next(result for result in results if isinstance(result, Impossible))
    assert (lost.reason, len(salon.book)) == ("slot_taken", 1)
    assert lost.facts["nearest"][0]["start"] == "2026-03-11T14:00:00-03:00"


async def test_a_taken_time_offers_the_same_person_around_it_and_others_at_it(salon: Shop) -> None:
    await box(salon, "joana").call("book_appointment", {**CUT, "key": "1"})
    checked = await box(salon).call("check_time", CUT)
    near = [(offer["professional"], offer["start"][11:16]) for offer in checked["nearest"]]
    assert (checked["free"], checked["reason"]) == (False, "full")
    assert near == [("ana", "14:00"), ("ana", "16:00"), ("bruno", "15:00")]


async def test_any_professional_means_the_least_busy_one_that_day(salon: Shop) -> None:
    await box(salon, "joana").call("book_appointment", {**CUT, "start": "2026-03-11T09:00:00-03:00", "key": "1"})
    checked = await box(salon).call("check_time", {**CUT, "professional": "any"})
    assert checked["professional"] == "bruno"


async def test_the_customers_own_appointment_is_recognised_as_theirs(salon: Shop) -> None:
    toolbox = box(salon)
    mine = await toolbox.call("book_appointment", {**CUT, "key": "1"})
    refused = await refusal(toolbox, "book_appointment", **{**CUT, "professional": "bruno"}, key="2")
    assert (refused.reason, refused.facts["own"]["booking"]) == ("own_booking", mine["receipt"])


async def test_a_second_appointment_at_that_hour_is_for_somebody_else_and_with_somebody_else(salon: Shop) -> None:
    toolbox = box(salon)
    await toolbox.call("book_appointment", {**CUT, "key": "1"})
    second = {**CUT, "professional": "any", "for_another": True}
    booked = await toolbox.call("book_appointment", {**second, "key": "2"})
    again = await toolbox.call("book_appointment", {**second, "key": "2"})
    third = await refusal(toolbox, "book_appointment", **second, key="3")
    assert (booked["professional"], booked["start"]) == ("bruno", WEDNESDAY_15)
    assert (again, third.reason, len(salon.book)) == (booked, "own_booking", 2)


async def test_one_of_two_at_one_hour_moves_beside_the_other(salon: Shop) -> None:
    toolbox = box(salon)
    mine = await toolbox.call("book_appointment", {**CUT, "key": "1"})
    hers = await toolbox.call("book_appointment", {**CUT, "professional": "bruno", "for_another": True, "key": "2"})
    later = {"start": "2026-03-12T15:00:00-03:00"}
    await toolbox.call("reschedule_appointment", {"booking": mine["receipt"], **later, "key": "3"})
    alone = await refusal(toolbox, "reschedule_appointment", booking=hers["receipt"], **later, key="4")
    assert alone.reason == "own_booking"  # they stand apart now: nothing tells that it is not one person


async def test_moving_ignores_its_own_slot_and_keeps_the_professional(salon: Shop) -> None:
    toolbox = box(salon)
    mine = await toolbox.call("book_appointment", {**CUT, "key": "1"})
    moved = await toolbox.call(
        "reschedule_appointment", {"booking": mine["receipt"], "start": "2026-03-11T15:30:00-03:00", "key": "2"}
    )
    assert (moved["professional"], moved["start"], moved["previous"]["start"]) == (
        "ana",
        "2026-03-11T15:30:00-03:00",
        WEDNESDAY_15,
    )
    assert len(salon.book) == 1


async def test_an_appointment_becomes_another_service_and_takes_as_long_as_that(salon: Shop) -> None:
    toolbox = box(salon)
    mine = await toolbox.call("book_appointment", {**CUT, "key": "1"})
    became = {"booking": mine["receipt"], "start": WEDNESDAY_15, "service": "coloracao", "key": "2"}
    changed = await toolbox.call("reschedule_appointment", became)
    lasts = datetime.fromisoformat(changed["end"]) - datetime.fromisoformat(changed["start"])
    assert (changed["service"], lasts) == ("coloracao", timedelta(minutes=120))
    assert len(salon.book) == 1


async def test_too_late_to_cancel_or_move_is_said_with_the_policy(salon: Shop) -> None:
    mine = await box(salon).call("book_appointment", {**CUT, "key": "1"})
    later = box(salon, now=datetime.fromisoformat(WEDNESDAY_15) - timedelta(minutes=239))
    cancel = await refusal(later, "cancel_appointment", booking=mine["receipt"], key="2")
    move = await refusal(
        later, "reschedule_appointment", booking=mine["receipt"], start="2026-03-12T15:00:00-03:00", key="3"
    )
    assert [(error.reason, error.facts["minutes"]) for error in (cancel, move)] == [("late", 240)] * 2


async def test_cancelling_twice_is_one_cancellation_and_frees_the_slot(salon: Shop) -> None:
    toolbox = box(salon)
    mine = await toolbox.call("book_appointment", {**CUT, "key": "1"})
    for _ in range(2):
        gone = await toolbox.call("cancel_appointment", {"booking": mine["receipt"], "key": "2"})
        assert gone["status"] == "cancelled"
    assert (await box(salon, "joana").call("check_time", CUT))["free"]
    assert (await toolbox.call("my_appointments"))["latest"]["booking"] == mine["receipt"]


async def test_nobody_touches_another_customers_appointment(salon: Shop) -> None:
    mine = await box(salon).call("book_appointment", {**CUT, "key": "1"})
    error = await refusal(box(salon, "joana"), "cancel_appointment", booking=mine["receipt"], key="2")
    assert (error.reason, salon.book[0].booking.status) == ("not_found", "confirmed")


@pytest.mark.parametrize("business", ["clinica-sorriso", "cryptolock"])
async def test_where_a_person_books_the_bot_does_not(business: str) -> None:
    toolbox = box(Shop(BUSINESSES[business]))
    error = await refusal(toolbox, "check_time", service="avaliacao", start=WEDNESDAY_15)
    assert error.reason == "agent_books"


@pytest.mark.parametrize(
    ("day", "reason", "near"),
    [
        ("2026-03-16", "closed", ["2026-03-14T16:00", "2026-03-17T09:00", "2026-03-17T10:00"]),
        ("2026-04-03", "holiday", ["2026-04-02T18:00", "2026-04-04T09:00", "2026-04-04T10:00"]),
        ("2026-03-09", "past", ["2026-03-10T11:00", "2026-03-10T12:00", "2026-03-10T13:00"]),
        ("2026-06-10", "horizon", ["2026-05-09T14:00", "2026-05-09T15:00", "2026-05-09T16:00"]),
    ],
)
async def test_a_day_without_times_says_why_and_offers_the_nearest(
    salon: Shop, day: str, reason: str, near: list[str]
) -> None:
    window = {"start": f"{day}T00:00:00-03:00", "end": f"{day}T23:59:59-03:00"}
    found = await box(salon).call("find_free_times", {"service": "corte-feminino", **window})
    assert (found["times"], found["reason"]) == ([], reason)
    assert [offer["start"][:16] for offer in found["nearest"]] == near


async def test_a_whole_day_offers_varied_times_or_the_first_ones(salon: Shop) -> None:
    window = {"start": "2026-03-11T00:00:00-03:00", "end": "2026-03-12T00:00:00-03:00"}
    search = {"service": "corte-feminino", "professional": "ana", **window}
    varied = await box(salon).call("find_free_times", search)
    first = await box(salon).call("find_free_times", {**search, "spread": False})
    assert [offer["start"][11:16] for offer in varied["times"]] == ["09:00", "13:00", "18:00"]
    assert [offer["start"][11:16] for offer in first["times"]] == ["09:00", "09:15", "09:30"]


@pytest.mark.parametrize(
    ("service", "asked", "near"),
    [
        ("manicure", "2026-03-14T14:00", ["2026-03-13T14:00", "2026-03-17T14:00", "2026-03-18T14:00"]),  # a day off
        ("escova", "2026-03-16T10:30", ["2026-03-14T10:30", "2026-03-17T10:30", "2026-03-18T10:30"]),  # closed
        ("escova", "2026-03-14T18:00", ["2026-03-14T16:00", "2026-03-14T16:15", "2026-03-17T18:00"]),  # closed by then
        ("escova", "2026-03-17T20:00", ["2026-03-17T18:00", "2026-03-17T18:15", "2026-03-18T18:15"]),
    ],
)
async def test_where_an_hour_cannot_be_had_other_days_are_offered_at_about_that_hour(
    salon: Shop, service: str, asked: str, near: list[str]
) -> None:
    checked = await box(salon).call("check_time", {"service": service, "start": f"{asked}:00-03:00"})
    assert [offer["start"][:16] for offer in checked["nearest"]] == near


async def test_a_full_afternoon_offers_the_same_day_and_then_the_next_afternoon(salon: Shop) -> None:
    for hour in ("12", "14", "16"):
        await box(salon, "joana").call(
            "book_appointment",
            {"service": "coloracao", "professional": "ana", "start": f"2026-03-11T{hour}:30:00-03:00", "key": hour},
        )
    window = {"start": "2026-03-11T12:30:00-03:00", "end": "2026-03-11T18:00:00-03:00"}
    found = await box(salon).call("find_free_times", {"service": "coloracao", "professional": "ana", **window})
    near = ["2026-03-11T09:30", "2026-03-11T10:30", "2026-03-12T12:30"]
    assert (found["reason"], [offer["start"][:16] for offer in found["nearest"]]) == ("full", near)
