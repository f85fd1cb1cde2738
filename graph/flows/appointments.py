"""Which of the customer's appointments is spoken of: shared by moving and cancelling."""

from __future__ import annotations

from typing import Any

from domain.commands import Deny, Fill, Human
from graph.flows.flow import Desk, Frame, option
from graph.flows.instead import after_refusal
from graph.phrases import lines, phrase, short, when
from graph.state import Data


async def settle_appointment(frame: Frame, desk: Desk, verb: str) -> str | None:
    """Finds the one appointment meant and keeps it in `slots["booking"]`; else asks. Returns what it waits for.

    `verb` names the templates: `{verb}.which`. "none" when the customer has no appointment.
    """
    slots = frame["slots"]
    if verb == "reschedule" and len(slots.get("bookings") or ()) > 1:
        _one_by_one(slots, slots.pop("bookings"))
    if chosen(slots):
        return None
    mine = (await desk.call("my_appointments"))["appointments"]
    if not mine:
        say_none(desk)
        return "none"
    slots["one_of_several"] = len(mine) > 1
    left = [item for item in mine if item["booking"] not in slots.get("refused", ())] or mine
    meant = [item for item in left if matches(item, slots)] or _by_day(left, slots) or left
    meant = _by_place(meant, slots.pop("which", None))
    if len(meant) == 1:
        slots["booking"] = meant[0]
        return None
    if slots.pop("every", False):
        if verb == "cancel_booking":
            slots["bookings"] = meant
        else:
            _one_by_one(slots, meant)
        return None
    desk.say(f"{verb}.which", appointments=lines([described(desk, item, "appointments.row") for item in meant]))
    desk.offer(
        [
            option(
                item["booking"],
                [Fill("booking", item["booking"])],
                title=short(item["start"]),
                description=_service_name(desk, item["service"]),
            )
            for item in meant[:10]
        ],
        menu="menu.appointments",
    )
    return "clarify"


def _one_by_one(slots: Data, meant: list[Data]) -> None:
    """One after the other is moved: each needs its own new time."""
    slots["booking"], slots["others"], slots["for_others"] = meant[0], meant[1:], _for_others(slots)


def say_none(desk: Desk) -> None:
    """None stands in the customer's name: a person may know of one, unless something else goes on below."""
    if len(desk.dialogue["stack"]) > 1:
        desk.say("appointments.none")
        return
    desk.say("appointments.none_found")
    offer_to_ask_the_team(desk)


def offer_to_ask_the_team(desk: Desk) -> None:
    """A person may know of an appointment that is not in the books."""
    desk.offer(
        [
            option("pessoa", [Human("asked")], title_key="option.human"),
            option("nao", [Deny()], title_key="option.no_thanks"),
        ]
    )
    desk.dialogue["question"] = {"kind": "human", "reason": "asked"}


def _for_others(slots: Data) -> Data:
    """ "Os dois pra sexta, no mesmo horário": what was told of the new time holds for all, but for the hour."""
    wish = slots.get("wish") or {}
    told: Data = {"wish": after_refusal(wish["start"]) if wish.get("start") else wish} if wish else {}
    return {**told, **({"same_hour": True} if slots.get("same_hour") else {})}


async def fill_appointment(frame: Frame, desk: Desk, value: Any) -> bool:
    """Takes the id of a listed appointment, several ids, or which of them: first, last, all."""
    if value in ("first", "last"):
        frame["slots"].update(which=value, booking=None, bookings=None)
        return True
    if value == "other":
        refused = [*frame["slots"].get("refused", ()), *(item["booking"] for item in chosen(frame["slots"]))]
        frame["slots"].update(refused=refused, booking=None, bookings=None, about={})
        return True
    if value == "all":
        frame["slots"].update(every=True, booking=None, bookings=None)
        return True
    mine = (await desk.call("my_appointments"))["appointments"]
    if isinstance(value, list):
        frame["slots"].update(bookings=[item for item in mine if item["booking"] in value], booking=None)
        return True
    found = next((item for item in mine if item["booking"] == value), None)
    if found:
        frame["slots"].update(booking=found, bookings=None, one_of_several=len(mine) > 1)
    return found is not None


