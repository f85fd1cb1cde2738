"""What the customer has booked."""

from __future__ import annotations

from datetime import datetime, timedelta

from graph.flows.appointments import described, offer_to_ask_the_team, say_none
from graph.flows.flow import Desk, Flow, Frame, no_fill, no_finish, no_reject
from graph.phrases import lines

_OF_LATE = timedelta(days=7)


async def _advance(frame: Frame, desk: Desk) -> str:
    mine = (await desk.call("my_appointments"))["appointments"]
    if mine:
        desk.dialogue["topic"] = {"asked": "my_bookings", "turn": desk.dialogue["turns"]}
        desk.say("appointments.mine", appointments=lines([described(desk, item, "appointments.row") for item in mine]))
    elif (agreed := _agreed_with_a_person(desk)) is not None:
        desk.say("appointments.agreed", text=agreed)
        offer_to_ask_the_team(desk)
    else:
        say_none(desk)
    return "none"


def _agreed_with_a_person(desk: Desk) -> str | None:
    """What the team wrote of late: it is not in the books, so that it is told as their words."""
    agreed = desk.dialogue.get("agreed")
    if not agreed or not agreed["at"] or desk.now - datetime.fromisoformat(agreed["at"]) > _OF_LATE:
        return None
    return str(agreed["text"])


FLOW = Flow("my_bookings", no_fill, _advance, no_finish, no_reject, asks=("none",))
