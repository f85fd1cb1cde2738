"""The wish for a time as it grows: days in one message, hours in another, or both at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from graph.flows import when
from understanding.local.dates import find

_NOW = datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))
_MORNINGS = [(f"2026-03-{day}T06:00:00-03:00", f"2026-03-{day}T12:00:00-03:00") for day in range(16, 23)]


def _said(*messages: str) -> Mapping[str, Any]:
    """The wish after these messages."""
    wish: Mapping[str, Any] = {}
    for message in messages:
        items = []
        for found in find(message, _NOW, "pt"):
            edges = {edge: instant.isoformat() for edge in ("start", "end") if (instant := getattr(found, edge))}
            known = {"kind": found.kind, "grain": found.grain, "has_date": found.has_date, "has_time": found.has_time}
            daily = {"daily": [f"{hour:%H:%M}" for hour in found.daily]} if found.daily else {}
            items.append({"start": None, "end": None, **edges, **known, **daily})
        wish = when.merge(wish, items, _NOW)
    return wish


def test_a_week_with_a_part_of_the_day_is_that_part_of_each_day() -> None:
    assert when.windows(_said("semana que vem de manhã"), _NOW) == _MORNINGS


def test_the_part_of_the_day_may_come_a_message_later_or_earlier() -> None:
    assert when.windows(_said("semana que vem", "de manhã"), _NOW) == _MORNINGS
    late = [(start, f"{start[:10]}T12:00:00-03:00") for start, _ in _MORNINGS]
    assert when.windows(_said("de manhã", "semana que vem"), _NOW) == late


def test_an_hour_after_several_days_is_that_hour_of_each() -> None:
    windows = when.windows(_said("quinta ou sexta", "às 15h"), _NOW)
    assert windows == [(f"2026-03-{day}T15:00:00-03:00",) * 2 for day in (12, 13)]


def test_the_weekend_has_two_afternoons() -> None:
    windows = when.windows(_said("fim de semana à tarde"), _NOW)
    assert windows == [(f"2026-03-{day}T12:00:00-03:00", f"2026-03-{day}T18:00:00-03:00") for day in (14, 15)]


def test_evenings_end_at_midnight() -> None:
    windows = when.windows(_said("sábado e domingo", "à noite"), _NOW)
    assert windows[0] == ("2026-03-14T18:00:00-03:00", "2026-03-15T00:00:00-03:00")


def test_a_day_and_an_hour_in_two_messages_are_one_start() -> None:
    assert _said("quinta", "às 15h") == {"start": "2026-03-12T15:00:00-03:00"}
    assert _said("às 15h", "quinta") == {"start": "2026-03-12T15:00:00-03:00"}


def test_a_deadline_is_all_the_days_until_then() -> None:
    assert when.windows(_said("até sexta"), _NOW) == [("2026-03-10T10:00:00-03:00", "2026-03-14T00:00:00-03:00")]
    assert when.windows(_said("antes de sexta"), _NOW) == [("2026-03-10T10:00:00-03:00", "2026-03-13T00:00:00-03:00")]


def test_from_a_day_on_is_that_day_and_the_week_after() -> None:
    assert when.windows(_said("a partir de quinta"), _NOW) == [
        ("2026-03-12T00:00:00-03:00", "2026-03-19T00:00:00-03:00")
    ]
    mornings = when.windows(_said("de manhã", "a partir de quinta"), _NOW)
    assert mornings[0] == ("2026-03-12T06:00:00-03:00", "2026-03-12T12:00:00-03:00")
    assert len(mornings) == 7


def test_one_hour_on_several_days_is_exactly_that_hour_of_each() -> None:
    windows = when.windows(_said("fim de semana às 15h"), _NOW)
    assert windows == [(f"2026-03-{day}T15:00:00-03:00",) * 2 for day in (14, 15)]


def test_an_hour_beside_a_part_of_a_day_is_on_that_day() -> None:
    morning = {
        "kind": "interval", "start": "2026-03-11T06:00:00-03:00", "end": "2026-03-11T09:00:00-03:00", "grain": "hour",
        "has_date": True, "has_time": True,
    }  # fmt: skip
    hour = {
        "kind": "moment", "start": "2026-03-10T09:30:00-03:00", "end": "2026-03-10T09:31:00-03:00", "grain": "minute",
        "has_date": False, "has_time": True,
    }  # fmt: skip
    now = datetime.fromisoformat("2026-03-10T10:00:00-03:00")
    assert when.merge({}, [morning, hour], now) == {"start": "2026-03-11T09:30:00-03:00"}
