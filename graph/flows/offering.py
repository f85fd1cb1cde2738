"""Telling why a time cannot be had, and offering others to tap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.commands import Fill
from graph.flows import exclusions, instead
from graph.flows.flow import Desk, option
from graph.phrases import clock, day, listed, phrase, short
from graph.state import Data

_NEAREST = 4


def explain(desk: Desk, reason: str | None, facts: Mapping[str, Any]) -> None:
    """Says why a time cannot be had."""
    business = desk.business
    opening = facts.get("opening") or ()
    if reason == "closed" and not opening:
        reason = "closed_day"
    desk.say(
        f"time.no.{reason or 'full'}",
        day=day(str(facts["start"])),
        clock=clock(str(facts["start"])),
        who=_who(desk, facts),
        hours=phrase("time.hours", hours=", ".join(f"{span['start']}–{span['end']}" for span in opening))
        if opening
        else "",
        horizon=business.booking.horizon_days if business.booking else 0,
        notice=business.booking.minimum_notice_minutes if business.booking else 0,
    )


def _who(desk: Desk, facts: Mapping[str, Any]) -> Data:
    """Whose absence it is: the person asked for, or everybody who performs the service."""
    asked = facts.get("professional")
    ids = [asked] if asked else facts.get("performers") or ()
    return listed([name_of(desk, each) for each in ids])


def offer_nearest(slots: Data, desk: Desk, nearest: Sequence[Data], key: str = "time.nearest") -> None:
    """Offers the closest free times, or asks for another day."""
    wanted = [item for item in nearest if not exclusions.forbids(slots.get("excluded", ()), item["start"])]
    shown = list({(item["start"], item["professional"]): item for item in wanted}.values())[:_NEAREST]
    if shown:
        desk.say(key, times=listed([with_whom(desk, item) for item in shown], last="or"))
        show(slots, desk, shown)
        instead.remember(slots, shown)
    else:
        desk.say("time.another_day")


def show(slots: Data, desk: Desk, times: Sequence[Data]) -> None:
    """Offers these times, and remembers them for "prefiro a primeira" once one of them is summed up."""
    slots.pop("instead", None)
    slots.pop("instead_of", None)
    slots["shown"] = [{"start": each["start"], "professional": each["professional"]} for each in times]
    desk.offer(time_options(desk, times), menu="menu.times")


def time_options(desk: Desk, times: Sequence[Data]) -> list[Data]:
    """One option a time; tapping it settles time and professional."""
    several = len({item["professional"] for item in times}) > 1
    return [
        option(
            f"{item['start'][:16]}/{item['professional']}",
            [Fill("time", {"start": item["start"], "professional": item["professional"] if several else None})],
            title=short(item["start"]),
            description=name_of(desk, item["professional"]),
        )
        for item in times
    ]


def with_whom(desk: Desk, item: Data) -> Data:
    return phrase("time.with", when={"$when": item["start"]}, who=name_of(desk, item["professional"]))


def name_of(desk: Desk, professional: str) -> str:
    person = desk.business.professional(professional)
    return person.name if person else ""
