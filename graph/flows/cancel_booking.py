"""Cancelling an appointment: which one, a yes, a receipt."""

from __future__ import annotations

from typing import Any

from domain.errors import Impossible
from graph.flows.appointments import chosen, described, fill_appointment, matches, settle_appointment
from graph.flows.flow import Desk, Flow, Frame, no_reject, yes_no
from graph.flows.late import offer_person, too_late
from graph.phrases import lines, when
from graph.state import Data


async def _fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    if slot in ("booking", "which"):
        return await fill_appointment(frame, desk, value)
    slots = frame["slots"]
    about = slots.setdefault("about", {})
    if slot in ("time", "old_time") and isinstance(value, list):
        about["time"] = value
    elif slot == "service":
        about["service"] = value if isinstance(value, list) else [value]
    elif slot == "professional" and value != "any":
        about["professional"] = value
    else:
        return False
    if frame.get("asks") == "clarify" or not all(matches(each, slots) for each in chosen(slots)):
        slots.pop("booking", None)
        slots.pop("bookings", None)
    return True


async def _advance(frame: Frame, desk: Desk) -> str:
    waiting = await settle_appointment(frame, desk, "cancel_booking")
    if waiting is not None:
        return waiting
    bookings = chosen(frame["slots"])
    if any(too_late(desk, booking) for booking in bookings):
        offer_person(desk, "cancel_booking.late")
        return "none"
    frame["summary"] = {"bookings": [booking["booking"] for booking in bookings]}
    if len(bookings) == 1:
        desk.say("cancel_booking.confirm", appointment=described(desk, bookings[0]))
    else:
        rows = [described(desk, booking, "appointments.row") for booking in bookings]
        desk.say("cancel_booking.confirm_all", appointments=lines(rows))
    desk.offer(yes_no())
    return "confirm"


async def _finish(frame: Frame, desk: Desk) -> Data | None:
    receipt: Data = {"receipt": None}
    bookings = chosen(frame["slots"])
    gone = []
    for booking in bookings:
        receipt = await _cancel(frame, desk, booking)
        gone += [booking] if receipt.get("receipt") else []
    if len(gone) == 1:
        service = desk.business.service(gone[0]["service"])
        desk.say("cancel_booking.done", service=service.name if service else "", when=when(gone[0]["start"]))
    elif gone:
        rows = [described(desk, booking, "appointments.row") for booking in gone]
        desk.say("cancel_booking.done_all", appointments=lines(rows))
    return receipt


async def _cancel(frame: Frame, desk: Desk, booking: Data) -> Data:
    key = desk.key(frame, f"cancel:{booking['booking']}")
    try:
        return await desk.call("cancel_appointment", booking=booking["booking"], key=key)
    except Impossible as refusal:
        if refusal.reason == "late":
            return offer_person(desk, "cancel_booking.late")
        desk.say("appointments.gone")
        return {"receipt": None}


FLOW = Flow("cancel_booking", _fill, _advance, _finish, no_reject, asks=("clarify", "confirm", "none"))
