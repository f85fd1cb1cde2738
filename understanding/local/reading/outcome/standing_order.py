"""What is said of an order that stands: it is to be otherwise, the same once more, or how it stands."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Ask, Command, Fill, Start
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import received
from understanding.local.reading.fills import fills
from understanding.local.text.cues import has

_DETAILS = ("address", "zone", "payment", "change_for", "delivery")
_OF_SOMETHING_ELSE = {"product", "service", "professional", "time"}


def changed(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command] | None:
    """ "Can I pick it up instead?", of an order that stands or is about to be cancelled; "o mesmo de ontem"."""
    if situation.flow not in (None, "cancel_order") or not situation.business.products:
        return None
    kinds = {fact.kind for fact in said if not fact.negated}
    ordered = situation.flow is None and Start("order") in commands and not kinds & _OF_SOMETHING_ELSE
    if ordered and has("same_again", folded):
        return same_again(folded)
    if situation.flow == "cancel_order" and (lines := _taken_off(commands)):
        return [Start("change_order"), *lines]
    meant = has("otherwise", folded) or (
        situation.flow == "cancel_order" and (has("not", folded) or has("not_to", folded))
    )
    facts = [fact for fact in said if fact.kind in _DETAILS and not fact.negated]
    told = fills(facts, situation, flow="change_order")
    if not told and meant and received.comes_by(folded):
        told = [Fill("delivery", "pickup")]
    busy = kinds & _OF_SOMETHING_ELSE or situation.topic.get("product") or _starts_else(commands)
    if situation.just_ordered or not meant or not told or busy:
        return _status(commands, folded, kinds)
    return [Start("change_order"), *told]


def _taken_off(commands: Sequence[Command]) -> list[Command]:
    """ "Não, só tira uma areia", asked whether it is to be cancelled."""
    items = [each for each in commands if isinstance(each, Fill) and each.slot == "items"]
    return list(items) if any(line["mode"] == "remove" for each in items for line in each.value) else []


def _starts_else(commands: Sequence[Command]) -> bool:
    return any(
        isinstance(each, Start) and each.flow not in ("order", "change_order", "cancel_booking") for each in commands
    )


def _status(commands: Sequence[Command], folded: str, kinds: set[str]) -> list[Command] | None:
    """ "Qual o valor do meu pedido?": of the order that stands."""
    asked = bool(commands) and all(isinstance(each, Ask) for each in commands)
    own = has("of_an_order", folded) and has("how_it_stands", folded)
    return [Start("order_status")] if asked and own and not kinds & _OF_SOMETHING_ELSE else None


def same_again(folded: str) -> list[Command]:
    """ "O mesmo de novo", "same as yesterday"; empty otherwise."""
    return [Start("order"), Fill("last", True)] if has("same_again", folded) else []
