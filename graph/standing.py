"""What was read as a new appointment and speaks of one that stands: that one is moved."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Command, Fill, Start
from graph import stack
from graph.flows.appointments import as_it_stands
from graph.flows.flow import Desk
from graph.state import Data

_OF_TIMES = {"time", "earliest", "latest", "same_hour", "excluded"}


async def moved(commands: Sequence[Command], desk: Desk) -> list[Command]:
    """ "Can we do it at 4pm instead of 2?": no second appointment beside the one at 2."""
    told = {each.slot: each.value for each in commands if isinstance(each, Fill)}
    times = told.get("time")
    if stack.top(desk) is not None or Start("book") not in commands or not isinstance(times, list):
        return list(commands)
    standing = await as_it_stands(times, _about(told), desk)
    if not standing and not (_just_shown(desk) and told.keys() <= _OF_TIMES):
        return list(commands)
    left = [item for item in times if item not in standing]
    old: list[Command] = [Fill("old_time", standing)] if standing else []
    others = [each for each in commands if each not in (Start("book"), Fill("time", times))]
    return [Start("reschedule"), *old, Fill("time", left), *others]


def _just_shown(desk: Desk) -> bool:
    """ "¿Puede ser a las 16?", right after what stands was told."""
    topic: Data = desk.dialogue.get("topic") or {}
    return topic.get("asked") == "my_bookings" and desk.dialogue["turns"] - topic["turn"] <= 1


def _about(told: Data) -> Data:
    """The service that was named, as what the appointment is for."""
    service = told.get("service")
    return {"about": {"service": service if isinstance(service, list) else [service]}} if service else {}
