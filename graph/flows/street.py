"""An address told in pieces: its street, then the number that was missing or wrong, the flat, who takes it."""

from __future__ import annotations

import re

from graph.state import Data

_NUMBER = re.compile(r"\b\d{1,5}[a-zA-Z]?\b")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def told(slots: Data, address: str) -> str:
    """The address with the pieces that were told before it."""
    house, complement = slots.pop("house", None), slots.pop("complement", None)
    if house and not _NUMBER.search(address):
        address = f"{address}, {house}"
    return completed(address, complement) if complement else address


def numbered(slots: Data, house: str) -> None:
    """Puts the number right, or behind a street without one; kept where no street is told yet."""
    address = slots.get("address")
    if not address:
        slots["house"] = house
        return
    numbers = list(_NUMBER.finditer(address))
    if not numbers:
        slots["address"] = f"{address}, {house}"
        return
    place = _of_the_house(address, numbers)
    slots["address"] = f"{address[: place.start()]}{house}{address[place.end() :]}"


def completed(address: str, complement: str) -> str:
    """The address with a flat or a landmark behind it; another flat takes the place of the one told."""
    kind = _FIRST_WORD.match(complement)
    if complement.casefold() in address.casefold():
        return address
    if kind and _NUMBER.search(complement):
        again = re.compile(rf"\b{re.escape(kind.group())}\W+\w{{1,5}}\b", re.IGNORECASE)
        if again.search(address):
            return again.sub(lambda _: complement, address, count=1)
    return f"{address}, {complement}"


def _of_the_house(address: str, numbers: list[re.Match[str]]) -> re.Match[str]:
    """Not the seven of "Rua 7 de Setembro 45", nor the flat behind it."""
    for number in numbers:
        before, behind = address[: number.start()].rstrip(), address[number.end() :]
        first = before.endswith(",") or not re.match(r" (?:de|da|do|th|st|nd|rd)\b", behind)
        if first:
            return number
    return numbers[0]
