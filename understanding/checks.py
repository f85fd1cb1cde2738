"""What a model proposes, held against the business and the customer's own words; what does not hold is dropped.

A model may be wrong, and a customer may try to talk it into something. After these checks a command names only
services, products, people and options that exist, and says only names and addresses that the customer wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, ValidationError

from domain.business import Business
from domain.commands import Ask, Command, Correct, Fill, Reject, Start, from_dict
from domain.ports import Situation
from understanding.schema import COMMAND

_SELLING = frozenset({"order", "change_order"})
_BOOKING = frozenset({"book", "reschedule"})
_MOST_COMMANDS = 12
_MOST_OF_ONE = 999
_FARTHEST = timedelta(days=731)
_AMOUNT = re.compile(r"\d{1,6}(?:\.\d{1,2})?")
_MOST_MINUTES = 7 * 24 * 60
_LENGTHS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


class _Dropped(Exception):
    """A proposed value does not hold."""


def hold(proposed: Sequence[object], texts: Sequence[str], situation: Situation) -> tuple[Command, ...]:
    """The proposed commands that hold, in order."""
    kept: list[Command] = []
    for data in proposed[:_MOST_COMMANDS]:
        try:
            model: BaseModel = COMMAND.validate_python(data)
            command = _held(from_dict(model.model_dump()), texts, situation)
        except (ValidationError, _Dropped, ValueError):
            continue
        if command not in kept:
            kept.append(command)
    return tuple(kept)


def _held(command: Command, texts: Sequence[str], situation: Situation) -> Command:
    business = situation.business
    match command:
        case Start(flow):
            if (flow in _SELLING and not business.products) or (flow in _BOOKING and not business.services):
                raise _Dropped(flow)
            return command
        case Fill(slot, value):
            return Fill(slot, _value(slot, value, texts, situation))
        case Correct(slot, value, old):
            return Correct(slot, _value(slot, value, texts, situation), _old(slot, old, texts, situation))
        case Ask(topic, about):
            return Ask(topic, _about(about, business))
        case Reject():
            return Reject(command.slot)
        case _:
            return command


def _old(slot: str, value: object, texts: Sequence[str], situation: Situation) -> Any:
    try:
        return None if value is None else _value(slot, value, texts, situation)
    except _Dropped:
        return None


def _value(slot: str, value: Any, texts: Sequence[str], situation: Situation) -> Any:
    check = _CHECKS.get(slot)
    if check is not None:
        return check(value, situation)
    if slot in ("name", "email", "zone", "address", "nobody"):
        return _written(value, texts)
    if value is not True:  # earliest, same_hour, last, refuse
        raise _Dropped(slot)
    return True


def _service(value: Any, situation: Situation) -> str | list[str]:
    return _ids(value, {service.id for service in situation.business.services})


def _professional(value: Any, situation: Situation) -> str | list[str]:
    return _ids(value, {person.id for person in situation.business.professionals} | {"any", "last"})


def _ids(value: Any, known: set[str]) -> str | list[str]:
    named = value if isinstance(value, list) else [value]
    kept = [one for one in named if isinstance(one, str) and one in known]
    if not kept:
        raise _Dropped(value)
    return kept if len(kept) > 1 else kept[0]


def _items(value: Any, situation: Situation) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise _Dropped(value)
    known = {product.id for product in situation.business.products}
    kept = [
        {**item, "alternatives": ()} for item in value if isinstance(item, Mapping) and item.get("product") in known
    ]
    if not kept:
        raise _Dropped(value)
    return kept


def _periods(value: Any, situation: Situation) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not value or not all(isinstance(item, Mapping) for item in value):
        raise _Dropped(value)
    return [_period(item, situation) for item in value]


def _period(item: Mapping[str, Any], situation: Situation) -> dict[str, Any]:
    if "grain" not in item:
        raise _Dropped(item)
    start, end = (_instant(item.get(edge), situation) for edge in ("start", "end"))
    if item["kind"] == "moment" and start and not end:
        end = start + _LENGTHS.get(item["grain"], timedelta(days=1))
    needed = {"after": [start], "before": [end]}.get(item["kind"], [start, end])
    if None in needed or (start and end and end <= start):
        raise _Dropped(item)
    edges = {"start": start.isoformat() if start else None, "end": end.isoformat() if end else None}
    return {**item, **edges, "why": None}


def _instant(value: Any, situation: Situation) -> datetime | None:
    if not value:
        return None
    instant = datetime.fromisoformat(str(value))
    zone = situation.business.zone
    instant = instant.replace(tzinfo=zone) if instant.tzinfo is None else instant.astimezone(zone)
    if abs(instant - situation.now) > _FARTHEST:
        raise _Dropped(value)
    return instant


def _more(value: Any, situation: Situation) -> list[str]:
    found = _service(value, situation)
    return [found] if isinstance(found, str) else found


def _integer(least: int, most: int) -> Callable[[Any, Situation], int]:
    """An integer of this range, never 0: nothing more, none of it and no later change nothing."""

    def check(value: Any, _: Situation) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most or value == 0:
            raise _Dropped(value)
        return value

    return check


def _option(value: Any, situation: Situation) -> str | int:
    count = len(situation.options)
    number = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= count
    if not number and value not in [option.get("id") for option in situation.options]:
        raise _Dropped(value)
    chosen: str | int = value
    return chosen


def _change(value: Any, _: Situation) -> str:
    if isinstance(value, bool) or not _AMOUNT.fullmatch(str(value)):
        raise _Dropped(value)
    return f"{float(value):.2f}"


def _one_of(*allowed: str) -> Callable[[Any, Situation], str]:
    def check(value: Any, _: Situation) -> str:
        if value not in allowed:
            raise _Dropped(value)
        return str(value)

    return check


_CHECKS: dict[str, Callable[[Any, Situation], Any]] = {
    "service": _service,
    "professional": _professional,
    "items": _items,
    "time": _periods,
    "old_time": _periods,
    "more": _more,
    "shift": _one_of("earlier", "later"),
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
        raise _Dropped(value)
    return value.strip()


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _about(about: Mapping[str, Any], business: Business) -> dict[str, Any]:
    known: dict[str, Callable[[str], object]] = {
        "service": business.service,
        "product": business.product,
        "professional": business.professional,
    }
    return {key: value for key, value in about.items() if value and (key not in known or known[key](value))}
