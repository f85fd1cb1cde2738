"""Services wanted beside the first one: each waits with what was told of it, and has its own summary and its own yes.

A waiting wish is the slots of a booking to come: `{"service": id, "wish": …, "professional": …}`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from graph.flows.flow import Desk, Frame
from graph.flows.instead import after_refusal
from graph.flows.side_by_side import somebody_else
from graph.flows.times import on_grid
from graph.phrases import listed, when
from graph.state import Data

Taking = Callable[[Frame, Desk, str, Any], Awaitable[bool]]


async def add(slots: Data, desk: Desk, wanted: Sequence[str | Mapping[str, Any]], take: Taking) -> None:
    """Puts wishes behind the first one; what is told of one that waits already is taken in there. None: no more."""
    waiting = [dict(each) for each in slots.get("more", ())] if wanted else []
    known = list(waiting)
    for each in wanted:
        told = {"service": each} if isinstance(each, str) else each
        if isinstance(each, str) and each == slots.get("service"):
            continue
        wish = next((one for one in known if _service(one) == told["service"]), None)
        if wish is None:
            wish = {}
            waiting.append(wish)
        else:
            known.remove(wish)
        for slot, value in told.items():
            await take({"slots": wish}, desk, slot, value)
    slots["more"] = waiting


def told_apart(slots: Data, service: str) -> bool:
    """ "Feminino", of "coloração e corte": which of its kinds the one that waits is."""
    wish = next((each for each in slots.get("more", ()) if service in each.get("service_choice", ())), None)
    if wish is None or not slots.get("service"):
        return False
    told = {**{slot: value for slot, value in wish.items() if slot != "service_choice"}, "service": service}
    slots["more"] = [told if each is wish else each for each in slots["more"]]
    slots["added"] = True
    return True


def change_places(slots: Data, service: str) -> bool:
    """ "A pedicure primeiro": one that waits is taken up with what was told of it, the current one waits instead."""
    waiting = list(slots.get("more", ()))
    meant = next((wish for wish in waiting if wish.get("service") == service), None)
    if meant is None or not slots.get("service"):
        return False
    start = {"start": slots["start"]} if slots.get("start") else slots.get("wish")
    now: Data = {
        "service": slots["service"],
        "professional": slots.get("professional"),
        **({"wish": start} if start else {}),
    }
    for known in ("start", "with", "wish", "hour", "hour_of", "professional"):
        slots.pop(known, None)
    slots.update(meant)
    slots["more"] = [now if wish is meant else wish for wish in waiting]
    return True


def _service(wish: Data) -> Any:
    return wish.get("service_choice") or wish.get("service")


async def sum_up(slots: Data, desk: Desk) -> list[Data | None]:
    """Says what is booked afterwards. Returns the start and professional of each that was told with a free one."""
    told: list[Data | None] = []
    for waiting in slots.get("more", ()):
        start = (_on_that_day(waiting, slots["start"]) or {}).get("start")
        if not waiting.get("wish") and waiting.get("together"):
            start = await _at_once(waiting, slots, desk)
        free = await _free(waiting, slots, start, desk) if start and waiting.get("service") else None
        if free:
            desk.say("book.then_at", **_named(waiting, desk), when=when(free["start"]), who=_who(free["with"], desk))
        elif start and waiting.get("service"):
            desk.say("book.then_other", **_named(waiting, desk), when=when(start))
        elif waiting.get("service") == slots["service"] or not _service(waiting):
            desk.say("book.one_each")
        else:
            desk.say("book.then", **_named(waiting, desk))
        told.append(free)
    return told


def announce(slots: Data, desk: Desk) -> None:
    """Says what was put behind the one whose time is still to be found."""
    for waiting in slots.get("more", ()):
        if _service(waiting):
            desk.say("book.then", **_named(waiting, desk))
    if slots.get("people", 1) > 1 and not slots.get("more"):
        desk.say("book.one_each")
    if slots.pop("series", None):
        desk.say("book.series")


def begun(slots: Data, receipt: Data, desk: Desk) -> Data:
    """The slots of the next booking, once the one before it is made: right after it, where nothing else was told."""
    first, *rest = slots["more"]
    wish = _on_that_day(first, slots["start"]) or right_after(slots, receipt, desk)
    return {**first, "wish": wish, "more": rest}


def right_after(slots: Data, receipt: Data, desk: Desk) -> Data:
    """The day of what was just booked, at its end if that is known."""
    that_day = after_refusal(slots["start"])
    return {**that_day, "next": on_grid(receipt["end"], desk)} if receipt.get("end") else that_day


def _on_that_day(waiting: Data, start: str) -> Data | None:
    """What was told of its time; an hour alone is on the day of the one before it."""
    wish: Data | None = waiting.get("wish")
    if wish and wish.get("clock") and not wish.get("day"):
        return {"start": f"{start[:11]}{wish['clock']}:00{start[19:]}"}
    if wish and wish.get("range") and not wish.get("windows"):
        edges = [f"{start[:11]}{edge}:00{start[19:]}" for edge in wish["range"]]
        return {"day": start[:10], "windows": [edges]}
    return wish


async def _at_once(waiting: Data, slots: Data, desk: Desk) -> str | None:
    """ "Escova pra mim e manicure pra minha mãe, sexta 15h": the hour of the first, if the other can be had then."""
    start: str = slots["start"]
    return start if waiting.get("service") and await _free(waiting, slots, start, desk) else None


async def _free(waiting: Data, slots: Data, start: str, desk: Desk) -> Data | None:
    """Who can do it then, if that is so once the first is booked."""
    if waiting.get("wish", {}).get("doubt") or waiting.get("misfit"):
        return None
    overlap, search = _overlap(waiting, start, slots, desk), _search(waiting)
    if overlap and waiting.get("for_another"):
        who = await somebody_else(waiting["service"], start, [slots["with"]], desk, waiting.get("professional"))
        return {"start": start, "with": who} if who else None
    checked = await desk.call("check_time", start=start, **search)
    if not checked["free"] or overlap:
        return None  # nobody has two appointments at once
    return {"start": start, "with": checked["professional"]}


def _search(waiting: Data) -> Data:
    another = {"for_another": True} if waiting.get("for_another") else {}
    return {
        "service": waiting["service"],
        "professional": waiting.get("professional"),
        "exclude_booking": None,
        **another,
    }


def _overlap(waiting: Data, start: str, slots: Data, desk: Desk) -> bool:
    first, second = datetime.fromisoformat(slots["start"]), datetime.fromisoformat(start)
    return first < second + _length(waiting, desk) and second < first + _length(slots, desk)


def _length(slots: Data, desk: Desk) -> timedelta:
    service = desk.business.service(slots["service"])
    return timedelta(minutes=service.minutes if service else 0)


def _named(waiting: Data, desk: Desk) -> Data:
    ids = [waiting["service"]] if waiting.get("service") else waiting["service_choice"]
    return {"service": listed([each.name for each in desk.business.services if each.id in ids], last="or")}


def _who(professional: str, desk: Desk) -> str:
    person = desk.business.professional(professional)
    return person.name if person else ""
