"""A word that exists is read as it stands, whatever letter makes another word or a product of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from domain.business import load_all
from understanding.local.facts.catalogue import Catalogue
from understanding.local.text import ordinary
from understanding.local.text.mending import Mending
from understanding.local.text.normalise import SLANG, SLANG_EN, SLANG_ES
from understanding.local.text.spoken import words as dialect

_BUSINESSES = load_all(Path(__file__).parents[2] / "businesses")
_SHORTHAND = {"pt": SLANG, "en": {**SLANG_EN, **dialect()}, "es": SLANG_ES}


@pytest.mark.parametrize("language", ordinary.LANGUAGES)
def test_no_frequent_word_is_mended_into_another(language: str) -> None:
    mending = Mending(_BUSINESSES["pet-feliz"])
    words = sorted(ordinary.dictionary(language) - {*_SHORTHAND[language]})
    changed = {word: mended for word in words if (mended := mending.mend(f"x {word} x", language)) != f"x {word} x"}
    assert len(words) > 10_000
    assert not changed


@pytest.mark.parametrize(
    ("business", "word"),
    [
        ("pet-feliz", "reação"),
        ("pet-feliz", "beijinhos"),
        ("pet-feliz", "levado"),
        ("pet-feliz", "cuido"),
        ("pet-feliz", "prefiere"),
        ("pet-feliz", "recordar"),
        ("studio-aurora", "colaboração"),
        ("studio-aurora", "desviar"),
        ("clinica-sorriso", "claramente"),
    ],
)
def test_no_ordinary_word_is_taken_for_a_thing(business: str, word: str) -> None:
    assert _catalogue(business).find(f"é {word} mesmo", "pt-BR") == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [("keria marcar", "queria marcar"), ("na kinta", "na quinta"), ("boa trade", "boa tarde"), ("o cetro", "o certo")],
)
def test_a_slip_is_still_mended(text: str, meant: str) -> None:
    assert Mending(_BUSINESSES["pet-feliz"]).mend(text, "pt-BR") == meant


def test_a_name_keeps_its_k() -> None:
    assert Mending(_BUSINESSES["pet-feliz"]).mend("fala com a Kika", "pt-BR") == "fala com a Kika"


@cache
def _catalogue(business: str) -> Catalogue:
    return Catalogue(_BUSINESSES[business])
