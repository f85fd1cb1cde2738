"""A yes to all that was told: "sim, os dois", "yes, both", "confirmá las dos"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Affirm, Command, Fill
from domain.ports import Situation
from understanding.local.reading.parts import blanked
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_SEVERAL = {"book": "more", "cancel_booking": "bookings"}
"""Where a flow keeps what it told beside the first."""


def told(text: str, situation: Situation) -> tuple[str, bool]:
    """The text without the words that mean all of several appointments summed up, and whether it has them."""
    if situation.asks != "confirm" or not situation.slots.get(_SEVERAL.get(situation.flow or "", "")):
        return text, False
    found = pattern("each_of_them").search(fold(text))
    if found is None or "à" in text[slice(*found.span())].lower():  # "às duas" is an hour
        return text, has("everything_told", fold(text))
    return blanked(text, *found.span()), True


def agreed(commands: Sequence[Command], text: str) -> list[Command]:
    """The yes as one to all of them; "os dois" alone is one."""
    if not commands and not any(letter.isalnum() for letter in text):
        return [Affirm(), Fill("both", True)]
    return [*commands, *([Fill("both", True)] if Affirm() in commands else [])]
