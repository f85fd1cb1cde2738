"""The facts of a message: times, things, people, places and data, each with its place and whether it was negated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from domain.business import WEEKDAYS, Business
from understanding.local import dates, entities, quantities
from understanding.local.catalogue import Catalogue
from understanding.local.words import fold

_BETWEEN = (
    r"(?:(?:e|era|eh|seja|pode ser|posso|consigo|da|quero|mais|na|no|a|o|as|os|com|com a|com o|it's|on|at|the|es|el|la|"
    r"para|pra|de)\s+){0,4}$"
)
_NOT = r"nao|not|nem|sem ser|instead of|en vez de|em vez d[aeo]|ao inves d[aeo]|rather than"
_NEGATED = re.compile(rf"\b(?:{_NOT})\s+{_BETWEEN}")
_NEGATED_ES = re.compile(rf"\b(?:{_NOT}|no)\s+{_BETWEEN}")  # "no sábado" is Portuguese for "on Saturday"
_OLD = re.compile(r"\b(?:d[aoe]s?|from|of|del?)\s+(?:dia\s+|las?\s+|the\s+)?$")
_NEW = re.compile(r"\b(?:para|pra|pro|pras|pros|p/|to|a|al)\s+(?:as?\s+|o\s+|dia\s+|las?\s+|el\s+|the\s+)*$")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said. `kind`: time, service, product, professional, zone, or a kind of entity.

    `value` has the shape of domain.commands.SLOT_VALUES. `negated`: it was taken back. `role`: "old" or "new" for times
    introduced by "de" or "para".
    """

    kind: str
    value: Any
    start: int
    end: int
    negated: bool = False
    role: str = ""


def gather(text: str, language: str, business: Business, catalogue: Catalogue, now: datetime, asks: str) -> list[Fact]:
    """Every fact of a text, in its order."""
    folded = fold(text)
    found = [
        *_times(text, folded, language, business, now),
        *_matches(text, folded, language, catalogue),
        *(
            Fact(item.kind, item.value, *item.span, negated=_negated(folded, item.span[0], language))
            for item in entities.find(text, language, asks)
        ),
    ]
    return sorted(_without_clashes(found), key=lambda fact: fact.start)


def _times(text: str, folded: str, language: str, business: Business, now: datetime) -> list[Fact]:
    return [
        Fact(
            "time",
            _as_data(item),
            *item.span,
            negated=_negated(folded, item.span[0], language),
            role=_role(folded[: item.span[0]]),
        )
        for item in dates.find(text, now, language, opening_hours(business))
    ]


def _as_data(item: dates.Found) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "start": item.start.isoformat() if item.start else None,
        "end": item.end.isoformat() if item.end else None,
        "grain": item.grain,
        "ambiguous": item.ambiguous,
        "why": item.why,
        "has_date": item.has_date,
        "has_time": item.has_time,
        "text": item.text,
    }


def opening_hours(business: Business) -> Mapping[int, list[tuple[time, time]]]:
    """Openings by weekday (Monday is 0), for reading "às 3"."""
    return {WEEKDAYS.index(day): [(span.start, span.end) for span in spans] for day, spans in business.hours.items()}


def _matches(text: str, folded: str, language: str, catalogue: Catalogue) -> list[Fact]:
    matches = catalogue.find(text)
    products = [match for match in matches if match.kind == "product"]
    lines = quantities.order_lines(text, language, catalogue, matches) if products else []
    facts = [
        Fact("product", dict(line), *match.span, negated=_negated(folded, match.span[0], language))
        for line, match in zip(lines, products, strict=False)
    ]
    for match in matches:
        if match.kind == "product":
            continue
        value: Any = [match.id, *match.alternatives] if match.alternatives else match.id
        facts.append(Fact(match.kind, value, *match.span, negated=_negated(folded, match.span[0], language)))
    return facts


def _negated(folded: str, start: int, language: str) -> bool:
    pattern = _NEGATED_ES if language == "es" else _NEGATED
    return bool(pattern.search(folded[max(0, start - 40) : start]))


def _role(before: str) -> str:
    tail = before[-20:]
    if _OLD.search(tail):
        return "old"
    return "new" if _NEW.search(tail) else ""


def _without_clashes(found: Sequence[Fact]) -> list[Fact]:
    """A date inside an address, or an address read into a date's words, is what the longer one says."""
    addresses = [fact for fact in found if fact.kind == "address"]
    return [
        fact
        for fact in found
        if fact.kind in ("address", "zone", "payment", "delivery", "change_for")
        or not any(address.start <= fact.start and fact.end <= address.end for address in addresses)
    ]
