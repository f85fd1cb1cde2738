"""The classifier of appointments' names as a subject: learns from messages in `names.<language>.yaml`.

Which of two that stand it is about → messages. In `salon.yaml` a blow-dry stands on Thursday 12 March at 15:00 with
Ana, a manicure on Friday 13 at 10:00 with Carla. Every name of one that the message is about is "it", the others'
names are "other", and "when" where they tell when it shall be.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from domain.business import load
from domain.ports import Situation
from understanding.local.classifier import named
from understanding.local.classifier.named import Named, features, seen_in
from understanding.local.facts import own_names
from understanding.local.facts.catalogue import Catalogue
from understanding.local.text.language import LOCALES
from understanding.local.text.words import fold
from understanding.local.training.assess import shares, uncalibrated
from understanding.local.training.subjects import Kept, Subject
from understanding.local.training.utterances import Utterance

_HERE = Path(__file__).parent
_FILES = sorted(_HERE.glob("names.*.yaml"))
_MEANT = {"thursday": frozenset({0}), "friday": frozenset({1}), "both": frozenset({0, 1})}
_STANDING = (
    {"booking": "0", "service": "escova", "professional": "ana", "start": "2026-03-12T15:00:00-03:00"},
    {"booking": "1", "service": "manicure", "professional": "carla", "start": "2026-03-13T10:00:00-03:00"},
)
_LOCALE = {locale[:2]: locale for locale in LOCALES}
_FIRST = "^"


@cache
def salon() -> tuple[Situation, Catalogue]:
    """The situation the messages were written in, and the salon's catalogue."""
    business = load(_HERE / "salon.yaml")
    now = datetime(2026, 3, 10, 10, tzinfo=business.zone)
    return Situation(business, now, business.locale, standing=_STANDING), Catalogue(business)


@cache
def _named(text: str, language: str) -> list[Named]:
    situation, catalogue = salon()
    return own_names.named(text, replace(situation, language=_LOCALE[language]), catalogue)


def _label(name: Named, meant: frozenset[int]) -> str:
    return "it" if name.fits <= meant else "when" if name.purpose == "want" else "other"


def _names() -> list[Utterance]:
    """Every name that fits one of the two: its message, whether it is of one the message is about, which it is."""
    return [
        Utterance(text, _label(name, _MEANT[meant]), language, f"{which} {meant}")
        for path in _FILES
        for language in (path.suffixes[0].removeprefix("."),)
        for meant, texts in _read(path).items()
        for text in texts
        for which, name in enumerate(_named(text, language))
    ]


def _read(path: Path) -> dict[str, list[str]]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _seen(one: Utterance) -> set[str]:
    names = _named(one.text, one.language)
    which, meant = int(one.to.split()[0]), _MEANT[one.to.split()[1]]
    before = _label(names[which - 1], meant) if which else _FIRST
    return features(seen_in(fold(one.text), names), names, which, before)


SUBJECT = Subject(
    named.NAMES, _names, list, list, _seen, Kept(12_000), uncalibrated, partial(shares, what="names"), fewest=2
)
