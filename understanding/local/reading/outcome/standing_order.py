"""What is said of an order that stands: it is to be otherwise, the same once more, or how it stands."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Ask, Cancel, Command, Deny, Fill, OptIn, OptOut, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import received
from understanding.local.reading.fills import fills
from understanding.local.reading.heard import ORDERING
from understanding.local.text.cues import has, pattern

_DETAILS = ("address", "zone", "payment", "change_for", "delivery")
_OF_SOMETHING_ELSE = {"product", "service", "professional", "time"}


def changed(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command] | None:
    """ "Can I pick it up instead?", of an order that stands or is about to be cancelled; "o mesmo de ontem"."""
    if not situation.business.products:
        return None
    kinds = {fact.kind for fact in said if not fact.negated}
    if situation.flow in ("book", "reschedule") and (taken := pattern("takes_the_animal").search(folded)) is not None:
        return _brought_along(commands, last=not folded[taken.end() :].strip(" .!"))
    if situation.asks == "confirm" and situation.flow in ORDERING and _changes_something(commands, kinds):
        return [Deny()]
    if situation.flow not in (None, "cancel_order"):
        return None
    if (asked_about := _asked_about(commands, folded, situation)) is not None:
        return asked_about
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
    if not told and meant and situation.flow is None and received.comes_by(folded):
        told = [Fill("delivery", "pickup")]
    tells = "?" not in folded and Start("order") not in commands
    spoken_of = has("checkout_ordered_before", folded) or (
        tells and has("of_an_order", folded) and has("checkout_wishes", folded)
    )
    else_wanted = _OF_SOMETHING_ELSE - {"product"} if spoken_of else _OF_SOMETHING_ELSE
    busy = (
        kinds & else_wanted or (situation.topic.get("product") and not spoken_of) or _starts_else(commands, tells=tells)
    )
    if situation.just_ordered or not (meant or spoken_of) or not told or busy:
        return _status(commands, folded, kinds)
    named = next((fact.value["product"] for fact in said if fact.kind == "product" and not fact.negated), None)
    return [Start("change_order"), *([Fill("which", named)] if named else []), *told]


def _changes_something(commands: Sequence[Command], kinds: set[str]) -> bool:
    """ "Quero mudar uma coisa", to the summary: it is asked what."""
    begun = [each for each in commands if not isinstance(each, Smalltalk)]
    return not kinds and begun in ([Start("change_order")], [Start("reschedule")])


def _brought_along(commands: Sequence[Command], *, last: bool) -> list[Command]:
    """ "Deixa, eu levo ele mesmo": neither is anything ordered nor, where no more is said, the appointment given up."""
    dropped = (Unclear, Cancel, Deny) if last else (Unclear,)
    kept: list[Command] = [each for each in commands if each != Start("order") and not isinstance(each, dropped)]
    return kept or [Smalltalk("other")]


def _asked_about(commands: Sequence[Command], folded: str, situation: Situation) -> list[Command] | None:
    """ "Yes, add the bag", of what was just asked about and is in no order yet."""
    products: Sequence[str] = situation.topic.get("product") or () if situation.topic.get("fresh") else ()
    told = any(isinstance(each, Fill) and each.slot in ("items", "which", "order_number") for each in commands)
    if Start("change_order") not in commands or told or len(products) != 1 or has("of_an_order", folded):
        return None
    if not has("adds_to_it", folded) or situation.flow is not None:
        return None
    line = {"product": products[0], "quantity": None, "mode": "add", "alternatives": ()}
    begun = "change_order" if situation.just_ordered else "order"
    kept = [each for each in commands if isinstance(each, Fill)]
    return [Start(begun), Fill("items", [line]), *kept]


def _taken_off(commands: Sequence[Command]) -> list[Command]:
    """ "Não, só tira uma areia", asked whether it is to be cancelled."""
    items = [each for each in commands if isinstance(each, Fill) and each.slot == "items"]
    return list(items) if any(line["mode"] == "remove" for each in items for line in each.value) else []


def _starts_else(commands: Sequence[Command], *, tells: bool) -> bool:
    own = ("order", "change_order", "cancel_booking", *(("order_status",) if tells else ()))
    return any(
        isinstance(each, OptIn | OptOut) or (isinstance(each, Start) and each.flow not in own) for each in commands
    )


def _status(commands: Sequence[Command], folded: str, kinds: set[str]) -> list[Command] | None:
    """ "Qual o valor do meu pedido?": of the order that stands."""
    asked = bool(commands) and all(isinstance(each, Ask) for each in commands)
    own = has("of_an_order", folded) and has("how_it_stands", folded)
    return [Start("order_status")] if asked and own and not kinds & _OF_SOMETHING_ELSE else None


def same_again(folded: str) -> list[Command]:
    """ "O mesmo de novo", "same as yesterday"; empty otherwise."""
    return [Start("order"), Fill("last", True)] if has("same_again", folded) else []
