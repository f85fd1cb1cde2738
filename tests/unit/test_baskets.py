"""What is in the basket after a message that changes it: things, numbers and the rest, read together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.business import load
from domain.commands import Cancel, Fill
from domain.ports import Situation
from graph.flows import basket
from understanding.local.reader import LocalUnderstander
from understanding.local.training import of_edits

NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")  # a Tuesday
LOCALES = {"pt": "pt-BR", "en": "en", "es": "es"}
UNSEEN: dict[str, dict[str, list[list[str]]]] = yaml.safe_load(
    Path(__file__).with_name("unseen_baskets.yaml").read_text(encoding="utf-8")
)
HISTORY = ({"role": "user", "text": "oi"}, {"role": "assistant", "text": "olá"})
CALLED = {
    "golden": "racao-golden-15", "premier": "racao-premier-filhote", "gato": "racao-gatos-3", "areia": "areia-4",
    "bola": "bola", "shampoo": "shampoo", "bifinho": "petisco",
}  # fmt: skip
ASKED = {
    "first": ("none", ""),
    "basket": ("delivery", "2 golden + 1 areia"),
    "payment": ("payment", "2 golden + 1 areia"),
    "summary": ("confirm", "2 golden + 1 areia + 1 bola"),
}
"""What is asked, and what is in the basket then."""
LEAST = {"pt": 0.85, "en": 0.77, "es": 0.85}
"""Some points under what was measured: each training moves a few messages."""


@cache
def understander() -> LocalUnderstander:
    return LocalUnderstander()


def items(told: str) -> dict[str, int]:
    return {CALLED[name]: int(count) for count, name in (each.split() for each in told.split(" + ") if each)}


def situation(asks: str, held: Mapping[str, int], language: str) -> Situation:
    shop, lines = load(Path("businesses/pet-feliz.yaml")), [{"product": k, "quantity": v} for k, v in held.items()]
    slots: dict[str, Any] = {"items": lines, "spoken": lines[-1]["product"]} if lines else {}
    flow, history = ("order", HISTORY) if lines else (None, ())
    return Situation(shop, NOW, LOCALES[language], asks=asks, flow=flow, slots=slots, history=history)


def afterwards(text: str, asks: str, held: Mapping[str, int], language: str) -> dict[str, int]:
    """What a message leaves in the basket."""
    place = situation(asks, held, language)
    slots = dict(place.slots)
    for command in understander().understand(text, place).commands:
        if command == Cancel():
            return {}
        if isinstance(command, Fill) and command.slot in basket.SLOTS:
            basket.fill(slots, command.slot, command.value)
    return {item["product"]: item["quantity"] for item in slots.get("items") or ()}


@pytest.mark.parametrize("language", LOCALES)
def test_unseen_messages_leave_the_right_basket(language: str) -> None:
    told = [
        afterwards(text, ASKED[state][0], items(ASKED[state][1]), language) == items(after)
        for state, lines in UNSEEN[language].items()
        for text, after in lines
    ]
    assert sum(told) / len(told) >= LEAST[language]


@pytest.mark.parametrize(
    ("text", "language", "after"),
    [
        ("golden 1, areia 3", "pt", "1 golden + 3 areia"),
        ("tira uma golden e põe mais duas areias", "pt", "1 golden + 3 areia"),
        ("só a areia", "pt", "1 areia"),
        ("o dobro de areia, por favor", "pt", "2 golden + 2 areia"),
        ("troca as duas golden por premier", "pt", "1 areia + 2 premier"),
        ("o segundo item pode ser três", "pt", "2 golden + 3 areia"),
        ("make the litter four and drop one of the goldens", "en", "1 golden + 4 areia"),
        ("three goldens, not two", "en", "3 golden + 1 areia"),
        ("not two, three goldens", "en", "3 golden + 1 areia"),
        ("I forgot the treats. Three packs", "en", "2 golden + 1 areia + 3 bifinho"),
        ("a ball too please", "en", "2 golden + 1 areia + 1 bola"),
        ("just the litter, nothing else", "en", "1 areia"),
        ("golden uno, arena dos", "es", "1 golden + 2 areia"),
        ("sácame la arena y agrega dos pelotas", "es", "2 golden + 2 bola"),
        ("solo el golden", "es", "2 golden"),
        ("la arena que sean tres", "es", "2 golden + 3 areia"),
    ],
)
def test_each_number_counts_its_own_thing(text: str, language: str, after: str) -> None:
    assert afterwards(text, "delivery", items("2 golden + 1 areia"), language) == items(after)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("quero mais uma areia", "pt"),
        ("mejor una sola arena", "es"),
        ("make it 3 litters", "en"),
        ("a areia fica", "pt"),
    ],
)
def test_what_is_not_named_stays(text: str, language: str) -> None:
    assert afterwards(text, "delivery", items("2 golden + 1 areia"), language)[CALLED["golden"]] == 2


def test_no_message_that_is_kept_apart_was_learnt() -> None:
    learnt = {one.text for one in of_edits.sentences()}
    unseen = (text for states in UNSEEN.values() for lines in states.values() for text, _ in lines)
    assert not learnt.intersection(text.lower() for text in unseen)
