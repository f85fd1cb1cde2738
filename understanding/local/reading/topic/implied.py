"""What facts alone imply: a service with a time is booked, a product with a quantity is ordered."""

from __future__ import annotations

import re
from functools import cache

from understanding.local.reading.heard import Heard
from understanding.local.reading.intent_groups import BEGUN, DEFINITE, LIKELY, QUESTIONS, SURE
from understanding.local.reading.topic import trusted
from understanding.local.text import trades
from understanding.local.text.cues import alternatives, has, words

_LOOKING = (*QUESTIONS, "wait", "smalltalk", "affirm")
_SMALL = 2
_NOT_AGAIN = ("reschedule", "cancel_booking", "complaint")
_STORY = 0.85
"""How surely a day is told of without any wish for it."""


def by_facts(heard: Heard, name: str, confidence: float) -> str | None:
    """Facts that alone tell what is wanted: a service with a time is booked, a product with a quantity is ordered."""
    kinds = {fact.kind for fact in heard.said if not fact.negated}
    if _is_wished_for(heard, name):
        return "order"
    if name in (*QUESTIONS, "affirm") and not heard.asked and _is_told(kinds) and not heard.has("wants_to_know"):
        return "order" if heard.business.products else None
    if "as_last" in kinds and not heard.asked and name not in _NOT_AGAIN and trusted.mild(heard):
        booked = name == "book" and confidence >= LIKELY
        return "book" if booked or not heard.business.products else "order"
    if name in DEFINITE and confidence >= LIKELY and not _only_curious(heard, name, confidence):
        return None
    if heard.situation.asks == "clarify" and kinds & {"service", "product"}:
        return "book" if "service" in kinds else "order"
    if heard.counts_products:
        return "order"
    unsure = confidence < (_STORY if name == "smalltalk" and kinds == {"time"} else SURE)
    if "time" in kinds and heard.business.services and (kinds & {"service", "professional"} or unsure):
        asks_else = name in QUESTIONS and kinds == {"time"} and heard.clause.asks and not _asks_for_a_place(heard)
        return "faq" if asks_else else "book"  # "tenho um casamento sábado" tells the day, too
    if not kinds & {"service", "product"} or confidence >= SURE:
        return None
    if _orders(heard) or _goes_for(heard):
        return "order"
    return _of_a_thing(heard)


def _asks_for_a_place(heard: Heard) -> bool:
    """ "Tem vaga sexta?", "dá pra ir no sábado?": a time is looked for."""
    if heard.situation.standing:
        return True  # "any other day this week?"
    return any(heard.has(cue) for cue in ("free_times", "books", "wishes", "can_be_had", "talk_may_come"))


def ordered_right_before(folded: str, start: int) -> bool:
    """ "Quero a areia", "dame la de gato": a verb that orders stands right before the thing."""
    return start > 0 and _ordered().search(folded[:start]) is not None


@cache
def _ordered() -> re.Pattern[str]:
    small = rf"(?:{alternatives('orders_just')}|{alternatives('definite')}|de|d[ao]|del|some|an?|un[ao]?|uma?)"
    return re.compile(rf"(?<!\w)(?:{alternatives('orders')}|{alternatives('takes_along')})(?: {small})* $")


def _is_wished_for(heard: Heard, name: str) -> bool:
    """A thing that has run out, is counted, looked for or told with a verb that orders it; nothing is asked."""
    if name in (*QUESTIONS, "smalltalk", "change_order", "order_status") and _runs_out(heard):
        return not heard.has("price")
    if name == "payment" and "payment" in heard.kinds and heard.counts_products and not heard.has("accepts"):
        return True  # "quero 2 areias e pago no pix?": what is paid with is told, not asked for
    looked_for = "product" in heard.kinds and heard.has("basket_looks_for") and not heard.has("price")
    if not heard.asked and ((name in QUESTIONS and heard.counts_products) or (looked_for and name in _LOOKING)):
        return True
    return name in (*QUESTIONS, "smalltalk", "affirm", "wait") and _orders(heard)


def _goes_for(heard: Heard) -> bool:
    """ "Just a ball then", "a areia, por favor": a thing is named as what is taken."""
    taken = heard.clause.please or heard.has("basket_goes_for") or heard.has("nothing_but")
    return "product" in heard.kinds and taken and not heard.asked and not heard.has("wants_to_know")


def _orders(heard: Heard) -> bool:
    """Whether a thing is told with a verb that orders it, and nothing is asked of it."""
    if heard.asked or any(heard.has(cue) for cue in ("price", "wants_to_know", "placed")):
        return False
    starts = [fact.start - heard.clause.start for fact in heard.said if fact.kind == "product" and not fact.negated]
    return any(ordered_right_before(heard.folded, start) for start in starts)


def _of_a_thing(heard: Heard) -> str:
    """What is wanted of a thing that is named in words that tell little."""
    if trusted.whether_it_is_done(heard):
        return "catalog"
    return "faq" if heard.clause.asks and _says_what_of_it(heard) else "unclear"


def _says_what_of_it(heard: Heard) -> bool:
    """ "A coloração estraga o cabelo?", "a golden é boa?": something is asked of it, not just it."""
    small = words("function_words") | words("fillers") | words("had")
    return any(word.isalpha() and len(word) > _SMALL and word not in trades.known() for word in heard.rest - small)


def _runs_out(heard: Heard) -> bool:
    """ "Tá sem coleira", "fiquei sem areia, consegue mandar no Centro?": what has run out is wanted."""
    starts = [fact.start - heard.clause.start for fact in heard.said if fact.kind == "product"]
    return any(start >= 0 and has("out_of_it", heard.folded[:start]) for start in starts)


def _only_curious(heard: Heard, name: str, confidence: float) -> bool:
    """ "I'd like to know about whitening": no wish for an appointment yet."""
    wondering = name in BEGUN and confidence < SURE and heard.has("wants_to_know")
    return wondering and not heard.has("books") and "time" not in heard.kinds


def _is_told(kinds: set[str]) -> bool:
    """ "No cartão, entrega na rua A 10", "a golden, eu retiro": how it is paid and received is told, not asked."""
    return "payment" in kinds and ("address" in kinds or {"product", "delivery"} <= kinds)
