"""Who only tells how they fare calls nobody, moves nothing and opts out of nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from domain.business import load
from domain.commands import Ask, Command, Fill, Human, OptOut, Start, Unclear
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

UNSEEN: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("unseen_talk.yaml").read_text(encoding="utf-8"))
"""Every tenth line of an author who saw no code, never learnt."""
MOST_GRAVE, LEAST_HEARD = 0.19, 0.81
"""As measured, in Portuguese the worst: a third of the lines were written to mislead."""
LOCALES = {"pt": "pt-BR", "en": "en", "es": "es"}
WISHES = {
    "pt": "queria uma escova com a Ana, sexta 14h",
    "en": "I'd like a blow-dry with Ana on Friday at 2pm",
    "es": "quiero una escova con Ana el viernes a las 14h",
}
_NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")
_LOCAL = LocalUnderstander()


def _read(text: str, language: str) -> Sequence[Command]:
    house = load(Path("businesses/studio-aurora.yaml"))
    return _LOCAL.understand(text, Situation(house, _NOW, language)).commands


def _is_grave(command: Command) -> bool:
    return isinstance(command, Human | OptOut) or command in (Start("reschedule"), Start("cancel_booking"))


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_it_calls_nobody_and_opts_out_of_nothing(language: str) -> None:
    told = [any(map(_is_grave, _read(text, LOCALES[language]))) for text in UNSEEN[language]]
    assert sum(told) / len(told) <= MOST_GRAVE


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_the_wish_beside_it_is_read_all_the_same(language: str) -> None:
    wished = [_read(f"{text}\n{WISHES[language]}", LOCALES[language]) for text in UNSEEN[language]]
    heard = [
        Start("book") in commands and Fill("service", "escova") in commands and not any(map(_is_grave, commands))
        for commands in wished
    ]
    assert sum(heard) / len(heard) >= LEAST_HEARD


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("o coisinho lá", "pt-BR"),
        ("é aquele negócio, sabe", "pt-BR"),
        ("that thingy over there", "en"),
        ("el coso ese", "es"),
    ],
)
def test_what_names_nothing_is_not_understood(text: str, language: str) -> None:
    assert any(isinstance(each, Unclear) for each in _read(text, language))


def test_what_is_not_done_here_is_not_booked_either() -> None:
    read = _read("Vou viajar na Páscoa. Vocês têm hotelzinho pra gato?", "pt-BR")
    assert any(isinstance(each, Ask) for each in read)
    assert Start("book") not in read


def test_an_urgent_call_is_no_small_talk() -> None:
    assert any(isinstance(each, Human) for each in _read("é urgente!!", "pt-BR"))
