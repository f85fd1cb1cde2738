"""Which of two appointments that stand a message is about, where both may be named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.commands import Fill, Start
from understanding.local.facts import meant
from understanding.local.reader import LocalUnderstander
from understanding.local.training import of_names

UNSEEN: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("unseen_names.yaml").read_text(encoding="utf-8")
)
"""Every tenth message of the authors, kept out of the training of the names."""
LOCALES = {"pt": "pt-BR", "en": "en", "es": "es"}
MEANT = {"thursday": {0}, "friday": {1}, "both": {0, 1}}
LEAST, MOST_WRONG = 0.7, 0.15
_LOCAL = LocalUnderstander()


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_of_two_the_right_one_is_meant_and_seldom_the_wrong_one(language: str) -> None:
    situation, catalogue = of_names.salon()
    situation = replace(situation, language=LOCALES[language])
    told = [
        (MEANT[which], meant.told(text, situation, catalogue))
        for which, texts in UNSEEN[language].items()
        for text in texts
    ]
    right = sum(which == found for which, found in told)
    wrong = sum(bool(found) and which != found for which, found in told)
    assert right / len(told) >= LEAST
    assert wrong / len(told) <= MOST_WRONG


@pytest.mark.parametrize(
    ("text", "language", "flow", "which"),
    [
        ("a de quinta fica, a de sexta cancela", "pt-BR", "cancel_booking", ["1"]),
        ("desmarca a unha, o cabelo eu faço", "pt-BR", "cancel_booking", ["1"]),
        ("cancela a escova e a manicure", "pt-BR", "cancel_booking", ["0", "1"]),
        ("não vou poder ir, cancela tudo", "pt-BR", "cancel_booking", ["0", "1"]),
        ("keep Thursday as it is and cancel Friday", "en", "cancel_booking", ["1"]),
        ("cancel both please, I'm ill", "en", "cancel_booking", ["0", "1"]),
        ("move my nails from Friday to Saturday at 11, the hair stays", "en", "reschedule", ["1"]),
        ("cancelá la del viernes y dejá la del jueves", "es", "cancel_booking", ["1"]),
        ("anula la manicura y el brushing", "es", "cancel_booking", ["0", "1"]),
    ],
)
def test_it_is_that_one_or_both_that_are_changed(text: str, language: str, flow: str, which: list[str]) -> None:
    situation, _ = of_names.salon()
    situation = replace(situation, language=language, history=[{"role": "customer", "text": "…"}])
    commands = _LOCAL.understand(text, situation).commands
    assert Start(flow) in commands
    told = next(each.value for each in commands if isinstance(each, Fill) and each.slot == "booking")
    assert (told if isinstance(told, list) else [told]) == which


def test_who_names_something_that_does_not_stand_means_none_of_them() -> None:
    situation, catalogue = of_names.salon()
    assert not meant.told("cancela minha pedicure de sexta", situation, catalogue)


ANSWERS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("unseen_which.yaml").read_text(encoding="utf-8")
)
"""Every tenth answer of another author to "which of the two?", kept out of the training of the names."""
ANSWERED = 0.75


def _answered(text: str, language: str) -> list[str]:
    """The appointments that are chosen, asked which of the two is to be cancelled."""
    situation, _ = of_names.salon()
    asked = replace(
        situation, language=language, flow="cancel_booking", asks="clarify",
        options=[{"id": "0", "title": "qui 12/03 15:00"}, {"id": "1", "title": "sex 13/03 10:00"}],
        history=[{"role": "customer", "text": "…"}],
    )  # fmt: skip
    commands = _LOCAL.understand(text, asked).commands
    told: Any = next(
        (each.value for each in commands if isinstance(each, Fill) and each.slot in ("booking", "option")), []
    )
    return sorted(told) if isinstance(told, list) else [str(told)]


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_the_answer_to_which_of_the_two_chooses_that_one(language: str) -> None:
    told = [
        _answered(text, LOCALES[language]) == sorted(map(str, MEANT[which]))
        for which, texts in ANSWERS[language].items()
        for text in texts
    ]
    assert sum(told) / len(told) >= ANSWERED


@pytest.mark.parametrize(
    ("text", "language", "which"),
    [
        ("thursday's one please, I still want my nails done", "en", ["0"]),
        ("o cabelo, que a unha eu ainda quero fazer", "pt-BR", ["0"]),
        ("a manicure\nnão, a escova", "pt-BR", ["0"]),
        ("la del viernes, al peinado sí voy", "es", ["1"]),
    ],
)
def test_what_is_said_of_the_other_one_begins_no_other_booking(text: str, language: str, which: list[str]) -> None:
    assert _answered(text, language) == which
