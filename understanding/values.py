"""What a proposed value must be to hold: an id that exists, a time within reach, words that the customer wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from domain.ports import Situation

_MOST_OF_ONE = 999
_FARTHEST = timedelta(days=731)
_AMOUNT = re.compile(r"\d{1,6}(?:\.\d{1,2})?")
_MOST_PEOPLE = 9
_MOST_MINUTES = 7 * 24 * 60
_LENGTHS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


class Dropped(Exception):
    """A proposed value does not hold."""


def slot_value(slot: str, value: Any, texts: Sequence[str], situation: Situation) -> Any:
    """The value as the slot takes it. Raises Dropped or ValueError when it does not hold."""
    if slot in ("time", "old_time", "excluded"):
        return _periods(value, texts, situation)
    check = _CHECKS.get(slot)
    if check is not None:
        return check(value, situation)
    if slot in ("name", "email", "zone", "address", "nobody", "unlisted"):
        return _written(value, texts)
    if value is not True:  # earliest, same_hour, same_weekday, both, last, refuse
        raise Dropped(slot)
    return True


def about(topic: str, named: Mapping[str, Any], texts: Sequence[str], situation: Situation) -> dict[str, Any]:
    """What holds of it; the rest of a question stands without what does not. Its text is the customer's own: it is
    what passages are searched for, and what the owner reads of a question nobody could answer."""
    kept: dict[str, Any] = {}
    for key, value in named.items():
        try:
            if value:
                kept[key] = _ABOUT[key](value, situation) if key in _ABOUT else value
        except (Dropped, ValueError):
            continue
    if topic == "faq" or "text" in kept:
        kept["text"] = quoted(kept.get("text", ""), texts)
    return kept


def _service(value: Any, situation: Situation) -> str | list[str]:
    return _ids(value, {service.id for service in situation.business.services})


def _professional(value: Any, situation: Situation) -> str | list[str]:
    return _ids(value, {person.id for person in situation.business.professionals} | {"any", "last"})


def _ids(value: Any, known: set[str]) -> str | list[str]:
    named = value if isinstance(value, list) else [value]
    kept = [one for one in named if isinstance(one, str) and one in known]
    if not kept:
        raise Dropped(value)
    return kept if len(kept) > 1 else kept[0]


def _items(value: Any, situation: Situation) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise Dropped(value)
    known = {product.id for product in situation.business.products}
    kept = [
        {**item, "alternatives": ()} for item in value if isinstance(item, Mapping) and item.get("product") in known
    ]
    if not kept:
        raise Dropped(value)
    return kept


def _periods(value: Any, texts: Sequence[str], situation: Situation) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not value or not all(isinstance(item, Mapping) for item in value):
        raise Dropped(value)
    return [{**_period(item, situation), "text": quoted(item.get("text", ""), texts)} for item in value]


def _period(item: Mapping[str, Any], situation: Situation) -> dict[str, Any]:
    if "grain" not in item:
        raise Dropped(item)
    start, end = (_instant(item.get(edge), situation) for edge in ("start", "end"))
    if item["kind"] == "moment" and start and not end:
        end = start + _LENGTHS.get(item["grain"], timedelta(days=1))
    needed = {"after": [start], "before": [end]}.get(item["kind"], [start, end])
    if None in needed or (start and end and end <= start):
        raise Dropped(item)
    edges = {"start": start.isoformat() if start else None, "end": end.isoformat() if end else None}
    return {**item, **edges, "why": None}


def _instant(value: Any, situation: Situation) -> datetime | None:
    if not value:
        return None
    instant = datetime.fromisoformat(str(value))
    zone = situation.business.zone
    instant = instant.replace(tzinfo=zone) if instant.tzinfo is None else instant.astimezone(zone)
    if abs(instant - situation.now) > _FARTHEST:
        raise Dropped(value)
    return instant


def _more(value: Any, situation: Situation) -> list[str]:
    found = _service(value, situation)
    return [found] if isinstance(found, str) else found


def _integer(least: int, most: int) -> Callable[[Any, Situation], int]:
    """An integer of this range, never 0: nothing more, none of it and no later change nothing."""

    def check(value: Any, _: Situation) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most or value == 0:
            raise Dropped(value)
        return value

    return check


def _option(value: Any, situation: Situation) -> str | int:
    count = len(situation.options)
    number = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= count
    if not number and value not in [option.get("id") for option in situation.options]:
        raise Dropped(value)
    chosen: str | int = value
    return chosen


def _change(value: Any, _: Situation) -> str:
    if isinstance(value, bool) or not _AMOUNT.fullmatch(str(value)):
        raise Dropped(value)
    return f"{float(value):.2f}"


def _one_of(*allowed: str) -> Callable[[Any, Situation], str]:
    def check(value: Any, _: Situation) -> str:
        if value not in allowed:
            raise Dropped(value)
        return str(value)

    return check


_CHECKS: dict[str, Callable[[Any, Situation], Any]] = {
    "service": _service,
    "professional": _professional,
    "items": _items,
    "more": _more,
    "people": _integer(2, _MOST_PEOPLE),
    "shift": _one_of("earlier", "later"),
    "which": _one_of("first", "last", "other"),
    "postpone": _integer(-_MOST_MINUTES, _MOST_MINUTES),
    "quantity": _integer(1, _MOST_OF_ONE),
    "delta": _integer(-_MOST_OF_ONE, _MOST_OF_ONE),
    "factor": _integer(1, _MOST_OF_ONE),
    "order_number": _integer(1, 2**31 - 1),
    "option": _option,
    "change_for": _change,
    "delivery": _one_of("pickup", "delivery"),
    "payment": _one_of("pix", "card_on_delivery", "cash"),
}


def _written(value: Any, texts: Sequence[str]) -> str:
    """Words are taken only as the customer wrote them: a model invents no name and no address."""
    said = _plain(" ".join(texts))
    if not isinstance(value, str) or not _plain(value) or _plain(value) not in said:
        raise Dropped(value)
    return value.strip()


def quoted(value: str, texts: Sequence[str]) -> str:
    """The words if the customer wrote them; else everything written: a person may read them as the customer's."""
    said = " ".join(texts)
    return value if value and _plain(value) in _plain(said) else said


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _product(value: Any, situation: Situation) -> str | list[str]:
    return _ids(value, {product.id for product in situation.business.products})


def _zone(value: Any, situation: Situation) -> str:
    delivery = situation.business.delivery
    return _one_of(*(zone.name for zone in delivery.zones) if delivery else ())(value, situation)


def _day(value: Any, situation: Situation) -> str:
    """Only the date of it: an hour's offset could make it another."""
    return date.fromisoformat(str(value)[:10]).isoformat()


_ABOUT: dict[str, Callable[[Any, Situation], Any]] = {
    "service": _service,
    "product": _product,
    "professional": lambda value, situation: _ids(value, {one.id for one in situation.business.professionals}),
    "zone": _zone,
    "day": _day,
}
