"""How an order gets to the customer, where that was asked: "que me lo traigan", "I'll come get it", "voy por él"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.commands import Affirm, Fill
from domain.ports import Situation
from understanding.local.facts import quantities
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause.answered import Answered
from understanding.local.reading.fills import fills, quantity
from understanding.local.reading.heard import ORDERING, Heard
from understanding.local.reading.parts import blanked
from understanding.local.reading.reply import replied
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_ASKED = ("delivery", "address")
_PAYING = re.compile(
    r"\b\w+ (?:(?:uma?|un|una|an?|the|o|el|la|no|na|en|con|by|in|with|via|por|pelo|de|em|meu|my|mi) )*$"
)
_JOINED = re.compile(r"[\s,]*(?:\b(?:que|and|e|y|pq|porque|cause|because|because|as|pues)\b[\s,]*)?$")
_PARTS = re.compile(r"(?:(?! (?:que|e|and|y|so|pois|pq|porque) )[^,.;!?\n])+")
_NOTHING_ELSE = {"unclear", "out_of_scope", "smalltalk", "greet", "goodbye", "order", "change_order", "order_status",
                 "inform", "wait", "cancel_booking", "cancel_order", "my_bookings", "deny"}  # fmt: skip
_TALK = {"unclear", "out_of_scope", "smalltalk", "greet", "goodbye", "wait"}
_BEFORE_AN_ORDER = {"delivery", "payment", "change_for"}
_OF_SOMETHING_ELSE = {"product", "service", "professional", "zone", "address"}
_QUESTIONS = ("price", "duration", "wants_to_know", "opening")


def told(clause: Clause, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """The answer, with the facts beside it; None when the words tell no way, or ask something about it."""
    folded = fold(clause.text)
    if situation.asks not in _ASKED or any(fact.kind == "product" for fact in said):
        return None
    if any(has(question, folded) for question in _QUESTIONS) or (clause.asks and not _asks_for_it(folded, said)):
        return None
    refuses = has("tells_later", folded) or has("refuses_datum", folded)
    if situation.asks == "address" and refuses and not _said(said, "pickup"):
        return None
    way = _way(folded, said)
    if way is None or (way == "delivery" and situation.asks == "address"):
        return None
    kept = [fact for fact in said if fact.kind not in ("delivery", "time")]
    counted = quantity(clause.text, said, situation) if situation.slots.get("items") else []
    return Answered("inform", (*counted, Fill("delivery", way), *fills(kept, situation, flow=situation.flow)))


def volunteered(heard: Heard, name: str) -> Answered | None:
    """ "…voy yo por ellos", "não vou poder sair": told beside an order, where the words alone say something else."""
    if heard.asked or name not in _NOTHING_ELSE or heard.kinds & _OF_SOMETHING_ELSE:
        return None
    early = heard.flow is None and bool(heard.kinds) and heard.kinds <= _BEFORE_AN_ORDER
    if early and heard.business.products and name in _TALK and not quantities.find(heard.clause.text):
        return Answered("inform", tuple(fills(heard.said, heard.situation, flow="order")), 0.6)
    if heard.flow not in ORDERING:
        return None
    if heard.has("tells_later") and heard.has("some_day"):
        return None
    came = comes_by(_without_paying(heard))
    way = _turned_down(heard.folded) or ("pickup" if came else None)
    if way is None:
        return None
    kept = [fact for fact in heard.said if fact.kind not in ("delivery", "time")]
    told = (Fill("delivery", way), *fills(kept, heard.situation, flow=heard.flow))
    return Answered("affirm", (Affirm(), *told)) if _agreed_before(heard, way) else Answered("inform", told)


def _without_paying(heard: Heard) -> str:
    """ "Passo um cartão", "te mando um pix": the verb is of the money, nobody comes for anything."""
    folded = heard.folded
    for fact in heard.said:
        if fact.kind == "payment":
            end = fact.end - heard.clause.start
            paying = _PAYING.search(folded[: fact.start - heard.clause.start])
            folded = blanked(folded, paying.start() if paying else fact.start - heard.clause.start, end)
    return folded


def with_way(found: Sequence[Fact], text: str, situation: Situation) -> list[Fact]:
    """ "Two shampoos, I'll swing past later": how it is received, where a part of the message tells only that."""
    told = _told_beside(fold(text), found, situation)
    return sorted([*found, *([told] if told else [])], key=lambda fact: fact.start)


def comes_by(folded: str) -> bool:
    """Whether words tell that somebody comes for it."""
    return has("fetches", folded) or has("comes_for_it", folded)


def _told_beside(folded: str, found: Sequence[Fact], situation: Situation) -> Fact | None:
    ordered = any(fact.kind == "product" and fact.value["mode"] in ("set", "add") for fact in found)
    if any(fact.kind in ("delivery", "service", "address", "zone") for fact in found):
        return None
    if not ordered and not (situation.flow is None and situation.topic.get("product") and has("orders", folded)):
        return None
    for part in _PARTS.finditer(folded):
        if any(fact.kind == "product" and part.start() < fact.end and fact.start < part.end() for fact in found):
            continue
        told = part.group().lstrip()
        came = comes_by(told)
        brought = "delivery" if has("is_brought", told) else None
        if way := _turned_down(told) or ("pickup" if came else brought):
            return Fact("delivery", way, part.end() - len(told), part.end())
    return None


def _agreed_before(heard: Heard, way: str) -> bool:
    """ "Apártalo que ya voy", of a summary that says so already: the yes stands before it."""
    if heard.situation.asks != "confirm" or heard.situation.slots.get("delivery") != way:
        return False
    found = pattern("comes_for_it").search(heard.folded) or pattern("fetches").search(heard.folded)
    before = heard.clause.text[: found.start() if found else 0]
    head = replace(heard.clause, text=_JOINED.sub("", before))
    reply = None if head.bare else replied.heard(head.text, (), heard.situation)
    return not head.bare and (head.yes or (reply is not None and reply.kind == "yes"))


def _turned_down(folded: str) -> str | None:
    """What is left where one way cannot, or need not, be."""
    if has("needs_no_delivery", folded):
        return "pickup"
    return "delivery" if has("cannot_fetch", folded) else None


def _way(folded: str, said: Sequence[Fact]) -> str | None:
    """Who goes to whom; what cannot or need not be done tells the other way."""
    if (other := _turned_down(folded)) is not None:
        return other
    if comes_by(folded) or _said(said, "pickup"):
        return "pickup"
    if (
        _said(said, "delivery")
        or has("is_brought", folded)
        or (has("has_it_brought", folded) and not has("takes_along", folded))
    ):
        return "delivery"
    if has("at_the_shop", folded):
        return "pickup"
    return "delivery" if has("at_home", folded) else None


def _said(said: Sequence[Fact], way: str) -> bool:
    return any(fact.kind == "delivery" and fact.value == way and not fact.negated for fact in said)


def _asks_for_it(folded: str, said: Sequence[Fact]) -> bool:
    """ "Can you bring it to me?", not "entregam no Centro?"."""
    wished = has("to_the_customer", folded) or has("please_bring", folded)
    return (
        wished and not has("elsewhere", folded) and not any(fact.kind in ("zone", "time", "payment") for fact in said)
    )
