"""What is in the order and not named goes where the message says so: "só a golden", "just these two"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.commands import Command, Fill, Unclear
from domain.ports import Situation
from understanding.local.classifier.mentions import Mention
from understanding.local.facts import counts
from understanding.local.facts.fact import Fact
from understanding.local.reading.heard import ORDERING
from understanding.local.text.words import fold


def taken_off(commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands, what goes before what stays or comes in."""
    basket = {item["product"]: item["quantity"] for item in situation.slots.get("items") or ()}
    named = [fact for fact in said if fact.kind == "product"]
    if situation.flow not in ORDERING or not basket or not named:
        return list(commands)
    told = {each for fact in named for each in (fact.value["product"], *fact.value["alternatives"])}
    others = [each for each in basket if each not in told]
    things = [Mention(fact.start, fact.end, "thing", basket.get(fact.value["product"], 0)) for fact in named]
    counted = len(named) == 1 and bool(named[0].value["quantity"])
    modes = [fact.value["mode"] for fact in named]
    if not others or not counts.rest_goes(fold(text), things, modes, counted=counted):
        return list(commands)
    off = [{"product": each, "quantity": None, "mode": "remove", "alternatives": ()} for each in others]
    others_told = [each for each in commands if not isinstance(each, Unclear) and not _changes_nothing(each, basket)]
    return [Fill("items", off), *others_told]


def _changes_nothing(command: Command, basket: Mapping[str, int]) -> bool:
    """What stays is named without a number."""
    lines = command.value if isinstance(command, Fill) and command.slot == "items" else ()
    stays = [line["product"] in basket and not line["quantity"] and line["mode"] != "remove" for line in lines]
    return bool(stays) and all(stays)
