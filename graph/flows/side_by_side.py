"""Several people or animals at one hour: each with somebody of their own, none in the way of the others."""

from __future__ import annotations

from collections.abc import Sequence

from graph.flows.flow import Desk
from graph.state import Data


async def arrange(slots: Data, desk: Desk) -> None:
    """ "Dois banhos às 10": the others wait behind the first for its own hour, where somebody is free for each."""
    others, told = slots.get("people", 1) - 1, [wish for wish in slots.get("more", ()) if not wish.get("beside")]
    if others < 1 or told or not slots.get("together"):
        return
    slots["more"] = []
    taken, waiting = [slots["with"]], []
    for _ in range(others):
        who = await somebody_else(slots["service"], slots["start"], taken, desk)
        if who is None:
            return
        taken.append(who)
        wish = {"wish": {"start": slots["start"]}, "for_another": True, "beside": True}
        waiting.append({"service": slots["service"], "professional": who, **wish})
    slots["more"] = waiting


async def somebody_else(
    service: str, start: str, taken: Sequence[str], desk: Desk, asked: str | None = None
) -> str | None:
    """Who can do it at that time and is none of those taken; None when nobody can."""
    able = [person.id for person in desk.business.performers(service) if person.id not in taken]
    for person in able if asked is None else [each for each in able if each == asked]:
        search = {"service": service, "professional": person, "exclude_booking": None, "for_another": True}
        if (await desk.call("check_time", start=start, **search))["free"]:
            return person
    return None


async def offer(start: str, slots: Data, desk: Desk) -> None:
    """Says that an hour at which the customer has an appointment already can be somebody else's, where it can."""
    slots["own_in_way"] = None
    if (
        slots.get("for_another")
        or await somebody_else(slots["service"], start, (), desk, slots.get("professional")) is None
    ):
        return
    slots["own_in_way"] = start
    desk.say("time.for_another")


def taken_up(slots: Data, told: Desk | None = None) -> None:
    """ "É pra minha filha": the hour that was in the way is wished for again, for somebody else.

    `told`: where to say that it was heard, to a summary that does not show it.
    """
    if told is not None:
        told.say("book.of_another")
    slots["for_another"] = True
    slots.pop("start", None)
    if slots.get("own_in_way"):
        slots["wish"] = {"start": slots.pop("own_in_way")}


def beside_the_last(slots: Data, desk: Desk) -> None:
    """ "E um pra minha mãe no mesmo horário": the hour of what was just booked, with whoever is free then."""
    slots.pop("same_hour")
    start = (desk.dialogue["done"] or {}).get("start")
    if start:
        slots["wish"] = {"start": start}
    if slots.get("professional") == slots.get("last_with"):
        slots["professional"] = None
