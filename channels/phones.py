"""Phone numbers as providers write them."""

from __future__ import annotations

import re

from domain.messages import Alias

_LONGEST = 20


def phone(value: str) -> Alias | None:
    """The number as an alias, digits only; None when it is none."""
    digits = re.sub(r"[\s()+.-]", "", value)
    if not re.fullmatch(rf"[0-9]{{5,{_LONGEST}}}", digits):
        return None
    return Alias("phone", digits)
