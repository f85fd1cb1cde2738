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
    daily                the hours that hold on each of several days, (first, last), where days were said with a time

Conventions
- A calendar day is a moment of grain day, 00:00 to 00:00 of the next; a week, month or year likewise.
- A clock time is a moment, one minute long, or one hour long and of grain hour when no minutes are said ("15h").
- "das 9 às 11", "entre 14 e 16h" are intervals ending where said; parts of the day are intervals of grain hour:
  madrugada 0–6, manhã 6–12, tarde 12–18, noite 18–24; early morning 6–9, late morning 10–12, early afternoon and after
  lunch 12–15, late afternoon and the end of the day 16–18, early evening and after work 18–20, late evening 21–24,
  lunchtime 12–14. "Antes do almoço" is before 12:00.
- Ranges of days ("de segunda a sexta", weekends) are intervals of grain day that include their last day. The beginning
  of a week is Monday to Wednesday, its middle Wednesday and Thursday, its end Friday to Sunday; a month has its
  beginning to the 10th, its middle to the 20th, then its end, and half of it is a quinzena.
- Several days with a time ("semana que vem de manhã", "fim de semana das 9 às 11", "seg a sex depois das 18h") are one
  interval from the first day's start to the last day's end, and `daily` tells the hours of each.
- A bare weekday is the next one; with a time that has not begun, today's own name is today. "Quinta que vem" and "next
  Thursday" are the Thursday of next week, "el jueves que viene" the coming one, both marked while this week's is still
  ahead. "Friday week" is a week after the coming Friday.
- "Q2" and "first quarter of 2027" are of the calendar year; "4pm at the latest" is before 16:00, as "by 4pm" is.
- Seasons are those of the south for Portuguese, of the north for Spanish and English, from the 21st (autumn: the 23rd)
  of their month; quarters and half-years are intervals of grain month. One under way is the one meant.
- Distances in minutes and hours are exact to the minute; in days, weeks, months and years they give a day. Working
  days are Monday to Friday. A fortnight is 14 days, "uma quinzena" 15.
- "depois de quinta" starts on Friday, "a partir de quinta" on Thursday; "até quinta" includes it, "antes de
  quinta" does not. "Não antes das 18h" is from 18h on. "Até sexta às 18h" ends at that hour of Friday.
- Alternatives ("terça ou quinta") are one `Found` each; an hour or a day said once serves both, and so it does for two
  people ("sexta às 15h pra mim e às 16h pra minha filha").
- Corrections ("não é quinta, é sexta") give both; which is meant is for the reader of the sentence to tell.
- Numeric dates are day first. A day and month already past this year are next year's. "22.03" is a day, "15.30" a time.
- A holiday is the one usual where the language is spoken; days that differ by country are those of Brazil, Mexico
  and the United States.
- Vague times ("mais tarde", "daqui a uns dias", "em breve", "o quanto antes") and what recurs ("toda sexta", "aos
  sábados", "de 15 em 15 dias") are not returned; nor is a day that does not exist ("31 de abril").
- Greetings ("morning!", "evening folks"), slogans ("claim now"), codes ("22-03-A"), portions ("uma e meia porção") and
  names ("ask for June", "April's work", "livraria Abril", "the series Wednesday", "night guard") are no times;
  "morning" alone is one, and "morning!" where `asked` tells so.
- "As 3", "as duas", "las dos" without an accent are hours alone, beside a day or after a word of making appointments;
  after a word of taking ("quero as 3") they are a number of things.
"""

from understanding.local.dates.engine import Found, find

__all__ = ["Found", "find"]
