"""Orders: stock is taken once, a changed price needs a new yes, and a quote names every problem."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.errors import FixArguments
from persistence.memory import Shop
from tests.twins.counter import BUSINESSES, TUESDAY, box, refusal

BASKET = [{"product": "racao-golden-15", "quantity": 2}]
CENTRO = {"method": "delivery", "zone": "centro", "address": "Rua A, 10"}


@pytest.fixture
def pets() -> Shop:
    return Shop(BUSINESSES["pet-feliz"])


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


async def test_an_order_stands_for_a_week_unless_it_is_called_off() -> None:
    days = iter((8, 6, 2, 1))

    def placed() -> datetime:
        return TUESDAY - timedelta(days=next(days))

    shop = Shop(BUSINESSES["pet-feliz"], placed)
    ids = []
    for key in "abcd":
        order = {"items": [{"product": "bola", "quantity": 1}], "delivery": {"method": "pickup"}, "payment": "pix"}
        receipt = await box(shop).call("place_order", {**order, "expected_total": "12.00", "key": key})
        ids.append(receipt["receipt"])
    await box(shop).call("cancel_order", {"order": ids[2], "key": "e"})
    assert [order["id"] for order in await box(shop).ordered()] == [ids[3], ids[1]]
    assert await box(shop, "joana").ordered() == []
