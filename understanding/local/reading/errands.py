"""An appointment and an order in one breath: "um banho sexta às 9h, e me manda 2 areias"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Command, Correct, Fill, Start
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.fills import fills
from understanding.local.reading.reasons import wished

_OF_APPOINTMENTS = ("service", "time", "professional")


def both(commands: Sequence[Command], said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands with the appointment that was told beside an order, where it was told: before it or behind."""
    services = [fact for fact in said if fact.kind == "service" and not fact.negated and isinstance(fact.value, str)]
    products = [fact for fact in said if fact.kind == "product"]
    timed = any(wished(fact) and fact.value["has_time"] for fact in said)
    if Start("order") not in commands or Start("book") in commands or not services or not products or not timed:
        return list(commands)
    own = [fact for fact in said if fact.kind in _OF_APPOINTMENTS]
    booking = [Start("book"), *fills(own, situation, "book")]
    rest = [each for each in commands if not (isinstance(each, Fill | Correct) and each.slot in _OF_APPOINTMENTS)]
    place = rest.index(Start("order")) if services[0].start < products[0].start else len(rest)
    return [*rest[:place], *booking, *rest[place:]]
