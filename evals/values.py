"""The values of a dialogue file: times, spans, money, phones, words to look for."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, BeforeValidator, Field, NaiveDatetime, StrictInt

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SPAN = re.compile(r"(\d+)([smhd])")


def _span(value: object) -> object:
    found = _SPAN.findall(value) if isinstance(value, str) else []
    if not found or "".join(number + unit for number, unit in found) != value:
        raise ValueError("a span such as 90s, 3m, 2h, 1d or 1h30m")
    return timedelta(**{_UNITS[unit]: int(number) for number, unit in found})


def _moment(value: object) -> object:
    """Numbers would be read as seconds since 1970."""
    if not isinstance(value, str | datetime) or (isinstance(value, str) and "T" not in value):
        raise ValueError("a time such as 2026-03-11T15:00")
    return value


def _money(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError('money such as "379.80"')
    return value


def _digits(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{8,15}", value):
        raise ValueError("a phone in digits with its country code, such as 5511987654321")
    return value


def _yes(value: object) -> object:
    if value is not True:
        raise ValueError("true")
    return value


def _matcher(value: object) -> object:
    if isinstance(value, str) and len(value) > 2 and value.startswith("/") and value.endswith("/"):
        try:
            re.compile(value[1:-1])
        except re.error as error:
            raise ValueError(f"a regular expression ({error})") from error
    return value


LocalTime = Annotated[NaiveDatetime, BeforeValidator(_moment)]
Instant = Annotated[AwareDatetime, BeforeValidator(_moment)]
Money = Annotated[Decimal, BeforeValidator(_money)]
Span = Annotated[timedelta, BeforeValidator(_span)]
Yes = Annotated[Literal[True], BeforeValidator(_yes)]
Phone = Annotated[str, BeforeValidator(_digits)]
Words = Annotated[str, Field(min_length=1), BeforeValidator(_matcher)]
Count = Annotated[StrictInt, Field(ge=0)]
Quantity = Annotated[StrictInt, Field(gt=0)]
