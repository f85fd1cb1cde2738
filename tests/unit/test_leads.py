"""What is heard where a datum of a lead is asked for: the datum alone, what is told beside it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from domain.business import Business, load
from domain.commands import Fill
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")
SAID: Sequence[tuple[str, str, str, Mapping[str, str]]] = (
    ("clinica-sorriso", "name", "joana, de manhã, sem convênio", {"name": "joana", "insurance": "sem convênio"}),
    ("clinica-sorriso", "name", "na verdade quero implante", {"service": "implante"}),
    ("clinica-sorriso", "name", "kkkk", {}),
    ("clinica-sorriso", "insurance", "na verdade prefiro à tarde", {}),
    ("clinica-sorriso", "insurance", "uso o da empresa do meu marido", {"insurance": "uso o da empresa do meu marido"}),
    ("clinica-sorriso", "insurance", "tinha amil mas perdi, agora pago particular", {"insurance": "pago particular"}),
    ("clinica-sorriso", "insurance", "antes era particular, agora tenho odontoprev", {"insurance": "odontoprev"}),
    ("clinica-sorriso", "insurance", "sí tengo\nes amil", {"insurance": "amil"}),
    ("clinica-sorriso", "insurance", "não, ainda não tenho", {"insurance": "não tenho"}),
    ("clinica-sorriso", "insurance", "pago yo de mi bolsillo", {"insurance": "de mi bolsillo"}),
    ("clinica-sorriso", "insurance", "não sei se tenho", {"refuse": "True"}),
    ("clinica-sorriso", "name", "claro que sí, mi nombre es Diana Marcela Ospina", {"name": "Diana Marcela Ospina"}),
    ("clinica-sorriso", "name", "se llama Martina Suárez, ponlo a nombre de ella", {"name": "Martina Suárez"}),
    ("clinica-sorriso", "name", "pode colocar Renata Alves", {"name": "Renata Alves"}),
    ("clinica-sorriso", "name", "It's Kate, Kate Morrison", {"name": "Kate Morrison"}),
    ("clinica-sorriso", "name", "Sophie Turner-Hall", {"name": "Sophie Turner-Hall"}),
    ("clinica-sorriso", "name", "sorry before that", {}),
    ("cryptolock", "name", "Sou o CTO da Acme, Carlos Silva", {"name": "Carlos Silva", "company": "Acme"}),
    ("cryptolock", "company", "Initech, about 40 of us", {"company": "Initech", "team_size": "40"}),
    ("cryptolock", "company", "Acme, somos 15", {"company": "Acme", "team_size": "15"}),
    ("cryptolock", "team_size", "just me", {"team_size": "just me"}),
    ("cryptolock", "team_size", "200 e poucos", {"team_size": "200 e poucos"}),
    ("cryptolock", "email", "na verdade somos 20", {"team_size": "20"}),
    ("cryptolock", "email", "john at initech dot com", {"email": "john at initech dot com"}),
)


@pytest.mark.parametrize(("business", "asks", "text", "told"), SAID)
def test_a_datum_is_told_apart_from_what_stands_beside_it(
    business: str, asks: str, text: str, told: Mapping[str, str]
) -> None:
    assert _filled(business, asks, text) == told


@pytest.mark.parametrize(
    ("asks", "text"),
    [
        ("team_size", "not sure"),
        ("company", "é sigiloso"),
        ("email", "can you text me instead?"),
        ("company", "não sei"),
    ],
)
def test_whoever_has_no_answer_is_not_asked_again(asks: str, text: str) -> None:
    assert _filled("cryptolock", asks, text) == {"refuse": "True"}


def _filled(business: str, asks: str, text: str) -> dict[str, str]:
    situation = Situation(_business(business), NOW, "pt-BR", asks=asks, flow="lead")
    commands = _understander().understand(text, situation).commands
    return {each.slot: str(each.value) for each in commands if isinstance(each, Fill) and each.slot != "time"}


@cache
def _understander() -> LocalUnderstander:
    return LocalUnderstander()


@cache
def _business(name: str) -> Business:
    return load(Path("businesses") / f"{name}.yaml")
