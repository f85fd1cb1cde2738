"""Holidays people name when they book, and when they fall."""

from __future__ import annotations

from datetime import date, timedelta

from understanding.local.dates.resolve import Days, one_day

NAMES = (
    "christmas", "christmas_eve", "new_year", "new_year_eve", "easter", "good_friday", "carnival", "ash_wednesday",
    "corpus_christi", "tiradentes", "labour_day", "independence", "aparecida", "all_souls", "republic", "valentines_br",
    "valentines", "mothers_day", "fathers_day", "holy_week", "epiphany", "halloween", "black_awareness", "saint_john",
    "independence_us", "thanksgiving", "womens_day", "black_friday", "all_saints", "hispanic_day", "fathers_day_us",
    "day_of_the_dead", "maundy_thursday", "carnival_monday",
)  # fmt: skip

_FIXED = {
    "christmas": (12, 25), "christmas_eve": (12, 24), "new_year": (1, 1), "new_year_eve": (12, 31),
    "tiradentes": (4, 21), "labour_day": (5, 1), "independence": (9, 7), "aparecida": (10, 12), "all_souls": (11, 2),
    "republic": (11, 15), "valentines_br": (6, 12), "valentines": (2, 14), "epiphany": (1, 6), "halloween": (10, 31),
    "black_awareness": (11, 20), "saint_john": (6, 24), "independence_us": (7, 4), "womens_day": (3, 8),
    "all_saints": (11, 1), "hispanic_day": (10, 12), "day_of_the_dead": (11, 2),
}  # fmt: skip
# days from Easter Sunday
_MOVING = {
    "easter": 0, "good_friday": -2, "maundy_thursday": -3, "carnival": -47, "carnival_monday": -48,
    "ash_wednesday": -46, "corpus_christi": 60, "holy_week": -7,
}  # fmt: skip
# month, weekday, which one
_COUNTED = {
    "mothers_day": (5, 6, 2), "fathers_day": (8, 6, 2), "fathers_day_us": (6, 6, 3), "thanksgiving": (11, 3, 4),
}  # fmt: skip


def coming(index: int, today: date, in_year: int | None = None) -> Days:
    """The holiday of that year, or the next that has not passed."""
    name = NAMES[index]
    found = holiday(name, in_year or today.year)
    if in_year is None and found.end <= today:
        return holiday(name, today.year + 1)
    return found


def holiday(name: str, year: int) -> Days:
    """The day (Holy Week: the days) of a holiday in a year."""
    if name in _FIXED:
        return one_day(date(year, *_FIXED[name]))
    if name == "black_friday":
        return one_day(_nth(year, 11, 3, 4) + timedelta(days=1))
    if name in _COUNTED:
        return one_day(_nth(year, *_COUNTED[name]))
    day = easter(year) + timedelta(days=_MOVING[name])
    if name == "holy_week":
        return Days(day, day + timedelta(days=8), "day", "interval")
    return one_day(day)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def easter(year: int) -> date:
    """Easter Sunday (Gregorian, Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
