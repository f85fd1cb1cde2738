"""What a question is about, and which kind of talk a clause is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from domain.commands import Ask
from domain.ports import Situation
from understanding.local.clauses import Clause
from understanding.local.cues import alternatives, has, words
from understanding.local.facts import Fact
from understanding.local.words import fold, split

TALK = ("how_are_you", "who_are_you", "laugh", "compliment")


def smalltalk_kind(text: str) -> str:
    """Which kind of talk it is."""
    folded = fold(text)
    return next((kind for kind in TALK if has(kind, folded)), "other")


def question(name: str, clause: Clause, said: Sequence[Fact], situation: Situation) -> Ask:
    """The question with what it speaks of: the named things, else what the flow under way is about."""
    folded, today = fold(clause.text), situation.now.date().isoformat()
    about = {"text": clause.text[_connective(folded) :].strip(), **_spoken_of(said)}
    named = about.keys() & {"service", "product"}
    if name in ("prices", "duration") and not named and situation.slots.get("service"):
        about["service"] = [situation.slots["service"]]
    elif name in ("prices", "catalog", "stock") and not named and _names_something(folded):
        about["unlisted"] = True
    if name == "hours" and has("holiday", folded):
        about["holiday"] = True
    elif name == "hours" and has("now", folded) and about.get("day", today) == today:
        about.pop("day", None)
        about["now"] = True
    stocked = name == "catalog" and about.get("product") and (has("stock", folded) or clause.asks)
    return Ask({"out_of_scope": "faq"}.get(name, "stock" if stocked else name), about)


@cache
def _connectives() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:(?:{alternatives('and')}|{alternatives('but')})[\s,]+)+")


def _connective(folded: str) -> int:
    """How long "aliás," or "e" before a question is."""
    found = _connectives().match(folded)
    return found.end() if found else 0


def _spoken_of(said: Sequence[Fact]) -> dict[str, Any]:
    """What a question is about: services and products by id, a professional, a zone, a day."""
    about: dict[str, Any] = {}
    for fact in said:
        if fact.kind == "service":
            about.setdefault("service", []).extend(fact.value if isinstance(fact.value, list) else [fact.value])
        elif fact.kind == "product":
            named = [fact.value["product"]] if fact.value["product"] else []
            about.setdefault("product", []).extend([*named, *fact.value["alternatives"]])
        elif fact.kind in ("professional", "zone"):
            about[fact.kind] = fact.value
        elif fact.kind == "time" and fact.value["start"] and fact.value["has_date"] and _is_day(fact.value):
            about["day"] = fact.value["start"][:10]
    return about


def _is_day(time: Mapping[str, Any]) -> bool:
    """Whether a time speaks of one day, not of a week or month."""
    return time["grain"] in ("minute", "hour", "day")


def _names_something(folded: str) -> bool:
    """Whether a noun is left that no catalogue knows."""
    return any(
        word.text.isalpha() and len(word.text) > 2 and word.text not in words("function_words")
        for word in split(folded)
    )
