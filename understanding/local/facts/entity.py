"""An entity: a datum a customer wrote, read into the shape the program uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

EntityKind = Literal[
    "phone",
    "cep",
    "cpf",
    "email",
    "name",
    "address",
    "house",
    "complement",
    "money",
    "change_for",
    "payment",
    "delivery",
    "order",
    "position",
    "company",
    "team_size",
]


@dataclass(frozen=True, slots=True)
class Entity:
    """One datum. `span` and `text` are the customer's own words. The value's shape goes by kind:

    phone: digits with country code · cep: 8 digits · cpf: 11 digits · email: as written, lower case · name, address,
    house, complement: as written · money, change_for: "50.00" · payment: pix | card_on_delivery | cash · delivery:
    pickup | delivery ·
    company: as written · team_size: digits · order: its number · position: 1-based place in a list, -1 for the last.
    """

    kind: EntityKind
    value: Any
    span: tuple[int, int]
    text: str


def cut(kind: EntityKind, value: Any, found: re.Match[str], text: str, group: int | str = 0) -> Entity:
    """The entity that a pattern found in the folded text, with the words of the original."""
    start, end = found.span(group)
    return Entity(kind, value, (start, end), text[start:end])
