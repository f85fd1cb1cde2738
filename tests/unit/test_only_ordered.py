"""Which orders stand is known to whoever reads: words that name none speak of one, where no appointment does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.business import load_all
from domain.commands import Ask, Command, Fill, Start
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

_PETS = load_all(Path("businesses"))["pet-feliz"]
_LOCAL = LocalUnderstander()
_NOW = datetime(2026, 3, 10, 10, tzinfo=ZoneInfo("America/Sao_Paulo"))
_LITTER: dict[str, Any] = {
    "order": "o1", "number": 1001, "items": [{"product": "areia-4", "quantity": 2}],
    "told": {"delivery": "delivery", "zone": "Centro", "address": "Rua A, 10", "payment": "pix"},
}  # fmt: skip
_TOYS: dict[str, Any] = {
    "order": "o2", "number": 1002,
    "items": [{"product": "bola", "quantity": 3}, {"product": "petisco", "quantity": 1}],
    "told": {"delivery": "pickup", "payment": "cash"},
}  # fmt: skip
_BATH = {"booking": "b1", "service": "banho-pequeno", "professional": "equipe-1", "start": "2026-03-12T10:00:00-03:00"}


def _read(text: str, language: str, *ordered: dict[str, Any], **more: Any) -> tuple[Command, ...]:
    return _LOCAL.understand(text, Situation(_PETS, _NOW, language, ordered=ordered, **more)).commands


def _begun(commands: Sequence[Command]) -> list[str]:
    return [each.flow for each in commands if isinstance(each, Start)]


def _taken_off(commands: Sequence[Command]) -> list[str]:
    lines = [line for each in commands if isinstance(each, Fill) and each.slot == "items" for line in each.value]
    return [line["product"] for line in lines if line["mode"] == "remove"]


@pytest.mark.parametrize(
    ("text", "language", "flow"),
    [
        ("cancela por favor", "pt-BR", "cancel_order"),
        ("cancel everything", "en", "cancel_order"),
        ("hi i need to cancel", "en", "cancel_order"),
        ("cancélelo por favor", "es", "cancel_order"),
        ("qto ficou o meu?", "pt-BR", "order_status"),
        ("how much was mine?", "en", "order_status"),
        ("¿para qué día quedó?", "es", "order_status"),
    ],
)
def test_what_names_nothing_is_of_the_order_that_stands(text: str, language: str, flow: str) -> None:
    assert _begun(_read(text, language, _LITTER)) == [flow]
    assert flow not in _begun(_read(text, language, _LITTER, standing=[_BATH]))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("cancela meu horário de quinta", "pt-BR"),
        ("please cancel my appointment", "en"),
        ("quiero cancelar el baño del perro", "es"),
    ],
)
def test_an_appointment_that_is_named_is_no_order(text: str, language: str) -> None:
    assert _begun(_read(text, language, _LITTER)) == ["cancel_booking"]


def test_no_price_is_taken_for_that_of_the_order_where_the_house_is_asked() -> None:
    for text, language in (
        ("quais os preços?", "pt-BR"),
        ("how much is cat litter?", "en"),
        ("¿cuánto el baño?", "es"),
    ):
        (asked,) = _read(text, language, _LITTER)
        assert isinstance(asked, Ask)
        assert asked.topic == "prices"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("não vou mais precisar da areia", "pt-BR"),
        ("the cat died, I don't need the litter anymore", "en"),
        ("ya no quiero la arena, no la traigan", "es"),
    ],
)
def test_whoever_takes_off_all_of_it_calls_the_order_off(text: str, language: str) -> None:
    assert _begun(_read(text, language, _LITTER)) == ["cancel_order"]


def test_what_is_left_of_an_order_stands() -> None:
    for text, language in (("forget the balls", "en"), ("esquece a bolinha", "pt-BR"), ("tira as bolinhas", "pt-BR")):
        commands = _read(text, language, _TOYS)
        assert (_begun(commands), _taken_off(commands)) == (["change_order"], ["bola"])


def test_of_several_orders_the_one_that_holds_it_goes() -> None:
    commands = _read("não vou mais precisar da areia", "pt-BR", _TOYS, _LITTER)
    assert _begun(commands) == ["cancel_order"]
    assert [line["product"] for each in commands if isinstance(each, Fill) for line in each.value] == ["areia-4"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("vou pagar em dinheiro mesmo, leva troco pra 200", "pt-BR"),
        ("cash now, not pix", "en"),
        ("voy a pagar en efectivo", "es"),
    ],
)
def test_another_way_to_pay_than_was_told_changes_the_order(text: str, language: str) -> None:
    commands = _read(text, language, _LITTER)
    assert _begun(commands) == ["change_order"]
    assert Fill("payment", "cash") in commands


def test_whether_a_way_to_pay_is_taken_is_only_asked() -> None:
    for text, language in (("vocês aceitam dinheiro?", "pt-BR"), ("do you take cash?", "en")):
        assert _begun(_read(text, language, _LITTER)) == []


def test_nothing_is_moved_to_an_hour_where_only_an_order_stands() -> None:
    commands = _read("can that come later in the evening, say after 5?", "en", _LITTER)
    assert [each.topic for each in commands if isinstance(each, Ask)] == ["delivery"]
    assert _begun(commands) == []


@pytest.mark.parametrize(
    ("text", "language", "gone"),
    [
        ("tira a areia e a bolinha", "pt-BR", ["areia-4", "bola"]),
        ("take off the litter and the balls please", "en", ["areia-4", "bola"]),
        ("I no longer want the litter and the treats", "en", ["areia-4", "petisco"]),
        ("tira a areia e deixa a bolinha", "pt-BR", ["areia-4"]),
        ("tira a areia e o shampoo", "pt-BR", ["areia-4"]),
        ("tira a areia e manda 5 bolinhas", "pt-BR", ["areia-4"]),
    ],
)
def test_what_is_there_goes_with_what_it_is_joined_to(text: str, language: str, gone: list[str]) -> None:
    items = [*_LITTER["items"], *_TOYS["items"]]
    assert _taken_off(_read(text, language, {**_LITTER, "items": items})) == gone
    arranged = {"items": items, "delivery": "pickup", "payment": "pix"}
    assert _taken_off(_read(text, language, flow="order", asks="confirm", slots=arranged)) == gone
