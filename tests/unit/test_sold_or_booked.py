"""A house that sells and books: "when is mine", "the same again", "meanwhile": of the order or of the appointment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from domain.business import load
from domain.commands import Affirm, Ask, Command, Fill, Start
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

_NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")
_LOCAL = LocalUnderstander()
_HISTORY = ({"role": "user", "text": "oi"}, {"role": "assistant", "text": "olá"})
_BATH = {"booking": "b", "service": "banho-pequeno", "professional": "equipe-1", "start": "2026-03-12T15:00:00-03:00"}
_FOOD = {"order": "o", "number": 7, "items": [{"product": "racao-golden-15", "quantity": 2}], "told": {}}
_BASKET = {"items": [{"product": "petisco", "quantity": 2}], "delivery": "pickup", "payment": "pix"}


def _read(text: str, language: str, business: str = "pet-feliz", **state: Any) -> Sequence[Command]:
    house = load(Path("businesses") / f"{business}.yaml")
    return _LOCAL.understand(text, Situation(house, _NOW, language, history=_HISTORY, **state)).commands


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("e quando é o meu? não lembro de nada", "pt-BR"),
        ("cadê o meu, quando era mesmo?", "pt-BR"),
        ("when was mine again? I lost track", "en"),
    ],
)
def test_when_mine_is_asks_for_the_appointment_where_nothing_was_ordered(text: str, language: str) -> None:
    assert Start("my_bookings") in (read := _read(text, language, standing=[_BATH]))
    assert not {Start("order_status"), Start("book")} & set(read)


@pytest.mark.parametrize(
    ("text", "language"),
    [("quero o mesmo da última vez", "pt-BR"), ("the same as last time please", "en"), ("lo mismo de siempre", "es")],
)
def test_the_same_again_is_an_order_where_only_orders_stand(text: str, language: str) -> None:
    read = _read(text, language, ordered=[_FOOD])
    assert (read[0], Fill("last", True) in read) == (Start("order"), True)


def test_what_is_taken_together_is_no_booking_of_two() -> None:
    read = _read("sim, assim já levo tudo junto", "pt-BR", flow="order", asks="confirm", slots=_BASKET)
    assert Affirm() in read
    assert Fill("together", True) not in read


@pytest.mark.parametrize(
    ("text", "language", "service"),
    [
        ("enquanto ela faz o cabelo queria uma manicure pra mim", "pt-BR", "manicure"),
        ("and a manicure for myself", "en", "manicure"),
        ("mientras tanto yo quiero una manicura", "es", "manicure"),
    ],
)
def test_meanwhile_is_somebody_else_than_the_one_just_booked(text: str, language: str, service: str) -> None:
    mine = {"service": "escova", "professional": "ana", "start": "2026-03-12T15:00:00-03:00"}
    done = {"flow": "book", **mine}
    read = _read(text, language, "studio-aurora", standing=[{"booking": "b", **mine}], done=done)
    assert read[:2] == (Start("book"), Fill("for_another", True))
    assert Fill("service", service) in read


def test_long_said_of_a_duration_does_not_hide_the_price_asked_for_beside_it() -> None:
    topic = {"asked": "duration", "fresh": True, "service": ["corte-feminino"]}
    (asked,) = _read("muito tempo. e a escova é quanto?", "pt-BR", "studio-aurora", topic=topic)
    assert isinstance(asked, Ask)
    assert (asked.topic, asked.about["service"]) == ("prices", ["escova"])


def test_still_standing_asks_for_ones_own_and_books_nothing() -> None:
    mine = {"booking": "b", "service": "corte-masculino", "professional": "bruno", "start": "2026-03-12T15:00:00-03:00"}
    read = _read("tá confirmado o meu corte né?", "pt-BR", "studio-aurora", standing=[mine])
    assert Start("my_bookings") in read
    assert Start("book") not in read
