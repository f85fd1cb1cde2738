"""Calendar arithmetic: what "sexta que vem", "dia 5" or "primeiro sábado de abril" comes to, given today."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from understanding.local.dates.spans import FORTNIGHT, UNITS, WORKING_DAY, Days, Grain

_DAY = timedelta(days=1)


def one_day(day: date, why: str | None = None) -> Days:
    return Days(day, day + _DAY, why=why)


def week(day: date, weeks: int = 0, why: str | None = None) -> Days:
    """The Monday-to-Sunday week `weeks` after the one of `day`."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return Days(monday, monday + timedelta(days=7), "week", why=why)


def month(year: int, number: int) -> Days:
    """A month; `number` may run past 12 or below 1."""
    first = _month_start(year, number)
    return Days(first, _month_start(year, number + 1), "month")


def _month_start(year: int, number: int) -> date:
    return date(year + (number - 1) // 12, (number - 1) % 12 + 1, 1)


def year(number: int) -> Days:
    return Days(date(number, 1, 1), date(number + 1, 1, 1), "year")


def period(grain: Grain, today: date, shift: int) -> Days:
    """This (0), the next (1) or the last (-1) day, week, month or year."""
    match grain:
        case "week":
            return week(today, shift)
        case "month":
            return month(today.year, today.month + shift)
        case "year":
            return year(today.year + shift)
        case _:
            return one_day(today + timedelta(days=shift))


def nearest_weekend(day: date) -> Days:
    """The weekend a holiday makes longer."""
    return weekend(day, 0) if day.weekday() > 1 else weekend(day, -1)


def weekend(today: date, weeks: int, why: str | None = None) -> Days:
    saturday = week(today, weeks).start + timedelta(days=5)
    return Days(saturday, saturday + timedelta(days=2), "day", "interval", why)


def next_weekday(today: date, weekday: int) -> Days:
    """The coming such day; today's own name may still mean today, so it is marked."""
    ahead = (weekday - today.weekday()) % 7
    if ahead == 0:
        return one_day(today + timedelta(days=7), "which_week")._replace(today=True)
    return one_day(today + timedelta(days=ahead))


def next_month_named(today: date, number: int) -> Days:
    return month(today.year + (number < today.month), number)


def day_of_month(today: date, number: int) -> Days | None:
    """The coming day with this number; past this month, it rolls to the next that has it."""
    if not 1 <= number <= 31:
        return None
    for shift in range(12):
        first = month(today.year, today.month + shift).start
        if number <= calendar.monthrange(first.year, first.month)[1]:
            day = first.replace(day=number)
            if day >= today:
                return one_day(day, "past" if shift else None)
    return None


def day_in(days: Days, number: int) -> Days | None:
    """A day of the month that starts `days`; -1 is its last, -2 the one before."""
    last = calendar.monthrange(days.start.year, days.start.month)[1]
    number = last + 1 + number if number < 0 else number
    return one_day(days.start.replace(day=number)) if 1 <= number <= last else None


def full_date(today: date, day: int, number: int, in_year: int | None) -> Days | None:
    """A day and month, in the year said or the next that brings it."""
    if not (1 <= number <= 12 and 1 <= day <= 31):
        return None
    if in_year is not None:
        return day_in(month(in_year, number), day)
    for ahead in range(9):
        found = day_in(month(today.year + ahead, number), day)
        if found and found.start >= today:
            return found._replace(why="past" if (found.start - today).days > 183 and ahead else None)
    return None


def nth_weekday(days: Days, weekday: int, nth: int) -> Days | None:
    """The first, second … or last (-1) such weekday within `days`."""
    matching = [day for day in days_of(days) if day.weekday() == weekday]
    if nth == 0 or nth > len(matching):
        return None
    return one_day(matching[nth - 1] if nth > 0 else matching[nth]) if nth >= -len(matching) else None


def nth_week(days: Days, nth: int) -> Days | None:
    """The first, second … or last (-1) week with a day of that month."""
    if not -4 <= nth <= 4 or nth == 0:
        return None
    return week(days.start, nth - 1) if nth > 0 else week(days.end - timedelta(days=1), nth + 1)


def working_day(days: Days, nth: int) -> Days | None:
    """The first, second … or last (-1) day from Monday to Friday."""
    working = [day for day in days_of(days) if day.weekday() < 5]
    if nth == 0 or abs(nth) > len(working):
        return None
    return one_day(working[nth - 1] if nth > 0 else working[nth])


def days_of(days: Days) -> list[date]:
    return [days.start + timedelta(days=offset) for offset in range((days.end - days.start).days)]


def half_month(today: date, shift: int) -> Days:
    """This (0), the next (1) or the last (-1) half of a month."""
    halves = today.month * 2 + (today.day > 15) + shift
    return edge(month(today.year, halves // 2), 4 + halves % 2)


def edge(days: Days, part: int) -> Days:
    """The start (1), middle (2) or end (3) of a month, week or year, about a third of it; its halves (4, 5)."""
    if part > 3:
        middle = days.start + timedelta(days=15)
        start, end = (days.start, middle) if part == 4 else (middle, days.end)
        return Days(start, end, "day", "interval")
    if days.grain == "year":
        start, end = month(days.start.year, 4 * part - 3).start, month(days.start.year, 4 * part + 1).start
        return Days(start, end, "month", "interval")
    total = (days.end - days.start).days
    # Monday to Wednesday, Wednesday and Thursday, Friday to Sunday; a month by tens
    cuts = ((0, 3), (2, 4), (4, 7)) if days.grain == "week" else ((0, 10), (10, 20), (20, total))
    start, end = (days.start + timedelta(days=cut) for cut in cuts[part - 1])
    return Days(start, end, "day", "interval")


def moved(day: date, unit: int, count: int, fortnight: int = 14) -> Days:
    """The day `count` units, by their number, from `day`; a fortnight is 15 days where people say so."""
    if unit == FORTNIGHT:
        return one_day(day + timedelta(days=fortnight * count))
    if unit != WORKING_DAY:
        return shifted(day, UNITS[unit], count)
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(min(abs(count), 4000)):
        day += step
        while day.weekday() > 4:
            day += step
    return one_day(day)


def shifted(day: date, unit: Grain, count: int) -> Days:
    """The day `count` units from `day`, kept inside the month it lands in."""
    if unit in ("month", "year"):
        landing = month(day.year, day.month + count * (12 if unit == "year" else 1)).start
        last = calendar.monthrange(landing.year, landing.month)[1]
        return one_day(landing.replace(day=min(day.day, last)))
    return one_day(day + timedelta(days=count * (7 if unit == "week" else 1)))


def coming(unit: Grain, count: int, today: date) -> Days:
    """The `count` whole units after the current one."""
    first, last = period(unit, today, 1), period(unit, today, count)
    return Days(first.start, last.end, unit, "interval")
