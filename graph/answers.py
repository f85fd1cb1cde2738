"""Answers to questions, from tools only: what no tool knows is said to be unknown, and kept for the owner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from domain.business import WEEKDAYS
from domain.commands import Ask, as_dict
from graph import bringing, goods, knowledge, stack, staff
from graph.flows.flow import Desk
from graph.phrases import day, lines, listed, phrase, when
from graph.state import Data
from tools.concepts import concepts
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_HOW_ONE_PAYS = "formas de pagamento"
_WHICH_INSURANCE = "aceitam convênio"
_PAYMENT = {"payment", "means_of_payment"}

About = Mapping[str, Any]


async def answer(ask: Ask, desk: Desk) -> None:
    """Says the answer to one question: what was looked up for it, else what one tool or passage knows."""
    if desk.findings.get("text") and as_dict(ask) in desk.findings["asks"]:
        desk.say("plain", text=desk.findings["text"])
        return
    handler = _TOPICS.get(ask.topic, _faq)
    if await handler(desk, ask.about) or (handler is not _faq and await knowledge.told(desk, ask.about)):
        return
    if not await _of_what_is_asked(desk, ask):
        await knowledge.unknown(desk, ask.topic, ask.about)


async def _of_what_is_asked(desk: Desk, ask: Ask) -> bool:
    """ "Qual vocês aceitam?", where an insurance is asked for."""
    frame = stack.top(desk)
    asked = ask.about.get("insurance") or (frame is not None and frame["asks"] == "insurance")
    insured = bool(asked) and ask.topic in ("payment", "faq")
    text = fold(str(ask.about.get("text") or ""))
    return insured and has("takes_it", text) and await knowledge.told(desk, {"text": _WHICH_INSURANCE})


async def _hours(desk: Desk, about: About) -> bool:
    if about.get("now"):
        return await _open_now(desk)
    if about.get("holiday") and not about.get("day"):
        about = {**about, "day": _next_holiday(desk)}
    if not about.get("day"):
        week = (await desk.call("business_hours"))["week"]
        desk.say("hours.week", days=lines(_week(week, about.get("weekdays") or WEEKDAYS)))
        return True
    answer = await desk.call("business_hours", day=str(about["day"])[:10])
    said = day(f"{answer['day']}T12:00:00")
    if answer["open"]:
        desk.say("hours.open", day=said, hours=_spans(answer["opening"]))
        return True
    key = "hours.holiday" if answer["holiday"] else "hours.closed"
    desk.say(key, day=said, next=day(f"{answer['next_open_day']}T12:00:00") if answer["next_open_day"] else "")
    return True


def _next_holiday(desk: Desk) -> str | None:
    today = desk.now.date()
    return next((each.isoformat() for each in sorted(desk.business.holidays) if each >= today), None)


async def _open_now(desk: Desk) -> bool:
    answer = await desk.call("business_hours")
    if answer["open_now"]:
        desk.say("hours.open_now", until=answer["closes_at"])
    else:
        desk.say("hours.closed_now", next=when(answer["next_opening"]) if answer["next_opening"] else "")
    return True


def _week(week: Mapping[str, list[Data]], weekdays: Sequence[str]) -> list[Data]:
    """These days' hours; neighbours with the same hours in one line."""
    groups: list[tuple[list[str], str]] = []
    for name in WEEKDAYS:
        if name not in weekdays:
            continue
        hours = _spans(week[name])
        if groups and groups[-1][1] == hours and WEEKDAYS.index(groups[-1][0][-1]) + 1 == WEEKDAYS.index(name):
            groups[-1][0].append(name)
        else:
            groups.append(([name], hours))
    return [
        phrase(
            "hours.row" if hours else "hours.row_closed",
            days={"$weekdays": [names[0], names[-1]] if len(names) > 1 else names},
            hours=hours,
        )
        for names, hours in groups
    ]


def _spans(spans: list[Data]) -> str:
    return ", ".join(f"{span['start']}–{span['end']}" for span in spans)


async def _address(desk: Desk, about: About) -> bool:
    found = (await desk.call("business_facts", topic="address"))["address"]
    if found:
        desk.say("address.is", address=found)
    return bool(found)


async def _payment(desk: Desk, about: About) -> bool:
    text = str(about.get("text") or _HOW_ONE_PAYS)
    if _asks_how_pix_is_paid(fold(text), desk):
        desk.say("order.pay.pix")
        return True
    if desk.business.products and has("pays_when", fold(text)) and not has("pays_how", fold(text)):
        methods = (await desk.call("business_facts", topic="payment"))["methods"]
        desk.say("payment.then", methods=listed([phrase(f"payment.{method}") for method in methods]))
        return True
    if await knowledge.told(desk, {"text": text}):
        return True
    if not _PAYMENT & concepts(text).keys():
        return False  # an invoice, a receipt: of payment, but no way to pay
    if await knowledge.told(desk, {"text": _HOW_ONE_PAYS}):
        return True
    return await _methods(desk)


async def _methods(desk: Desk) -> bool:
    """Tells the ways of paying; False where none is known."""
    methods = (await desk.call("business_facts", topic="payment"))["methods"]
    if methods:
        desk.say("payment.methods", methods=listed([phrase(f"payment.{method}") for method in methods]))
    return bool(methods)


def _asks_how_pix_is_paid(folded: str, desk: Desk) -> bool:
    """ "Qual a chave pix?", where things are ordered: it is paid when they are received."""
    methods = desk.business.payment.methods if desk.business.payment and desk.business.products else ()
    return "pix" in methods and has("pix_key", folded)


async def _why(desk: Desk, about: About) -> bool:
    frame = stack.top(desk)
    desk.say(f"why.{frame['asks']}" if frame and frame["asks"] in _EXPLAINED else "why.other")
    return True


_EXPLAINED = ("service", "time", "professional", "items", "delivery", "address", "payment", "confirm", "name")


async def _faq(desk: Desk, about: About) -> bool:
    return await knowledge.told(desk, about)


_TOPICS: dict[str, Callable[[Desk, About], Awaitable[bool]]] = {
    "prices": goods.prices,
    "hours": _hours,
    "address": _address,
    "payment": _payment,
    "delivery": bringing.answer,
    "catalog": goods.catalog,
    "services": goods.catalog,
    "stock": goods.stock,
    "duration": goods.duration,
    "professionals": staff.answer,
    "total": goods.total,
    "why": _why,
    "faq": _faq,
}
