"""One of several appointments that stand, by whatever it is called: it is moved, cancelled or left as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.business import load_all
from domain.commands import Command, Fill, Start
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

_SALON = load_all(Path("businesses"))["studio-aurora"]
_LOCAL = LocalUnderstander()
_NOW = datetime(2026, 3, 10, 10, tzinfo=ZoneInfo("America/Sao_Paulo"))
_STANDING = (
    {"booking": "blow-dry", "service": "escova", "professional": "ana", "start": "2026-03-12T15:00:00-03:00"},
    {"booking": "nails", "service": "manicure", "professional": "carla", "start": "2026-03-13T10:00:00-03:00"},
)


def _read(text: str, language: str) -> Sequence[Command]:
    history = [{"role": "customer", "text": "…"}]
    situation = Situation(_SALON, _NOW, language, history=history, standing=_STANDING)
    return _LOCAL.understand(text, situation).commands


@pytest.mark.parametrize(
    ("text", "language", "which", "day", "hour"),
    [
        ("muda o primeiro pra sábado às 9", "pt-BR", "blow-dry", 14, 9),
        ("o da Ana passa pra sábado às 10h", "pt-BR", "blow-dry", 14, 10),
        ("o das 15h vira 17h", "pt-BR", "blow-dry", 12, 17),
        ("a da tarde vai pra quarta às 14h", "pt-BR", "blow-dry", 11, 14),
        ("minhas unhas, dá pra ser sexta às 15h?", "pt-BR", "nails", 13, 15),
        ("a escova pode ser na sexta também? umas 11h, depois da unha", "pt-BR", "blow-dry", 13, 11),
        ("the later of the two needs to go to Wednesday at 3pm", "en", "nails", 11, 15),
        ("can Carla's be at 11 instead?", "en", "nails", 13, 11),
        ("the hair thing, can it be on Friday at 4pm?", "en", "blow-dry", 13, 16),
        ("the one on the 12th to the 17th at 11", "en", "blow-dry", 17, 11),
        ("something came up Friday, could Carla see me on Wednesday at 2pm?", "en", "nails", 11, 14),
        ("la segunda puede ser a las 14h?", "es", "nails", 13, 14),
        ("la del jueves pásala al martes 17 a las 11", "es", "blow-dry", 17, 11),
        ("la más tardía pásala al jueves 19 a las 10", "es", "nails", 19, 10),
    ],
)
def test_what_points_at_one_moves_that_one(text: str, language: str, which: str, day: int, hour: int) -> None:
    commands = _read(text, language)
    assert commands[:2] == (Start("reschedule"), Fill("booking", which))
    (time,) = [each.value for each in commands if isinstance(each, Fill) and each.slot == "time"][-1:]
    start = datetime.fromisoformat(time[-1]["start"])
    assert start.hour == hour
    assert start.day == day or not time[-1]["has_date"]


@pytest.mark.parametrize(
    ("text", "language", "which"),
    [
        ("tira o da Ana", "pt-BR", "blow-dry"),
        ("cancela o negócio do cabelo", "pt-BR", "blow-dry"),
        ("não quero mais o segundo", "pt-BR", "nails"),
        ("o mais cedo dos dois eu não vou", "pt-BR", "blow-dry"),
        ("esquece a da manhã", "pt-BR", "nails"),
        ("não vou conseguir fazer a mão na sexta, machuquei o pulso", "pt-BR", "nails"),
        ("cancel the later of the two", "en", "nails"),
        ("scrap the hair one", "en", "blow-dry"),
        ("I don't want the first appointment", "en", "blow-dry"),
        ("la del 12 anúlamela", "es", "blow-dry"),
        ("quita la de Ana", "es", "blow-dry"),
        ("no quiero la primera", "es", "blow-dry"),
    ],
)
def test_what_is_refused_or_taken_off_is_the_one_pointed_at(text: str, language: str, which: str) -> None:
    assert _read(text, language) == (Start("cancel_booking"), Fill("booking", which))


@pytest.mark.parametrize(
    ("text", "language", "which"),
    [
        ("vou só na manicure, a outra pode cancelar", "pt-BR", "blow-dry"),
        ("não vou mais na quinta, o de sexta tá de pé", "pt-BR", "blow-dry"),
        ("I'll keep the blowout but not the manicure", "en", "nails"),
        ("no to Friday, yes to Thursday", "en", "nails"),
        ("el jueves está confirmado, pero el viernes no puedo, cancélalo", "es", "nails"),
        ("Ana sí, Carla cancélala", "es", "nails"),
    ],
)
def test_of_two_that_are_told_apart_the_one_that_stays_is_left_alone(text: str, language: str, which: str) -> None:
    assert _read(text, language) == (Start("cancel_booking"), Fill("booking", which))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("minha mãe também quer uma escova na quinta", "pt-BR"),
        ("quero marcar uma hidratação na quinta depois da escova", "pt-BR"),
        ("another manicure please, Wednesday at 2pm", "en"),
        ("any slots for a haircut on Friday morning?", "en"),
        ("quiero reservar una hidratación el jueves después del brushing", "es"),
    ],
)
def test_one_more_is_not_one_of_those_that_stand(text: str, language: str) -> None:
    begun = {each.flow for each in _read(text, language) if isinstance(each, Start)}
    assert not begun & {"reschedule", "cancel_booking"}


@pytest.mark.parametrize(
    ("text", "language"),
    [("o primeiro é com quem?", "pt-BR"), ("when is the second one again?", "en"), ("cuándo es la de Carla?", "es")],
)
def test_one_that_is_asked_about_is_told(text: str, language: str) -> None:
    assert Start("my_bookings") in _read(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("o que eu tenho na quinta vira sexta às 11", "pt-BR"),
        ("the thing on Thursday, make it Friday at 11", "en"),
        ("lo del jueves pásalo al viernes a las 11", "es"),
    ],
)
def test_the_only_one_is_pointed_at_too(text: str, language: str) -> None:
    start = datetime.fromisoformat(_STANDING[0]["start"])
    situation = Situation(_SALON, _NOW, language, history=[{}], anchor=start, standing=_STANDING[:1])
    assert _LOCAL.understand(text, situation).commands[:2] == (Start("reschedule"), Fill("booking", "blow-dry"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("além da escova quero uma pedicure com a Carla na sexta", "pt-BR"),
        ("besides my blowout I'd like a pedicure with Carla on Friday", "en"),
        ("además del brushing quiero una pedicura con Carla el viernes", "es"),
    ],
)
def test_one_more_beside_what_stands_is_not_that_one_again(text: str, language: str) -> None:
    told = {each.slot: each.value for each in _read(text, language) if isinstance(each, Fill)}
    assert told["service"] == "pedicure"
    assert told["professional"] == "carla"


def test_a_new_one_told_beside_the_old_one_is_booked() -> None:
    begun = [each.flow for each in _read("cancela la reserva del jueves y resérvame el martes a las 11", "es")
             if isinstance(each, Start)]  # fmt: skip
    assert begun == ["cancel_booking", "book"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("eu ia desmarcar mas consigo ir, deixa assim", "pt-BR"),
        ("I was going to cancel but I can make it after all", "en"),
        ("iba a anular pero ya pude arreglarlo, dejala así", "es"),
    ],
)
def test_who_was_going_to_cancel_does_not(text: str, language: str) -> None:
    assert not any(isinstance(each, Start) for each in _read(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [("dá pra ser uma hora mais cedo na quinta?", "pt-BR"), ("could it be an hour earlier on Thursday?", "en"),
     ("puede ser una hora antes el jueves?", "es")],
)  # fmt: skip
def test_earlier_on_a_day_is_the_one_of_that_day(text: str, language: str) -> None:
    assert _read(text, language)[:2] == (Start("reschedule"), Fill("booking", "blow-dry"))
