"""The stack of flows: the one under way is on top, those it interrupted wait below."""

from __future__ import annotations

from typing import Any

from graph.flows import FLOWS
from graph.flows.flow import Desk, Frame
from graph.flows.lead import books_by_person, sold_by_person

_LIMIT = 4

# A flow under way understands these as words about itself.
_SAME_TASK = {
    ("book", "reschedule"),
    ("reschedule", "book"),
    ("order", "change_order"),
    ("change_order", "order"),
}
_INSTEAD = {("cancel_booking", "reschedule"), ("reschedule", "cancel_booking")}
_OF_APPOINTMENTS = {"reschedule", "cancel_booking", "my_bookings"}
_ABOUT_PRODUCTS = {"order", "change_order", "order_status", "cancel_order"}
_ABOUT_SERVICES = {"book", "reschedule", "cancel_booking", "my_bookings"}
# Said without any detail while the effect has not happened yet, these only mean "stop".
_GIVES_UP = {(flow, stop) for flow in ("book", "order", "lead") for stop in ("cancel_booking", "cancel_order")}
_BESIDE = {
    *((flow, "order") for flow in ("book", "reschedule", "cancel_booking")),
    ("order", "book"),
    ("reschedule", "book"),
    ("cancel_booking", "book"),
}


def top(desk: Desk) -> Frame | None:
    """The flow under way."""
    frames: list[Frame] = desk.dialogue["stack"]
    return frames[-1] if frames else None


def push(flow: str, desk: Desk, **slots: Any) -> Frame:
    """Begins a flow. One of the same kind, or one that knows nothing yet, is given up; the stack stays short."""
    desk.dialogue["frames"] += 1
    frame: Frame = {"id": str(desk.dialogue["frames"]), "flow": flow, "slots": slots, "asks": "none", "summary": None}
    waiting = [item for item in desk.dialogue["stack"] if item["flow"] != flow and item["slots"]]
    desk.dialogue["stack"] = [*waiting[-_LIMIT + 1 :], frame]
    desk.dialogue["question"] = None
    return frame


def first_begun_first(before: int, desk: Desk) -> None:
    """ "Cancela a unha e marca uma escova": of the flows that one message began, the first is dealt with first."""
    frames = desk.dialogue["stack"]
    new = sorted((frame for frame in frames if int(frame["id"]) > before), key=lambda frame: int(frame["id"]))
    if len(new) > 1:
        for frame in new[1:]:
            frame["next"] = True
        desk.dialogue["stack"] = [*(frame for frame in frames if frame not in new), *reversed(new)]


def remove(frame: Frame, desk: Desk) -> None:
    """Ends a flow; the one below will say that it is taken up again."""
    desk.dialogue["stack"] = [item for item in desk.dialogue["stack"] if item["id"] != frame["id"]]
    below = top(desk)
    if below is not None:
        below["resumed"] = True


def drop(frame: Frame, desk: Desk) -> None:
    """Gives a flow up and says so."""
    remove(frame, desk)
    desk.say("flow.dropped", flow={"$phrase": f"flow.name.{frame['flow']}", "with": {}})


def start(flow: str, desk: Desk, *, has_facts: bool, before: int) -> bool:
    """Begins a flow, unless the words speak of the one under way. Returns whether the stack changed.

    `before`: the last frame that was there before this message; what the message itself began is not replaced.
    """
    if sold_by_person(flow, desk):
        flow = "lead"
    elif flow in _OF_APPOINTMENTS and books_by_person(desk) and desk.business.services:
        desk.dialogue["question"] = {"kind": "handoff_now", "reason": "policy", "note": flow}
        return True
    if flow not in FLOWS or not _offered(flow, desk):
        return False
    frame = top(desk)
    if frame is not None and (frame["flow"], flow) == ("cancel_order", "change_order"):  # changed, it is kept
        remove(frame, desk)
        frame = top(desk)
    if frame is not None:
        if frame["flow"] == flow or (frame["flow"], flow) in _SAME_TASK:
            return False
        if (frame["flow"], flow) in _INSTEAD and _takes_its_place(frame, flow, has_facts=has_facts, before=before):
            remove(frame, desk)
            booking = frame["slots"].get("booking")
            push(flow, desk, **({"booking": booking} if booking else {"about": frame["slots"].get("about", {})}))
            return True
        if (frame["flow"], flow) in _GIVES_UP and not has_facts:
            drop(frame, desk)
            return True
    if any(item["flow"] == flow for item in desk.dialogue["stack"]):
        _raise(flow, desk)
    else:
        push(flow, desk)
    return True


def _takes_its_place(frame: Frame, flow: str, *, has_facts: bool, before: int) -> bool:
    """The one that was to go is moved instead, or goes after all; not where this message began both."""
    begun = frame["slots"].get("about", {}).get("service") and int(frame["id"]) > before
    return not begun and (flow == "reschedule" or not has_facts)


def beside(flow: str, desk: Desk) -> Frame | None:
    """An order or an appointment told beside another matter: it waits below the one under way. Else None."""
    frame = top(desk)
    if frame is None or (frame["flow"], flow) not in _BESIDE or not _offered(flow, desk):
        return None
    frames: list[Frame] = desk.dialogue["stack"]
    waiting = next((item for item in frames if item["flow"] == flow), None)
    if waiting is None:
        waiting = push(flow, desk)
        waiting["next"] = True
        desk.dialogue["stack"] = [*(item for item in frames if item is not frame), waiting, frame]
    return waiting


def _raise(flow: str, desk: Desk) -> None:
    """ "Primeiro vamos fechar o banho": one that waits below is taken up now."""
    frames = desk.dialogue["stack"]
    frame = next(item for item in frames if item["flow"] == flow)
    desk.dialogue["stack"] = [*(item for item in frames if item is not frame), frame]
    desk.dialogue["question"] = None


def _offered(flow: str, desk: Desk) -> bool:
    """Whether this business does such things at all."""
    if flow in _ABOUT_PRODUCTS:
        return bool(desk.business.products)
    return flow not in _ABOUT_SERVICES or bool(desk.business.services)


def raised(flow: str | None, desk: Desk) -> Frame | None:
    """The flow of this kind that another one interrupted, now on top: "primeiro o banho". None when none waits."""
    frames: list[Frame] = desk.dialogue["stack"]
    waiting = next((frame for frame in reversed(frames[:-1]) if frame["flow"] == flow), None)
    if waiting is None or frames[-1]["flow"] == flow:
        return None
    desk.dialogue["stack"] = [*(frame for frame in frames if frame is not waiting), waiting]
    return waiting


def implied(slot: str, desk: Desk) -> str | None:
    """The flow that a fact alone obviously begins."""
    if slot == "items" and desk.business.products:
        return "order"
    if slot in ("service", "time", "excluded", "earliest", "latest") and desk.business.services:
        return "book"
    if slot == "last":
        return "order" if desk.business.products else "book"
    return None
