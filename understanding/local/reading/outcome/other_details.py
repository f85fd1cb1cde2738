"""A detail of an order that is to be another, without a word of which: "muda o endereço", "wrong address"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Command, Correct, Fill, Reject, Smalltalk, Start
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.heard import ORDERING
from understanding.local.text.cues import has

_DETAILS = ("address", "payment", "delivery")
_BESIDE = ("zone", "address", "payment", "delivery", "change_for", "house", "complement")
_FLOWS = (*ORDERING, "cancel_order", None)


def rejected(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command] | None:
    """The detail is taken back, so that it is asked for again; None where none is spoken of."""
    if situation.flow not in _FLOWS or not situation.business.products:
        return None
    told = {fact.kind for fact in said if not fact.negated}
    slots = [slot for slot in _DETAILS if slot not in told and has(f"other_{slot}", folded)]
    if not slots or has("of_the_shop", folded) or any(_begins_else(each) for each in commands):
        return None
    begun: list[Command] = [] if situation.flow in ORDERING else [Start("change_order")]
    courteous = [each for each in commands if isinstance(each, Smalltalk) and each.kind == "greet"]
    named = any(fact.kind == "product" for fact in said)
    kept = [each for each in commands if isinstance(each, Fill | Correct) and (named or each.slot in _BESIDE)]
    return [*courteous, *begun, *(Reject(slot) for slot in slots), *kept]


def _begins_else(command: Command) -> bool:
    return isinstance(command, Start) and command.flow not in ("order", "change_order", "order_status", "reschedule")
