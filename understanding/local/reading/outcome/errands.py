"""An appointment and an order in one breath: "um banho sexta às 9h, e me manda 2 areias"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Command, Correct, Fill, Start
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.times_told import wished

_OF_APPOINTMENTS = ("service", "time", "professional")
_OF_ORDERS = ("items", "delivery", "payment", "address", "zone", "change_for")


def both(commands: Sequence[Command], said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands with the one that was told beside the other: before it or behind, as they were told."""
    if Start("book") in commands:
        commands = [each for each in commands if not _is_in_the_basket(each, situation)]
    services = [fact for fact in said if fact.kind == "service" and not fact.negated and isinstance(fact.value, str)]
    products = [fact for fact in said if fact.kind == "product"]
    timed = any(wished(fact) and fact.value["has_time"] for fact in said)
    begun = {command.flow for command in commands if isinstance(command, Start)}
    if not services or not products or not timed or len(begun & {"book", "order"}) != 1:
        return list(commands)
    counted = any(fact.value["quantity"] and fact.value["mode"] == "set" for fact in products)
    if "book" in begun and (not counted or situation.flow is not None):
        return list(commands)
    flow, slots = ("order", _OF_ORDERS) if "book" in begun else ("book", _OF_APPOINTMENTS)
    own = [each for each in commands if isinstance(each, Fill | Correct) and each.slot in slots]
    rest = [each for each in commands if each not in own]
    first = (services[0].start < products[0].start) == (flow == "book")
    place = rest.index(Start("order" if flow == "book" else "book")) if first else len(rest)
    return [*rest[:place], Start(flow), *own, *rest[place:]]


def _is_in_the_basket(command: Command, situation: Situation) -> bool:
    """ "Antes da ração, marca um banho": what is being ordered is named, and none is added."""
    if situation.flow != "order" or not isinstance(command, Fill) or command.slot != "items":
        return False
    basket = {item["product"] for item in situation.slots.get("items") or ()}
    return all(
        not line.get("quantity") and basket & {line["product"], *line.get("alternatives", ())} for line in command.value
    )
