"""Details told together are heard together: their parts (`told_together.yaml`) in hundreds of mixes.

No author thought of all of them: "quero uma golden, pago no pix" was a question about payment for thirteen thousand
tests, since everybody also wrote how it is to be received.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.business import load
from domain.commands import Ask, Cancel, Command, Correct, Fill, Human, Start, Unclear, Wait
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")
LOCALES = {"pt": "pt-BR", "en": "en", "es": "es"}
HISTORY = ({"role": "customer", "text": "…"},)
SUMMED_UP = {"service": "escova", "professional": "ana", "start": "2026-03-10T15:00:00-03:00"}
AMISS = (Ask, Human, Unclear, Cancel, Wait)
MIXES = 120
_LOCAL = LocalUnderstander()


@cache
def parts(language: str) -> Mapping[str, Any]:
    table = yaml.safe_load(Path("tests/unit/told_together.yaml").read_text(encoding="utf-8"))
    return {kind: {str(text): told for text, told in each.items()} if isinstance(each, dict) else each
            for kind, each in table[language].items()}  # fmt: skip


def read(text: str, language: str, business: str = "studio-aurora", **more: Any) -> Sequence[Command]:
    here = Situation(load(Path(f"businesses/{business}.yaml")), NOW, LOCALES[language], **more)
    return _LOCAL.understand(text, here).commands


def filled(commands: Sequence[Command], slot: str) -> list[Any]:
    return [each.value for each in commands if isinstance(each, Fill | Correct) and each.slot == slot]


def begun(commands: Sequence[Command]) -> list[str]:
    return [each.flow for each in commands if isinstance(each, Start)]


def amiss(commands: Sequence[Command]) -> list[Command]:
    return [each for each in commands if isinstance(each, AMISS)]


def when(commands: Sequence[Command]) -> list[tuple[str, str]]:
    """Day and hour of each time told."""
    return [(time["start"][:10], time["start"][11:16]) for told in filled(commands, "time") for time in told]


def one(chance: random.Random, told: Mapping[str, Any]) -> tuple[str, str]:
    text, meant = chance.choice(list(told.items()))
    return text, meant.isoformat() if isinstance(meant, date) else str(meant)


def orders(language: str) -> Iterator[tuple[str, dict[str, list[Any]]]]:
    told, chance = parts(language), random.Random(f"orders {language}")
    for _ in range(MIXES):
        thing, meant = one(chance, told["things"])
        text, expected = chance.choice(told["orders"]).format(thing), {"items": [meant]}
        details = [("payment", *one(chance, told["payments"])), ("delivery", *one(chance, told["ways"]))]
        for slot, detail, value in chance.sample(details, chance.randint(1, 2)):
            text, expected[slot] = text + chance.choice(told["joints"]) + detail, [value]
        yield text, expected


@pytest.mark.parametrize("language", LOCALES)
def test_an_order_keeps_what_is_told_of_it_in_any_mix(language: str) -> None:
    wrong = []
    for text, expected in orders(language):
        commands = read(text, language, "pet-feliz")
        lines = [f"{line['product']}*{line['quantity'] or 1}" for told in filled(commands, "items") for line in told]
        heard = {slot: lines if slot == "items" else filled(commands, slot) for slot in expected}
        if heard != expected or begun(commands) != ["order"] or amiss(commands):
            wrong.append((text, commands))
    assert not wrong


@pytest.mark.parametrize("language", LOCALES)
def test_an_appointment_keeps_what_is_told_of_it_in_any_mix(language: str) -> None:
    told, chance, wrong = parts(language), random.Random(f"books {language}"), []
    for _ in range(MIXES):
        (service, meant), (day, on), (hour, at) = (one(chance, told[kind]) for kind in ("services", "days", "hours"))
        times = [day, hour] if chance.random() < 0.8 else [hour, day]
        text = chance.choice(told["books"]).format(" ".join([service, *times]))
        commands = read(text, language)
        if begun(commands) != ["book"] or when(commands) != [(on, at)] or filled(commands, "service") != [meant]:
            wrong.append((text, commands))
    assert not wrong


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("said", ["answers", "corrections"])
def test_a_day_and_an_hour_are_heard_in_whatever_words(said: str, language: str) -> None:
    told, chance, wrong = parts(language), random.Random(f"{said} {language}"), []
    asks, slots = ("time", {"service": "escova"}) if said == "answers" else ("confirm", SUMMED_UP)
    for _ in range(MIXES):
        (day, on), (hour, at) = one(chance, told["days"]), one(chance, told["hours"])
        text = chance.choice(told[said]).format(day=day, hour=hour)
        commands = read(text, language, flow="book", asks=asks, slots=slots, history=HISTORY)
        if when(commands) != [(on, at)] or amiss(commands):
            wrong.append((text, commands))
    assert not wrong
