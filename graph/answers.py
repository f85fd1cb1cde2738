"""Answers to questions, from tools only: what no tool knows is said to be unknown, and kept for the owner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from domain.business import WEEKDAYS
from domain.commands import Ask, as_dict
from graph import questions, stack
from graph.flows.flow import Desk
from graph.phrases import day, lines, listed, money, phrase, when
from graph.state import Data

_LONGEST_LIST = 15
_FREE = "0.00"

About = Mapping[str, Any]


async def answer(ask: Ask, desk: Desk) -> None:
    """Says the answer to one question: what was looked up for it, else what one tool or passage knows."""
    if desk.findings.get("text") and as_dict(ask) in desk.findings["asks"]:
        desk.say("plain", text=desk.findings["text"])
        return
    handler = _TOPICS.get(ask.topic, _faq)
    if not await handler(desk, ask.about) and not (handler is not _faq and await _passage(desk, ask.about)):
        await _unknown(desk, ask.about)


async def _prices(desk: Desk, about: About) -> bool:
    if not desk.business.services and not desk.business.products:
        return False
    facts = await desk.call("business_facts", topic="prices")
    services, products = _wanted(facts["services"], about, "service"), _wanted(facts["products"], about, "product")
    if services is None and products is None:
        return await _whole_price_list(desk, facts, about)
    items = [*(services or ()), *(products or ())]
    if any(item["price"] in (None, _FREE) for item in items) and await _passage(desk, about):
        return True  # the owner words best what costs nothing, or has no price yet
    for item in items:
        _say_price(desk, item)
    return True


def _wanted(items: list[Data], about: About, kind: str) -> list[Data] | None:
    """The items spoken of; None when none was named."""
    ids = about.get(kind)
    if not ids:
        return None
    ids = [ids] if isinstance(ids, str) else ids
    return [item for item in items if item["id"] in ids]


def _say_price(desk: Desk, item: Data) -> None:
    if item["price"] is None:
        desk.say("price.after_evaluation", name=item["name"])
    elif item["price"] == _FREE:
        desk.say("price.free", name=item["name"], minutes=item["minutes"])
    elif "minutes" in item:
        desk.say("price.service", name=item["name"], price=money(item["price"]), minutes=item["minutes"])
    elif item["stock"] > 0:
        desk.say("price.product", name=item["name"], price=money(item["price"]))
    else:
        desk.say("price.sold_out", name=item["name"], price=money(item["price"]))


async def _whole_price_list(desk: Desk, facts: Data, about: About) -> bool:
    """The list, unless the words name something that is not on it and a passage knows better."""
    if about.get("text") and await _passage(desk, about):
        return True
    if about.get("unlisted"):
        return False
    rows = [*facts["services"], *facts["products"]][:_LONGEST_LIST]
    desk.say(
        "price.list", items=lines([phrase("price.row", name=item["name"], price=money(item["price"])) for item in rows])
    )
    return True


async def _duration(desk: Desk, about: About) -> bool:
    services = _wanted((await desk.call("list_services"))["services"], about, "service")
    for service in services or ():
        desk.say("duration.service", name=service["name"], minutes=service["minutes"])
    return bool(services)


async def _hours(desk: Desk, about: About) -> bool:
    if about.get("now"):
        return await _open_now(desk)
    if about.get("holiday") and not about.get("day"):
        about = {**about, "day": _next_holiday(desk)}
    if not about.get("day"):
        week = (await desk.call("business_hours"))["week"]
        desk.say("hours.week", days=lines(_week(week)))
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


def _week(week: Mapping[str, list[Data]]) -> list[Data]:
    """Neighbouring days with the same hours in one line."""
    groups: list[tuple[list[str], str]] = []
    for name in WEEKDAYS:
        hours = _spans(week[name])
        if groups and groups[-1][1] == hours:
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
    if await _passage(desk, {"text": about.get("text") or "formas de pagamento"}):
        return True
    methods = (await desk.call("business_facts", topic="payment"))["methods"]
    if methods:
        desk.say("payment.methods", methods=listed([phrase(f"payment.{method}") for method in methods]))
    return bool(methods)


async def _delivery(desk: Desk, about: About) -> bool:
    facts = await desk.call("business_facts", topic="delivery")
    if not facts["delivers"]:
        return False
    zone = next((zone for zone in facts["zones"] if zone["name"] == about.get("zone")), None)
    if zone is not None:
        desk.say("delivery.zone", zone=zone["name"], fee=money(zone["fee"]), minutes=zone["minutes"])
    else:
        rows = [
            phrase("delivery.row", zone=zone["name"], fee=money(zone["fee"]), minutes=zone["minutes"])
            for zone in facts["zones"]
        ]
        desk.say("delivery.zones", zones=lines(rows))
    if facts["free_above"]:
        desk.say("delivery.terms", minimum=money(facts["minimum_order"]), free=money(facts["free_above"]))
    return True


async def _catalog(desk: Desk, about: About) -> bool:
    if about.get("product"):
        return await _stock(desk, about)
    if about.get("service"):
        return await _prices(desk, about)
    if about.get("unlisted") or not (desk.business.services or desk.business.products):
        return False
    return await _whole_price_list(desk, await desk.call("business_facts", topic="prices"), {})


async def _stock(desk: Desk, about: About) -> bool:
    ids = about.get("product") or ()
    for product in [ids] if isinstance(ids, str) else ids:
        item = await desk.call("check_stock", product=product)
        if item["stock"] > 0:
            desk.say("stock.there", name=item["name"], stock=item["stock"], price=money(item["price"]))
        else:
            desk.say("stock.gone", name=item["name"])
    return bool(ids)


async def _professionals(desk: Desk, about: About) -> bool:
    people = (await desk.call("business_facts", topic="professionals"))["professionals"]
    services = about.get("service") or ()
    services = [services] if isinstance(services, str) else services
    shown = [person for person in people if not services or set(services) & set(person["services"])]
    names = {service.id: service.name for service in desk.business.services}
    rows = [
        phrase("people.row", name=person["name"], services=listed([names[each] for each in person["services"]]))
        for person in shown
    ]
    if rows:
        desk.say("people.list", people=lines(rows))
    return bool(rows)


async def _total(desk: Desk, about: About) -> bool:
    """What it comes to: the basket's summary follows by itself; else the last order's total."""
    frame = stack.top(desk)
    if frame is not None and frame["flow"] in ("order", "change_order"):
        return True
    orders = (await desk.call("my_orders"))["orders"]
    if orders:
        desk.say("orders.total", number=orders[0]["number"], total=money(orders[0]["total"]))
    return bool(orders)


async def _why(desk: Desk, about: About) -> bool:
    frame = stack.top(desk)
    desk.say(f"why.{frame['asks']}" if frame and frame["asks"] in _EXPLAINED else "why.other")
    return True


_EXPLAINED = ("service", "time", "professional", "items", "delivery", "address", "payment", "confirm", "name")


async def _faq(desk: Desk, about: About) -> bool:
    return await _passage(desk, about)


async def _passage(desk: Desk, about: About) -> bool:
    text = str(about.get("text") or "").strip()
    if not text:
        return False
    found = (await desk.call("search_knowledge", question=text[:2000], language=desk.dialogue["language"]))["passages"]
    if found and not any(said.get("passage") == found[0]["id"] for said in desk.says):
        desk.say("plain", text=found[0]["answer"])
        desk.says[-1]["passage"] = found[0]["id"]
    return bool(found)


async def _unknown(desk: Desk, about: About) -> None:
    text = str(about.get("text") or "").strip()
    if text:
        await desk.call("record_question", text=text[:2000], language=desk.dialogue["language"])
    if stack.top(desk) is not None:
        desk.dialogue["unclear"] += 1
        desk.say("unknown.go_on")
        return
    desk.say("unknown.offer")
    questions.offer_person(desk)


_TOPICS: dict[str, Callable[[Desk, About], Awaitable[bool]]] = {
    "prices": _prices,
    "hours": _hours,
    "address": _address,
    "payment": _payment,
    "delivery": _delivery,
    "catalog": _catalog,
    "services": _catalog,
    "stock": _stock,
    "duration": _duration,
    "professionals": _professionals,
    "total": _total,
    "why": _why,
    "faq": _faq,
}
