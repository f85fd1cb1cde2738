"""An order that stands, told before it is cancelled: "fiz um pedido de duas bolinhas, quero cancelar"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Ask, Cancel, Command, Fill, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_BEGUN = ("order", "change_order", "cancel_booking", "order_status")
_OF_AN_APPOINTMENT = ("service", "professional")


def cancelled(text: str, commands: Sequence[Command], situation: Situation) -> list[Command]:
    """The commands, what was ordered telling which order is to be cancelled instead of beginning another."""
    flows = [each.flow for each in commands if isinstance(each, Start)]
    if situation.flow is None and situation.asks == "none" and Cancel() in commands and not flows:
        return _given_up(fold(text), commands, situation)
    told = {each.slot for each in commands if isinstance(each, Fill)}
    if situation.flow is not None or not {"order", "change_order"}.intersection(flows):
        return list(commands)
    folded = fold(text)
    drops = has("has_ordered", folded) and (has("cancels", folded) or has("gives_up", folded))
    if not situation.business.products or not drops or told.intersection(_OF_AN_APPOINTMENT):
        return list(commands)
    named = [_which(each) for each in commands if isinstance(each, Fill) and each.slot == "items"]
    kept = [each for each in commands if not isinstance(each, Start | Cancel | Unclear | Fill | Smalltalk | Ask)]
    others = [each for each in commands if isinstance(each, Start) and each.flow not in (*_BEGUN, "cancel_order")]
    greeting = [each for each in commands if isinstance(each, Smalltalk)]
    return [*greeting, Start("cancel_order"), *named, *kept, *others]


def _given_up(folded: str, commands: Sequence[Command], situation: Situation) -> list[Command]:
    """ "Desisti, cancelem meu pedido": nothing is being arranged, so it is the one that stands."""
    own = situation.business.products and has("cancels", folded) and has("of_an_order", folded)
    return [Start("cancel_order") if own and each == Cancel() else each for each in commands]


def added_to(commands: Sequence[Command], said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "Add one shampoo to the same order": what stands is changed, no other order begins."""
    told = any(fact.kind == "same_order" for fact in said) and situation.flow is None
    if not told or not any(isinstance(each, Fill) and each.slot == "items" for each in commands):
        return list(commands)
    others = [each for each in commands if each not in (Start("order"), Start("change_order"))]
    first = next(place for place, each in enumerate(others) if isinstance(each, Fill))
    return [*others[:first], Start("change_order"), *others[first:]]


def _which(items: Fill) -> Fill:
    return Fill("items", [{**line, "mode": "set"} for line in items.value])
