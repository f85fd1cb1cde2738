"""What the customer has booked."""

from __future__ import annotations

from graph.flows.appointments import described, say_none
from graph.flows.flow import Desk, Flow, Frame, no_fill, no_finish, no_reject
from graph.phrases import lines


async def _advance(frame: Frame, desk: Desk) -> str:
    mine = (await desk.call("my_appointments"))["appointments"]
    if mine:
        desk.dialogue["topic"] = {"asked": "my_bookings", "turn": desk.dialogue["turns"]}
        desk.say("appointments.mine", appointments=lines([described(desk, item, "appointments.row") for item in mine]))
    else:
        say_none(desk)
    return "none"


FLOW = Flow("my_bookings", no_fill, _advance, no_finish, no_reject, asks=("none",))
