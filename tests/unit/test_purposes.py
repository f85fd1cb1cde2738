"""What the times of a message are for: wished for, refused, of what stands, a bound, or only told along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from domain.business import load_all
from domain.commands import Command, Correct, Fill
from domain.ports import Situation
from understanding.local.classifier import weights
from understanding.local.classifier.purposes import TIMES, features, seen_in
from understanding.local.facts import purposes
from understanding.local.reader import LocalUnderstander
from understanding.local.training.of_times import marked

UNSEEN: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("unseen_times.yaml").read_text(encoding="utf-8")
)
"""Every tenth message of the authors, kept out of the training."""
LEAST, LEAST_WHERE_SURE, LEAST_SURE = 0.8, 0.92, 0.65
_SALON = load_all(Path("businesses"))["studio-aurora"]
_LOCAL = LocalUnderstander()
_ZONE = ZoneInfo("America/Sao_Paulo")
_NOW = datetime(2026, 3, 10, 10, tzinfo=_ZONE)
_BLOW_DRY = {"booking": "own", "service": "escova", "professional": "ana", "start": "2026-03-12T15:00:00-03:00"}


def _judged(language: str) -> list[tuple[str, str, float]]:
    """Of every marked time: what it is for, the likeliest, and how likely."""
    found = []
    for state, lines in UNSEEN[language].items():
        for line in lines:
            message, before = marked(f"[{state}] {line}", language), "^"
            seen = seen_in(message.folded, message.times)
            for which, purpose in enumerate(message.purposes):
                told = features(seen, message.times, which, before, message.state)
                chances = weights.load(TIMES).probabilities(told)
                before = max(chances, key=lambda each: chances[each])
                found += [(purpose, before, chances[before])] if purpose else []
    return found


@pytest.mark.parametrize("language", ["pt", "en", "es"])
def test_most_unseen_times_are_told_and_those_that_are_sure_nearly_all(language: str) -> None:
    judged = _judged(language)
    right = [purpose == likeliest for purpose, likeliest, _ in judged]
    sure = [purpose == likeliest for purpose, likeliest, chance in judged if chance >= 0.9]
    assert sum(right) / len(right) >= LEAST
    assert sum(sure) / len(sure) >= LEAST_WHERE_SURE
    assert len(sure) / len(judged) >= LEAST_SURE


def _situation(language: str, state: str) -> Situation:
    history = [{"role": "customer", "text": "…"}]
    if state == "stands":
        return Situation(_SALON, _NOW, language, history=history, standing=(_BLOW_DRY,))
    slots: dict[str, Any] = {"service": "escova", "professional": "ana", "start": "2026-03-12T15:00:00-03:00"}
    if state == "summary":
        return Situation(_SALON, _NOW, language, asks="confirm", flow="book", slots=slots, history=history)
    return Situation(_SALON, _NOW, language, asks="time", flow="book", slots={"service": "escova"}, history=history)


@pytest.mark.parametrize(
    ("text", "language", "state", "told"),
    [
        ("não posso quinta, rola sexta?", "pt-BR", "stands", ["has", "want"]),
        ("passa a de quinta pra sábado às 9", "pt-BR", "stands", ["has", "want"]),
        ("sábado é meu casamento, quero sexta de manhã", "pt-BR", "day", ["aside", "want"]),
        ("instead of Thursday I'd like Saturday at 10", "en", "stands", ["has", "want"]),
        ("cambia la del jueves al sábado a las 10", "es", "stands", ["has", "want"]),
    ],
)
def test_plain_ones_are_sure(text: str, language: str, state: str, told: list[str]) -> None:
    assert [purpose for _, purpose in purposes.of_times(text, _situation(language, state))] == told


def _hours(commands: Sequence[Command]) -> list[str]:
    values = [each.value for each in commands if isinstance(each, Fill | Correct) and each.slot == "time"]
    return [str(time["start"])[11:16] for value in values for time in value]


@pytest.mark.parametrize(
    ("text", "language", "hours"),
    [
        ("sim, mas põe 14:30, que as crianças têm festa depois", "pt-BR", ["14:30"]),
        ("yes, but make it 2:30pm, the kids have a party after", "en", ["14:30"]),
        ("sorry, one more thing, 4pm is better for her", "en", ["16:00"]),
    ],
)
def test_what_is_wished_for_is_no_bound(text: str, language: str, hours: list[str]) -> None:
    assert _hours(_LOCAL.understand(text, _situation(language, "summary")).commands) == hours
