"""What customers answer when asked which of several products they mean; the answers are in `among.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
import yaml

from domain.business import load
from domain.commands import Command, Fill, Reject
from domain.ports import Situation
from graph.flows import basket
from graph.state import Data
from understanding.local.reader import LocalUnderstander

NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")
FOODS = {"racao-golden-15": "golden", "racao-premier-filhote": "premier", "racao-gatos-3": "gatos"}


@cache
def understander() -> LocalUnderstander:
    return LocalUnderstander()


def asked(language: str, wanted: int | None = None) -> Situation:
    business = load(Path("businesses/pet-feliz.yaml"))
    options = [{"id": each, "title": product.name} for each in FOODS if (product := business.product(each))]
    slots = {"choice": {"products": list(FOODS), "quantity": wanted}}
    return Situation(business, NOW, language, "items", "order", slots, options=options)


def left(commands: Sequence[Command], situation: Situation) -> tuple[str, Data]:
    """What the commands put in the basket or leave to choose from, as the rows tell it; and the slots then."""
    slots = {**situation.slots}
    for command in commands:
        if isinstance(command, Fill) and command.slot == "option":
            place = [each["id"] for each in situation.options].index(command.value) if isinstance(
                command.value, str) else command.value - 1  # fmt: skip
            command = Fill("items", [{"product": situation.options[place]["id"], "quantity": None, "mode": "set"}])
        if isinstance(command, Fill) and command.slot in basket.SLOTS:
            basket.fill(slots, command.slot, command.value)
    if len(slots.get("choice", {}).get("products", FOODS)) < len(FOODS):
        return " ".join(FOODS[each] for each in slots["choice"]["products"]) + "?", slots
    counted = ((FOODS.get(item["product"], item["product"]), item["quantity"]) for item in slots.get("items", ()))
    return " ".join(name if number == 1 else f"{name}*{number}" for name, number in counted) or "-", slots


def rows() -> Iterator[tuple[str, str, str]]:
    table = yaml.safe_load(Path("tests/unit/among.yaml").read_text(encoding="utf-8"))
    for language, meanings in table.items():
        for chosen, texts in meanings.items():
            yield language, chosen, texts


@pytest.mark.parametrize(("language", "chosen", "texts"), list(rows()))
def test_an_answer_chooses_what_it_names_and_as_many(language: str, chosen: str, texts: str) -> None:
    situation = asked(language)
    wrong = []
    for text in texts.splitlines():
        commands = understander().understand(text, situation).commands
        if left(commands, situation)[0] != chosen:
            wrong.append((text, commands))
    assert not wrong


def test_how_many_were_wanted_is_kept_when_the_choice_gets_smaller() -> None:
    situation = asked("pt-BR", wanted=3)
    narrowed, slots = left(understander().understand("é pra cachorro", situation).commands, situation)
    again = Situation(situation.business, NOW, "pt-BR", "items", "order", slots, options=situation.options[:2])
    assert narrowed == "golden premier?"
    assert left(understander().understand("adulto", again).commands, again)[0] == "golden*3"


def test_a_number_put_right_is_no_place_on_the_list() -> None:
    situation = asked("pt-BR", wanted=2)
    assert Fill("quantity", 3) in understander().understand("na verdade 3", situation).commands


def test_nothing_but_another_thing_drops_the_choice() -> None:
    commands = understander().understand("quero só areia então", asked("pt-BR")).commands
    assert Reject(None) in commands
    assert any(isinstance(each, Fill) and each.slot == "items" for each in commands)
