"""Appointments wished for again and again: "toda sexta às 14h", "every Friday at 2". The first of them is booked."""

from __future__ import annotations

from domain.commands import Ask, Command, Fill, Start
from domain.ports import Situation
from understanding.local.reading.parts import blanked
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_OPENING = ("tod", "cada", "every")
_WISHING = ("books", "wishes", "asks_for")
_DAYS = ("day", "day_en", "day_es")


def first_of(text: str, situation: Situation) -> tuple[str, bool]:
    """The text with the weekday alone, which is the next one, and whether it was one of many."""
    booking = situation.flow == "book" or (situation.flow is None and bool(situation.business.professionals))
    if not booking:
        return text, False
    folded = fold(text)
    if not any(word in folded for word in _OPENING):
        return text, False
    found = pattern("every_weekday").search(folded)
    if found is None or not (situation.flow == "book" or any(has(cue, folded) for cue in _WISHING)):
        return text, False
    if "?" in text and not any(has(cue, folded) for cue in _WISHING):
        return text, False  # "vocês abrem todo sábado?"
    start, end = next(found.span(day) for day in _DAYS if found[day])
    text = blanked(text, found.start(), start)
    plural = found["day"] is not None and folded[end - 1] == "s"
    return (blanked(text, end - 1, end) if plural else text), True


def told(commands: list[Command], situation: Situation) -> list[Command]:
    """The commands, and that more were wished for."""
    books = situation.flow == "book" or Start("book") in commands
    if not books:
        return commands
    asked = [each for each in commands if not (isinstance(each, Ask) and _only_asks_for_it(each))]
    return [*asked, Fill("series", True)]


def _only_asks_for_it(question: Ask) -> bool:
    """ "Dá pra deixar minha manicure fixa?": the wish itself, which is answered by what is booked."""
    return question.topic == "faq" and has("booking_standing", fold(str(question.about.get("text") or "")))
