"""Moving an appointment: which one, a new free time, a yes, a receipt."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from domain.errors import Impossible
from graph.flows.appointments import as_it_stands, chosen, described, fill_appointment, matches, settle_appointment
from graph.flows.book import refused_time, wanted_professional
from graph.flows.flow import Desk, Flow, Frame, yes_no
from graph.flows.late import offer_person, too_late
from graph.flows.times import before, behind, fill_time, reject_time, settle_time
from graph.flows.when import in_that_week
from graph.phrases import when
from graph.state import Data


async def _fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    slots = frame["slots"]
    if slot == "booking":
        if slots.get("booking"):
            _forget(slots)
        return await fill_appointment(frame, desk, value)
    if slot in ("time", "excluded", "earliest", "latest", "shift", "same_hour"):
        return await _fill_when(frame, desk, slot, value)
    if slot in ("postpone", "same_weekday"):
        slots[slot] = value
        slots.pop("start", None)
        return True
    if slot in ("time", "excluded", "earliest", "latest", "shift", "same_hour"):
        return await fill_time(frame, desk, slot, value)
    if slot == "more":
        slots["more"] = value
        return True
    if slot in ("old_time", "service"):
        _tell_about(slots, slot, value)
        return True
    if slot == "professional" and frame["asks"] == "clarify" and await _has_one_with(value, desk):
        slots.setdefault("about", {})["professional"] = value  # "o da Ana"
        return True
    if slot == "professional":
        slots["professional"] = await wanted_professional(desk, value)
        slots["new_professional"] = True
        return True
    return False


async def _fill_when(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    """When it is to be; a time that tells when it is now is told of the appointment."""
    slots = frame["slots"]
    if slot == "time" and isinstance(value, list) and (standing := await as_it_stands(value, slots, desk)):
        _tell_about(slots, "old_time", standing)
        value = [item for item in value if item not in standing]
    if slot == "shift" and not (slots.get("start") or slots.get("wish") or slots.get("shown")):
        slots["shift"] = value  # from where it stands, once that is found
        return True
    return await fill_time(frame, desk, slot, value)


def _tell_about(slots: Data, slot: str, value: Any) -> None:
    """What is told of the appointment to be moved; one that was found and does not fit is forgotten."""
    if slot == "old_time":
        slots.setdefault("about", {})["time"] = value
        return
    slots.setdefault("about", {})["service"] = value if isinstance(value, list) else [value]
    if not all(matches(each, slots) for each in chosen(slots)):
        _forget(slots)
        slots.pop("booking")


async def _has_one_with(professional: Any, desk: Desk) -> bool:
    """Whether one of the customer's appointments is with that professional."""
    mine = (await desk.call("my_appointments"))["appointments"]
    return any(item["professional"] == professional for item in mine)


def _same_as_before(slots: Data, desk: Desk, booking: Data) -> str:
    """Nothing would change: said, and what else is asked."""
    desk.say("reschedule.same", when=when(booking["start"]))
    slots.pop("start")
    slots.pop("wish", None)
    return "time"


def _forget(slots: Data) -> None:
    """Another appointment is meant; the new time that was said for it stays."""
    for known in ("start", "hour", "professional", "new_professional", "introduced"):
        slots.pop(known, None)


async def _advance(frame: Frame, desk: Desk) -> str:
    waiting = await settle_appointment(frame, desk, "reschedule")
    if waiting is not None:
        return waiting
    slots = frame["slots"]
    booking = slots["booking"]
    if too_late(desk, booking):
        offer_person(desk, "reschedule.late")
        return "none"
    slots["service"] = booking["service"]
    if not slots.get("new_professional"):
        slots["professional"] = booking["professional"]
    _keep_the_hour(slots, booking)
    if not slots.get("introduced") and (not slots.get("wish") or slots.get("follows")):
        slots["introduced"] = True
        desk.say("reschedule.found", appointment=described(desk, booking))
    if not await settle_time(frame, desk, exclude=booking["booking"]):
        return "time"
    if (slots["start"], slots["with"]) == (booking["start"], booking["professional"]):
        return _same_as_before(slots, desk, booking)
    person = desk.business.professional(slots["with"])
    service = desk.business.service(booking["service"])
    frame["summary"] = {"booking": booking["booking"], "start": slots["start"], "with": slots["with"]}
    desk.say(
        "reschedule.confirm",
        service=service.name if service else booking["service"],
        old=when(booking["start"]),
        when=when(slots["start"]),
        who=person.name if person else "",
    )
    desk.offer(yes_no())
    return "confirm"


def _keep_the_hour(slots: Data, booking: Data) -> None:
    """What is said relative to the appointment: an hour on its own day, its hour on another, an hour later."""
    wish = slots.get("wish", {})
    start = datetime.fromisoformat(booking["start"])
    if slots.get("postpone"):
        slots["wish"] = {"start": (start + timedelta(minutes=slots.pop("postpone"))).isoformat()}
        return
    slots.setdefault("hour", booking["start"][11:])
    shift = slots.pop("shift", None)
    if shift and not wish:
        slots["wish"] = behind(booking["start"]) if shift == "later" else before(booking["start"])
        return
    if slots.pop("same_weekday", False) and wish.get("windows"):
        slots["wish"] = {"start": in_that_week(booking["start"], wish["windows"][0][0])}
        return
    if not wish and (slots.pop("same_hour", False) or slots.get("new_professional")):
        slots["wish"] = {"start": booking["start"]}
        return
    if wish.get("range") and not wish.keys() - {"range"}:  # "o de quinta, pra depois das 17h"
        day = booking["start"][:10]
        slots["wish"] = {"day": day, "windows": [[f"{day}T{edge}:00{start:%z}" for edge in wish["range"]]]}
        return
    if wish.get("clock") and not wish.get("day"):
        slots["wish"] = {"start": f"{booking['start'][:11]}{wish['clock']}{booking['start'][16:]}"}


async def _finish(frame: Frame, desk: Desk) -> Data | None:
    slots = frame["slots"]
    try:
        receipt = await desk.call(
            "reschedule_appointment",
            booking=slots["booking"]["booking"],
            start=slots["start"],
            professional=slots["with"],
            key=desk.key(frame, "reschedule"),
        )
    except Impossible as refusal:
        if refusal.reason == "late":
            return offer_person(desk, "reschedule.late")
        refused_time(frame, desk, refusal)
        return None
    person = desk.business.professional(receipt["professional"])
    desk.say("reschedule.done", when=when(receipt["start"]), who=person.name if person else "")
    return receipt


async def _reject(frame: Frame, desk: Desk, slot: str | None) -> bool:
    reject_time(frame["slots"])
    return True


FLOW = Flow("reschedule", _fill, _advance, _finish, _reject, asks=("clarify", "time", "confirm", "none"))
