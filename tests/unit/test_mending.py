"""Slips and shorthand are put right before anything is read; what is right, a name or an address stays as written."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from domain.business import load
from understanding.local.text.mending import Mending
from understanding.local.text.words import fold


@cache
def mending(name: str = "studio-aurora") -> Mending:
    return Mending(load(Path(f"businesses/{name}.yaml")))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("kanicure quinta às 15h", "manicure quinta às 15h"),
        ("scova com a Ana amanhã", "escova com a Ana amanhã"),
        ("queor marcar", "quero marcar"),
        ("cancellar meu horaario", "cancelar meu horario"),
        ("swxta de tarde", "sexta de tarde"),
        ("vc tem hj no msm horario?", "voce tem hoje no mesmo horario?"),
        ("c/ a Ana p/ sexta", "com a Ana para sexta"),
        ("o Brunl corta?", "o bruno corta?"),
    ],
)
def test_slips_and_shorthand_become_what_was_meant(written: str, meant: str) -> None:
    assert mending().mend(written, "pt-BR") == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ta cetro", "ta certo"),
        ("isso, tudo cetro", "isso, tudo certo"),
        ("tá serto", "tá certo"),
        ("moro no cetro", "moro no centro"),
        ("rua A 10, cetro", "rua A 10, centro"),
        ("entrega no ipirnga", "entrega no ipiranga"),
    ],
)
def test_a_place_is_meant_only_where_a_place_may_be_said(written: str, meant: str) -> None:
    assert mending("pet-feliz").mend(written, "pt-BR") == meant


def test_a_place_is_meant_where_it_was_asked_for() -> None:
    assert mending("pet-feliz").mend("cetro", "pt-BR", place=True) == "centro"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("saio às 18h, depois dele pode ser", "pt-BR"),
        ("quero fazer luzes e massagem", "pt-BR"),
        ("me chamo Marcis Canselo", "pt-BR"),
        ("rua Cortte Real 20", "pt-BR"),
        ("escreve pra marcra@quero.com", "pt-BR"),
        ("might I come after work?", "en"),
        ("no sabía que era tan tarde", "es"),
        ("xpto flurb", "pt-BR"),
    ],
)
def test_what_is_right_or_somebodys_own_stays(text: str, language: str) -> None:
    assert mending().mend(text, language) == text


def test_a_datum_in_the_customers_own_words_is_kept() -> None:
    written = "rua das Acacais 10, Centrp"
    assert mending("pet-feliz").mend(written, "pt-BR", own_only=True) == "rua das Acacais 10, centro"


def test_no_word_of_messages_without_slips_is_touched() -> None:
    messages = yaml.safe_load(Path("tests/unit/readings.yaml").read_text(encoding="utf-8"))
    slips = {"brigada", "orario", "manicuer", "hidratasao"}
    for situation, rows in messages.items():
        language = situation.partition(" ")[2] or "pt-BR"
        for text, *_ in rows:
            for word in set(fold(text).split()) - slips:
                if word.isalpha() and len(word) > 5:
                    mended = mending().mend(word, language)
                    assert mended == word, f"{word} became {mended} in {text!r}"
