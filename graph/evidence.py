"""What tool results tell: typed facts, words, the promises they make, and which price belongs to what.

What the customer wrote is no source: words of a result that only repeat an argument of the call are left out, unless
they are the catalogue's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from domain.business import WEEKDAYS, Business
from tools.words import plain
from understanding.local.text.words import fold
from understanding.stated import Meaning, facts, measured, normal

_MONEY = re.compile(r"-?\d+\.\d\d")
_CLOCK = re.compile(r"(\d\d):(\d\d)")
_IDS = frozenset({"id", "booking", "receipt", "order", "product", "service", "professional"})


@dataclass(frozen=True, slots=True)
class Lookup:
    """One tool's result, and the arguments it was called with."""

    arguments: Mapping[str, Any]
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that tools told. `priced` are the things (plain names) each amount was told of."""

    facts: frozenset[Meaning]
    text: str
    promises: frozenset[str]
    priced: Mapping[Decimal, frozenset[str]]


def evidence(lookups: Sequence[Lookup], language: str, business: Business, today: date) -> Evidence:
    """What these results tell."""
    told: set[Meaning] = set()
    texts: list[str] = []
    made: set[str] = set()
    listed = {plain(name) for name in (*business.names(), *_ids(business))}
    for lookup in lookups:
        repeated = {plain(leaf) for _, leaf in _leaves(lookup.arguments) if isinstance(leaf, str)} - listed
        for key, leaf in _leaves(lookup.result):
            if isinstance(leaf, str) and plain(leaf) in repeated and _instant(leaf) is None:
                continue
            told.update(_meanings(key, leaf, language, today))
            made.update(_implied(key, leaf))
            if isinstance(leaf, str):
                texts.append(leaf)
    text = "\n".join(texts)
    return Evidence(frozenset(told), text, frozenset(made | set(promises(text))), _priced(lookups))


def promises(text: str) -> list[str]:
    """The families of promises (promises.yaml) a text makes."""
    folded = fold(normal(text))
    return [family for family, pattern in _families().items() if pattern.search(folded)]


def _ids(business: Business) -> Iterator[str]:
    for items in (business.services, business.products, business.professionals):
        yield from (item.id for item in items)


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every value in a result with the key it stands under; a list also tells how many it has."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, str(name))
            if name in WEEKDAYS:
                yield "weekday", WEEKDAYS.index(name)
    elif isinstance(value, list | tuple):
        yield "count", len(value)
        for inner in value:
            yield from _leaves(inner, key)
    else:
        yield key, value


def _meanings(key: str, leaf: Any, language: str, today: date) -> Iterator[Meaning]:
    if isinstance(leaf, bool | float) or leaf is None or key in _IDS:
        return
    if isinstance(leaf, int):
        yield ("weekday", leaf) if key == "weekday" else ("number", Decimal(leaf))
        if key == "minutes":
            yield from measured(Decimal(leaf), "minute")
    elif _MONEY.fullmatch(leaf):
        yield "money", Decimal(leaf)
    elif clock := _CLOCK.fullmatch(leaf):
        yield "clock", (int(clock[1]), int(clock[2]))
    elif instant := _instant(leaf):
        yield from _of_instant(leaf, instant)
    else:
        for fact in facts(leaf, language, today):
            yield from fact.meanings


def _instant(leaf: str) -> datetime | None:
    try:
        return datetime.fromisoformat(leaf) if re.match(r"\d{4}-\d\d-\d\d", leaf) else None
    except ValueError:
        return None


def _of_instant(leaf: str, instant: datetime) -> Iterator[Meaning]:
    yield "date", (instant.month, instant.day)
    yield "weekday", instant.weekday()
    if len(leaf) > len("2026-03-10"):
        yield "clock", (instant.hour, instant.minute)


def _implied(key: str, leaf: Any) -> Iterator[str]:
    """Promises made without words: a price of nothing is free, and so is delivery above an amount."""
    if (key == "free_delivery" and leaf is True) or (key == "free_above" and leaf):
        yield "free"
    if key in ("price", "fee") and leaf == "0.00":
        yield "free"


def _priced(lookups: Sequence[Lookup]) -> dict[Decimal, frozenset[str]]:
    """Amounts told with a name, and the totals of lines that have names."""
    found: dict[Decimal, frozenset[str]] = {}
    for record in (record for lookup in lookups for record in _records(lookup.result)):
        named = [record, *(record.get("lines") or ())]
        names = frozenset(plain(str(each["name"])) for each in named if each.get("name"))
        for amount in record.values():
            if names and isinstance(amount, str) and _MONEY.fullmatch(amount):
                found[Decimal(amount)] = found.get(Decimal(amount), frozenset()) | names
    return found


def _records(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from _records(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _records(inner)


@cache
def _families() -> dict[str, re.Pattern[str]]:
    data: dict[str, list[str]] = yaml.safe_load(files("graph").joinpath("promises.yaml").read_text(encoding="utf-8"))
    return {family: re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") for family, words in data.items()}
