"""What stands booked or ordered: told to whoever reads; and moved where a new appointment was read and it was meant."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Ask, Command, Correct, Fill, Start, Unclear
from graph import recent, stack
from graph.flows.appointments import as_it_stands
from graph.flows.flow import Desk
from graph.state import Data, TurnContext

_OF_TIMES = {"time", "earliest", "latest", "same_hour", "excluded"}


_TOLD = ("booking", "service", "professional", "start")


async def known(context: TurnContext) -> list[Data]:
    """The customer's appointments to come, soonest first; no connection is held afterwards."""
    if not context.business.professionals or context.business.booking is None:
        return []
    return [{each: item[each] for each in _TOLD} for item in await context.tools.standing()]


async def ordered(context: TurnContext) -> list[Data]:
    """The customer's orders under way, newest first; no connection is held afterwards."""
    return [_told(item) for item in await context.tools.ordered()] if context.business.products else []


async def moved(commands: Sequence[Command], desk: Desk) -> list[Command]:
    """ "Can we do it at 4pm instead of 2?": no second appointment beside the one at 2."""
    if (swapped := await _swapped(commands, desk)) is not None:
        return swapped
    told = {each.slot: each.value for each in commands if isinstance(each, Fill)}
    timed = [
        each for each in commands if isinstance(each, Fill) and each.slot == "time" and isinstance(each.value, list)
    ]
    times = [item for each in timed for item in each.value]
    if stack.top(desk) is not None or Start("book") not in commands or not times:
        return list(commands)
    if told.get("own") and await _has_one(told.get("service"), desk):
        named: list[Command] = [each for each in commands if not isinstance(each, Start) and each != Fill("own", True)]
        return [Start("reschedule"), *named]
    standing = await as_it_stands(times, _about(told), desk)
    if not standing and not (_just_shown(desk) and told.keys() <= _OF_TIMES):
        return list(commands)
    left = [item for item in times if item not in standing]
    old: list[Command] = [Fill("old_time", standing)] if standing else []
    others = [each for each in commands if each not in (Start("book"), *timed)]
    return [Start("reschedule"), *old, Fill("time", left), *others]


def _told(order: Data) -> Data:
    """An order in the words of the slots it was placed with."""
    terms = order["delivery"]
    told = {"delivery": terms["method"], "zone": terms.get("zone"), "address": terms.get("address")}
    told |= {"payment": order["payment"], "change_for": order["change_for"]}
    return {
        "order": order["id"],
        "number": order["number"],
        "items": [{"product": line["product"], "quantity": line["quantity"]} for line in order["items"]],
        "told": {name: value for name, value in told.items() if value is not None},
    }


async def _has_one(service: str | list[str] | None, desk: Desk) -> bool:
    """ "A pedicure pode ficar pra terça?", of a customer who has one: that is moved, not a second one booked."""
    ids = service if isinstance(service, list) else [service]
    return any(item["service"] in ids for item in (await desk.call("my_appointments"))["appointments"])


async def _swapped(commands: Sequence[Command], desk: Desk) -> list[Command] | None:
    """ "Could I have a pedicure instead of the manicure on Friday?": what stands is to be something else."""
    put = next((each for each in commands if isinstance(each, Correct) and each.slot == "service" and each.old), None)
    if put is None or stack.top(desk) is not None or any(isinstance(each, Ask) for each in commands):
        return None
    held = [item["service"] for item in (await desk.call("my_appointments"))["appointments"]]
    if put.old not in held or put.value in held or not isinstance(put.value, str):
        return None
    others = [each for each in commands if each not in (put, Start("book")) and not isinstance(each, Unclear)]
    return [Start("reschedule"), Fill("service", put.old), Fill("more", [put.value]), *others]


def _just_shown(desk: Desk) -> bool:
    """ "¿Puede ser a las 16?", right after what stands was told."""
    topic = recent.topic(desk.dialogue)
    return bool(topic.get("fresh")) and topic.get("asked") == "my_bookings"


def _about(told: Data) -> Data:
    """The service that was named, as what the appointment is for."""
    service = told.get("service")
    return {"about": {"service": service if isinstance(service, list) else [service]}} if service else {}
