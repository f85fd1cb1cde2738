"""Holidays people name when they book, and when they fall."""

from __future__ import annotations

from datetime import date, timedelta

from understanding.local.dates.calendars import one_day
from understanding.local.dates.spans import Days

NAMES = (
    "christmas", "christmas_eve", "new_year", "new_year_eve", "easter", "good_friday", "carnival", "ash_wednesday",
    "corpus_christi", "tiradentes", "labour_day", "independence", "aparecida", "all_souls", "republic", "valentines_br",
    "valentines", "mothers_day", "fathers_day", "holy_week", "epiphany", "halloween", "black_awareness", "saint_john",
    "independence_us", "thanksgiving", "womens_day", "black_friday", "all_saints", "hispanic_day", "fathers_day_us",
    "day_of_the_dead", "maundy_thursday", "carnival_monday", "carnival_saturday", "carnival_sunday", "palm_sunday",
    "holy_saturday", "easter_monday", "boxing_day", "saint_patrick", "cyber_monday", "luther_king", "presidents",
    "memorial_day", "juneteenth", "labor_day_us", "columbus_day", "veterans_day", "bonfire_night", "early_may_bank",
    "summer_bank", "mothering_sunday", "canada_day", "australia_day", "anzac_day", "constitution_es", "immaculate",
    "assumption", "saint_joseph", "guadalupe", "candlemas", "children_mx", "independence_mx", "revolution_mx",
    "may_revolution", "sao_paulo", "saint_george", "saint_anthony", "saint_peter", "teachers_br", "grandparents_br",
    "flag_br", "christmas_eve_eve", "pentecost", "ascension", "consumer_day", "teachers_mx", "flag_ar",
)  # fmt: skip

_FIXED = {
    "christmas": (12, 25), "christmas_eve": (12, 24), "new_year": (1, 1), "new_year_eve": (12, 31),
    "tiradentes": (4, 21), "labour_day": (5, 1), "independence": (9, 7), "aparecida": (10, 12), "all_souls": (11, 2),
    "republic": (11, 15), "valentines_br": (6, 12), "valentines": (2, 14), "epiphany": (1, 6), "halloween": (10, 31),
    "black_awareness": (11, 20), "saint_john": (6, 24), "independence_us": (7, 4), "womens_day": (3, 8),
    "all_saints": (11, 1), "hispanic_day": (10, 12), "day_of_the_dead": (11, 2), "boxing_day": (12, 26),
    "saint_patrick": (3, 17), "juneteenth": (6, 19), "veterans_day": (11, 11), "bonfire_night": (11, 5),
    "canada_day": (7, 1), "australia_day": (1, 26), "anzac_day": (4, 25), "constitution_es": (12, 6),
    "immaculate": (12, 8), "assumption": (8, 15), "saint_joseph": (3, 19), "guadalupe": (12, 12), "candlemas": (2, 2),
    "children_mx": (4, 30), "independence_mx": (9, 16), "revolution_mx": (11, 20), "may_revolution": (5, 25),
    "sao_paulo": (1, 25), "saint_george": (4, 23), "saint_anthony": (6, 13), "saint_peter": (6, 29),
    "teachers_br": (10, 15), "grandparents_br": (7, 26), "flag_br": (11, 19), "christmas_eve_eve": (12, 23),
    "consumer_day": (3, 15), "teachers_mx": (5, 15), "flag_ar": (6, 20),
}  # fmt: skip
# days from Easter Sunday
_MOVING = {
    "easter": 0, "good_friday": -2, "maundy_thursday": -3, "carnival": -47, "carnival_monday": -48,
    "ash_wednesday": -46, "corpus_christi": 60, "holy_week": -7, "carnival_saturday": -50, "carnival_sunday": -49,
    "palm_sunday": -7, "holy_saturday": -1, "easter_monday": 1, "mothering_sunday": -21, "ascension": 39,
    "pentecost": 49,
}  # fmt: skip
# month, weekday, which one (-1 is the last)
_COUNTED = {
    "mothers_day": (5, 6, 2), "fathers_day": (8, 6, 2), "fathers_day_us": (6, 6, 3), "thanksgiving": (11, 3, 4),
    "luther_king": (1, 0, 3), "presidents": (2, 0, 3), "memorial_day": (5, 0, -1), "labor_day_us": (9, 0, 1),
    "columbus_day": (10, 0, 2), "early_may_bank": (5, 0, 1), "summer_bank": (8, 0, -1),
}  # fmt: skip
_AFTER_THANKSGIVING = {"black_friday": 1, "cyber_monday": 4}


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
    if name in _AFTER_THANKSGIVING:
        return one_day(_nth(year, 11, 3, 4) + timedelta(days=_AFTER_THANKSGIVING[name]))
    if name in _COUNTED:
        return one_day(_nth(year, *_COUNTED[name]))
    day = easter(year) + timedelta(days=_MOVING[name])
    if name == "holy_week":
        return Days(day, day + timedelta(days=8), "day", "interval")
    return one_day(day)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    if nth < 0:
        last = date(year, month, 31)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def easter(year: int) -> date:
    """Easter Sunday (Gregorian, Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
