"""The date grammar: what people type when they book, in three languages, and all that only looks like a date.

The cases are in `dates/<language>.txt` (expressions and their meaning) and `dates/none_<language>.txt` (no date).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding.local.dates import Found, find
from understanding.local.dates.spans import Hours

_FOLDER = Path(__file__).parent / "dates"
_ZONE = ZoneInfo("America/Sao_Paulo")
_TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=_ZONE)
_LANGUAGES = ("pt", "es", "en")
_HOURS = {day: [(time(9), time(19))] for day in range(6)}


def _lines(name: str) -> Iterator[str]:
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


class _Case(NamedTuple):
    language: str
    now: datetime
    hours: Hours | None
    text: str
    meaning: str


def _cases(language: str) -> Iterator[_Case]:
    """The lines of a file; `now` and `hours` (from Monday to Friday and on Saturday, or none) hold from there on."""
    now, hours = _TUESDAY, None
    for line in _lines(f"{language}.txt"):
        if line.startswith("now "):
            now = datetime.fromisoformat(line.removeprefix("now "))
        elif line.startswith("hours "):
            hours = _hours(line.removeprefix("hours "))
        else:
            text, meaning = line.split(" => ")
            yield _Case(language, now, hours, text, meaning)


def _hours(written: str) -> Hours | None:
    """ "09:00-18:00 09:00-13:00": weekdays, then Saturday."""
    if written == "none":
        return None
    spans = [tuple(time.fromisoformat(edge) for edge in span.split("-")) for span in written.split()]
    return {day: [(spans[day > 4][0], spans[day > 4][1])] for day in range(6)}


def _meaning(found: Found) -> str:
    """The notation of the case files."""
    moment = found.kind == "moment"
    span = _written(found.start) if moment else f"{_written(found.start)}/{_written(found.end)}"
    return f"{found.grain} {span}{'?' if found.ambiguous else ''}"


def _written(instant: datetime | None) -> str:
    if instant is None:
        return ".."
    return instant.strftime("%Y-%m-%d" if (instant.hour, instant.minute) == (0, 0) else "%Y-%m-%dT%H:%M")


@pytest.mark.parametrize("case", [case for language in _LANGUAGES for case in _cases(language)])
def test_an_expression_means_what_the_table_says(case: _Case) -> None:
    found = find(case.text, case.now, case.language, case.hours)
    assert " | ".join(_meaning(each) for each in found) == case.meaning


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language in _LANGUAGES for text in _lines(f"none_{language}.txt")]
)
def test_what_only_looks_like_a_date_is_none(language: str, text: str) -> None:
    assert find(text, _TUESDAY, language) == []


@pytest.mark.parametrize("text", ["amanhã as 3", "amanhã às 3h", "amanhã às três"])
def test_opening_hours_settle_the_half_of_the_day(text: str) -> None:
    (found,) = find(text, _TUESDAY, "pt-BR", _HOURS)
    assert (found.start, found.ambiguous) == (datetime(2026, 3, 11, 15, tzinfo=_ZONE), False)


def test_an_hour_open_in_both_halves_of_the_day_is_asked() -> None:
    (found,) = find("amanhã às 8", _TUESDAY, "pt-BR", {day: [(time(7), time(22))] for day in range(7)})
    assert (found.ambiguous, found.why) == (True, "ampm")


def test_two_spoken_hours_settle_each_other() -> None:
    (found,) = find("das 11 às 2", _TUESDAY, "pt", _HOURS)
    assert found.start is not None
    assert found.end is not None
    assert (found.start.hour, found.end.hour, found.ambiguous) == (11, 14, False)


@pytest.mark.parametrize(
    ("text", "language", "start"),
    [
        ("10 amanhã", "pt", datetime(2026, 3, 11, 10, tzinfo=_ZONE)),
        ("sexta cedo, tipo 9", "pt", datetime(2026, 3, 13, 9, tzinfo=_ZONE)),
        ("10 tomorrow", "en", datetime(2026, 3, 11, 10, tzinfo=_ZONE)),
        ("tomorrow for 11", "en", datetime(2026, 3, 11, 11, tzinfo=_ZONE)),
        ("sat, say 3", "en", datetime(2026, 3, 14, 15, tzinfo=_ZONE)),
        ("mañana a primera hora, 9", "es", datetime(2026, 3, 11, 9, tzinfo=_ZONE)),
    ],
)
def test_the_one_number_beside_a_day_is_an_hour_where_a_time_was_asked(
    text: str, language: str, start: datetime
) -> None:
    (found,) = find(text, _TUESDAY, language, _HOURS, asked=True)
    assert found.start == start


@pytest.mark.parametrize("text", ["2 manicures amanhã", "amanhã, eu e mais 2", "amanhã, quero 2"])
def test_a_number_of_things_beside_a_day_is_no_hour(text: str) -> None:
    (found,) = find(text, _TUESDAY, "pt", _HOURS, asked=True)
    assert (found.has_date, found.has_time) == (True, False)


@pytest.mark.parametrize(
    ("text", "has_date", "has_time"),
    [("amanhã", True, False), ("às 15h", False, True), ("amanhã às 15h", True, True), ("de manhã", False, True)],
)
def test_the_caller_knows_what_was_said(text: str, has_date: bool, has_time: bool) -> None:
    (found,) = find(text, _TUESDAY, "pt")
    assert (found.has_date, found.has_time) == (has_date, has_time)


@pytest.mark.parametrize(
    ("text", "why"), [("quinta que vem", "which_week"), ("terça", "which_week"), ("dia 5", "past"), ("às 3", "ampm")]
)
def test_an_ambiguity_says_why(text: str, why: str) -> None:
    (found,) = find(text, _TUESDAY, "pt")
    assert found.why == why


def test_the_following_day_follows_the_day_talked_about() -> None:
    anchor = datetime(2026, 3, 20, 15, 0, tzinfo=_ZONE)
    (day,) = find("no dia seguinte", _TUESDAY, "pt", anchor=anchor)
    (later,) = find("uma hora mais tarde", _TUESDAY, "pt", anchor=anchor)
    assert day.start == datetime(2026, 3, 21, tzinfo=_ZONE)
    assert later.start == datetime(2026, 3, 20, 16, tzinfo=_ZONE)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("semana que vem de manhã", (time(6), time(12))),
        ("seg a sex depois das 18h", (time(18), time(0))),
        ("fim de semana às 15h", (time(15), time(15))),
        ("quinta de manhã", None),
    ],
)
def test_several_days_with_a_time_tell_the_hours_of_each(text: str, hours: tuple[time, time] | None) -> None:
    (found,) = find(text, _TUESDAY, "pt")
    assert found.daily == hours


_WEEKDAYS = {
    "pt": "segunda terça quarta quinta sexta sábado domingo",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}


@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_weekday_with_a_slip_is_that_weekday_and_never_another(language: str) -> None:
    read = missed = 0
    for number, word in enumerate(_WEEKDAYS[language].split()):
        for slip in _slips(word):
            days = {found.start.weekday() for found in find(slip, _TUESDAY, language) if found.start}
            assert days <= {number}, slip
            read, missed = read + len(days), missed + (not days)
    assert missed < read / 8


def _slips(word: str) -> Iterator[str]:
    """The word with a letter dropped, doubled or swapped with the next, its first letter kept."""
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place] + word[place:]
        if place + 1 < len(word):
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def test_the_span_points_into_the_original_text() -> None:
    text = "Oi! Não dá hoje… pode ser Sábado às 15h30? 😊"
    for found in find(text, _TUESDAY, "pt"):
        assert text[slice(*found.span)] == found.text
    assert [found.text for found in find(text, _TUESDAY, "pt")] == ["hoje", "Sábado às 15h30"]


def test_times_keep_the_zone_of_now() -> None:
    (found,) = find("amanhã às 15h", _TUESDAY, "pt")
    assert found.start is not None
    assert found.start.isoformat() == "2026-03-11T15:00:00-03:00"


_PHRASES = (
    "amanhã às 15h segunda que vem de manhã dia 5 31 entre e 14 16h das a até o mês ou em duas horas antes depois",
    "meio-dia 11/03 99/99 29/02 next Friday at half past three the 5th of April el lunes mañana por la tarde in 99",
    "years ago quinze pras quatro 12 e meia - , ? fim semana natal 2027 0 24h 24:59 31 de fevereiro do",
)
_WORDS = st.sampled_from([word for phrase in _PHRASES for word in phrase.split()])


@settings(max_examples=300, deadline=None)
@given(
    text=st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=25).map(" ".join)),
    language=st.sampled_from(_LANGUAGES),
    now=st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001 - the zone is added below
)
def test_any_text_is_read_without_failing(text: str, language: str, now: datetime) -> None:
    end = 0
    for found in find(text, now.replace(tzinfo=_ZONE), language):
        assert text[slice(*found.span)] == found.text != ""
        assert end <= found.span[0] < found.span[1]
        end = found.span[1]
        assert found.has_date or found.has_time
        assert (found.start is None) == (found.kind == "before")
        assert (found.end is None) == (found.kind == "after")
        assert found.start is None or found.end is None or found.start < found.end


@pytest.mark.parametrize(
    "piece", ["\0", "às 3 e ", "segunda ou ", "1/1/", "é", "ال", "a@", "entre ", "dia 5 e ", "'", "("]
)
def test_a_huge_message_is_read_as_well(piece: str) -> None:
    for language in _LANGUAGES:
        find((piece * 10_000)[:10_000], _TUESDAY, language)
