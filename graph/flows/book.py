"""Booking an appointment: a service, a free time, a yes, a receipt."""

from __future__ import annotations

from typing import Any

from domain.commands import Fill
from domain.errors import Impossible
from graph.flows import beside, side_by_side
from graph.flows.flow import Desk, Flow, Frame, option, yes_no
from graph.flows.instead import left
from graph.flows.offering import explain, offer_nearest
from graph.flows.times import fill_time, reject_time, settle_time
from graph.phrases import listed, money, phrase, when
from graph.state import Data


async def _fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    slots = frame["slots"]
    if slot == "service":
        return _fill_service(slots, desk, value)
    if slot == "professional":
        slots["professional"] = await wanted_professional(desk, value)
        slots.pop("start", None)
        return True
    if slot in ("time", "excluded", "earliest", "latest", "shift", "same_hour", "same_weekday", "postpone"):
        return await fill_time(frame, desk, slot, value)
    if slot == "unlisted":
        return await _not_offered(desk, str(value))
    if slot == "nobody":
        return _nobody(slots, desk, value)
    if slot == "more":
        await beside.add(slots, desk, value, _fill)
        slots["added"] = True
        return True
    if slot in ("people", "together", "series"):
        slots[slot] = slots["added"] = value
        return True
    if slot == "for_another":
        side_by_side.taken_up(slots, desk if frame.get("asks") in ("time", "confirm") else None)
        return True
    if slot == "last":
        return await _as_last_time(slots, desk)
    return False


async def _not_offered(desk: Desk, what: str) -> bool:
    """A service asked for that is not done here: the owner's own word on it, or a plain no."""
    language = desk.dialogue["language"]
    found = (await desk.call("search_knowledge", question=what, language=language))["passages"]
    if found:
        desk.say("plain", text=found[0]["answer"])
    else:
        desk.say("book.not_offered", what=what[:40])
    return True


def _nobody(slots: Data, desk: Desk, name: str) -> bool:
    """Somebody was asked for who does not work here: said, never silently replaced."""
    performers = desk.business.performers(slots["service"]) if slots.get("service") else desk.business.professionals
    desk.say("book.nobody", who=name[:40], performers=listed([person.name for person in performers]))
    return True


async def wanted_professional(desk: Desk, value: Any) -> str | None:
    """A professional's id; None when anybody will do, "last" being whoever it was the last time."""
    if value == "last":
        latest = (await desk.call("my_appointments"))["latest"]
        return latest["professional"] if latest else None
    return value if isinstance(value, str) and value not in ("any", "other") else None


def _fill_service(slots: Data, desk: Desk, value: Any) -> bool:
    """A service id, or a list of ids when the words fit several."""
    if isinstance(value, list) and slots.get("service") in value:
        return False  # "quem corta" says nothing new of a haircut
    another = isinstance(value, str) and value != slots.get("service")
    if another and (beside.told_apart(slots, value) or beside.change_places(slots, value)):
        return True
    if isinstance(value, list):
        slots["service_choice"] = value
        slots.pop("service", None)
    else:
        slots["service"] = value
        slots.pop("service_choice", None)
        if slots.get("professional") not in (None, *(person.id for person in desk.business.performers(value))):
            slots["misfit"] = slots.pop("professional")
    slots.pop("start", None)
    return True


async def _as_last_time(slots: Data, desk: Desk) -> bool:
    last = (await desk.call("my_appointments"))["latest"]
    if last is None:
        desk.say("book.no_last")
        return True
    slots.setdefault("service", last["service"])
    if slots["service"] == last["service"]:
        slots["professional"] = slots["last_with"] = last["professional"]
    return True


async def _advance(frame: Frame, desk: Desk) -> str:
    slots = frame["slots"]
    _the_one_they_perform(slots, desk)
    if not slots.get("service"):
        if frame.get("asks") == "service" and slots.get("told") != _told(slots):
            desk.say("book.noted")
        slots["told"] = _told(slots)
        _ask_service(slots, desk)
        return "service"
    if _misfit(slots, desk):
        return "professional"
    if slots.get("people") and slots.get("same_hour"):
        slots["together"] = True
    added = slots.pop("added", None)
    if not await settle_time(frame, desk):
        if added:
            beside.announce(slots, desk)
        return "time"
    await side_by_side.arrange(slots, desk)
    service = desk.business.service(slots["service"])
    assert service is not None, "slots hold only services of the catalogue"
    person = desk.business.professional(slots["with"])
    summary = {"service": service.id, "start": slots["start"], "with": slots["with"]}
    desk.say(
        "book.confirm",
        service=service.name,
        when=when(slots["start"]),
        who=person.name if person else "",
        price=money(None if service.price is None else str(service.price)),
    )
    frame["summary"] = {**summary, "then": await beside.sum_up(slots, desk)}
    if slots.get("people", 1) > 1 and not slots.get("more"):
        desk.say("book.one_each")
    if slots.pop("series", None):
        desk.say("book.series")
    desk.offer(yes_no())
    return "confirm"


