"""Questions of ours that belong to no flow: a clarification, a person?, go on where we stopped?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.commands import Affirm, Ask, Command, Deny, Fill, Human, Start
from graph import left_open, stack
from graph.flows.flow import Desk, option
from graph.people import call_person
from graph.phrases import listed

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


def clarify(readings: Sequence[str], desk: Desk) -> None:
    """Asks which of at most three readings is meant."""
    usable = [name for name in readings if name in READINGS and _possible(name, desk)]
    for name in usual(desk):
        if len(usable) < 3 and name not in usable:
            usable.append(name)
    desk.say("clarify.which")
    desk.offer([option(name, [READINGS[name]], title_key=f"option.{name}") for name in usable[:3]])
    desk.dialogue["question"] = {"kind": "clarify"}


def clarify_thing(slot: str, value: Any, desk: Desk) -> None:
    """A bare "corte": which one, and to book it or only to know the price?"""
    ids = _ids(slot, value)
    named = [desk.business.service(each) if slot == "service" else desk.business.product(each) for each in ids]
    names = [each.name for each in named if each]
    start = Start("book" if slot == "service" else "order")
    desk.say("clarify.thing", names=listed(names[:3], last="or"))
    if len(ids) == 2 and slot == "service":
        offered = [option(each, [start, Fill(slot, each)], title=name) for each, name in zip(ids, names, strict=False)]
    else:
        offered = [option(start.flow, [start, Fill(slot, value)], title_key=f"option.{start.flow}")]
    about = {"service" if slot == "service" else "product": ids}
    desk.dialogue["topic"] = {**about, "turn": desk.dialogue["turns"]}
    desk.offer([*offered, option("prices", [Ask("prices", about)], title_key="option.prices")])
    desk.dialogue["question"] = {"kind": "clarify"}


def _ids(slot: str, value: Any) -> list[str]:
    """The ids a fact speaks of."""
    if slot == "service":
        return list(value) if isinstance(value, list) else [value]
    return [
        each for line in value for each in ([line["product"]] if line["product"] else []) + list(line["alternatives"])
    ]


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
    desk.say("resume.offer", flow=left_open.described(frame, desk))
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
        case _:
            desk.say("ack.no")
