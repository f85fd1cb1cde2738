"""Another time for what was just booked: an hour told a moment later moves it, everything else is what it was."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.business import load_all
from domain.commands import Command, Correct, Fill, Start
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

_BUSINESSES = load_all(Path("businesses"))
_LOCAL = LocalUnderstander()
_ZONE = ZoneInfo("America/Sao_Paulo")
_NOW = datetime(2026, 3, 10, 10, tzinfo=_ZONE)
_BOOKED = datetime(2026, 3, 13, 14, tzinfo=_ZONE)


def _read(text: str, language: str, done: str = "book") -> tuple[Command, ...]:
    history = [{"role": "customer", "text": "…"}]
    told = {"flow": done, "service": "manicure", "start": _BOOKED.isoformat()} if done else {}
    situation = Situation(_BUSINESSES["studio-aurora"], _NOW, language, history=history, anchor=_BOOKED, done=told)
    return _LOCAL.understand(text, situation).commands


def _hours(commands: tuple[Command, ...]) -> list[str]:
    return [time["start"][11:16] for each in commands if isinstance(each, Correct) for time in each.value]


@pytest.mark.parametrize(
    ("text", "language", "hour"),
    [
        ("meu curso acaba 16h. consegue às 16h30?", "pt-BR", "16:30"),
        ("e às 17h, rola?", "pt-BR", "17:00"),
        ("pode ser 15?", "pt-BR", "15:00"),
        ("¿y no habría a las 6?", "es", "18:00"),
        ("perdón, a las 14 tengo dentista. que sea 17", "es", "17:00"),
        ("hmm would 3 be possible?", "en", "15:00"),
        ("any way we could do 4:30?", "en", "16:30"),
        ("could it be 5 instead?", "en", "17:00"),
    ],
)
def test_an_hour_asked_for_right_after_a_booking_is_another_one_for_it(text: str, language: str, hour: str) -> None:
    commands = _read(text, language)
    assert _hours(commands) == [hour]
    assert Start("book") not in commands


@pytest.mark.parametrize(
    ("text", "language", "shift"),
    [("tem mais cedo?", "pt-BR", "earlier"), ("is there anything later that day?", "en", "later"),
     ("¿hay algo más temprano ese día?", "es", "earlier")],
)  # fmt: skip
def test_earlier_or_later_right_after_a_booking_is_told_of_it(text: str, language: str, shift: str) -> None:
    assert _read(text, language) == (Start("reschedule"), Fill("shift", shift))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("quero marcar outro horário às 16h", "pt-BR"),
        ("queria um horário pra minha mãe às 16h", "pt-BR"),
        ("vocês ficam abertos até as 19h?", "pt-BR"),
        ("quanto é a escova às 16h?", "pt-BR"),
        ("do you close at 5?", "en"),
        ("could you book my sister in at 4 as well?", "en"),
        ("¿a las 20 siguen abiertos?", "es"),
        ("obrigada, até sexta às 14h!", "pt-BR"),
        ("thanks! talk later", "en"),
    ],
)
def test_other_words_with_an_hour_move_nothing(text: str, language: str) -> None:
    commands = _read(text, language)
    assert not _hours(commands)
    assert Start("reschedule") not in commands


def test_long_after_a_booking_an_hour_asked_for_is_one_to_book() -> None:
    assert _hours(_read("tem horário sábado às 10h?", "pt-BR", done="")) == []
