"""What is said right after an order was placed: it is of that order, unless another one is wanted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.commands import Affirm, Ask, Cancel, Command, Fill, Human, OptIn, OptOut, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.classifier.mentions import families
from understanding.local.facts import other_counts, quantities
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import pointed, received
from understanding.local.reading.fills import fills
from understanding.local.reading.heard import ORDERING
from understanding.local.reading.outcome import only_ordered, other_details, standing_order, which_order
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_DETAILS = ("address", "zone", "payment", "change_for", "delivery")
_AT_THE_DOOR = ("house", "complement")
_SETTLED = (Cancel, Human, OptOut)
_OF_THE_BASKET = ("items", "quantity", "delta", "factor")
_WORD = re.compile(r"[^\W\d_]+")
_OF_SOMETHING_ELSE = {"product", "service", "professional", "time"}


def changed(commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands, those of the order that was just placed changing it or telling how it stands."""
    if not situation.business.products:
        return list(commands)
    folded = fold(text)
    rejected = other_details.rejected(commands, folded, said, situation)
    if rejected is not None:
        return rejected
    commands = only_ordered.told(commands, folded, said, situation)
    commands = which_order.told(commands, folded, said, situation)
    if (other := standing_order.changed(commands, folded, said, situation)) is not None:
        return other
    commands = _no_booking(commands, text, said, situation)
    if any(_decides(each) for each in commands) or has("another_order", folded):
        return list(commands)
    if situation.speaks_of_order and not situation.just_ordered:
        return only_ordered.paid_otherwise(commands, folded, said, situation)
    if not situation.just_ordered:
        return list(commands)
    return (
        standing_order.same_again(folded)
        or _details(commands, folded, text, said, situation)
        or _basket(commands, folded, text, said, situation)
        or _how_it_stands(commands, folded, said)
        or _open_then(commands, text, said, situation)
        or _not_back(commands, text)
    )


def _no_booking(commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "3 da tarde eu chego aí": an hour alone is when somebody comes for it, or is at home."""
    folded = fold(text)
    if not situation.just_ordered or Start("book") not in commands or has("books_something", folded):
        return list(commands)
    if any(fact.kind in ("service", "professional") for fact in said):
        return list(commands)
    others: list[Command] = [each for each in commands if each != Start("book") and not isinstance(each, Unclear)]
    others = [each for each in others if not isinstance(each, Fill) or each.slot not in ("time", "anybody")]
    alone: Command = Ask("faq", {"text": folded}) if "?" in text else Affirm()
    return others or [alone]


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
    if "last" in _slots(commands):
        return []
    others = [each for each in commands if isinstance(each, Fill) and each.slot != "quantity"]
    if "items" in _slots(commands):
        adds = Start("order") in commands and (has("adds_to_it", folded) or _is_of_it(commands, situation))
        kept = [each for each in commands if not isinstance(each, Start | Unclear)]
        return [Start("change_order"), *kept] if adds else []
    counted = _so_many(folded, text, said, situation)
    orders = any(Start(flow) in commands for flow in ORDERING)
    if counted is None or not ((orders and has("adds_to_it", folded)) or _only_counts(folded, counted)):
        return []
    return [Start("change_order"), *others, _as_told(folded, counted)]


def _is_of_it(commands: Sequence[Command], situation: Situation) -> bool:
    """ "Three balls, not two": what was ordered a moment ago is named."""
    held = {line["product"] for one in situation.ordered[:1] for line in one["items"]}
    lines = [line for each in commands if isinstance(each, Fill) and each.slot == "items" for line in each.value]
    return any(not held.isdisjoint((line["product"], *line["alternatives"])) for line in lines)


def _only_counts(folded: str, counted: quantities.Quantity) -> bool:
    """ "Can you change that to 3?": a number, and beside it no word of anything else."""
    start, end = counted.span
    asks = pattern("basket_may_it").sub(lambda found: " " * len(found.group()), folded[:start])
    return pointed.only_counts(asks + folded[start:], replace(counted, span=(start, end)))


def _as_told(folded: str, counted: quantities.Quantity) -> Command:
    """ "One more" comes on top, "tira uma" comes off; else so many there shall be."""
    told = {family for word in _WORD.findall(folded) for family in families(word)}
    if counted.mode == "add" and told & {"more", "on"}:
        return Fill("delta", counted.value)
    off = counted.mode == "remove" and told & {"off", "less"}
    return Fill("delta", -counted.value) if off else Fill("quantity", counted.value)


def _so_many(folded: str, text: str, said: Sequence[Fact], situation: Situation) -> quantities.Quantity | None:
    """The one number told of what was ordered; "one won't be enough, make it two" tells the last of them."""
    if any(fact.kind in ("product", "service", "professional") for fact in said):
        return None
    counted = quantities.find(text, situation.language)
    if len(counted) > 1:
        counted = [one for one in counted if has("adds_to_it", _right_before(folded, one.span[0]))]
    return counted[0] if len(counted) == 1 and not other_counts.counts(folded, counted[0]) else None


def _right_before(folded: str, place: int) -> str:
    """ "One won't be enough, make it two": what leads to the number since the last pause."""
    return re.split(r"[,;.!?\n]", folded[:place])[-1]


def _how_it_stands(commands: Sequence[Command], folded: str, said: Sequence[Fact]) -> list[Command]:
    """ "Chega que horas?", "quanto deu?": its state, its total, when it comes."""
    asked = all(isinstance(each, Ask | Unclear | Smalltalk | Affirm) or each == Start("order") for each in commands)
    named = any(fact.kind in _OF_SOMETHING_ELSE for fact in said)
    return [Start("order_status")] if asked and not named and has("how_it_stands", folded) else []


def _open_then(commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "Posso passar às 15h?", of what is to be fetched: whether it is open."""
    fetched = (situation.done.get("told") or {}).get("delivery") == "pickup"
    times = [fact for fact in said if fact.kind == "time"]
    unknown = all(
        isinstance(each, Ask | Unclear | Smalltalk) and getattr(each, "topic", "faq") == "faq" for each in commands
    )
    if not fetched or not times or "?" not in text or not unknown or len(times) != len(said):
        return []
    day = times[0].value["start"] if times[0].value["has_date"] else None
    return [Ask("hours", {"text": text.strip(), **({"day": str(day)[:10]} if day else {})})]


def _not_back(commands: Sequence[Command], text: str) -> list[Command]:
    """ "Me avisa quando sair": whoever just ordered never left."""
    if not any(isinstance(each, OptIn) for each in commands):
        return list(commands)
    return [Ask("faq", {"text": text.strip()}) if isinstance(each, OptIn) else each for each in commands]


def _slots(commands: Sequence[Command]) -> set[str]:
    return {each.slot for each in commands if isinstance(each, Fill)}
