"""Which of several orders is meant, told by what it holds or how it is received: "o da areia", "o de entrega"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Affirm, Ask, Command, Correct, Deny, Fill, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.facts import quantities
from understanding.local.facts.fact import Fact
from understanding.local.text.cues import has, pattern

_OF_ORDERS = ("change_order", "cancel_order", "order_status")


def told(commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands with the order meant, and without its name among what is to be changed in it."""
    if not situation.business.products or situation.flow not in (None, *_OF_ORDERS):
        return list(commands)
    named = [fact for fact in said if fact.kind in ("product", "delivery") and _names_it(fact, folded)]
    begun = next((each.flow for each in commands if isinstance(each, Start)), situation.flow)
    again = begun == "order" and Fill("last", True) in commands
    if not named or not (begun in (*_OF_ORDERS, "cancel_booking") or again):
        return _put_off(commands, folded, situation)
    if begun == "cancel_order" and all(fact.kind == "product" for fact in named):
        return list(commands)  # what it holds tells which as it is
    ids = [fact.value["product"] if fact.kind == "product" else fact.value for fact in named]
    kept = [line for each in commands for line in _kept(each, ids)]
    if begun == "change_order" and not kept:
        kept = _counted(ids[0], folded, situation)
    calls_off = begun in ("change_order", "cancel_booking") and not kept and has("cancels", folded)
    flow = "cancel_order" if calls_off else begun
    begins = situation.flow is None or any(isinstance(each, Start) for each in commands)
    starts: list[Command] = [Start(flow)] if flow and begins else []
    courteous = [each for each in commands if isinstance(each, Smalltalk | Affirm | Deny)]
    return [*courteous, *starts, _which(ids[0], to_cancel=calls_off, situation=situation), *kept]


def _which(named: str, *, to_cancel: bool, situation: Situation) -> Command:
    """The order, as the flow wants it told."""
    if to_cancel and situation.business.product(named):
        return Fill("items", [{"product": named, "quantity": None, "mode": "set", "alternatives": ()}])
    return Fill("which", named)


def _names_it(fact: Fact, folded: str) -> bool:
    if fact.kind == "product" and not fact.value["product"]:
        return False
    before = pattern("order_of").search(folded[: fact.start]) is not None
    return before or pattern("order_right_behind").match(folded[fact.end :]) is not None


def _kept(command: Command, ids: Sequence[str]) -> list[Command]:
    """What is told beside the order's name."""
    if isinstance(command, Start | Smalltalk | Affirm | Deny | Unclear | Ask):
        return []
    if isinstance(command, Fill) and command.slot == "delivery" and command.value in ids:
        return []
    if not isinstance(command, Fill) or command.slot != "items":
        return [command]
    lines = [line for line in command.value if line["quantity"] or line["product"] not in ids]
    return [Fill("items", lines)] if lines else []


def _counted(product: str, folded: str, situation: Situation) -> list[Command]:
    """ "No pedido da areia, muda pra 3": so many of what names it."""
    counted = quantities.find(folded, situation.language)
    if len(counted) != 1 or situation.business.product(product) is None:
        return []
    line = {"product": product, "quantity": counted[0].value, "mode": counted[0].mode, "alternatives": ()}
    return [Fill("items", [line])]


def _put_off(commands: Sequence[Command], folded: str, situation: Situation) -> list[Command]:
    """ "Pode entregar meu pedido mais tarde?" calls nothing off, and moves no appointment right after an order."""
    moved = situation.just_ordered and any(
        each in (Start("reschedule"), Start("book")) or (isinstance(each, Correct) and each.slot == "time")
        for each in commands
    )
    if not (moved or Start("cancel_order") in commands) or not has("brought_later", folded):
        return list(commands)
    others = [each for each in commands if isinstance(each, Smalltalk)]
    return [*others, Ask("delivery", {"text": folded})]
