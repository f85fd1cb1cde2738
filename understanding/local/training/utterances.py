"""What the classifiers learn from: messages in `<language>/<intent>.yaml`, more in `acts/`, `replies/` and so on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

TRAINING = Path(__file__).parent
_SEED = 7
_LETTERS = "aeiourstnlm"
_SHORTEST = 5


class Utterance(NamedTuple):
    """`label` is what a classifier should say of it, `language` "pt", "en" or "es", `to` what it replies to."""

    text: str
    label: str
    language: str
    to: str = ""


def messages() -> list[Utterance]:
    """Every message with its intent (one of those `intents.rank` tells apart), in a fixed order."""
    return [
        Utterance(text, path.stem, path.parent.name)
        for path in sorted(TRAINING.glob("*/*.yaml"))
        for text in _read(path)
    ]


def replies() -> list[Utterance]:
    """Every reply to a summary ("summary", "move", "cancellation"), in a fixed order."""
    return [
        Utterance(text, path.stem, path.parent.parent.name, path.parent.name)
        for path in sorted(TRAINING.glob("replies/*/*/*.yaml"))
        for text in _read(path)
    ]


def steps() -> list[Utterance]:
    """Every reply to a question for one more detail with what it does, and to which where it matters."""
    to_any = [
        Utterance(text, path.stem, path.parent.name)
        for path in sorted(TRAINING.glob("steps/*/*.yaml"))
        for text in _read(path)
    ]
    to_one = [
        Utterance(str(text), step, path.parent.parent.name, path.stem)
        for path in sorted(TRAINING.glob("steps/*/asked/*.yaml"))
        for step, texts in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for text in texts
    ]
    return [*to_any, *to_one]


def acts() -> list[Utterance]:
    """Every message with its act and the state it was written in (`to`), in a fixed order."""
    return [
        Utterance(str(text), act, path.parent.name, path.stem)
        for path in sorted(TRAINING.glob("acts/*/*.yaml"))
        for act, texts in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for text in texts
    ]


def questions() -> list[Utterance]:
    """Every question with its topic ("none": about none of them), in a fixed order."""
    return [
        Utterance(text, path.stem, path.parent.name)
        for path in sorted(TRAINING.glob("topics/*/*.yaml"))
        for text in _read(path)
    ]


def with_slips(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Adds to each utterance a twin with a slip of the finger."""
    chance = random.Random(_SEED)
    return [*utterances, *(one._replace(text=_slip(one.text, chance)) for one in utterances)]


def _read(path: Path) -> list[str]:
    return [str(text) for text in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _slip(text: str, chance: random.Random) -> str:
    """One letter dropped, swapped, doubled or replaced; very short texts stay as they are."""
    if len(text) < _SHORTEST:
        return text
    place = chance.randrange(1, len(text) - 1)
    before, letter, after = text[:place], text[place], text[place + 1 :]
    slipped = (after, after[:1] + letter + after[1:], letter + letter + after, chance.choice(_LETTERS) + after)
    return before + chance.choice(slipped)
