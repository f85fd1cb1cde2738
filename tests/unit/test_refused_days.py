"""Days a customer cannot come, in whatever words, are left out of what is offered, and never taken for the wish."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.business import load_all
from domain.commands import Command, Fill
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

_SALON = load_all(Path("businesses"))["studio-aurora"]
_LOCAL = LocalUnderstander()
_NOW = datetime(2026, 3, 10, 10, tzinfo=ZoneInfo("America/Sao_Paulo"))
_TUESDAY_OUT = {"start": "2026-03-17T00:00:00-03:00", "end": "2026-03-18T00:00:00-03:00", "has_date": True}


def _slots(text: str, language: str) -> set[str]:
    """What a message fills once Tuesday is left out and other times were offered."""
    slots = {"service": "manicure", "excluded": [_TUESDAY_OUT]}
    at = Situation(
        _SALON, _NOW, language, asks="time", flow="book", slots=slots, history=[{"role": "bot", "text": "?"}]
    )
    commands: tuple[Command, ...] = _LOCAL.understand(text, at).commands
    return {command.slot for command in commands if isinstance(command, Fill)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *((text, "pt-BR") for text in (
            "quarta também não dá", "quarta tb não consigo", "quarta tampouco", "na quarta também fica ruim",
            "quarta eu trabalho também", "quarta nem pensar", "quarta idem", "e quarta também não",
        )),
        *((text, "en") for text in (
            "wednesday's no good either", "wed is out too", "neither does wednesday", "I'm busy wednesday as well",
            "same for wednesday", "wednesday is a no as well", "I work wednesday too",
        )),
        *((text, "es") for text in (
            "el miércoles tampoco puedo", "tampoco el miércoles", "el miércoles también se me complica",
            "el miércoles trabajo también", "el miércoles menos", "el miércoles igual no puedo",
        )),
    ],
)  # fmt: skip
def test_a_further_day_that_cannot_be_is_left_out(text: str, language: str) -> None:
    assert _slots(text, language) == {"excluded"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("quarta tá ótimo", "pt-BR"), ("não, quarta", "pt-BR"), ("quarta também posso", "pt-BR"),
        ("quarta não dá?", "pt-BR"), ("wednesday works too", "en"), ("no, wednesday works", "en"),
        ("why not wednesday", "en"), ("el miércoles también puedo", "es"), ("no, el miércoles", "es"),
    ],
)  # fmt: skip
def test_a_day_that_can_be_is_the_wish(text: str, language: str) -> None:
    assert _slots(text, language) == {"time"}


def test_the_day_beside_one_left_out_is_the_wish() -> None:
    assert _slots("quarta também não dá, mas quinta pode ser", "pt-BR") == {"excluded", "time"}
