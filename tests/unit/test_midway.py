"""What customers reply midway, while a detail is asked for, by authors who saw nothing of the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.business import load
from domain.commands import Affirm, Cancel, Command, Human, Smalltalk, Start, Unclear, Wait
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander
from understanding.local.training import utterances

NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")
LOCALES = {"pt": "pt-BR", "en": "en", "es": "es"}
UNSEEN: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("unseen_steps.yaml").read_text(encoding="utf-8")
)
BASKET = {"items": [{"product": "areia-4", "quantity": 2}]}
OFFERED = tuple({"id": f"2026-03-12T{hour}:00", "title": f"qui 12/03 {hour}:00 — Ana"} for hour in ("09", "11", "15"))
RECEIVED = ({"id": "delivery", "title": "Entrega"}, {"id": "pickup", "title": "Retirar na loja"})
ASKED: Sequence[tuple[str, str, str, Mapping[str, Any], Sequence[Mapping[str, Any]]]] = (
    ("studio-aurora", "book", "time", {"service": "corte-feminino"}, OFFERED),
    ("pet-feliz", "order", "delivery", BASKET, RECEIVED),
)


@cache
def understander() -> LocalUnderstander:
    return LocalUnderstander()


def read(text: str, language: str) -> Iterator[tuple[Command, ...]]:
    """What it asks for while a time is offered, and while an order lacks how it is received."""
    for shop, flow, asks, slots, options in ASKED:
        business = load(Path(f"businesses/{shop}.yaml"))
        yield (
            understander()
            .understand(text, Situation(business, NOW, LOCALES[language], asks, flow, slots, options))
            .commands
        )


def share(of: type[Command], kind: str, language: str) -> float:
    told = [
        any(isinstance(each, of) for each in commands)
        for text in UNSEEN[language][kind]
        for commands in read(text, language)
    ]
    return sum(told) / len(told)


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize(("kind", "command", "least"), [("gives_up", Cancel, 0.73), ("pauses", Wait, 0.8)])
def test_who_gives_up_or_pauses_midway_is_heard(kind: str, command: type[Command], least: float, language: str) -> None:
    assert share(command, kind, language) >= least


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize(("command", "most"), [(Cancel, 0.075), (Wait, 0.025)])
def test_who_goes_on_in_words_much_like_giving_up_is_seldom_misheard(
    command: type[Command], most: float, language: str
) -> None:
    assert share(command, "goes_on", language) <= most


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("esquece, lavo em casa mesmo", "pt"),
        ("ih, quinta eu trabalho, fica pra próxima", "pt"),
        ("forget it, a friend will do it", "en"),
        ("I'm away that day, leave it this time", "en"),
        ("olvídelo, el jueves trabajo", "es"),
        ("no, mejor lo dejo para otra vez", "es"),
    ],
)
def test_a_reason_beside_a_giving_up_begins_nothing_else(text: str, language: str) -> None:
    for commands in read(text, language):
        assert Cancel() in commands
        assert not any(isinstance(each, Start | Affirm) for each in commands)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("quero falar com uma pessoa, desisto", "pt"),
        ("let me talk to someone", "en"),
        ("me deixa falar com a moça que atende aí", "pt"),
        ("põe alguém de carne e osso pra falar comigo", "pt"),
    ],
)
def test_a_wish_for_a_person_is_no_giving_up(text: str, language: str) -> None:
    for commands in read(text, language):
        assert any(isinstance(each, Human) for each in commands)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("minha mãe fazia bolo toda quarta, que saudade", "pt"),
        ("vocês perguntam igual minha avó rs", "pt"),
        ("ay, con este frío no provoca salir de la casa", "es"),
    ],
)
def test_small_talk_midway_chooses_and_drops_nothing(text: str, language: str) -> None:
    for commands in read(text, language):
        assert all(isinstance(each, Smalltalk | Unclear) for each in commands)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("a encomenda que fiz semana passada ainda não chegou, vê isso primeiro", "pt"),
        ("the appointment I've got already needs shifting, deal with that first", "en"),
        ("primero dime qué pasó con el pedido que hice la semana pasada", "es"),
    ],
)
def test_who_wants_something_else_midway_begins_it(text: str, language: str) -> None:
    for (_, flow, *_), commands in zip(ASKED, read(text, language), strict=True):
        assert any(isinstance(each, Start) and each.flow != flow for each in commands)


def test_no_step_that_is_kept_apart_was_learnt() -> None:
    learnt = {(one.language, one.text.lower()) for one in utterances.steps()}
    assert not learnt & {
        (language, text.lower()) for language, told in UNSEEN.items() for texts in told.values() for text in texts
    }
