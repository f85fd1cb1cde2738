"""Moving an appointment: which one, a new free time, a yes, a receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.errors import Impossible
from graph import recent
from graph.flows.appointments import as_it_stands, chosen, described, fill_appointment, matches, settle_appointment
from graph.flows.book import refused_time, wanted_professional
from graph.flows.flow import Desk, Flow, Frame, yes_no
from graph.flows.late import offer_person, too_late
from graph.flows.times import before, behind, fill_time, reject_time, settle_time
from graph.flows.when import in_that_week, is_a_week
from graph.phrases import money, when
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
    if slot == "more":
        return await _fill_more(slots, desk, value)
    if slot == "service" and await _is_new(slots, desk, value):
        return _become(slots, value)
    if slot in ("old_time", "service"):
        _tell_about(slots, slot, value)
        return True
    if slot == "professional" and await _tells_which(frame, desk, value):
        slots.setdefault("about", {})["professional"] = value  # "o da Ana"
        return True
    if slot == "professional":
        slots["other_than"] = value == "other"
        slots["professional"] = await wanted_professional(desk, None if value == "other" else value)
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


async def _fill_more(slots: Data, desk: Desk, wanted: Sequence[Any]) -> bool:
    """The next one to move; "troca a manicure por pedicure", where no pedicure stands: what the first is to become."""
    if len(wanted) == 1 and isinstance(wanted[0], str) and slots.get("about", {}).get("service"):
        mine = (await desk.call("my_appointments"))["appointments"]
        held = [item["service"] for item in mine]
        if wanted[0] not in held and any(each in held for each in slots["about"]["service"]):
            return _become(slots, wanted[0])
    slots["more"] = [{"service": each} if isinstance(each, str) else each for each in wanted]
    return True


async def _is_new(slots: Data, desk: Desk, value: Any) -> bool:
    """ "Era pedicure", of the manicure just booked or taken up: another service in its place, if no such one stands."""
    done = recent.done(desk.dialogue, within=2)
    fresh = done.get("flow") in ("book", "reschedule")
    if not isinstance(value, str) or not (slots.get("booking") or (fresh and not slots.get("about"))):
        return False
    mine = (await desk.call("my_appointments"))["appointments"]
    if not mine or any(item["service"] == value for item in mine):
        return False
    slots["booking"] = slots.get("booking") or next((m for m in mine if m["booking"] == done["receipt"]), None)
    return slots["booking"] is not None


def _become(slots: Data, service: str) -> bool:
    slots["new_service"] = service
    slots.pop("start", None)
    return True


def _tell_about(slots: Data, slot: str, value: Any) -> None:
    """What is told of the appointment to be moved; one that was found and does not fit is forgotten."""
    if slot == "old_time":
        slots.setdefault("about", {})["time"] = value
        return
    slots.setdefault("about", {})["service"] = value if isinstance(value, list) else [value]
    if not all(matches(each, slots) for each in chosen(slots)):
        _forget(slots)
        slots.pop("booking")


async def _tells_which(frame: Frame, desk: Desk, professional: Any) -> bool:
    """ "O dele com o Bruno": of several appointments that fit, one is with that professional."""
    asked, slots = frame["asks"] == "clarify", frame["slots"]
    if not asked and (chosen(slots) or not slots.get("about")):
        return False
    mine = (await desk.call("my_appointments"))["appointments"]
    fitting = mine if asked else [item for item in mine if matches(item, slots)]
    with_them = [item for item in fitting if item["professional"] == professional]
    return bool(with_them) and (asked or (len(with_them) == 1 < len(fitting)))


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
    slots["service"] = slots.get("new_service") or booking["service"]
    if not slots.get("new_professional"):
        slots["professional"] = _who_can(slots["service"], booking["professional"], desk)
    elif not _somebody_else(slots, booking, desk):
        return "none"
    _keep_the_hour(slots, booking)
    if not slots.get("introduced") and (not slots.get("wish") or slots.get("follows")):
        slots["introduced"] = True
        desk.say("reschedule.found", appointment=described(desk, booking))
    place = len(desk.says)
    if not await settle_time(frame, desk, exclude=booking["booking"]):
        _introduce_one_of_several(slots, booking, place, desk)
        return "time"
    as_before = (booking["start"], booking["professional"], booking["service"])
    if (slots["start"], slots["with"], slots["service"]) == as_before:
        return _same_as_before(slots, desk, booking)
    _sum_up(frame, desk, booking)
    return "confirm"


def _introduce_one_of_several(slots: Data, booking: Data, place: int, desk: Desk) -> None:
    """ "Move the first one to Saturday": before what is offered for it, which of them that is."""
    if slots.get("introduced") or not slots.get("one_of_several"):
        return
    slots["introduced"] = True
    desk.say("reschedule.found", appointment=described(desk, booking))
    desk.says.insert(place, desk.says.pop())


def _sum_up(frame: Frame, desk: Desk, booking: Data) -> None:
    """What it was, what it is to be, and whether that is right."""
    slots = frame["slots"]
    person, service = desk.business.professional(slots["with"]), desk.business.service(slots["service"])
    assert service is not None, "slots hold only services of the catalogue"
    told = {"when": when(slots["start"]), "who": person.name if person else "", "service": service.name}
    frame["summary"] = {"booking": booking["booking"], "start": slots["start"], "with": slots["with"]}
    if slots["service"] == booking["service"]:
        desk.say("reschedule.confirm", old=when(booking["start"]), **told)
    else:
        frame["summary"]["service"] = service.id
        price = money(None if service.price is None else str(service.price))
        desk.say("reschedule.swap", old=described(desk, booking), price=price, **told)
    desk.offer(yes_no())


def _who_can(service: str, professional: str, desk: Desk) -> str | None:
    """The same professional, where that one performs it."""
    return professional if professional in [person.id for person in desk.business.performers(service)] else None


def _somebody_else(slots: Data, booking: Data, desk: Desk) -> bool:
    """Settles who takes the place of whom it is with; where nobody else can, all stays as it is. Returns whether so."""
    able = [person.id for person in desk.business.performers(slots["service"])]
    others = [each for each in able if each != booking["professional"]]
    if slots.pop("other_than", False):
        slots["professional"] = others[0] if others else None
    elif slots["professional"] in (None, *able) or others:
        return True
    if others:
        return True
    if slots.get("wish") or slots.get("new_service") or slots.get("shown"):  # another time is wished for too
        slots.update(professional=booking["professional"], new_professional=False)
    service, person = desk.business.service(slots["service"]), desk.business.professional(booking["professional"])
    told = {"service": service.name if service else "", "who": person.name if person else ""}
    desk.say("reschedule.nobody_else", **told)
    goes_on = bool(slots.get("wish") or slots.get("new_service") or slots.get("shown"))
    if not goes_on:
        desk.say("reschedule.stays", when=when(booking["start"]))
    return goes_on


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
    if (slots.pop("same_weekday", False) or (slots.get("same_hour") and is_a_week(wish))) and wish.get("windows"):
        slots["wish"] = {"start": in_that_week(booking["start"], wish["windows"][0][0])}
        return
    another = slots.get("new_service") or slots.get("new_professional")
    on_its_day = another and wish.get("day") == booking["start"][:10] and _is_whole_day(wish)
    as_it_was = slots.pop("same_hour", False) if not wish else on_its_day
    if as_it_was or (not wish and another):
        slots["wish"] = {"start": booking["start"]}
        return
    if wish.get("range") and not wish.keys() - {"range"}:  # "o de quinta, pra depois das 17h"
        day = booking["start"][:10]
        slots["wish"] = {"day": day, "windows": [[f"{day}T{edge}:00{start:%z}" for edge in wish["range"]]]}
        return
    if wish.get("clock") and not wish.get("day"):
        slots["wish"] = {"start": f"{booking['start'][:11]}{wish['clock']}{booking['start'][16:]}"}


def _is_whole_day(wish: Data) -> bool:
    """Whether a day is told and no hour of it."""
    return wish.keys() == {"day", "windows"} and all(start[11:16] == end[11:16] for start, end in wish["windows"])


async def _finish(frame: Frame, desk: Desk) -> Data | None:
    slots = frame["slots"]
    try:
        receipt = await desk.call(
            "reschedule_appointment",
            booking=slots["booking"]["booking"],
            start=slots["start"],
            professional=slots["with"],
            service=slots["service"],
            key=desk.key(frame, "reschedule"),
        )
    except Impossible as refusal:
        if refusal.reason == "late":
            return offer_person(desk, "reschedule.late")
        if refusal.reason == "not_found":  # cancelled in between, by itself or at the counter
            desk.say("appointments.gone")
            return {"receipt": None}
        refused_time(frame, desk, refusal)
        return None
    person = desk.business.professional(receipt["professional"])
    told = {"when": when(receipt["start"]), "who": person.name if person else ""}
    service = desk.business.service(receipt["service"])
    if service is not None and slots.get("new_service"):
        desk.say("reschedule.swapped", service=service.name, **told)
    else:
        desk.say("reschedule.done", **told)
    return receipt


async def _reject(frame: Frame, desk: Desk, slot: str | None) -> bool:
    reject_time(frame["slots"])
    return True


FLOW = Flow("reschedule", _fill, _advance, _finish, _reject, asks=("clarify", "time", "confirm", "none"))
