"""A day that is left out, and the hours told behind a comma: "qualquer dia menos sexta, depois das 17h"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from understanding.local.facts import taken_back
from understanding.local.facts.fact import Fact


def apart(said: Sequence[Fact], language: str) -> list[Fact]:
    """The facts with each such exception as two: the whole day is left out, the hours are wished for on the others."""
    return [piece for fact in said for piece in _pieces(fact, language)]


def _pieces(fact: Fact, language: str) -> Iterator[Fact]:
    value = fact.value
    told = fact.kind == "time" and fact.role == "except" and value["has_date"] and value["has_time"]
    comma = str(value["text"]).find(",") if told else -1
    if comma < 0 or value["kind"] == "before" or not value["start"]:
        yield fact
        return
    text = str(value["text"])
    yield replace(fact, end=fact.start + comma, value=_whole_day(value, text[:comma], language))
    hours = {key: each for key, each in value.items() if key != "weekly"} | {
        "has_date": False,
        "text": text[comma + 1 :].strip(),
    }
    yield replace(fact, start=fact.start + comma + 1, role="", negated=False, value=hours)


def _whole_day(value: dict[str, Any], text: str, language: str) -> dict[str, Any]:
    midnight = datetime.fromisoformat(value["start"]).replace(hour=0, minute=0, second=0)
    edges = {"start": midnight.isoformat(), "end": (midnight + timedelta(days=1)).isoformat()}
    weekly = {"weekly": True} if taken_back.weekly(text, language) else {}
    return {**value, **edges, **weekly, "kind": "moment", "grain": "day", "has_time": False, "text": text}
