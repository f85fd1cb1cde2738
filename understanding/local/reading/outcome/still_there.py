"""Whether what was looked at yesterday can still be had: "oi, ainda dá?", "still available?"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Affirm, Ask, Command, Fill, Smalltalk, Unclear
from domain.ports import Situation
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_TAKEN_FOR = ("catalog", "stock", "faq", "prices", "hours")


def told(commands: Sequence[Command], text: str, situation: Situation) -> list[Command]:
    """The commands, or what looks again at the times of the booking under way and says them."""
    service = situation.slots.get("service")
    if situation.flow != "book" or situation.asks not in ("time", "confirm", "clarify") or not isinstance(service, str):
        return list(commands)
    taken = all(isinstance(each, Unclear | Smalltalk) or _is_taken_for(each) for each in commands)
    if not taken or not has("still_possible", fold(text)):
        return list(commands)
    courteous = [each for each in commands if isinstance(each, Smalltalk)]
    return [*courteous, Affirm() if situation.asks == "clarify" else Fill("service", service)]


def _is_taken_for(command: Command) -> bool:
    return isinstance(command, Ask) and command.topic in _TAKEN_FOR and "day" not in command.about
