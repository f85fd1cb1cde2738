"""Where an order goes, told beside what is ordered: "minha avó mora na Rua Bahia 77. manda uma areia pra ela"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.commands import Ask, Command, Fill, Start
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.heard import ORDERING

_END = re.compile(r"[;!?\n]|\.(?=\s|$)")
_TAKEN_ALONE = ("address", "delivery", "payment")


def told(commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands with the address, the way and the payment that were told in no question, and that nothing took.

    Of an order under way only the address is: the rest may be spoken of for many reasons.
    """
    slots = {each.slot for each in commands if isinstance(each, Fill)}
    begun = Start("order") in commands and "items" in slots
    if not (begun or situation.flow in ORDERING):
        return list(commands)
    kept = list(commands)
    for kind in _TAKEN_ALONE if begun else _TAKEN_ALONE[:1]:
        fact = next((one for one in said if one.kind == kind and not one.negated), None)
        if kind in slots or fact is None or _asked(text, fact):
            continue
        kept = [*kept, Fill(kind, fact.value)] if kind != "address" else _sent_to(kept, fact, said)
    return kept


def _sent_to(commands: Sequence[Command], address: Fact, said: Sequence[Fact]) -> list[Command]:
    """The commands with the address, which answers where it goes."""
    zone = next((fact for fact in said if fact.kind == "zone" and not fact.negated), None)
    kept = [each for each in commands if not (isinstance(each, Ask) and each.topic == "delivery")]
    kept = [each for each in kept if not (isinstance(each, Fill) and each.slot == "zone")]
    return [*kept, Fill("address", address.value), *([Fill("zone", zone.value)] if zone else [])]


def _asked(text: str, fact: Fact) -> bool:
    """Whether it stands in a question: "quanto fica pra Rua Bahia 77?"."""
    end = _END.search(text, fact.end)
    return end is not None and end.group() == "?"
