"""Appointments wished for again and again: "toda sexta às 14h", "every Friday at 2". The first of them is booked."""

from __future__ import annotations

from domain.commands import Command, Fill, Start
from domain.ports import Situation
from understanding.local.reading.parts import blanked
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_OPENING = ("tod", "cada", "every")
_DAYS = ("day", "day_en", "day_es")


def first_of(text: str, situation: Situation) -> tuple[str, bool]:
    """The text with the weekday alone, which is the next one, and whether it was one of many."""
    booking = situation.flow == "book" or (situation.flow is None and bool(situation.business.professionals))
    if not booking or "?" in text:
        return text, False
    folded = fold(text)
    if not any(word in folded for word in _OPENING):
        return text, False
    found = pattern("every_weekday").search(folded)
    if found is None or not (situation.flow == "book" or has("books", folded) or has("wishes", folded)):
        return text, False
    start, end = next(found.span(day) for day in _DAYS if found[day])
    text = blanked(text, found.start(), start)
    plural = found["day"] is not None and folded[end - 1] == "s"
    return (blanked(text, end - 1, end) if plural else text), True


def told(commands: list[Command], situation: Situation) -> list[Command]:
    """The commands, and that more were wished for."""
    books = situation.flow == "book" or Start("book") in commands
    return [*commands, Fill("series", True)] if books else commands
