"""What holds of a wish whose time cannot be had: its day, its hour on another day, and a day picked from the offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.state import Data

_OF_THE_DAY = ("holiday", "day_off", "full", "slot_taken", "own_booking", "horizon")


def left(start: str, reason: str | None, opening: Sequence[Any]) -> Data:
    """The day of a start that was refused; where another day could have its hour, that hour too."""
    whole = after_refusal(start)
    elsewhere = reason in _OF_THE_DAY or (reason == "closed" and not opening)
    return {**whole, "elsewhere": start[11:16]} if elsewhere else whole


def after_refusal(start: str) -> Data:
    """What is left of a wish whose exact time cannot be had: its day."""
    midnight = f"{start[:11]}00:00:00{start[19:]}"
    return {"day": start[:10], "windows": [[midnight, f"{start[:11]}23:59:00{start[19:]}"]]}


def again(wish: Data) -> str:
    """The start that was refused: something else was told since, so that it may be free now."""
    midnight = str(wish["windows"][0][0])
    return f"{midnight[:11]}{wish['elsewhere']}:00{midnight[19:]}"


def stands(slots: Data) -> bool:
    """Whether nothing was told since times were offered instead of one that cannot be had: they are offered again."""
    return bool(slots.get("instead")) and slots.get("instead_of") == _told(slots)


def remember(slots: Data, times: Sequence[Data]) -> None:
    """Keeps the times offered instead, and what they were offered for."""
    slots.update(instead=list(times), instead_of=_told(slots))


def _told(slots: Data) -> Data:
    return {key: slots.get(key) for key in ("service", "professional", "wish", "excluded", "booking")}


def picked(items: Sequence[Mapping[str, Any]], slots: Data, offered: Sequence[str]) -> Data | None:
    """ "A de terça": the one time offered instead that is on the day said; None where several or none are.

    So it is where all that was offered are at one hour of several days.
    """
    if len(items) != 1 or not _a_day(items[0]):
        return None
    times = slots.get("instead") or _at_one_hour(slots.get("shown") or ())
    fitting = [
        each for each in times
        if each["start"] in offered and str(each["start"])[:10] == str(items[0]["start"])[:10]
    ]  # fmt: skip
    if len(fitting) != 1:
        return None
    several = len({each["professional"] for each in times}) > 1
    return {"start": fitting[0]["start"], "professional": fitting[0]["professional"] if several else None}


def _at_one_hour(times: Sequence[Data]) -> Sequence[Data]:
    """The times, where there are several and all at the same hour."""
    return times if len(times) > 1 and len({each["start"][11:16] for each in times}) == 1 else ()


def _a_day(item: Mapping[str, Any]) -> bool:
    return bool(item["kind"] == "moment" and item["grain"] == "day" and item.get("has_date") and not item["has_time"])
