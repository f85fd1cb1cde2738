"""What the business knows: its questions and answers, its hours, its facts. Nothing here is ever made up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field

from domain.business import WEEKDAYS, Business
from domain.errors import FixArguments
from tools.passages import passages_of
from tools.shelf import money
from tools.tool import Arguments, Desk, Tool, WriteArguments, reading, spans_of, writing

Topic = Literal["address", "payment", "professionals", "prices", "delivery", "languages"]


class SearchKnowledge(Arguments):
    question: str = Field(min_length=1, max_length=2000, description="the customer's words")
    language: str = Field("pt-BR", description="pt-BR, en or es: answers in it are preferred")
    of: str = Field("", max_length=200, description="the service or product talked about, when the words name none")


class BusinessHours(Arguments):
    day: date | None = Field(None, description="ISO date; null is the whole week")


class BusinessFacts(Arguments):
    topic: Topic


class RecordQuestion(WriteArguments):
    key: str = Field("", description="not needed: the owner sees the question as often as it was asked")
    text: str = Field(min_length=1, max_length=2000)
    language: str = "pt-BR"


async def search_knowledge(desk: Desk, arguments: SearchKnowledge) -> dict[str, Any]:
    """Answers from the business's own texts, best first, score 0–1. No passage: it is not known; do not guess."""
    found = passages_of(desk.business, desk.topics).search(arguments.question, arguments.language, of=arguments.of)
    return {
        "passages": [
            {"id": passage.id, "question": passage.question, "answer": passage.answer, "score": round(score, 3)}
            for passage, score in found
        ]
    }


async def business_hours(desk: Desk, arguments: BusinessHours) -> dict[str, Any]:
    """The opening hours of the week, or of one day with its holiday; whether it is open now and when it opens next."""
    opening = desk.business.next_opening(desk.now)
    answer: dict[str, Any] = {
        "open_now": desk.business.is_open(desk.now),
        "next_opening": opening.isoformat() if opening else None,
        "today": desk.local(desk.now).date().isoformat(),
        "closes_at": _closing(desk),
    }
    if arguments.day is None:
        week = {weekday: spans_of(desk.business.hours.get(weekday, ())) for weekday in WEEKDAYS}
        return {**answer, "week": week}
    spans = desk.business.opening(arguments.day)
    return {
        **answer,
        "day": arguments.day.isoformat(),
        "weekday": WEEKDAYS[arguments.day.weekday()],
        "open": bool(spans),
        "opening": spans_of(spans),
        "holiday": arguments.day in desk.business.holidays,
        "next_open_day": _next_open_day(desk.business, arguments.day),
    }


async def business_facts(desk: Desk, arguments: BusinessFacts) -> dict[str, Any]:
    """Address, payment methods, who works there, prices of services and products, delivery zones and fees."""
    match arguments.topic:
        case "address":
            return {"address": desk.business.address}
        case "payment":
            return {"methods": list(desk.business.payment.methods) if desk.business.payment else []}
        case "professionals":
            return {"professionals": _professionals(desk.business)}
        case "prices":
            return await _prices(desk)
        case "delivery":
            return _delivery(desk.business)
        case "languages":
            return {"languages": list(desk.business.spoken)}


async def record_question(desk: Desk, arguments: RecordQuestion) -> dict[str, Any]:
    """Keeps a question nobody could answer for the owner."""
    await desk.records.questions.record(arguments.text, arguments.language, desk.now)
    return {"receipt": "recorded"}


TOOLS: tuple[Tool, ...] = (
    reading(SearchKnowledge, search_knowledge),
    reading(BusinessHours, business_hours),
    reading(BusinessFacts, business_facts),
    writing(RecordQuestion, record_question),
)


def _closing(desk: Desk) -> str | None:
    """When today's opening under way ends."""
    local = desk.local(desk.now)
    spans = desk.business.opening(local.date())
    return next((span.end.strftime("%H:%M") for span in spans if span.start <= local.time() < span.end), None)


def _next_open_day(business: Business, day: date) -> str | None:
    days = (day + timedelta(days=offset) for offset in range(1, 32))
    return next((later.isoformat() for later in days if business.opening(later)), None)


def _professionals(business: Business) -> list[dict[str, Any]]:
    return [
        {
            "id": person.id,
            "name": person.name,
            "services": list(person.services),
            "days_off": list(person.days_off),
            "breaks": spans_of(person.breaks),
        }
        for person in business.professionals
    ]


async def _prices(desk: Desk) -> dict[str, Any]:
    """Services as the business wrote them, products as the shelf has them now."""
    if not desk.business.services and not desk.business.products:
        raise FixArguments("topic: this business has no price list; search_knowledge may know")
    shelf = await desk.records.orders.shelf() if desk.business.products else {}
    return {
        "services": [
            {
                "id": service.id,
                "name": service.name,
                "minutes": service.minutes,
                "price": None if service.price is None else money(service.price),
            }
            for service in desk.business.services
        ],
        "products": [
            {"id": item.id, "name": item.name, "price": money(shelf[item.id][0]), "stock": shelf[item.id][1]}
            for item in desk.business.products
            if item.id in shelf
        ],
    }


def _delivery(business: Business) -> dict[str, Any]:
    rules = business.delivery
    if rules is None:
        return {"delivers": False, "pickup": False, "zones": []}
    return {
        "delivers": bool(rules.zones),
        "pickup": rules.pickup,
        "minimum_order": money(rules.minimum_order),
        "free_above": None if rules.free_above is None else money(rules.free_above),
        "zones": [{"name": zone.name, "fee": money(zone.fee), "minutes": zone.minutes} for zone in rules.zones],
    }
