"""Cancelling an appointment: which one, a yes, a receipt."""

from __future__ import annotations

from typing import Any

from domain.errors import Impossible
from graph.flows.appointments import described, fill_appointment, settle_appointment
from graph.flows.flow import Desk, Flow, Frame, no_reject, yes_no
from graph.flows.late import offer_person, too_late
from graph.phrases import when
from graph.state import Data


async def _fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    about = frame["slots"].setdefault("about", {})
    if slot == "booking":
        return await fill_appointment(frame, desk, value)
    if slot in ("time", "old_time") and isinstance(value, list):
        about["time"] = value
    elif slot == "service":
        about["service"] = value if isinstance(value, list) else [value]
    elif slot == "professional" and value != "any":
        about["professional"] = value
    else:
        return False
    if frame.get("asks") == "clarify":
        frame["slots"].pop("booking", None)
    return True


async def _advance(frame: Frame, desk: Desk) -> str:
    waiting = await settle_appointment(frame, desk, "cancel_booking")
    if waiting is not None:
        return waiting
    booking = frame["slots"]["booking"]
    if too_late(desk, booking):
        offer_person(desk, "cancel_booking.late")
        return "none"
    frame["summary"] = {"booking": booking["booking"]}
    desk.say("cancel_booking.confirm", appointment=described(desk, booking))
    desk.offer(yes_no())
    return "confirm"


async def _finish(frame: Frame, desk: Desk) -> Data | None:
    booking = frame["slots"]["booking"]
    try:
        receipt = await desk.call("cancel_appointment", booking=booking["booking"], key=desk.key(frame, "cancel"))
    except Impossible as refusal:
        if refusal.reason == "late":
            return offer_person(desk, "cancel_booking.late")
        desk.say("appointments.gone")
        return {"receipt": None}
    service = desk.business.service(booking["service"])
    desk.say("cancel_booking.done", service=service.name if service else "", when=when(booking["start"]))
    return receipt


FLOW = Flow("cancel_booking", _fill, _advance, _finish, no_reject, asks=("clarify", "confirm", "none"))
