"""One like the appointment that is to go, booked in the same breath: "cancel Thursday and book me for Saturday"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.commands import Command, Fill, Start
from domain.ports import Situation

_THINGS = ("service", "last", "more")


def told(commands: Sequence[Command], situation: Situation) -> list[Command]:
    """The commands, the new one with the service of the one that goes, where no service is told of it."""
    begun = [each for each in commands if isinstance(each, Start)]
    if begun != [Start("cancel_booking"), Start("book")] or not situation.standing:
        return list(commands)
    place = commands.index(Start("book"))
    gone, anew = commands[:place], commands[place + 1 :]
    if any(isinstance(each, Fill) and each.slot in _THINGS for each in anew):
        return list(commands)
    going = [one for one in situation.standing if all(_is_told_of(each, one) for each in gone)]
    service = [Fill("service", going[0]["service"])] if len(going) == 1 else []
    return [*gone, Start("book"), *service, *anew]


def _is_told_of(command: Command, one: Mapping[str, Any]) -> bool:
    """Whether what is told of the one that goes fits."""
    if not isinstance(command, Fill):
        return True
    if command.slot == "service":
        return one["service"] in command.value if isinstance(command.value, list) else one["service"] == command.value
    if command.slot in ("old_time", "time"):
        return any(str(each["start"])[:10] == one["start"][:10] for each in command.value if each["has_date"])
    return command.slot != "booking" or command.value == one["booking"]
