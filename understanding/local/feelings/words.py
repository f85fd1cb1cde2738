"""Words of anger, joy and danger, read from `feelings.yaml` and compiled once a language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypedDict, cast

import yaml

_LEXICON = Path(__file__).with_name("feelings.yaml")
_DANGERS = Path(__file__).with_name("dangers.yaml")


class Mood(NamedTuple):
    """Words of one weight: below zero is anger, above is joy."""

    weight: float
    pattern: re.Pattern[str]


class _Lexicon(TypedDict):
    moods: Mapping[str, Mapping[float, Sequence[str]]]
    alarms: Mapping[str, Mapping[str, Sequence[str]]]


EVERYDAY = re.compile(
    r"\b(?:qual (?:e |seria )?o processo|como (?:e|funciona|que e) o processo|"
    r"what(?:'?s| is) the process|cual es el proceso|"
    r"(?:processo|proceso) (?:de|da|do|para|pra|seletivo|del)\b|"
    r"(?:sou|soy|i am|i'm|i|como|as) (?:o |a |um |uma |el |la |un |una |the )?(?:gerente|manager|encargad[oa])\b)"
)
"""Ordinary uses of words that owners list as warnings."""


@cache
def moods(language: str) -> tuple[Mood, ...]:
    """The lexicons of a language, strongest anger first."""
    found = _read()["moods"]
    return tuple(Mood(weight, _any_of(words)) for weight, words in found.get(language[:2], found["pt"]).items())


@cache
def alarms(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Reason → words that call for a person at once."""
    found = _read()["alarms"]
    return tuple((reason, _any_of(words)) for reason, words in found.get(language[:2], found["pt"]).items())


@cache
def meant_by(keyword: str, language: str) -> tuple[re.Pattern[str], ...]:
    """Other words for what an owner's keyword (folded) names: "dor forte" is also "it hurts like hell"."""
    dangers = yaml.safe_load(_DANGERS.read_text(encoding="utf-8")).values()
    return tuple(_any_of(each.get(language[:2], each["pt"])) for each in dangers if keyword in each["keywords"])


@cache
def _read() -> _Lexicon:
    return cast(_Lexicon, yaml.safe_load(_LEXICON.read_text(encoding="utf-8")))


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b")
