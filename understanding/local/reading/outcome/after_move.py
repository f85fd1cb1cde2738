"""What is said right after an appointment was moved: "put it back", "volta pro horário antigo"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.commands import Command, Correct, Fill, Smalltalk, Start
from domain.ports import Situation
from understanding.local.reading.times_told import exactly
from understanding.local.text.cues import has
from understanding.local.text.words import fold


def told(commands: Sequence[Command], text: str, situation: Situation) -> list[Command]:
    """The commands, those of the move back where the time it had before is wanted again."""
    was: Mapping[str, Any] = situation.done.get("was") or {}
    if situation.flow is not None or situation.done.get("flow") != "reschedule" or not was:
        return list(commands)
    if not has("moves_back", fold(text)) or not all(_is_of_it(each, was) for each in commands):
        return list(commands)
    courteous = [each for each in commands if isinstance(each, Smalltalk)]
    who = (
        [] if was["professional"] == situation.done.get("professional") else [Fill("professional", was["professional"])]
    )
    return [*courteous, Start("reschedule"), *who, Fill("time", [exactly(was["start"])])]


def _is_of_it(command: Command, was: Mapping[str, Any]) -> bool:
    """Whether it tells no other time, service or wish than that of before."""
    if isinstance(command, Start):
        return command.flow in ("book", "reschedule", "cancel_booking")
    if not isinstance(command, Fill | Correct):
        return True
    if command.slot not in ("time", "old_time") or not isinstance(command.value, list):
        return command.slot == "same_hour"
    return all(str(each["start"])[:10] == was["start"][:10] and not each["has_time"] for each in command.value)
