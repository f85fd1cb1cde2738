"""A match: one thing of the business named in a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["service", "product", "professional", "zone"]


@dataclass(frozen=True, slots=True)
class Match:
    """One thing named in a message. `score` 0–1; `span` and `text` are the customer's own words.

    `id` is a service, product or professional id, or a zone's name. `alternatives` are the ids of other things that fit
    as well: who gets any should ask which. `near`: none of them is quite what was said.
    """

    kind: Kind
    id: str
    score: float
    span: tuple[int, int]
    text: str
    alternatives: tuple[str, ...] = ()
    near: bool = False
