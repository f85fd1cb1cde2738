"""Several appointments told in one message: each keeps its own service, hour and person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.business import load_all
from domain.commands import Affirm, Command, Correct, Fill, Start
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

_BUSINESSES = load_all(Path("businesses"))
_LOCAL = LocalUnderstander()
_NOW = datetime(2026, 3, 10, 10, tzinfo=ZoneInfo("America/Sao_Paulo"))
_SUMMED_UP: dict[str, Any] = {
    "asks": "confirm",
    "flow": "book",
    "slots": {"service": "manicure", "start": "2026-03-13T14:00:00-03:00", "with": "carla"},
}
_WITH_ANOTHER: dict[str, Any] = {
    **_SUMMED_UP,
    "slots": {**_SUMMED_UP["slots"], "more": [{"service": "pedicure", "wish": {"start": "2026-03-13T15:00:00-03:00"}}]},
}


def _read(text: str, language: str, business: str = "studio-aurora", **at: Any) -> tuple[Command, ...]:
    history = [{"role": "customer", "text": "…"}]
    return _LOCAL.understand(text, Situation(_BUSINESSES[business], _NOW, language, history=history, **at)).commands


def _wishes(commands: tuple[Command, ...]) -> list[str]:
    """Each wish in its order: "service day hour person"."""
    first = {each.slot: each.value for each in commands if isinstance(each, Fill) and each.slot != "more"}
    more = [wish for each in commands if isinstance(each, Fill) and each.slot == "more" for wish in each.value]
    return [_told(wish) for wish in ([first] if "service" in first else []) + more]


def _told(wish: Mapping[str, Any] | str) -> str:
    if isinstance(wish, str):
        return wish
    starts = [f"{'' if time['has_date'] else '?'}{time['start'][8:16]}" for time in wish.get("time", ())]
    return " ".join([str(wish["service"]), *starts, *([wish["professional"]] if "professional" in wish else [])])


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("quero escova sexta às 9h e manicure sexta às 11h", "pt-BR", ["escova 13T09:00", "manicure 13T11:00"]),
        ("quero escova às 9h e manicure às 11h, na sexta", "pt-BR", ["escova 13T09:00", "manicure 13T11:00"]),
        ("pra quinta: 9h hidratação, 10h30 pedicure", "pt-BR", ["hidratacao 12T09:00", "pedicure 12T10:30"]),
        ("manicure hoje às 15h e escova amanhã às 10h", "pt-BR", ["manicure 10T15:00", "escova 11T10:00"]),
        ("amanhã o pé às 15h e a mão às 15h45", "pt-BR", ["pedicure 11T15:00", "manicure 11T15:45"]),
        ("quero pé e mão na sexta, o pé às 10h e a mão às 10h45", "pt-BR", ["pedicure 13T10:00", "manicure 13T10:45"]),
        ("escova com a Ana e manicure com a Carla, sexta, às 10h e às 11h", "pt-BR",
         ["escova 13T10:00 ana", "manicure 13T11:00 carla"]),
        ("quero manicure sexta às 14h e pedicure às 15h, as duas com a Carla", "pt-BR",
         ["manicure 13T14:00 carla", "pedicure 13T15:00 carla"]),
        ("escova sexta às 10h e manicure com a Carla às 11h", "pt-BR", ["escova 13T10:00", "manicure 13T11:00 carla"]),
        ("corte masculino na sexta pra mim e pro meu filho, eu às 15h e ele às 15h30", "pt-BR",
         ["corte-masculino 13T15:00", "corte-masculino 13T15:30"]),
        ("dois cortes masculinos sexta, um às 15h e outro às 15h30", "pt-BR",
         ["corte-masculino 13T15:00", "corte-masculino 13T15:30"]),
        ("saio do trabalho às 15h, então queria manicure às 16h e pedicure às 16h45 na quinta", "pt-BR",
         ["manicure 12T16:00", "pedicure 12T16:45"]),
        ("manicure sexta às 10h pra Rita e outra às 10h45 pra Lia", "pt-BR",
         ["manicure 13T10:00", "manicure 13T10:45"]),
        ("a blow dry at 2 on Friday and my mum wants one at 3", "en", ["escova 13T14:00", "escova 13T15:00"]),
        ("dos manicuras el viernes, a las 10 y a las 10:45", "es", ["manicure 13T10:00", "manicure 13T10:45"]),
        ("blowout Thursday 9am and then a pedicure at 10am same day", "en", ["escova 12T09:00", "pedicure 12T10:00"]),
        ("Friday please: men's haircut at 9, manicure at 10", "en", ["corte-masculino 13T09:00", "manicure 13T10:00"]),
        ("a manicure at 2pm Thursday, then a pedicure straight after at 2:45", "en",
         ["manicure 12T14:00", "pedicure 12T14:45"]),
        ("men's haircut for me at 3pm and for my son at 3:30 tomorrow please", "en",
         ["corte-masculino 11T15:00", "corte-masculino 11T15:30"]),
        ("corte de mujer a las 3 y después manicura a las 4, el jueves", "es",
         ["corte-feminino 12T15:00", "manicure 12T16:00"]),
        ("mañana necesito brushing a las 9 y uñas a las 10", "es", ["escova 11T09:00", "manicure 11T10:00"]),
        ("dos cortes de hombre el viernes: uno a las 15 y otro a las 15:30", "es",
         ["corte-masculino 13T15:00", "corte-masculino 13T15:30"]),
    ],
)  # fmt: skip
def test_each_service_has_its_own_hour(text: str, language: str, expected: list[str]) -> None:
    commands = _read(text, language)
    assert Start("book") in commands
    assert _wishes(commands) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("manicure sexta às 9 ou às 10?", "pt-BR"),
        ("tem manicure sexta ou sábado?", "pt-BR"),
        ("quero manicure quinta ou sexta, às 10h", "pt-BR"),
        ("could I do a manicure Friday at 10 or 11?", "en"),
        ("manicura el viernes a las 10 o a las 11", "es"),
    ],
)
def test_one_time_or_another_is_one_wish(text: str, language: str) -> None:
    assert not any(isinstance(each, Fill) and each.slot == "more" for each in _read(text, language))


def test_one_hour_or_another_of_the_first_leaves_the_second_its_own() -> None:
    commands = _read("manicure sexta às 9h ou às 10h e pedicure sexta às 15h", "pt-BR")
    assert _wishes(commands) == ["manicure 13T09:00 13T10:00", "pedicure 13T15:00"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("põe uma pedicure também, às 15h", "pt-BR", ["pedicure ?10T15:00"]),
        ("e a pedicure às 15h", "pt-BR", ["pedicure ?10T15:00"]),
        ("e outra manicure pra minha mãe, às 15h", "pt-BR", ["manicure ?10T15:00"]),
        ("add a pedicure at 3pm please", "en", ["pedicure ?10T15:00"]),
        ("y una pedicura a las 15", "es", ["pedicure ?10T15:00"]),
    ],
)
def test_another_service_is_taken_beside_the_one_summed_up(text: str, language: str, expected: list[str]) -> None:
    assert _wishes(_read(text, language, **_SUMMED_UP)) == expected


@pytest.mark.parametrize(("text", "language"), [("não, prefiro pedicure às 15h", "pt-BR"), ("às 15h", "pt-BR")])
def test_what_takes_its_place_is_not_beside_it(text: str, language: str) -> None:
    commands = _read(text, language, **_SUMMED_UP)
    assert not any(isinstance(each, Fill) and each.slot == "more" for each in commands)


def test_what_is_told_of_the_second_leaves_the_first() -> None:
    commands = _read("a pedicure pode ser às 16h?", "pt-BR", **_WITH_ANOTHER)
    assert _wishes(commands) == ["pedicure ?10T16:00"]
    assert not any(isinstance(each, Fill | Correct) and each.slot == "time" for each in commands)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("sim, os dois", "pt-BR"), ("isso mesmo, confirma as duas", "pt-BR"), ("as duas", "pt-BR"),
        ("pode marcar ambas", "pt-BR"), ("confirma tudo", "pt-BR"), ("yes, both", "en"), ("yes to both please", "en"),
        ("lovely, book them both", "en"), ("sí, las dos", "es"), ("dale, agendame las dos cosas", "es"),
    ],
)  # fmt: skip
def test_a_yes_to_all_that_was_told_means_all(text: str, language: str) -> None:
    commands = _read(text, language, **_WITH_ANOTHER)
    assert Affirm() in commands
    assert Fill("both", True) in commands


def test_a_plain_yes_is_to_the_one_summed_up() -> None:
    assert _read("sim", "pt-BR", **_WITH_ANOTHER) == (Affirm(),)


def test_at_two_with_its_accent_is_an_hour() -> None:
    commands = _read("sim, mas às duas", "pt-BR", **_WITH_ANOTHER)
    assert Fill("both", True) not in commands


@pytest.mark.parametrize(
    ("text", "language"),
    [("sim, só a manicure", "pt-BR"), ("yes to the manicure, not the pedicure", "en")],
)
def test_a_yes_to_the_first_alone_gives_the_second_up(text: str, language: str) -> None:
    commands = _read(text, language, **_WITH_ANOTHER)
    assert Affirm() in commands
    assert Fill("both", False) in commands


def test_the_second_alone_takes_the_first_ones_place() -> None:
    commands = _read("não quero os dois, só a pedicure", "pt-BR", **_WITH_ANOTHER)
    assert commands[-2:] == (Fill("service", "pedicure"), Fill("more", []))


def test_the_kind_told_before_the_hours_is_that_of_the_first() -> None:
    text = "quero banho porte grande e tosa. Sexta: banho às 8h30, tosa às 10h"
    assert _wishes(_read(text, "pt-BR", "pet-feliz")) == ["banho-grande 13T08:30", "tosa 13T10:00"]


def test_an_appointment_told_beside_an_order_begins_too() -> None:
    commands = _read("small bath on Friday 10am please, plus 2 bags of litter, I'll pay by pix", "en", "pet-feliz")
    assert [each.flow for each in commands if isinstance(each, Start)] == ["book", "order"]
    assert _wishes(commands) == ["banho-pequeno 13T10:00"]
