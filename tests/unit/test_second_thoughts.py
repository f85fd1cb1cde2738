"""What is put right in the same breath counts as it was meant at last."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from domain.business import load
from domain.ports import Situation
from understanding.local.facts.catalogue import Catalogue
from understanding.local.reading.message.second_thoughts import settled

PET_FELIZ = load(Path("businesses/pet-feliz.yaml"))
CATALOGUE = Catalogue(PET_FELIZ)
NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")


def meant(text: str, language: str, flow: str | None = None) -> str:
    return settled(text, Situation(PET_FELIZ, NOW, language, flow=flow), CATALOGUE)


@pytest.mark.parametrize(
    ("language", "said", "left"),
    [
        ("pt-BR", "quero duas, digo, três bolinhas", "quero três bolinhas"),
        ("pt-BR", "quero duas bolinhas, digo, três", "quero três bolinhas"),
        ("pt-BR", "2 bolinhas e 1 shampoo, quer dizer, 3", "2 bolinhas e 3 shampoo"),
        ("pt-BR", "uma bolinha, minto, duas bolinhas e um petisco", "duas bolinhas e um petisco"),
        ("pt-BR", "quero 2 golden de 15kg, digo, 3", "quero 3 golden de 15kg"),
        ("en", "one ball, actually make it four", "four ball"),
        ("en", "two balls, no wait, three", "three balls"),
        ("es", "dos, perdón, tres pelotas", "tres pelotas"),
    ],
)
def test_the_last_number_said_counts(language: str, said: str, left: str) -> None:
    assert meant(said, language) == left


@pytest.mark.parametrize(
    ("language", "said", "left"),
    [
        ("pt-BR", "um saco de golden, quer dizer, de premier", "um saco de premier"),
        ("pt-BR", "quero uma coleira, digo, um shampoo", "quero um shampoo"),
        ("pt-BR", "quero a golden, não, a premier", "quero a premier"),
        ("pt-BR", "uma coleira M, quer dizer, G", "uma coleira G"),
        ("es", "una bolsa de golden, perdón, de premier", "una bolsa de premier"),
    ],
)
def test_the_last_thing_said_counts(language: str, said: str, left: str) -> None:
    assert meant(said, language) == left


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("pt-BR", "2 bolinhas, não 3"),
        ("pt-BR", "perdão, quero 2 bolas"),
        ("pt-BR", "quero 2 bolinhas, aliás, entrega na rua A, 10"),
        ("pt-BR", "quero golden 15kg, digo, 2 sacos"),
        ("en", "two shampoos, no balls"),
    ],
)
def test_nothing_else_is_taken_back(language: str, said: str) -> None:
    assert meant(said, language) == said
