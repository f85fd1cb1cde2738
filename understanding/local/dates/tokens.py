"""One word, number or recognised expression of a message."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from understanding.local.dates.spans import Clock, Days, Stretch


class Token(NamedTuple):
    """One word, number or recognised expression. `kind` is a letter of lexicon.KINDS or of grammar's results."""

    kind: str
    start: int
    end: int
    number: int = 0
    name: str = ""
    clock: Clock | None = None
    days: Days | None = None
    stretch: Stretch | None = None
    instant: datetime | None = None