async def as_it_stands(items: list[Data], slots: Data, desk: Desk) -> list[Data]:
    """ "Mañana no llego a las 11, ¿se puede a las 12?": the times among several that only tell when it is now."""
    if not any(item.get("has_time") for item in items[1:]):
        return await _of_two_days(items, slots, desk)
    mine = chosen(slots) or (await desk.call("my_appointments"))["appointments"]
    starts = [item["start"] for item in mine if matches(item, slots)]
    standing = [item for item in items if item.get("has_time") and any(_touches(each, item) for each in starts)]
    others = [item for item in items if item not in standing]
    dated = any(item.get("has_date") and item.get("has_time") for item in others)
    standing += [item for item in others if dated and _day_of(item) and any(_touches(each, item) for each in starts)]
    left = [item for item in items if item not in standing]
    return standing if any(item.get("has_time") for item in left) else []


async def _of_two_days(items: list[Data], slots: Data, desk: Desk) -> list[Data]:
    """ "Can we push Thursday back to Friday?": of two days, the first is that of an appointment."""
    if len(items) != 2 or not all(item.get("has_date") and _day_of(item) for item in items):
        return []
    mine = chosen(slots) or (await desk.call("my_appointments"))["appointments"]
    standing = [item for item in items if any(_touches(each["start"], item) for each in mine if matches(each, slots))]
    return standing if standing == items[:1] else []


def _day_of(item: Data) -> bool:
    return bool(item["kind"] == "moment" and item["grain"] == "day" and not item.get("has_time"))


def chosen(slots: Data) -> list[Data]:
    """The appointment settled on, or all of them."""
    return slots.get("bookings") or ([slots["booking"]] if slots.get("booking") else [])


def _by_day(left: list[Data], slots: Data) -> list[Data]:
    """ "The hair one, Friday's": words that fit several services tell less than the day."""
    about = slots.get("about", {})
    vague = len(about.get("service") or ()) > 1
    day = {"about": {key: value for key, value in about.items() if key != "service"}}
    return [item for item in left if matches(item, day)] if vague and about.get("time") else []


def _by_place(meant: list[Data], which: str | None) -> list[Data]:
    """ "O mais cedo", "o último": the first or the last of those that fit."""
    ordered = sorted(meant, key=lambda item: str(item["start"]))
    return meant if which is None else ordered[:1] if which == "first" else ordered[-1:]


def matches(item: Data, slots: Data) -> bool:
    """Whether what was said of the appointment (its service, professional or old time) fits this one."""
    about = slots.get("about", {})
    if about.get("service") and item["service"] not in about["service"]:
        return False
    if about.get("professional") and item["professional"] != about["professional"]:
        return False
    times = about.get("time", ())
    return not times or any(_touches(item["start"], found) for found in times)


def _touches(start: str, found: Data) -> bool:
    if found.get("has_date") is False and found.get("kind") == "interval" and found.get("start") and found.get("end"):
        return bool(str(found["start"])[11:16] <= start[11:16] < str(found["end"])[11:16])  # "la de la mañana"
    if found.get("has_date") is False:
        return bool(start[11:16] == str(found["start"])[11:16])
    return not (found.get("start") and start < found["start"]) and not (found.get("end") and start >= found["end"])


def described(desk: Desk, item: Data, key: str = "appointments.plain") -> Data:
    """One appointment in words, for a sentence or (`appointments.row`) a line of a list."""
    person = desk.business.professional(item["professional"])
    return phrase(
        key,
        service=_service_name(desk, item["service"]),
        when=when(item["start"]),
        who=person.name if person else "",
    )


def _service_name(desk: Desk, service_id: str) -> str:
    service = desk.business.service(service_id)
    return service.name if service else service_id
