"""What is said right after an order was placed: it is of that order, unless another one is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Affirm, Ask, Cancel, Command, Fill, Human, OptIn, OptOut, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.facts import quantities
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import received
from understanding.local.reading.fills import fills
from understanding.local.reading.outcome import other_details, standing_order, which_order
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_DETAILS = ("address", "zone", "payment", "change_for", "delivery")
_AT_THE_DOOR = ("house", "complement")
_SETTLED = (Cancel, Human, OptOut)
_OF_THE_BASKET = ("items", "quantity", "delta", "factor")
_OF_SOMETHING_ELSE = {"product", "service", "professional", "time"}


def changed(commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands, those of the order that was just placed changing it or telling how it stands."""
    if not situation.business.products:
        return list(commands)
    folded = fold(text)
    rejected = other_details.rejected(commands, folded, said, situation)
    if rejected is not None:
        return rejected
    commands = which_order.told(commands, folded, said, situation)
    if (other := standing_order.changed(commands, folded, said, situation)) is not None:
        return other
    if not situation.just_ordered or any(_decides(each) for each in commands) or has("another_order", folded):
        return list(commands)
    return (
        standing_order.same_again(folded)
        or _details(commands, folded, text, said, situation)
        or _basket(commands, folded, text, said, situation)
        or _how_it_stands(commands, folded, said)
        or _not_back(commands, text)
    )


def _decides(command: Command) -> bool:
    return isinstance(command, _SETTLED) or (isinstance(command, Start) and command.flow in ("cancel_order", "book"))


def _details(
    commands: Sequence[Command], folded: str, text: str, said: Sequence[Fact], situation: Situation
) -> list[Command]:
    """ "Quero pagar no cartão", "vou buscar então", "é apto 32": what was told otherwise before."""
    door = [each for each in commands if isinstance(each, Fill) and each.slot in _AT_THE_DOOR]
    asks = "?" in text and not has("may_i", folded)
    facts = [fact for fact in said if fact.kind in _DETAILS and not fact.negated]
    told = [] if asks else fills(facts, situation, flow="change_order")
    if not facts and "?" not in text and received.comes_by(folded):
        told = [Fill("delivery", "pickup")]
    before = situation.done.get("told") or {}
    new = [each for each in told if isinstance(each, Fill) and before.get(each.slot) != each.value]
    if has("pix_key", folded):
        return [Ask("payment", {"text": text.strip()})]
    fetched = "?" not in text and Fill("delivery", "pickup") in told  # "passo aí mais tarde", of what is to be fetched
    others = [each for each in commands if isinstance(each, Fill) and each not in told and each.slot != "time"]
    if fetched and not (new or door or others):
        return [Affirm()]
    if not new and not door:
        return []
    items = [each for each in commands if isinstance(each, Fill) and each.slot in _OF_THE_BASKET]
    return [Start("change_order"), *items, *new, *door]


def _basket(
    commands: Sequence[Command], folded: str, text: str, said: Sequence[Fact], situation: Situation
) -> list[Command]:
    """ "Esqueci da bolinha", "põe também um shampoo", "make it 3 bags": into the order that was just placed."""
    if Start("order") not in commands or not has("adds_to_it", folded) or "last" in _slots(commands):
        return []
    others = [each for each in commands if not isinstance(each, Start | Unclear)]
    if "items" not in _slots(commands):
        counted = quantities.find(text, situation.language)
        if len(counted) != 1 or any(fact.kind in ("product", "service") for fact in said):
            return []
        others.append(Fill("quantity", counted[0].value))
    return [Start("change_order"), *others]


def _how_it_stands(commands: Sequence[Command], folded: str, said: Sequence[Fact]) -> list[Command]:
    """ "Chega que horas?", "quanto deu?": its state, its total, when it comes."""
    asked = all(isinstance(each, Ask | Unclear | Smalltalk | Affirm) or each == Start("order") for each in commands)
    named = any(fact.kind in _OF_SOMETHING_ELSE for fact in said)
    return [Start("order_status")] if asked and not named and has("how_it_stands", folded) else []


def _not_back(commands: Sequence[Command], text: str) -> list[Command]:
    """ "Me avisa quando sair": whoever just ordered never left."""
    if not any(isinstance(each, OptIn) for each in commands):
        return list(commands)
    return [Ask("faq", {"text": text.strip()}) if isinstance(each, OptIn) else each for each in commands]


def _slots(commands: Sequence[Command]) -> set[str]:
    return {each.slot for each in commands if isinstance(each, Fill)}
