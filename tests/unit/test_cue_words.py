"""Cues stand for words of three languages at once: none may mean something else in another."""

from __future__ import annotations

import pytest

from understanding.local.text import cues


@pytest.mark.parametrize(
    ("word", "cue"),
    [
        ("turno", "trades"),  # es: appointment; en: to turn into
        ("another", "assent"),  # es: anótame
        ("large", "drops"),  # pt: larga isso
        ("limpieza", "drops"),  # pt: limpa tudo
        ("parabens", "drops"),  # es: para
        ("tipos", "pays"),  # en: tips
        ("champu", "by_talking"),  # pt: me chama
        ("comprovante", "wants_lead"),  # pt: comprar
        ("past", "moves"),  # es: pásalo
        ("significa", "opts_in"),  # en: sign me up
    ],
)
def test_a_word_of_one_language_is_no_cue_of_another(word: str, cue: str) -> None:
    assert not cues.has(cue, word)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("can i turn it into a pedicure", "trades"),
        ("anotalo", "assent"),
        ("larga isso", "drops"),
        ("do you take tips", "pays"),
        ("me chama", "by_talking"),
        ("pasalo al jueves", "moves"),
        ("quero comprar", "wants_lead"),
    ],
)
def test_the_word_itself_still_is_one(text: str, cue: str) -> None:
    assert cues.has(cue, text)
