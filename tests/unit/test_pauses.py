"""Where a message without commas pauses, and where it only looks so."""

from __future__ import annotations

from itertools import pairwise

import pytest

from understanding.local.classifier import pauses

PAUSES = {
    "pt-BR": (
        "quinta não, sexta",
        "sim, o outro eu mantenho",
        "sim, pode marcar, tem estacionamento?",
        "esquece, quero pedicure na quarta às 14h",
        "a última não dá, pode ser a do meio",
        "isso, pode deixar marcado",
    ),
    "en": ("yes, book it", "sure, go ahead", "thanks, see you on friday", "no, friday at 3"),
    "es": ("sí, dale", "claro, resérvame el jueves", "listo, a qué hora abren"),
}
GO_ON = {
    "pt-BR": (
        "ainda não pode confirmar",
        "a areia pode ser apenas uma",
        "e aos domingos vocês abrem?",
        "preciso desmarcar a unha de sexta e no lugar queria uma escova na quinta 10h",
        "com o bruno dá?",
        "quinta às 15h",
        "rua das flores 120",
        "eu mesmo vou",
    ),
    "en": ("on Wednesday I'm stuck at the office", "a manicure on Thursday at 10", "do you deliver to Centro"),
    "es": ("¿cuál es la clave pix?", "el jueves a las 10", "dale pero una hora después"),
}


@pytest.mark.parametrize(("text", "language"), [(each, code) for code, texts in PAUSES.items() for each in texts])
def test_a_pause_that_is_left_out_is_put_back(text: str, language: str) -> None:
    restored = pauses.restored(text.replace(",", ""), language)
    assert [mark in ",.?" for mark in _marks(restored)] == [mark in ",.?" for mark in _marks(text)]


@pytest.mark.parametrize(("text", "language"), [(each, code) for code, texts in GO_ON.items() for each in texts])
def test_nothing_is_parted_where_a_message_goes_on(text: str, language: str) -> None:
    assert pauses.restored(text, language) == text


def test_who_sets_commas_is_left_alone_line_by_line() -> None:
    said = "sexta, não quinta\nsim pode marcar"
    assert pauses.restored(said, "pt-BR").splitlines() == ["sexta, não quinta", "sim, pode marcar"]


def _marks(text: str) -> list[str]:
    """The sign right behind each word but the last, " " where there is none."""
    found = pauses.words(text)
    return [text[one.end()] for one, _ in pairwise(found)]