def _told(slots: Data) -> Data:
    """What is known while the service is not."""
    return {key: slots.get(key) for key in ("wish", "professional", "people")}


def _the_one_they_perform(slots: Data, desk: Desk) -> None:
    """ "Cortar o cabelo com a Ana", who cuts only women's: the one of several services that she performs."""
    person = desk.business.professional(slots.get("professional") or "")
    able = [each for each in slots.get("service_choice", ()) if person is not None and each in person.services]
    if not slots.get("service") and len(able) == 1:
        _fill_service(slots, desk, able[0])


def _ask_service(slots: Data, desk: Desk) -> None:
    choice = [service for service in desk.business.services if service.id in slots.get("service_choice", ())]
    person = desk.business.professional(slots.get("professional") or "")
    services = choice or [each for each in desk.business.services if person is None or each.id in person.services]
    desk.say("book.which_service" if choice else "book.service")
    desk.offer(
        [
            option(
                service.id,
                [Fill("service", service.id)],
                title=service.name,
                description=phrase(
                    "book.service_row",
                    price=money(None if service.price is None else str(service.price)),
                    minutes=service.minutes,
                ),
            )
            for service in services[:10]
        ],
        menu="menu.services",
    )


def _misfit(slots: Data, desk: Desk) -> bool:
    """Somebody was asked for who does not perform the service."""
    performers = desk.business.performers(slots["service"])
    wanted = slots.pop("misfit", None) or slots.get("professional")
    if wanted is None or wanted in {person.id for person in performers}:
        return False
    person, service = desk.business.professional(wanted), desk.business.service(slots["service"])
    slots["professional"] = None
    desk.say(
        "book.misfit",
        who=person.name if person else wanted,
        service=service.name if service else "",
        performers=listed([person.name for person in performers]),
    )
    desk.offer([option(person.id, [Fill("professional", person.id)], title=person.name) for person in performers[:3]])
    return True


async def _finish(frame: Frame, desk: Desk) -> Data | None:
    slots = frame["slots"]
    try:
        receipt = await desk.call(
            "book_appointment",
            service=slots["service"],
            professional=slots["with"],
            start=slots["start"],
            for_another=bool(slots.get("for_another")),
            key=desk.key(frame, "book"),
        )
    except Impossible as refusal:
        refused_time(frame, desk, refusal)
        return None
    service = desk.business.service(receipt["service"])
    person = desk.business.professional(receipt["professional"])
    desk.say(
        "book.done",
        service=service.name if service else "",
        when=when(receipt["start"]),
        who=person.name if person else "",
        address=desk.business.address or "",
    )
    return receipt


def refused_time(frame: Frame, desk: Desk, refusal: Impossible) -> None:
    """The time went while the customer decided: an apology, the nearest ones, and the question again."""
    slots = frame["slots"]
    start = slots.pop("start")
    opening = refusal.facts.get("facts", {}).get("opening", ())
    slots["wish"] = left(start, refusal.reason, opening)
    if refusal.reason == "slot_taken":
        desk.say("time.taken", when=when(start))
    else:
        told = refusal.facts.get("facts", {})
        explain(desk, refusal.reason, {**told, "professional": slots.get("with"), "start": start})
    offer_nearest(slots, desk, refusal.facts.get("nearest", ()), key="time.nearest_ask")
    frame["asks"] = "time"


async def _reject(frame: Frame, desk: Desk, slot: str | None) -> bool:
    """ "Não quero esse": the offered time goes, the rest stays."""
    slots = frame["slots"]
    if slot == "service":
        slots.pop("service", None)
    elif slot == "professional":
        slots["professional"] = _another_than(slots, desk)
        slots.pop("start", None)
    else:
        reject_time(slots)
    return True


def _another_than(slots: Data, desk: Desk) -> str | None:
    """ "Com a Ana não": the one other who performs the service; None where there are several, or none."""
    refused = slots.get("professional") or slots.get("with")
    able = [person.id for person in desk.business.performers(slots["service"])] if slots.get("service") else []
    others = [each for each in able if each != refused]
    return others[0] if refused and len(others) == 1 else None


FLOW = Flow("book", _fill, _advance, _finish, _reject, asks=("service", "professional", "time", "confirm"))
