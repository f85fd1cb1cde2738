"""What is left of the times looked at when days and parts of days are not wanted."""

from __future__ import annotations

import pytest

from graph.flows.exclusions import forbids, without

_WEEK = [("2026-03-16T00:00:00-03:00", "2026-03-23T00:00:00-03:00")]
_TUESDAY = {"start": "2026-03-10T00:00:00-03:00", "end": "2026-03-11T00:00:00-03:00", "has_date": True}
_MORNING = {"start": "2026-03-10T06:00:00-03:00", "end": "2026-03-10T12:00:00-03:00", "has_time": True}


def _days(spans: list[tuple[str, str]]) -> list[str]:
    return [f"{start[8:13]}-{end[8:13]}" for start, end in spans]


def test_a_day_left_out_is_left_out_once() -> None:
    assert without(_WEEK, [_TUESDAY]) == _WEEK
    thursday = {"start": "2026-03-19T00:00:00-03:00", "end": "2026-03-20T00:00:00-03:00", "has_date": True}
    assert _days(without(_WEEK, [thursday])) == ["16T00-19T00", "20T00-23T00"]


def test_a_weekday_left_out_is_left_out_every_week() -> None:
    fortnight = [("2026-03-16T00:00:00-03:00", "2026-03-30T00:00:00-03:00")]
    left = without(fortnight, [{**_TUESDAY, "weekly": True}])
    assert _days(left) == ["16T00-17T00", "18T00-24T00", "25T00-30T00"]


def test_a_weekend_left_out_is_both_its_days() -> None:
    weekend = {"start": "2026-03-14T00:00:00-03:00", "end": "2026-03-16T00:00:00-03:00", "has_date": True}
    assert _days(without(_WEEK, [{**weekend, "weekly": True}])) == ["16T00-21T00"]


def test_a_part_of_the_day_left_out_is_that_of_each_day() -> None:
    days = [("2026-03-16T08:00:00-03:00", "2026-03-17T20:00:00-03:00")]
    assert _days(without(days, [_MORNING])) == ["16T12-17T06", "17T12-17T20"]


def test_nothing_is_left_of_the_day_itself() -> None:
    assert without([("2026-03-10T00:00:00-03:00", "2026-03-11T00:00:00-03:00")], [_TUESDAY]) == []


@pytest.mark.parametrize(
    ("start", "refused"),
    [("2026-03-17T09:00:00-03:00", True), ("2026-03-17T12:00:00-03:00", False), ("2026-03-18T06:00:00-03:00", True)],
)
def test_an_exact_time_is_in_or_out(start: str, refused: bool) -> None:
    assert forbids([_MORNING], start) is refused


def test_from_a_time_on_nothing_is_left() -> None:
    after = {"start": "2026-03-18T00:00:00-03:00", "end": None, "has_date": True}
    assert _days(without(_WEEK, [after])) == ["16T00-18T00"]
