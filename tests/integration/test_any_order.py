"""Whatever is written after whatever, no turn fails: customers' own lines from the dialogues, dealt in any order."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from evals.main import run
from evals.options import Options

_DIALOGUES = Path(__file__).parents[2] / "evals" / "dialogues"
_WALKS, _TURNS = 150, 8
_BOOKED: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "studio-aurora": (
        ("escova", "ana", "2026-03-12T15:00"),
        ("manicure", "carla", "2026-03-13T10:00"),
        ("corte-masculino", "bruno", "2026-03-10T11:30"),
    ),
    "pet-feliz": (("banho-pequeno", "equipe-1", "2026-03-12T15:00"), ("tosa", "equipe-1", "2026-03-13T10:00")),
}


def test_no_order_of_lines_makes_a_turn_fail(tmp_path: Path, postgres: str) -> None:
    (tmp_path / "walks.yaml").write_text(yaml.safe_dump_all(_walks(random.Random(14)), allow_unicode=True), "utf-8")
    told: list[str] = []
    assert run([tmp_path], Options(server=postgres), told.append) == 0, "\n".join(told[-40:])


def _walks(dealt: random.Random) -> Iterator[dict[str, Any]]:
    """Dialogues that expect nothing but that every turn is carried out."""
    lines = {told: each for told, each in _lines().items() if told[0] in _BOOKED}
    for number in range(_WALKS):
        business, locale = dealt.choices([*lines], [len(each) for each in lines.values()])[0]
        booked = _BOOKED[business]
        yield {
            "id": f"walk-{number}",
            "business": business,
            "clock": "2026-03-10T10:00:00-03:00",
            "locale": locale,
            "customer": {"phone": "5511987654321", "name": "Marina"},
            "seed": {
                "bookings": [
                    {"customer": "5511987654321", "service": service, "professional": who, "start": start}
                    for service, who, start in booked[: dealt.randint(0, len(booked))]
                ]
            },
            "turns": [{"user": dealt.choice(lines[business, locale])} for _ in range(_TURNS)],
        }


def _lines() -> Mapping[tuple[str, str], Sequence[str]]:
    """What customers write to a business in a language, but for those who ask for a person: the bot is mute then."""
    found: dict[tuple[str, str], list[str]] = {}
    for file in sorted(_DIALOGUES.glob("*/*.yaml")):
        if file.parent.name in ("people", "injection", "channel"):
            continue
        for dialogue in yaml.load_all(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            told = found.setdefault((dialogue["business"], dialogue.get("locale", "pt-BR")), [])
            told += [turn["user"] for turn in dialogue["turns"] if isinstance(turn.get("user"), str)]
    return found
