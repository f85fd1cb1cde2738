"""From when, and until when, somebody can come, in whatever words the reason is told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.business import load_all
from domain.commands import Fill
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

_SALON = load_all(Path("businesses"))["studio-aurora"]
_LOCAL = LocalUnderstander()
_TUESDAY = datetime(2026, 3, 10, 10, tzinfo=ZoneInfo("America/Sao_Paulo"))


def _filled(text: str, language: str, slot: str) -> list[tuple[str, str]]:
    """The kind and the edge of each time that an opening message fills this slot with."""
    commands = _LOCAL.understand(text, Situation(_SALON, _TUESDAY, language)).commands
    values = [command.value for command in commands if isinstance(command, Fill) and command.slot == slot]
    return [(each["kind"], str(each["start"] or each["end"])[11:16]) for value in values for each in value]


@pytest.mark.parametrize(
    ("text", "language", "hour"),
    [
        *((text, "pt-BR", hour) for text, hour in (
            ("queria a unha na quinta, mas antes das 5 não consigo", "17:00"),
            ("manicure quinta, fico no serviço até as 17h", "17:00"),
            ("manicure quinta, trabalho até 17h30", "17:30"),
            ("pedicure na sexta, meu turno só termina 16h", "16:00"),
            ("tem manicure quinta? eu só largo do trabalho cinco da tarde", "17:00"),
            ("minha filha sai 14h do curso na sexta, depois disso queria manicure pra ela", "14:00"),
        )),
        *((text, "en", hour) for text, hour in (
            ("a manicure on Thursday, I'm done at work at 5", "17:00"),
            ("pedicure on Friday please, I can't come before 3", "15:00"),
            ("nails on Thursday, any time from 5", "17:00"),
            ("need a manicure Thursday but I don't get off till 5", "17:00"),
            ("my class finishes at 4 on Friday, a pedicure then?", "16:00"),
        )),
        *((text, "es", hour) for text, hour in (
            ("manicura el jueves, estoy en el trabajo hasta las 5", "17:00"),
            ("pedicura el viernes, pero antes de las 3 no puedo", "15:00"),
            ("manicura el jueves, mi turno termina a las 4", "16:00"),
        )),
    ],
)  # fmt: skip
def test_free_times_are_looked_for_from_when_somebody_is_free(text: str, language: str, hour: str) -> None:
    assert ("after", hour) in _filled(text, language, "time")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("corte feminino na sexta, mas tenho que sair às 16h", "pt-BR"),
        ("manicure amanhã, preciso estar livre 16h", "pt-BR"),
        ("manicure tomorrow, I must be out of there by 4", "en"),
        ("a pedicure on Friday, but I have to leave at 4", "en"),
        ("manicura mañana, a las 4 tengo que irme", "es"),
    ],
)
def test_free_times_are_looked_for_until_somebody_must_go(text: str, language: str) -> None:
    assert ("before", "16:00") in _filled(text, language, "time")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("uma escova no sábado, mas de manhã não posso", "pt-BR"),
        ("a blowout on Saturday, mornings don't work for me", "en"),
        ("un brushing el sábado, pero por la mañana no puedo", "es"),
    ],
)
def test_a_part_of_a_day_that_is_refused_leaves_the_day(text: str, language: str) -> None:
    assert _filled(text, language, "time") == [("moment", "00:00")]
    assert _filled(text, language, "excluded") == [("interval", "06:00")]


def test_a_day_that_is_refused_behind_a_part_leaves_the_part() -> None:
    text = "quero manicure de manhã, na quarta não dá"
    assert _filled(text, "pt-BR", "time") == [("interval", "06:00")]
    assert _filled(text, "pt-BR", "excluded") == [("moment", "00:00")]


def test_an_hour_with_its_reason_behind_it_is_that_hour() -> None:
    assert _filled("pedicure na quarta, 16h30, que saio do trabalho", "pt-BR", "time") == [("moment", "16:30")]


def test_the_first_time_of_a_weekday_is_no_first_of_a_month() -> None:
    assert _filled("escova quinta, primeiro horário", "pt-BR", "time") == [("moment", "00:00")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("queria uma manicure, mas só posso às quintas", "pt-BR"),
        ("a manicure please, I can only do Thursdays", "en"),
        ("quiero manicura pero solo puedo los jueves", "es"),
    ],
)
def test_the_only_weekday_on_which_somebody_can_come_is_the_wish(text: str, language: str) -> None:
    at = Situation(_SALON, _TUESDAY, language)
    filled = [each for each in _LOCAL.understand(text, at).commands if isinstance(each, Fill) and each.slot == "time"]
    assert [each.value[0]["start"][:10] for each in filled] == ["2026-03-12"]
