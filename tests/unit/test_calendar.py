"""Free times: nothing is offered that could not be booked, and what cannot be booked says why."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.business import WEEKDAYS, BookingRules, Business, Professional, Service, load
from domain.errors import Impossible
from domain.ports import Booking
from persistence.memory import Shop
from tools.calendar import Calendar
from tools.toolbox import Toolbox

AURORA = load(Path(__file__).parents[2] / "businesses" / "studio-aurora.yaml")
TUESDAY = datetime.fromisoformat("2026-03-10T10:00:00-03:00")


def at(text: str) -> datetime:
    """A local time of the salon: "2026-03-11T15:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=AURORA.zone)


def booked(professional: str, start: str, minutes: int = 60) -> Booking:
    return Booking(
        "other", "corte-feminino", professional, at(start), at(start) + timedelta(minutes=minutes), "confirmed"
    )


def calendar(*busy: Booking, own: tuple[Booking, ...] = (), now: datetime = TUESDAY) -> Calendar:
    assert AURORA.booking is not None
    return Calendar(AURORA, AURORA.booking, now, busy, own)


def service(service_id: str) -> Service:
    found = AURORA.service(service_id)
    assert found is not None
    return found


def person(person_id: str) -> Professional:
    found = AURORA.professional(person_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("start", "who", "what", "reason"),
    [
        ("2026-03-11T15:00", "ana", "corte-feminino", None),
        ("2026-03-10T09:00", "ana", "corte-feminino", "past"),
        ("2026-03-10T10:45", "ana", "corte-feminino", "notice"),
        ("2026-03-10T11:00", "ana", "corte-feminino", None),
        ("2026-05-09T09:00", "ana", "corte-feminino", None),
        ("2026-05-12T09:00", "ana", "corte-feminino", "horizon"),
        ("2026-04-03T15:00", "ana", "corte-feminino", "holiday"),
        ("2026-03-16T15:00", "ana", "corte-feminino", "closed"),
        ("2026-03-11T08:45", "ana", "corte-feminino", "closed"),
        ("2026-03-11T18:00", "ana", "corte-feminino", None),
        ("2026-03-11T18:15", "ana", "corte-feminino", "closed"),
        ("2026-03-11T15:00", "carla", "corte-feminino", "not_offered"),
        ("2026-03-14T10:00", "carla", "manicure", "day_off"),
        ("2026-03-11T11:15", "bruno", "corte-feminino", "break"),
        ("2026-03-11T11:00", "bruno", "corte-feminino", None),
        ("2026-03-11T13:00", "bruno", "corte-feminino", None),
        ("2026-03-12T14:30", "ana", "corte-feminino", "full"),
        ("2026-03-12T14:00", "ana", "corte-feminino", None),
        ("2026-03-12T16:00", "ana", "corte-feminino", None),
        ("2026-03-11T15:07", "ana", "corte-feminino", "off_grid"),
    ],
)
def test_each_refusal_names_its_reason(start: str, who: str, what: str, reason: str | None) -> None:
    assert calendar(booked("ana", "2026-03-12T15:00")).refusal(service(what), person(who), at(start)) == reason


def test_the_customers_own_appointment_blocks_every_professional() -> None:
    busy = calendar(own=(booked("ana", "2026-03-11T15:00"),))
    assert busy.refusal(service("manicure"), person("carla"), at("2026-03-11T15:30")) == "own_booking"


def test_the_grid_counts_from_each_opening() -> None:
    odd = AURORA.model_copy(update={"hours": Business.model_validate(
        {**AURORA.model_dump(), "hours": {"wed": ["08:20-10:00", "14:10-15:30"]}}).hours})  # fmt: skip
    rules = BookingRules(slot_minutes=30, minimum_notice_minutes=0, horizon_days=30)
    times = Calendar(odd, rules, TUESDAY).starts(
        service("corte-masculino"), person("bruno"), at("2026-03-11T00:00"), at("2026-03-12T00:00")
    )
    local = [instant.astimezone(AURORA.zone).strftime("%H:%M") for instant in times]
    assert local == ["08:20", "08:50", "09:20", "14:10", "14:40"]


