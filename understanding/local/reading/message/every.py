"""A yes to all that was told, or to the first alone: "sim, os dois", "yes, both"; "sim, só a manicure"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from domain.commands import Affirm, Command, Fill
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import blanked, parted
from understanding.local.text.cues import alternatives, has, pattern
from understanding.local.text.words import fold

_SEVERAL = {"book": "more", "cancel_booking": "bookings"}
"""Where a flow keeps what it told beside the first."""


def told(text: str, situation: Situation) -> tuple[str, bool]:
    """The text without the words that mean all of several appointments summed up, and whether it has them."""
    if situation.asks != "confirm" or not _of_several(situation):
        return text, False
    found = pattern("each_of_them").search(fold(text))
    if found is None or "à" in text[slice(*found.span())].lower():  # "às duas" is an hour
        return text, has("everything_told", fold(text))
    return blanked(text, *found.span()), True


def _of_several(situation: Situation) -> bool:
    """Whether more was told than the one summed up: other services, or the same for other people."""
    several = situation.slots.get(_SEVERAL.get(situation.flow or "", ""))
    return bool(several) or (situation.flow == "book" and situation.slots.get("people", 1) > 1)


def agreed(commands: Sequence[Command], text: str) -> list[Command]:
    """The yes as one to all of them; "os dois" alone is one."""
    if not any(letter.isalnum() for letter in text):
        return [Affirm(), Fill("both", True)]
    return [*commands, *([Fill("both", True)] if Affirm() in commands else [])]


def alone(text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Fact], bool]:
    """The text and facts without what is not wanted after all, and whether one service alone is."""
    waiting = [wish.get("service") for wish in situation.slots.get("more", ())] if situation.flow == "book" else []
    services = [fact for fact in said if fact.kind == "service"]
    text, put_off = _without_what_waits(text, services, [situation.slots.get("service"), *waiting])
    off = [fact for fact in services if fact in put_off or (fact.negated and fact.value in waiting)]
    kept = {str(fact.value) for fact in services if fact not in off}
    only = len(kept) == 1 and kept <= {situation.slots.get("service"), *waiting} and _is_alone(fold(text), services)
    first = kept <= {situation.slots.get("service")} and {fact.value for fact in off} == set(waiting)
    only = only or (bool(put_off) and len(kept) == 1)
    if not waiting or not services or not (only or first):
        return text, list(said), False
    for fact in off:
        if fact in put_off:
            continue
        opening = _not().search(fold(text[: fact.start]))
        text = blanked(text, opening.start() if opening else fact.start, fact.end)
    return text, [fact for fact in said if fact not in off], True


def _is_alone(folded: str, services: Sequence[Fact]) -> bool:
    """ "Vou ficar só com a mão", "solo la manicura", "the nails only"."""
    if has("only_these", folded):
        return True
    return any(
        _only_before().search(folded[: fact.start])
        or pattern("checkout_only_behind").match(folded[fact.end :].lstrip())
        for fact in services
    )


@cache
def _only_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('checkout_only')})(?:\s+\w+){{0,3}}\s*$")


def _without_what_waits(text: str, services: Sequence[Fact], told: Sequence[Any]) -> tuple[str, list[Fact]]:
    """The text without "o pé deixa pra outro dia", and what is put off there of several that were told."""
    put_off: list[Fact] = []
    for part in parted(text) if len(told) > 1 else ():
        inside = [fact for fact in services if part.holds(fact)]
        if len(inside) == 1 and inside[0].value in told and has("puts_off", part.words):
            text = blanked(text, part.start, part.end)
            put_off += inside
    return text, put_off


def only_this(commands: Sequence[Command], summed_up: str | None) -> list[Command]:
    """The yes to the one summed up alone; without one, or for another, the rest is given up first."""
    other = any(isinstance(each, Fill) and each.slot == "service" and each.value != summed_up for each in commands)
    return [*commands, Fill("both", False) if Affirm() in commands and not other else Fill("more", [])]


def without_a_yes(commands: Sequence[Command]) -> list[Command]:
    """The rest is given up, too, where the yes beside it was none: "actually just the manicure"."""
    if Affirm() in commands:
        return list(commands)
    return [Fill("more", []) if each == Fill("both", False) else each for each in commands]


@cache
def _not() -> re.Pattern[str]:
    small = rf"(?:\s+(?:{alternatives('determiners')}))*"
    return re.compile(
        rf"(?:[\s,]*\b(?:{alternatives('and')}|{alternatives('but')}))?[\s,]*\b(?:{alternatives('not')}|no|menos){small}\s*$"
    )
