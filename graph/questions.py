"""Questions of ours that belong to no flow: a clarification, a person?, go on where we stopped?"""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Affirm, Ask, Command, Deny, Human, Start
from graph import stack
from graph.flows.flow import Desk, option
from graph.people import call_person
from graph.state import Data

READINGS: dict[str, Command] = {
    "book": Start("book"),
    "reschedule": Start("reschedule"),
    "cancel_booking": Start("cancel_booking"),
    "my_bookings": Start("my_bookings"),
    "order": Start("order"),
    "change_order": Start("change_order"),
    "order_status": Start("order_status"),
    "cancel_order": Start("cancel_order"),
    "catalog": Ask("catalog"),
    "prices": Ask("prices"),
    "hours": Ask("hours"),
    "address": Ask("address"),
    "payment": Ask("payment"),
    "delivery": Ask("delivery"),
    "human": Human("asked"),
}


def clarify(readings: Sequence[str], desk: Desk, facts: Sequence[Data] = ()) -> None:
    """Asks which of at most three readings is meant. `facts` are commands (as data) that go with any of them."""
    usable = [name for name in readings if name in READINGS and _possible(name, desk)]
    for name in usual(desk):
        if len(usable) < 3 and name not in usable:
            usable.append(name)
    desk.say("clarify.which")
    options = [option(name, [READINGS[name]], title_key=f"option.{name}") for name in usable[:3]]
    for each in options:
        each["commands"] += list(facts)
    desk.offer(options)
    desk.dialogue["question"] = {"kind": "clarify"}


def usual(desk: Desk) -> list[str]:
    """What customers of this business want most."""
    first = [name for name, offered in (("book", desk.business.services), ("order", desk.business.products)) if offered]
    return [*first, "prices", "human"] if first else ["prices", "hours", "human"]


def _possible(name: str, desk: Desk) -> bool:
    if name in ("book", "reschedule", "cancel_booking", "my_bookings"):
        return bool(desk.business.services)
    if name in ("order", "change_order", "order_status", "cancel_order", "delivery"):
        return bool(desk.business.products)
    return True


def offer_person(desk: Desk) -> None:
    """Offers a person under what was just said."""
    desk.offer(
        [
            option("pessoa", [Human("asked")], title_key="option.human"),
            option("nao", [Deny()], title_key="option.no_thanks"),
        ]
    )
    desk.dialogue["question"] = {"kind": "human", "reason": "asked"}


def offer_resume(desk: Desk) -> None:
    """After a long pause: go on where we stopped?"""
    frame = stack.top(desk)
    assert frame is not None, "only asked when a flow waits"
    desk.say("resume.offer", flow={"$phrase": f"flow.name.{frame['flow']}", "with": {}})
    desk.offer(
        [
            option("continuar", [Affirm()], title_key="option.resume"),
            option("recomecar", [Deny()], title_key="option.start_over"),
        ]
    )
    desk.dialogue["question"] = {"kind": "resume"}


async def decide(desk: Desk, *, yes: bool) -> None:
    """The customer's yes or no to the question."""
    question = desk.dialogue["question"]
    desk.dialogue["question"] = None
    match question["kind"], yes:
        case "human", True:
            await call_person(desk, question["reason"])
        case "resume", False:
            desk.dialogue["stack"] = []
            desk.say("resume.dropped")
        case "resume", True:
            pass
        case "clarify", _:
            clarify((), desk)
        case _:
            desk.say("ack.no")
