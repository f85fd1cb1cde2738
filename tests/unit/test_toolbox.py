"""The toolbox: arguments are checked, a model only looks, and the trace keeps no personal data."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from domain.errors import FixArguments, Impossible
from persistence.memory import Shop
from tests.twins.counter import BUSINESSES, TUESDAY, box, refusal
from tools.toolbox import TOOLS

WEDNESDAY_15 = "2026-03-11T15:00:00-03:00"
CUT = {"service": "corte-feminino", "professional": "ana", "start": WEDNESDAY_15}


@pytest.fixture
def salon() -> Shop:
    return Shop(BUSINESSES["studio-aurora"])


@pytest.fixture
def pets() -> Shop:
    return Shop(BUSINESSES["pet-feliz"])


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
