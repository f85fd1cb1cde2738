"""The classifier of pauses as a subject: learns from the commas and stops of every message the others learn from."""

from __future__ import annotations

import random
import re
from functools import cache, partial
from itertools import pairwise

from understanding.local.classifier import pauses
from understanding.local.classifier.pauses import Mark, features, level, words
from understanding.local.text.words import fold
from understanding.local.training import utterances
from understanding.local.training.assess import shares, uncalibrated
from understanding.local.training.subjects import Kept, Subject
from understanding.local.training.utterances import Utterance

_ASKS, _STOPS, _PAUSES = re.compile(r"\?"), re.compile(r"[.;!\n…]"), re.compile(r"[,:]")
_SEED = 7
_FEWEST = 3
"""Words of a message that pauses nowhere, at least: shorter ones could not."""


@cache
def _read(text: str) -> tuple[list[str], list[Mark]]:
    """The words of a message and, from the second on, the mark before each."""
    folded = fold(text)
    found = words(folded)
    gaps = (folded[one.end() : other.start()] for one, other in pairwise(found))
    return level(found), [_mark(gap) for gap in gaps]


def _mark(gap: str) -> Mark:
    return "?" if _ASKS.search(gap) else "." if _STOPS.search(gap) else "," if _PAUSES.search(gap) else ""


def _messages() -> list[tuple[str, str]]:
    """Text and language: all messages that pause, and half as many that do not: many leave their commas out."""
    sources = (utterances.messages, utterances.replies, utterances.steps, utterances.acts, utterances.questions)
    every = dict.fromkeys((one.text, one.language) for source in sources for one in source())
    pausing = [one for one in every if any(_read(one[0])[1])]
    going_on = [one for one in every if not any(_read(one[0])[1]) and len(_read(one[0])[0]) >= _FEWEST]
    return [*pausing, *random.Random(_SEED).sample(going_on, min(len(going_on), len(pausing) // 2))]


def _gaps() -> list[Utterance]:
    """Every gap between two words: its message, the mark in it, and before which of its words it is."""
    return [
        Utterance(text, label, language, str(place))
        for text, language in _messages()
        for place, label in enumerate(_read(text)[1], 1)
    ]


def _seen(gap: Utterance) -> set[str]:
    return set(features(_read(gap.text)[0], int(gap.to), gap.language[:1]))


SUBJECT = Subject(
    pauses.PAUSES, _gaps, list, list, _seen, Kept(60_000), uncalibrated, partial(shares, what="gaps"), fewest=2,
    strength=0.5, by_rarity=False,
)  # fmt: skip
