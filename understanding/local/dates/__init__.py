"""Finds the dates and times in a customer's message: "amanhã às 15h", "sexta que vem de manhã", "daqui a duas horas".

`find(text, now, language, hours=None, *, anchor=None)` returns a `Found` for each, in the order they stand:

    text, span           as written, and its character offsets in the message
    kind                 moment | interval | after | before
    start, end           aware datetimes in the zone of `now`; `end` is exclusive
                         (`after` has no end, `before` no start)
    grain                minute | hour | day | week | month | year: how exactly it was said
    ambiguous, why       True when a person should confirm: "ampm" (3 h or 15 h), "which_week" (this Thursday or the
                         next), "past" (the day said is over; the next such day is given)
    has_date, has_time   which of the two was said; without a date, `start` is today's if still ahead, else tomorrow's

Conventions
- A calendar day is a moment of grain day, 00:00 to 00:00 of the next; a week, month or year likewise.
- A clock time is a moment, one minute long, or one hour long and of grain hour when no minutes are said ("15h").
- "das 9 às 11", "entre 14 e 16h" are intervals ending where said; parts of the day are intervals of grain hour:
  madrugada 0–6, manhã 6–12, tarde 12–18, noite 18–24. Ranges of days ("de segunda a sexta", weekends) are intervals of
  grain day that include their last day.
- A bare weekday is the next one. "Quinta que vem" and "next Thursday" are the Thursday of next week, "el jueves
  que viene" the coming one, both marked while this week's is still ahead.
- Distances in minutes and hours are exact to the minute; in days, weeks, months and years they give a day.
- "depois de quinta" starts on Friday, "a partir de quinta" on Thursday; "até quinta" includes it, "antes de
  quinta" does not.
- Alternatives ("terça ou quinta") are one `Found` each; an hour or a day said once serves both.
- Numeric dates are day first. A day and month already past this year are next year's.
"""

from understanding.local.dates.engine import Found, find

__all__ = ["Found", "find"]
