"""Who works here: what they do, and on which days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.business import WEEKDAYS
from graph import stack
from graph.flows.flow import Desk
from graph.phrases import day, lines, listed, phrase
from graph.state import Data


async def answer(desk: Desk, about: Mapping[str, Any]) -> bool:
    """Says who performs what, or when the one asked about works. False when nobody is listed here."""
    people = (await desk.call("business_facts", topic="professionals"))["professionals"]
    if about.get("nobody") and people:
        desk.say("book.nobody", who=str(about["nobody"])[:40], performers=listed([one["name"] for one in people]))
        return True
    if about.get("attends") and (own := _of_the_summary(desk)):
        desk.say("people.yours", who=next((one["name"] for one in people if one["id"] == own), own))
        return True
    services = about.get("service") or ()
    services = [services] if isinstance(services, str) else services
    person = next((one for one in people if one["id"] == about.get("professional")), None)
    if person is not None and not services:
        await _say_days(person, desk, about)
        return True
    if person is not None and _performs(person, services) and _weekday(about) is None:
        names = [
            service.name for service in desk.business.services if service.id in {*services} & {*person["services"]}
        ]
        desk.say("people.does", who=person["name"], services=listed(names))
        return True
    absent = _weekday(about)
    shown = [one for one in people if _performs(one, services) and absent not in one["days_off"]]
    if person is not None and person not in shown:
        desk.say("people.not_by", who=person["name"])
    if shown:
        desk.say("people.list", people=lines([_row(one, desk) for one in shown]))
    return bool(shown)


def _of_the_summary(desk: Desk) -> str | None:
    """With whom the appointment is that was summed up."""
    frame = stack.top(desk)
    return frame["slots"].get("with") if frame and frame["asks"] == "confirm" else None


def _performs(person: Data, services: Sequence[str]) -> bool:
    return not services or bool(set(services) & set(person["services"]))


def _row(person: Data, desk: Desk) -> Data:
    names = {service.id: service.name for service in desk.business.services}
    return phrase("people.row", name=person["name"], services=listed([names[each] for each in person["services"]]))


async def _say_days(person: Data, desk: Desk, about: Mapping[str, Any]) -> None:
    """The days somebody works; first whether the day asked about is one of them."""
    week = (await desk.call("business_hours"))["week"]
    works = [each for each in WEEKDAYS if week[each] and each not in person["days_off"]]
    asked = _weekday(about)
    if asked is not None:
        said = day(f"{str(about['day'])[:10]}T12:00:00")
        open_then = (await desk.call("business_hours", day=str(about["day"])[:10]))["open"]
        desk.say("people.in" if asked in works and open_then else "people.out", who=person["name"], day=said)
    desk.say("people.days", who=person["name"], days=listed([{"$weekdays": run} for run in _runs(works)]))


def _weekday(about: Mapping[str, Any]) -> str | None:
    return WEEKDAYS[date.fromisoformat(str(about["day"])[:10]).weekday()] if about.get("day") else None


def _runs(days: Sequence[str]) -> list[list[str]]:
    """Neighbouring days as first and last: "ter–sex"."""
    runs: list[list[str]] = []
    for each in days:
        place = [str(name) for name in WEEKDAYS].index(each)
        if runs and WEEKDAYS[place - 1] == runs[-1][-1] and place > 0:
            runs[-1] = [runs[-1][0], each]
        else:
            runs.append([each])
    return runs
