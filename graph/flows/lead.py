"""Collecting what a person needs to go on: the facts of `lead.ask`, then a handoff with all of them as its note."""

from __future__ import annotations

from typing import Any

from graph.flows.flow import Desk, Flow, Frame, no_finish

_MAY_BE_NONE = ("preferred_period", "insurance", "company", "team_size", "email")


def _asked(desk: Desk) -> tuple[str, ...]:
    return desk.business.lead.ask if desk.business.lead else ()


async def _fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    slots = frame["slots"]
    if slot == "service" and "procedure" in _asked(desk):
        ids = value if isinstance(value, list) else [value]
        names = [service.name for service in desk.business.services if service.id in ids]
        slots["procedure"] = " / ".join(names)
    elif slot in ("time", "earliest") and "preferred_period" in _asked(desk) and isinstance(value, list):
        slots["preferred_period"] = ", ".join(item["text"] for item in value)
    elif slot == "refuse" and frame.get("asks") in _asked(desk):
        slots[frame["asks"]] = "—"
    elif slot in _asked(desk) and value:
        slots[slot] = str(value)[:200]
    else:
        return False
    return True


async def _reject(frame: Frame, desk: Desk, slot: str | None) -> bool:
    """A bare no to what was asked: there is no insurance, no company, no e-mail."""
    if slot not in _MAY_BE_NONE or slot not in _asked(desk):
        return False
    frame["slots"][slot] = "—"
    return True


async def _advance(frame: Frame, desk: Desk) -> str:
    slots = frame["slots"]
    for name in _asked(desk):
        if not slots.get(name):
            desk.say(f"lead.{name}")
            return name
    note = "; ".join(f"{name}: {slots[name]}" for name in _asked(desk))
    desk.dialogue["question"] = {"kind": "handoff_now", "reason": "lead", "note": note}
    return "none"


FLOW = Flow("lead", _fill, _advance, no_finish, _reject, asks=("none",))


def sold_by_person(flow: str, desk: Desk) -> bool:
    """Whether what the customer wants is sold or booked here by a person, after some questions."""
    if desk.business.lead is None:
        return False
    return (flow == "book" and books_by_person(desk)) or (flow == "order" and not desk.business.products)


def books_by_person(desk: Desk) -> bool:
    """Whether appointments are made by a person here: the bot only collects."""
    rules = desk.business.booking
    return rules is None or rules.by == "agent" or not desk.business.professionals