def test_the_night_the_clocks_change_has_no_times_that_do_not_exist() -> None:
    """Lisbon, 29 March 2026: 01:00 becomes 02:00. Open 00:00–04:00 is three hours long."""
    night = AURORA.model_copy(update={
        "timezone": "Europe/Lisbon",
        "hours": Business.model_validate({**AURORA.model_dump(), "hours": {"sun": ["00:00-04:00"]}}).hours,
    })  # fmt: skip
    rules = BookingRules(slot_minutes=60, minimum_notice_minutes=0, horizon_days=30)
    start = datetime(2026, 3, 28, 23, tzinfo=UTC)
    times = list(
        Calendar(night, rules, TUESDAY).starts(service("hidratacao"), person("ana"), start, start + timedelta(days=1))
    )
    assert [instant.astimezone(night.zone).strftime("%H:%M") for instant in times] == ["00:00", "02:00", "03:00"]
    assert [later - earlier for earlier, later in pairwise(times)] == [timedelta(hours=1)] * 2


# ── for any day, any bookings, any service: what is offered can be booked ────────────────────────────────────────────

APPOINTMENTS = st.lists(
    st.tuples(
        st.sampled_from(["ana", "bruno", "carla"]),
        st.integers(0, 6),
        st.integers(9 * 4, 18 * 4),
        st.sampled_from([30, 45, 60, 120]),
        st.booleans(),
    ),
    max_size=25,
)
WINDOWS = st.tuples(st.integers(-1, 65), st.integers(0, 23), st.integers(1, 60))


def _filled(shop: Shop, now: datetime, appointments: list[tuple[str, int, int, int, bool]]) -> None:
    """Puts appointments into the book, some the customer's; those that would overlap are left out."""
    for number, (who, day, quarter, minutes, mine) in enumerate(appointments):
        start = now.replace(hour=0, minute=0) + timedelta(days=day, minutes=15 * quarter)
        book = shop.records("me" if mine else "other").bookings
        try:
            asyncio.run(book.book("corte-feminino", who, start, start + timedelta(minutes=minutes), f"seed-{number}"))
        except Impossible:
            continue


def _found(shop: Shop, now: datetime, what: str, window: tuple[int, int, int], spread: bool) -> list[dict[str, Any]]:
    days, hour, hours = window
    start = now.replace(hour=hour) + timedelta(days=days)
    arguments = {"service": what, "start": start, "end": start + timedelta(hours=hours), "limit": 20, "spread": spread}
    answer = asyncio.run(Toolbox(shop.business, shop.records("me"), now).call("find_free_times", arguments))
    assert answer["times"] or answer["reason"]
    return [*answer["times"], *answer["nearest"]]


@settings(max_examples=120, deadline=None)
@given(
    APPOINTMENTS,
    WINDOWS,
    st.sampled_from([item.id for item in AURORA.services]),
    st.integers(0, 6),
    st.integers(0, 23),
    st.booleans(),
)
def test_every_offered_time_keeps_the_rules_and_can_be_booked(
    appointments: list[tuple[str, int, int, int, bool]], window: tuple[int, int, int], what: str, day: int, hour: int,
    spread: bool,
) -> None:  # fmt: skip
    now = at("2026-03-29T00:00") + timedelta(days=day, hours=hour)  # a week with a holiday in it
    shop = Shop(AURORA)
    _filled(shop, now, appointments)
    offered = _found(shop, now, what, window, spread)
    for offer in offered:
        _keeps_the_rules(shop, now, what, offer)
    for offer in offered[:4]:
        fresh = Shop(AURORA)
        _filled(fresh, now, appointments)
        box = Toolbox(AURORA, fresh.records("me"), now)
        arguments = {key: offer[key] for key in ("professional", "start")}
        receipt = asyncio.run(box.call("book_appointment", {"service": what, "key": "k", **arguments}))
        assert (receipt["start"], receipt["end"]) == (offer["start"], offer["end"])


def _keeps_the_rules(shop: Shop, now: datetime, what: str, offer: dict[str, Any]) -> None:
    """The rules once more, written another way than the calendar writes them."""
    start, end = datetime.fromisoformat(offer["start"]), datetime.fromisoformat(offer["end"])
    performer = person(offer["professional"])
    assert end - start == timedelta(minutes=service(what).minutes)
    assert start - now >= timedelta(minutes=60)
    assert start.date() - now.date() <= timedelta(days=60)
    assert start.date() not in AURORA.holidays
    assert what in performer.services
    assert WEEKDAYS[start.weekday()] not in performer.days_off
    assert any(
        span.start <= start.time() and end.time() <= span.end for span in AURORA.hours[WEEKDAYS[start.weekday()]]
    )
    assert all(end.time() <= pause.start or pause.end <= start.time() for pause in performer.breaks)
    for entry in shop.book:
        if entry.booking.professional == performer.id or entry.customer == "me":
            assert end <= entry.booking.start or entry.booking.end <= start
