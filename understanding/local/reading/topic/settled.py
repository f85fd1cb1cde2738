"""What the facts of a clause settle by themselves, beside the flow under way."""

from __future__ import annotations

from understanding.local.reading.heard import ORDERING, Heard
from understanding.local.reading.intent_groups import DEFINITE, IDLE_TALK, LIKELY, Judged
from understanding.local.reading.reply import verdicts
from understanding.local.reading.topic import arranged, house, trusted
from understanding.local.text.cues import words
from understanding.local.text.vocabulary import listed

_NO_QUESTION = {"order", "change_order", "smalltalk", *IDLE_TALK}
_TAKEN_OFF = ("cancel_order", "cancel_booking", "change_order", "order", "forget", "catalog")
_INTRODUCING = listed("hola hi hello oi soy sou i am i'm aqui this is my name me llamo chamo es e o a")


def by_facts(heard: Heard, guess: Judged) -> str | None:
    """What the facts alone settle."""
    if heard.flow in (None, *ORDERING) and _asks_to_have(heard):
        return "order" if heard.flow is None else "inform"
    if guess[0] in _NO_QUESTION and _of_things_only(heard):
        return "prices" if heard.counts_products or heard.has("price") else "catalog"
    if _where_it_is_fetched(heard):
        return "address"
    return _of_the_flow(heard, guess)


def _of_the_flow(heard: Heard, guess: Judged) -> str | None:
    """What they settle beside the flow under way."""
    if heard.flow is None and heard.situation.asks == "none" and heard.bare:
        return _named_with_a_please(heard) or "unclear"
    if _only_a_name(heard, guess) or _off_the_order(heard, guess) or _names_the_order(heard) or _says_how_paid(heard):
        return "inform"
    if heard.has("moved_house") and not heard.said and not heard.asked:
        return "smalltalk"
    if heard.flow is None and heard.counts_products and not heard.has("price") and _is_to_come(heard):
        return "order"
    if heard.flow is None and _told_where(heard):
        return "order"
    if heard.flow in ORDERING and "address" in heard.kinds and _to_be_brought(heard):
        return "inform"
    if heard.kinds == {"product"} and heard.clause.asks and _is_had(heard):
        return "catalog"
    if heard.flow is not None and heard.flow not in ORDERING and heard.counts_products and not heard.asked:
        return "order"  # beside what is being arranged
    if (wanted := arranged.of_an_appointment(heard, guess)) is not None:
        return wanted
    asks = (heard.clause.asks and guess[0] == "delivery") or house.asks_what_it_is(heard)
    return "inform" if heard.flow and heard.fits and heard.only_facts and not asks else None


def _named_with_a_please(heard: Heard) -> str | None:
    """ "A golden please": no question, so it is wished for."""
    if not heard.clause.please:
        return None
    return "book" if heard.kinds == {"service"} else "order"


def _where_it_is_fetched(heard: Heard) -> bool:
    """ "Where should he go?", of an order that is picked up."""
    picked_up = heard.flow in ORDERING and heard.situation.slots.get("delivery") == "pickup"
    return picked_up and heard.has("asks_where") and heard.kinds <= {"delivery", "time"}


def _says_how_paid(heard: Heard) -> bool:
    """ "Tarjeta cuando llegue", where it was asked how: when it comes is not asked."""
    if heard.flow in ORDERING and "change_for" in heard.kinds <= {"payment", "change_for"}:
        return True  # "o entregador leva troco pra 200?"
    return (
        heard.situation.asks == "payment"
        and heard.kinds == {"payment"}
        and not heard.asked
        and not trusted.stops(heard)
    )


def _of_things_only(heard: Heard) -> bool:
    """ "Any balls?", "what's the damage for two bags?": things are asked about, none is ordered."""
    return heard.asked and heard.kinds == {"product"} and all(fact.value["mode"] == "ask" for fact in heard.said)


def _is_had(heard: Heard) -> bool:
    """ "Tem golden?", and while ordering "¿y pelotas?": whether a thing is there is all that is asked."""
    small = words("articles") | words("had") | words("and")
    if heard.flow in ORDERING:
        return heard.rest <= small and not heard.counts_products
    return heard.flow is None and bool(heard.rest & words("had")) and heard.rest <= small | words("fillers")


def _names_the_order(heard: Heard) -> bool:
    """ "O pedido das bolinhas", to which of the orders is to be cancelled."""
    which = heard.flow == "cancel_order" and heard.kinds == {"product"} and not heard.counts_products
    return which and not heard.asked and heard.has("placed")


def _only_a_name(heard: Heard, guess: Judged) -> bool:
    """ "Soy Olga", not "soy Olga, tengo que cancelar una cita"."""
    wishes = guess[0] in DEFINITE and guess[1] >= LIKELY
    return heard.kinds == {"name"} and not (wishes and heard.rest - _INTRODUCING)


def _off_the_order(heard: Heard, guess: Judged) -> bool:
    """ "I no longer want the shampoo", while the order is arranged: it goes, the order stays.

    "Déjalo en un champú" tells how many stay.
    """
    if heard.flow not in ORDERING or guess[0] not in _TAKEN_OFF:
        return False
    so_many = guess[0] == "forget" and heard.counts_products and not heard.has("gives_up")
    return so_many or verdicts.takes_off(heard.clause, heard.folded, heard.said)


def _is_to_come(heard: Heard) -> bool:
    """ "Tem como entregar 2 bifinhos na rua A 10?": asked politely, but ordered."""
    return "address" in heard.kinds or heard.has("please_bring")


def _asks_to_have(heard: Heard) -> bool:
    """ "Can I also get a flea collar?", "tem como adicionar um shampoo?": asked politely, but ordered."""
    if "product" not in heard.kinds or not heard.has("asks_to_have"):
        return False
    others = any(heard.has(cue) for cue in ("price", "duration", "wants_to_know", "exchanges"))
    placed = heard.flow is None and (heard.has("placed") or heard.has("an_order"))
    return not others and not placed


def _told_where(heard: Heard) -> bool:
    """ "Could I get a ball, to be delivered to Rua A 10": a thing with a street and a number is to come."""
    if not {"product", "address"} <= heard.kinds or heard.has("price") or heard.has("wants_to_know"):
        return False
    return not heard.asked or heard.has("please_bring")


def _to_be_brought(heard: Heard) -> bool:
    """ "Dá pra entregar na Rua A 10, Centro?", while an order is arranged: there it is to go."""
    asks_else = any(heard.has(cue) for cue in ("price", "duration", "wants_to_know"))
    return heard.has("please_bring") and not asks_else
