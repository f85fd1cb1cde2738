"""Ordered rules: the plain cases of every intent, as patterns in `rules.yaml`. The first that fits votes.

A rule speaks only where it is nearly always right; everything else is left to the classifier.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from understanding.local.text.language import LOCALES, evidence
from understanding.local.text.normalise import expand

_RULES = Path(__file__).with_name("rules.yaml")
_PUNCTUATION = re.compile(r"[^a-z0-9]+")
_OPENING = re.compile(
    r"^(?:(?:oi+e*|ola|opa|ei|alo|bom dia|boa tarde|boa noite|tudo (?:bem|bom|certo)(?: com voces?)?|hola|"
    r"buenas tardes|buenas noches|buenos dias|buen dia|buenas|que tal|hi|hello|hey|good (?:morning|afternoon|evening)|"
    r"por favor|please|gente|pessoal|moca|moco|entao|olha|e|there)\s+)+"
)
_CLOSING = re.compile(r"(?:\s+(?:por favor|please|por gentileza|viu|hein|ne|ai))+$")
_LONGEST = 400


def vote(text: str, language: str | None = None) -> str | None:
    """The intent of the first rule that fits, None when none does.

    The conversation's language is read first, then those whose words the text has more of.
    """
    weight = {locale[:2]: evidence(text[:_LONGEST], locale) for locale in LOCALES}
    own = language[:2] if language else max(weight, key=weight.__getitem__)
    for bare in (own, *(other for other in weight if weight[other] > weight[own])):
        said = core(text, bare)
        for intent, pattern in _rules(bare):
            if pattern.search(said):
                return intent
    return None


def core(text: str, language: str) -> str:
    """The message as rules read it: plain words only, without greeting and courtesy around what is wanted."""
    words = _PUNCTUATION.sub(" ", expand(text[:_LONGEST], language)).strip()
    inner = _CLOSING.sub("", _OPENING.sub("", words + " ").strip())
    return inner or words


@cache
def _rules(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    return tuple((intent, re.compile(pattern)) for rule in table[language] for intent, pattern in rule.items())
