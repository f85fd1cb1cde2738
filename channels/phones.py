"""Phone numbers as providers write them."""

from __future__ import annotations

import re

from domain.messages import Alias

_LONGEST = 20
_WITH_NINE = re.compile(r"^(55\d\d)9([6-9]\d{7})$")
_WITHOUT_NINE = re.compile(r"^(55\d\d)([6-9]\d{7})$")


def phone(value: str) -> Alias | None:
    """The number as an alias, digits only; None when it is none."""
    digits = re.sub(r"[\s()+.-]", "", value)
    if not re.fullmatch(rf"[0-9]{{5,{_LONGEST}}}", digits):
        return None
    return Alias("phone", digits)


def ninth_digit_twin(alias: Alias) -> Alias | None:
    """The other spelling of a Brazilian mobile number: one person appears with and without the ninth digit.

    Only numbers that existed before the digit was added (they start with 6–9) have two spellings: taking the 9 from
    11 9 4123-4567 would give somebody's landline.
    """
    if alias.kind != "phone":
        return None
    if found := _WITH_NINE.match(alias.value):
        return Alias("phone", found[1] + found[2])
    if found := _WITHOUT_NINE.match(alias.value):
        return Alias("phone", f"{found[1]}9{found[2]}")
    return None
