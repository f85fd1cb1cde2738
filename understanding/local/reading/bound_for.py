"""Where an order goes, told beside what is ordered: "minha avó mora na Rua Bahia 77. manda uma areia pra ela"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.commands import Ask, Command, Fill, Start
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.heard import ORDERING

_SENTENCE = re.compile(r"[^.;!?\n]*[.;!?\n]?")
_ENDS_ASKING = "?"
_PLACED = ("address", "zone")


def told(commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands with the address, where one was told and nothing took it; what it asked for is answered by it."""
    slots = {each.slot for each in commands if isinstance(each, Fill)}
    begun = Start("order") in commands and "items" in slots
    if "address" in slots or not (begun or situation.flow in ORDERING):
        return list(commands)
    address = next((fact for fact in said if fact.kind == "address" and not fact.negated), None)
    if address is None or _asked(text, address):
        return list(commands)
    zone = next((fact for fact in said if fact.kind == "zone" and not fact.negated), None)
    kept = [each for each in commands if not (isinstance(each, Ask) and each.topic == "delivery" and not _asks(each))]
    kept = [each for each in kept if not (isinstance(each, Fill) and each.slot == "zone")]
    return [*kept, Fill("address", address.value), *([Fill("zone", zone.value)] if zone else [])]


def _asked(text: str, fact: Fact) -> bool:
    """Whether the address stands in a question: "quanto fica pra Rua Bahia 77?"."""
    sentence = next((each for each in _SENTENCE.finditer(text) if each.start() <= fact.start < each.end()), None)
    behind = text[fact.end :]
    end = re.search(r"[;!?\n]|\.(?=\s|$)", behind)
    return sentence is not None and end is not None and end.group() == _ENDS_ASKING


def _asks(ask: Ask) -> bool:
    return _ENDS_ASKING in str(ask.about.get("text", ""))
