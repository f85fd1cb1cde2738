"""What customers answer to the questions of an order and to a summary; the answers are in `order_answers.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.business import load
from domain.commands import Affirm, Cancel, Command, Correct, Deny, Fill, Human, OptOut, Reject, Start, Unclear
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")
BASKET = {"items": [{"product": "areia-4", "quantity": 1}, {"product": "racao-golden-15", "quantity": 2}]}
BATH = {"service": "banho-pequeno", "professional": "equipe-1", "start": "2026-03-12T10:00:00-03:00"}
YES_NO = {"sim": "Sim", "nao": "Não"}
WAYS = {"entrega": "Entrega", "retirada": "Retirada"}
PAID = {"pix": "Pix", "card_on_delivery": "Card", "cash": "Cash"}
# question → what the bot waits for, the flow, its slots, what it offered
ASKED: Mapping[str, tuple[str, str, Mapping[str, Any], Mapping[str, str]]] = {
    "delivery": ("delivery", "order", BASKET, WAYS),
    "payment": ("payment", "order", {**BASKET, "delivery": "pickup"}, PAID),
    "order": ("confirm", "order", {**BASKET, "delivery": "delivery", "zone": "Centro", "payment": "pix"}, YES_NO),
    "book": ("confirm", "book", {**BATH, "with": "equipe-1"}, YES_NO),
    "cancel_booking": ("confirm", "cancel_booking", {"booking": {"booking": "b1", **BATH}}, YES_NO),
    "cancel_order": ("confirm", "cancel_order", {"order": {"id": "o1", "number": 7}}, YES_NO),
}
OPTIONS = {"entrega": "delivery=delivery", "retirada": "delivery=pickup", **{each: f"payment={each}" for each in PAID},
           "sim": "affirm", "nao": "deny"}  # fmt: skip
AMISS = (Start, Human, Unclear, OptOut, Reject, Correct)


@cache
def understander() -> LocalUnderstander:
    return LocalUnderstander()


def rows() -> Iterator[tuple[str, str, str, str]]:
    table = yaml.safe_load(Path("tests/unit/order_answers.yaml").read_text(encoding="utf-8"))
    for asked, languages in table.items():
        for language, meanings in languages.items():
            for meant, texts in meanings.items():
                yield asked, language, meant, texts


def told(command: Command, offered: list[str]) -> str:
    match command:
        case Fill("option", value):
            return OPTIONS[offered[value - 1] if isinstance(value, int) else str(value)]
        case Fill(slot, value):
            return f"{slot}={value}"
        case Deny() | Cancel():
            return "deny"
        case Affirm():
            return "affirm"
        case _:
            return type(command).__name__


@pytest.mark.parametrize(("asked", "language", "meant", "texts"), list(rows()))
def test_an_answer_says_what_it_means_and_nothing_else(asked: str, language: str, meant: str, texts: str) -> None:
    asks, flow, slots, offered = ASKED[asked]
    options = tuple({"id": each, "title": title} for each, title in offered.items())
    situation = Situation(load(Path("businesses/pet-feliz.yaml")), NOW, language, asks, flow, slots, options=options)
    wrong = []
    for text in texts.splitlines():
        commands = understander().understand(text, situation).commands
        heard = {told(command, list(offered)) for command in commands}
        opposite = {"affirm", "deny"} & heard - {meant} if asks == "confirm" else set()
        if set(meant.split()) - heard or opposite or any(isinstance(command, AMISS) for command in commands):
            wrong.append((text, commands))
    assert not wrong


def taken_off() -> list[tuple[str, str]]:
    table: dict[str, str] = yaml.safe_load(Path("tests/unit/taken_off.yaml").read_text(encoding="utf-8"))
    return list(table.items())


@pytest.mark.parametrize(("language", "texts"), taken_off())
def test_what_is_taken_off_leaves_the_order_and_nothing_else_happens(language: str, texts: str) -> None:
    items = [{"product": each, "quantity": 1} for each in ("areia-4", "shampoo", "bola")]
    slots = {"items": items, "spoken": "bola", "delivery": "pickup", "payment": "pix"}
    options = tuple({"id": each, "title": title} for each, title in YES_NO.items())
    situation = Situation(
        load(Path("businesses/pet-feliz.yaml")), NOW, language, "confirm", "order", slots, options=options
    )
    off = {"product": "shampoo", "quantity": None, "mode": "remove", "alternatives": ()}
    wrong = []
    for text in texts.splitlines():
        commands = understander().understand(text, situation).commands
        if commands != (Fill("items", [off]),):
            wrong.append((text, commands))
    assert not wrong
