"""The toolbox: arguments are checked, effects happen once, refusals say why, and the trace keeps no personal data."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.business import load_all
from domain.errors import FixArguments, Impossible
from persistence.memory import Shop
from tools.toolbox import TOOLS, Toolbox

BUSINESSES = load_all(Path(__file__).parents[2] / "businesses")
TUESDAY = datetime.fromisoformat("2026-03-10T10:00:00-03:00")
WEDNESDAY_15 = "2026-03-11T15:00:00-03:00"
CUT = {"service": "corte-feminino", "professional": "ana", "start": WEDNESDAY_15}
BASKET = [{"product": "racao-golden-15", "quantity": 2}]
CENTRO = {"method": "delivery", "zone": "centro", "address": "Rua A, 10"}


@pytest.fixture
def salon() -> Shop:
    return Shop(BUSINESSES["studio-aurora"])


@pytest.fixture
def pets() -> Shop:
    return Shop(BUSINESSES["pet-feliz"])


def box(shop: Shop, customer: str = "maria", now: datetime = TUESDAY) -> Toolbox:
    return Toolbox(shop.business, shop.records(customer), now)


async def refusal(toolbox: Toolbox, tool: str, **arguments: Any) -> Impossible:
    with pytest.raises(Impossible) as caught:
        await toolbox.call(tool, arguments)
    return caught.value


# ── arguments and trace ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_wrong_arguments_name_the_field_and_what_is_allowed(salon: Shop) -> None:
    with pytest.raises(FixArguments, match=r"start: .*; colour is unknown; allowed: .*professional"):
        await box(salon).call("check_time", {"service": "corte-feminino", "start": "amanhã", "colour": "red"})
    with pytest.raises(FixArguments, match="service: unknown; allowed: corte-feminino"):
        await box(salon).call("check_time", {**CUT, "service": "tosa"})
    with pytest.raises(FixArguments, match="professional: unknown; allowed: any, ana"):
        await box(salon).call("check_time", {**CUT, "professional": "zoe"})


async def test_an_unknown_tool_names_the_known_ones(salon: Shop) -> None:
    with pytest.raises(FixArguments, match="allowed: book_appointment"):
        await box(salon).call("book_a_table")


async def test_the_trace_tells_what_was_done_without_personal_data(pets: Shop) -> None:
    toolbox = box(pets)
    await toolbox.call("update_customer", {"name": "Maria Souza", "address": "Rua das Flores, 10"})
    with pytest.raises(FixArguments):
        await toolbox.call("update_customer", {"nome": "Maria Souza"})
    await refusal(toolbox, "order_status", order="1234")
    assert toolbox.calls == [
        {"tool": "update_customer", "effect": "write", "ok": True, "receipt": "maria"},
        {"tool": "update_customer", "effect": "write", "ok": False, "error": "FixArguments"},
        {"tool": "order_status", "effect": "read", "ok": False, "error": "not_found"},
    ]


def test_every_tool_has_a_manual() -> None:
    assert [name for name, tool in TOOLS.items() if len(tool.manual) < 20] == []


def test_a_model_is_told_of_reading_tools_only(salon: Shop) -> None:
    names = [name for name, tool in TOOLS.items() if tool.effect == "read"]
    told = {function.name: function for function in box(salon).functions(names)}
    assert set(told) == set(names)
    assert told["check_time"].parameters["required"] == ["service", "start"]
    assert told["check_time"].parameters["additionalProperties"] is False
    with pytest.raises(FixArguments, match="no reading tool"):
        box(salon).functions(["book_appointment"])


async def test_what_a_model_looks_up_is_in_the_trace_as_the_models(salon: Shop) -> None:
    toolbox = box(salon)
    assert (await toolbox.look("check_time", CUT))["free"] is True
    with pytest.raises(FixArguments):
        await toolbox.look("check_time", {**CUT, "service": "tosa"})
    assert toolbox.calls == [
        {"tool": "check_time", "effect": "read", "ok": True, "by": "model"},
        {"tool": "check_time", "effect": "read", "ok": False, "error": "FixArguments", "by": "model"},
    ]


@pytest.mark.parametrize("name", [name for name, tool in TOOLS.items() if tool.effect == "write"] + ["drop_table"])
async def test_a_look_never_runs_a_writing_tool(salon: Shop, name: str) -> None:
    toolbox = box(salon)
    with pytest.raises(FixArguments, match="no reading tool"):
        await toolbox.look(name, {**CUT, "key": "1", "reason": "asked", "name": "x", "text": "x", "language": "en"})
    assert (toolbox.calls, salon.book, salon.questions) == ([], [], [])


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("find_free_times", {"service": "escova", "start": "0001-01-01T00:00:00+14:00", "end": "9999-12-31T23:59:59Z"}),
        ("find_free_times", {"service": "escova", "start": "9999-12-31T00:00:00-14:00", "end": "9999-12-31T23:59:59Z"}),
        ("check_time", {"service": "escova", "start": "9999-12-31T23:59:59-14:00"}),
        ("check_time", {"service": "escova", "start": "0001-01-01T00:00:00+14:00"}),
        ("business_hours", {"day": "9999-12-31"}),
        ("business_hours", {"day": "0001-01-01"}),
        ("search_knowledge", {"question": "\u0000\ud800", "language": "xx"}),
        ("search_products", {"query": "'; DROP TABLE products; --" * 50}),
        ("quote_order", {"items": [{"product": "bola", "quantity": 100_000}] * 500}),
    ],
)
async def test_whatever_a_model_asks_is_answered_or_refused(pets: Shop, name: str, arguments: dict[str, Any]) -> None:
    shop = Shop(BUSINESSES["studio-aurora"]) if name in ("find_free_times", "check_time") else pets
    toolbox = box(shop)
    with suppress(FixArguments, Impossible):
        await toolbox.look(name, arguments)
    assert [call["tool"] for call in toolbox.calls] == [name]


# ── appointments ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_booking_answers_with_its_receipt(salon: Shop) -> None:
    receipt = await box(salon).call("book_appointment", {**CUT, "key": "1"})
    assert receipt == {
        "receipt": salon.book[0].booking.id,
        "booking": salon.book[0].booking.id,
        "service": "corte-feminino",
        "professional": "ana",
        "start": WEDNESDAY_15,
        "end": "2026-03-11T16:00:00-03:00",
        "status": "confirmed",
        "price": "90.00",
    }


async def test_the_same_key_books_once(salon: Shop) -> None:
    first = await box(salon).call("book_appointment", {**CUT, "key": "1"})
    again = await box(salon).call("book_appointment", {**CUT, "professional": "any", "key": "1"})
    assert (again, len(salon.book)) == (first, 1)


async def test_two_customers_racing_for_one_slot_get_one_booking(salon: Shop) -> None:
    results = await asyncio.gather(
        *(box(salon, who).call("book_appointment", {**CUT, "key": who}) for who in ("maria", "joana")),
        return_exceptions=True,
    )
    lost = next(result for result in results if isinstance(result, Impossible))
    assert (lost.reason, len(salon.book)) == ("slot_taken", 1)
    assert lost.facts["nearest"][0]["start"] == "2026-03-11T14:00:00-03:00"


async def test_a_taken_time_offers_the_same_person_around_it_and_others_at_it(salon: Shop) -> None:
    await box(salon, "joana").call("book_appointment", {**CUT, "key": "1"})
    checked = await box(salon).call("check_time", CUT)
    near = [(offer["professional"], offer["start"][11:16]) for offer in checked["nearest"]]
    assert (checked["free"], checked["reason"]) == (False, "full")
    assert near == [("ana", "14:00"), ("ana", "16:00"), ("bruno", "15:00")]


async def test_any_professional_means_the_least_busy_one_that_day(salon: Shop) -> None:
    await box(salon, "joana").call("book_appointment", {**CUT, "start": "2026-03-11T09:00:00-03:00", "key": "1"})
    checked = await box(salon).call("check_time", {**CUT, "professional": "any"})
    assert checked["professional"] == "bruno"


async def test_the_customers_own_appointment_is_recognised_as_theirs(salon: Shop) -> None:
    toolbox = box(salon)
    mine = await toolbox.call("book_appointment", {**CUT, "key": "1"})
    refused = await refusal(toolbox, "book_appointment", **{**CUT, "professional": "bruno"}, key="2")
    assert (refused.reason, refused.facts["own"]["booking"]) == ("own_booking", mine["receipt"])


async def test_moving_ignores_its_own_slot_and_keeps_the_professional(salon: Shop) -> None:
    toolbox = box(salon)
    mine = await toolbox.call("book_appointment", {**CUT, "key": "1"})
    moved = await toolbox.call(
        "reschedule_appointment", {"booking": mine["receipt"], "start": "2026-03-11T15:30:00-03:00", "key": "2"}
    )
    assert (moved["professional"], moved["start"], moved["previous"]["start"]) == (
        "ana",
        "2026-03-11T15:30:00-03:00",
        WEDNESDAY_15,
    )
    assert len(salon.book) == 1


async def test_too_late_to_cancel_or_move_is_said_with_the_policy(salon: Shop) -> None:
    mine = await box(salon).call("book_appointment", {**CUT, "key": "1"})
    later = box(salon, now=datetime.fromisoformat(WEDNESDAY_15) - timedelta(minutes=239))
    cancel = await refusal(later, "cancel_appointment", booking=mine["receipt"], key="2")
    move = await refusal(
        later, "reschedule_appointment", booking=mine["receipt"], start="2026-03-12T15:00:00-03:00", key="3"
    )
    assert [(error.reason, error.facts["minutes"]) for error in (cancel, move)] == [("late", 240)] * 2


async def test_cancelling_twice_is_one_cancellation_and_frees_the_slot(salon: Shop) -> None:
    toolbox = box(salon)
    mine = await toolbox.call("book_appointment", {**CUT, "key": "1"})
    for _ in range(2):
        gone = await toolbox.call("cancel_appointment", {"booking": mine["receipt"], "key": "2"})
        assert gone["status"] == "cancelled"
    assert (await box(salon, "joana").call("check_time", CUT))["free"]
    assert (await toolbox.call("my_appointments"))["latest"]["booking"] == mine["receipt"]


async def test_nobody_touches_another_customers_appointment(salon: Shop) -> None:
    mine = await box(salon).call("book_appointment", {**CUT, "key": "1"})
    error = await refusal(box(salon, "joana"), "cancel_appointment", booking=mine["receipt"], key="2")
    assert (error.reason, salon.book[0].booking.status) == ("not_found", "confirmed")


@pytest.mark.parametrize("business", ["clinica-sorriso", "cryptolock"])
async def test_where_a_person_books_the_bot_does_not(business: str) -> None:
    toolbox = box(Shop(BUSINESSES[business]))
    error = await refusal(toolbox, "check_time", service="avaliacao", start=WEDNESDAY_15)
    assert error.reason == "agent_books"


@pytest.mark.parametrize(
    ("day", "reason", "near"),
    [
        ("2026-03-16", "closed", ["2026-03-14T16:00", "2026-03-17T09:00", "2026-03-17T10:00"]),
        ("2026-04-03", "holiday", ["2026-04-02T18:00", "2026-04-04T09:00", "2026-04-04T10:00"]),
        ("2026-03-09", "past", ["2026-03-10T11:00", "2026-03-10T12:00", "2026-03-10T13:00"]),
        ("2026-06-10", "horizon", ["2026-05-09T14:00", "2026-05-09T15:00", "2026-05-09T16:00"]),
    ],
)
async def test_a_day_without_times_says_why_and_offers_the_nearest(
    salon: Shop, day: str, reason: str, near: list[str]
) -> None:
    window = {"start": f"{day}T00:00:00-03:00", "end": f"{day}T23:59:59-03:00"}
    found = await box(salon).call("find_free_times", {"service": "corte-feminino", **window})
    assert (found["times"], found["reason"]) == ([], reason)
    assert [offer["start"][:16] for offer in found["nearest"]] == near


async def test_a_whole_day_offers_varied_times_or_the_first_ones(salon: Shop) -> None:
    window = {"start": "2026-03-11T00:00:00-03:00", "end": "2026-03-12T00:00:00-03:00"}
    search = {"service": "corte-feminino", "professional": "ana", **window}
    varied = await box(salon).call("find_free_times", search)
    first = await box(salon).call("find_free_times", {**search, "spread": False})
    assert [offer["start"][11:16] for offer in varied["times"]] == ["09:00", "13:00", "18:00"]
    assert [offer["start"][11:16] for offer in first["times"]] == ["09:00", "09:15", "09:30"]


# ── orders ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_order_takes_stock_and_answers_with_its_receipt(pets: Shop) -> None:
    toolbox = box(pets)
    quote = await toolbox.call("quote_order", {"items": BASKET, "delivery": CENTRO})
    placed = await toolbox.call(
        "place_order",
        {"items": BASKET, "delivery": CENTRO, "payment": "pix", "expected_total": quote["total"], "key": "1"},
    )
    assert (quote["subtotal"], quote["fee"], quote["total"], quote["free_delivery"]) == (
        "379.80",
        "0.00",
        "379.80",
        True,
    )
    assert placed["delivery"] == {"method": "delivery", "zone": "Centro", "fee": "0.00", "address": "Rua A, 10"}
    assert (placed["receipt"], placed["total"], pets.stock["racao-golden-15"]) == (placed["id"], "379.80", 10)
    status = await toolbox.call("order_status", {"order": placed["number"]})
    assert (status["status"], status["minutes"]) == ("confirmed", 60)


async def test_the_same_key_orders_once_even_when_it_took_the_last_piece(pets: Shop) -> None:
    pets.stock["racao-golden-15"] = 2
    order = {
        "items": BASKET,
        "delivery": {"method": "pickup"},
        "payment": "pix",
        "expected_total": "379.80",
        "key": "1",
    }
    first = await box(pets).call("place_order", order)
    assert await box(pets).call("place_order", order) == first
    assert (len(pets.placed), pets.stock["racao-golden-15"]) == (1, 0)


async def test_stock_never_goes_below_zero_and_the_loser_gets_a_new_quote(pets: Shop) -> None:
    pets.stock["racao-golden-15"] = 3
    order = {"items": BASKET, "delivery": {"method": "pickup"}, "payment": "pix", "expected_total": "379.80"}
    await box(pets, "joana").call("place_order", {**order, "key": "1"})
    error = await refusal(box(pets), "place_order", **order, key="2")
    assert (error.reason, error.facts["product"], error.facts["stock"]) == ("out_of_stock", "racao-golden-15", 1)
    assert error.facts["quote"]["problems"][0]["reason"] == "out_of_stock"


async def test_a_price_that_changed_since_the_summary_needs_a_new_yes(pets: Shop) -> None:
    pets.prices["racao-golden-15"] += 10
    order = {"items": BASKET, "delivery": {"method": "pickup"}, "payment": "pix", "expected_total": "379.80"}
    error = await refusal(box(pets), "place_order", **order, key="1")
    assert (error.reason, error.facts["quote"]["total"], pets.placed) == ("price_changed", "399.80", [])


@pytest.mark.parametrize(
    ("items", "delivery", "problems"),
    [
        ([{"product": "bola", "quantity": 1}], {"method": "delivery", "zone": "Centro"}, ["below_minimum"]),
        ([{"product": "bola", "quantity": 1}], {"method": "pickup"}, []),
        ([{"product": "bola", "quantity": 4}], {"method": "delivery", "zone": "Lua"}, ["unknown_zone"]),
        ([{"product": "coleira-m", "quantity": 1}], None, ["out_of_stock"]),
        ([{"product": "pneu", "quantity": 1}], None, ["unknown_product"]),
        ([{"product": "bola", "quantity": 4}], {"method": "delivery"}, []),
    ],
)
async def test_a_quote_names_every_problem(
    pets: Shop, items: list[dict[str, Any]], delivery: dict[str, Any] | None, problems: list[str]
) -> None:
    quote = await box(pets).call("quote_order", {"items": items, "delivery": delivery})
    assert [problem["reason"] for problem in quote["problems"]] == problems


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ({"zone": "JARDIM PAULISTA"}, "Jardim Paulista"),
        ({"zone": "no centro"}, "Centro"),
        ({"zone": "ipirannga"}, "Ipiranga"),
        ({"address": "Rua Ipiranga, 10, Centro"}, "Centro"),
        ({"address": "Rua Ipiranga, 10"}, None),
        ({"zone": "Moema"}, None),
    ],
)
async def test_a_zone_is_found_however_it_is_written(pets: Shop, written: dict[str, str], zone: str | None) -> None:
    items = [{"product": "bola", "quantity": 4}]
    quote = await box(pets).call("quote_order", {"items": items, "delivery": {"method": "delivery", **written}})
    assert quote["zone"] == zone


async def test_change_is_only_for_cash_and_covers_the_total(pets: Shop) -> None:
    order = {"items": BASKET, "delivery": {"method": "pickup"}, "expected_total": "379.80", "key": "1"}
    with pytest.raises(FixArguments, match="change_for: only with payment cash"):
        await box(pets).call("place_order", {**order, "payment": "pix", "change_for": "400.00"})
    with pytest.raises(FixArguments, match=r"change_for: at least the total, 379\.80"):
        await box(pets).call("place_order", {**order, "payment": "cash", "change_for": "100.00"})
    placed = await box(pets).call("place_order", {**order, "payment": "cash", "change_for": "400.00"})
    assert placed["change_for"] == "400.00"


async def test_changing_an_order_counts_the_stock_it_already_holds(pets: Shop) -> None:
    pets.stock["racao-golden-15"] = 2
    toolbox = box(pets)
    order = {"delivery": {"method": "pickup"}, "payment": "pix"}
    placed = await toolbox.call("place_order", {**order, "items": BASKET, "expected_total": "379.80", "key": "1"})
    basket = [*BASKET, {"product": "bola", "quantity": 1}]
    changed = await toolbox.call(
        "change_order", {**order, "order": placed["id"], "items": basket, "expected_total": "391.80", "key": "2"}
    )
    assert (changed["total"], pets.stock["racao-golden-15"], pets.stock["bola"]) == ("391.80", 0, 39)
    cancelled = await toolbox.call("cancel_order", {"order": str(placed["number"]), "key": "3"})
    assert (cancelled["status"], pets.stock["racao-golden-15"], pets.stock["bola"]) == ("cancelled", 2, 40)
    error = await refusal(
        toolbox, "change_order", **order, order=placed["id"], items=BASKET, expected_total="379.80", key="4"
    )
    assert error.reason == "too_late"


async def test_products_are_found_by_name_alias_and_typo(pets: Shop) -> None:
    async def first(query: str) -> str | None:
        products = (await box(pets).call("search_products", {"query": query}))["products"]
        return products[0]["product"] if products else None

    assert [await first(query) for query in ("ração golden", "xampu", "bolina", "coleira", "pneu")] == [
        "racao-golden-15",
        "shampoo",
        "bola",
        "coleira-m",
        None,
    ]
    assert len((await box(pets).call("search_products"))["products"]) == 8


# ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_asking_for_a_person_tells_the_place_in_the_line_and_the_hours(salon: Shop) -> None:
    await box(salon, "joana").call("request_person", {"reason": "asked"})
    urgent = await box(salon).call("request_person", {"reason": "urgent", "priority": "high"})
    again = await box(salon).call("request_person", {"reason": "asked"})
    assert (urgent["position"], urgent["open"], urgent["next_opening"]) == (1, True, None)
    assert again["receipt"] == urgent["receipt"]
    monday = await box(salon, "rita", TUESDAY + timedelta(days=6)).call("request_person", {"reason": "asked"})
    assert (monday["position"], monday["open"], monday["next_opening"]) == (3, False, "2026-03-17T09:00:00-03:00")


async def test_stopping_messages_is_remembered_until_taken_back(salon: Shop) -> None:
    toolbox = box(salon)
    await toolbox.call("opt_out")
    assert (await toolbox.call("customer_profile"))["opted_out"] is True
    await toolbox.call("opt_in")
    assert (await toolbox.call("customer_profile"))["opted_out"] is False
