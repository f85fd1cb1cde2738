"""The likeliest intent that can be believed: possible at this business, with the words that it needs."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.local.feelings import aim, sentiment
from understanding.local.reading.heard import ORDERING, Heard
from understanding.local.reading.intent_groups import BEGUN, CERTAIN, LIKELY, LOOSE, SURE, Judged
from understanding.local.text import cues

_OF_AN_APPOINTMENT = {"service", "professional", "time"}
_STOPS = ("cancel_order", "cancel_booking")
_OF_PRODUCTS = {*ORDERING, "order_status", "cancel_order"}
_NEEDED = {
    "opt_out": "opts_out",
    "opt_in": "opts_in",
    "payment": "pays",
    "human": "person",
    "reschedule": "moves",
    "my_bookings": "own_when",
    "repeat": "again",
    "forget": "drops",
    "address": "places",
    "who_are_you": "who_are_you",
}
_NO_PERSON = ("who_are_you", "needs_no_person", "rings_ahead", "booking_own_call")
_BY_ITSELF = {"reschedule": 0.92, "human": 0.9, "opt_in": CERTAIN, "opt_out": CERTAIN, "payment": SURE,
              "my_bookings": SURE, "address": 0.9, "who_are_you": 0.8}  # fmt: skip
_NEVER = 2.0
"""How sure the classifier must be of an intent that none of the words it needs tells."""
_HALF = 0.5
_CALLING_OFF = ("cancels", "cannot_come", "gives_up", "not", "takes_away")


def likeliest(heard: Heard, ranked: Sequence[Judged]) -> Judged:
    """The likeliest intent that is possible here and has the words it needs to be believed."""
    for name, confidence in ranked:
        possible = name not in _OF_PRODUCTS or heard.business.products
        told = name not in _NEEDED or heard.has(_NEEDED[name]) or confidence >= _BY_ITSELF.get(name, _NEVER)
        told = told and not (name == "professionals" and confidence < CERTAIN and not _of_people(heard))
        told = told and not (name in ("reschedule", "address") and heard.has("moved_house"))
        told = told and not (name == "reschedule" and _sees_you(heard))
        told = told and not (name == "human" and any(map(heard.has, _NO_PERSON)))
        told = told and not (name == "who_are_you" and heard.has("of_the_owners"))
        told = told and not (name == "hours" and (heard.has("long_since") or _of_no_hours(heard, confidence)))
        if (name in LOOSE | {"human"} or confidence < LIKELY) and _anybody_will_do(heard):
            return ("book" if "service" in heard.kinds else "order"), max(confidence, SURE)
        told = told and not (name in _STOPS and heard.flow in BEGUN and not stops(heard))
        told = told and not (name == "opt_in" and heard.flow is not None)  # "quero receber aqui em casa"
        told = told and not (name == "cancel_booking" and _nothing_is_called_off(heard, confidence))
        leaves = name == "opt_out" and heard.asked and not heard.has("messages")  # "what does it stop?"
        if possible and told and not leaves and not (name == "complaint" and _calm(heard, confidence)):
            return _here(name, confidence, heard), confidence
    return "out_of_scope", 0.0


def _of_no_hours(heard: Heard, confidence: float) -> bool:
    """ "Vocês hospedam iguanas?": a mere guess, with no word of opening and no time."""
    return confidence < _HALF and not heard.has("opening") and "time" not in heard.kinds


def _sees_you(heard: Heard) -> bool:
    """ "Até sexta às 14h!", "see you Friday": a goodbye."""
    return heard.flow is None and cues.pattern("will_be_there").match(heard.folded.strip()) is not None


def _anybody_will_do(heard: Heard) -> bool:
    """ "Is there somebody who can bath my dog?": what is done here is wished for, not a talk."""
    wished = any(fact.kind in ("service", "product") and not fact.negated for fact in heard.said)
    return wished and heard.has("anybody_who") and not heard.has("wants_person") and not heard.has("by_talking")


def _of_people(heard: Heard) -> bool:
    """Whether somebody who works here is named, or a trade of theirs."""
    return bool(heard.kinds & {"professional", "nobody"}) or heard.has("staff")


def _here(name: str, confidence: float, heard: Heard) -> str:
    """What an intent amounts to at this business, with these words."""
    if name == "change_order" and heard.flow is None and (_all_of_it(heard) or not heard.has("placed")):
        return "order"  # nothing speaks of an order that stands
    if name == "cancel_order" and confidence < SURE and _gives_up_a_place(heard):
        return "cancel_booking"
    if name == "hours" and heard.kinds == {"product"} and not heard.has("opening"):
        return "catalog"  # "¿trabajan la golden?"
    if name in ("catalog", "professionals") and _for_a_time(heard):
        return "book"
    if name in LOOSE and confidence < SURE and whether_it_is_done(heard):
        return "catalog"
    if name == "catalog" and heard.flow is None and heard.has("weighs_up"):
        return "faq"  # "qual ração rende mais?": what there is answers nothing
    if name == "book" and heard.flow is None and "product" in heard.kinds and not heard.kinds & _OF_AN_APPOINTMENT:
        return "catalog" if heard.clause.asks else "order"  # "dá pra reservar a coleira?"
    return "faq" if name == "professionals" and not heard.business.professionals else name


def whether_it_is_done(heard: Heard) -> bool:
    """ "E a mão, dá pra fazer com vocês, né?": asked of one thing, and nothing else of it."""
    asked = heard.flow is None and heard.clause.asks and heard.kinds == {"service"} and heard.has("talk_is_done_here")
    return asked and not any(heard.has(cue) for cue in ("price", "duration", "books", "who", "on_what_terms"))


def _all_of_it(heard: Heard) -> bool:
    """Where it goes and how it is paid: told of an order that begins."""
    return {"address", "payment"} <= heard.kinds


def _nothing_is_called_off(heard: Heard, confidence: float) -> bool:
    """ "Meu filho está com febre", "a manicure please, I can only do Thursdays", where none may stand.

    Right after a booking a time alone is another one for it: "hm, make it 4pm".
    """
    if any(heard.has(cue) for cue in _CALLING_OFF):
        return False
    stands = bool(heard.situation.standing) and not heard.situation.just_booked
    return not (stands and "time" in heard.kinds) and confidence < (_HALF if stands else SURE)


def _gives_up_a_place(heard: Heard) -> bool:
    """ "Sí tengo que cancelarla": with no word of an order or a thing, whoever must cancel cannot come."""
    told = heard.kinds & {"product", "order", "payment", "delivery"} or heard.has("placed") or heard.has("own_order")
    return bool(heard.business.services and heard.flow is None) and heard.has("cancels") and not told


def _for_a_time(heard: Heard) -> bool:
    """ "Corte tem pra hoje ainda?", "qué horas tiene Ana mañana para un corte": a time is looked for."""
    when = {"service", "time"} <= heard.kinds and heard.flow is None
    return bool(when and heard.business.professionals) and not heard.has("offered")


def stops(heard: Heard) -> bool:
    """Whether words of what is being arranged give it up: "now it is complete, you can make the order" does not."""
    cues = ("cancels", "gives_up", "takes_away", "not", "cannot", "lets_go", "some_day")
    return any(heard.has(cue) for cue in cues)


def _calm(heard: Heard, confidence: float) -> bool:
    """Whether a complaint is too much for these words: a question, an answer, a guess, anger at oneself."""
    meant = aim.at_us(heard.clause.text)
    if meant.split() != heard.clause.text.split() or heard.has("own_mistake") or _only_if(heard):
        return True
    return (heard.clause.asks or heard.flow is not None or confidence < SURE) and mild(heard)


def _only_if(heard: Heard) -> bool:
    """ "E se vier errado, vcs trocam?": nothing went wrong yet."""
    return heard.clause.asks and cues.pattern("talk_condition").match(heard.folded) is not None


def mild(heard: Heard) -> bool:
    """Whether no ill word about the business is said."""
    return sentiment.score(aim.at_us(heard.clause.text), heard.situation.language) >= 0
