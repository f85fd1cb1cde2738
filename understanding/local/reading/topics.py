"""What a clause is about: the classifier's word, checked against the facts and the flow under way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from understanding.local.classifier import weights
from understanding.local.feelings import aim, sentiment
from understanding.local.reading import agreement, verbs, verdicts
from understanding.local.reading.heard import ORDERING, Heard
from understanding.local.reading.questions import TALK
from understanding.local.text import gibberish
from understanding.local.text.cues import words
from understanding.local.text.vocabulary import listed
from understanding.local.text.words import split

QUESTIONS = ("prices", "hours", "address", "payment", "delivery", "catalog", "faq", "out_of_scope", "stock", "why",
             "professionals")  # fmt: skip
_CERTAIN, _SURE, _LIKELY = 0.97, 0.72, 0.35

_DEFINITE = {*QUESTIONS, "order", "book", "reschedule", "cancel_booking", "my_bookings", "cancel_order", "order_status",
             "change_order"} - {"out_of_scope"}  # fmt: skip
_TALK = {"affirm", "deny", "greet", "smalltalk", "thanks", "wait", "who_are_you"}
_LOOSE = {"out_of_scope", "faq", "smalltalk"}
_IDLE_TALK = {"affirm", "deny", "wait", "thanks"}
_SAME_TASK = ({"book", "reschedule"}, {"book", "lead"}, {"order", "change_order"})
_OTHER_SUBJECT = {"human", "opt_out", "complaint", "forget"}
_TAKEN_OFF = ("cancel_order", "cancel_booking", "change_order", "order", "forget", "catalog")
_INTRODUCING = listed("hola hi hello oi soy sou i am i'm aqui this is my name me llamo chamo es e o a")
_NEEDED = {
    "opt_out": "opts_out",
    "opt_in": "opts_in",
    "payment": "pays",
    "human": "person",
    "reschedule": "moves",
    "repeat": "again",
    "forget": "drops",
}
_BY_ITSELF, _NEVER = {"reschedule": _CERTAIN, "opt_in": _CERTAIN, "payment": _SURE}, 2.0
"""How sure the classifier must be of an intent that none of the words it needs tells."""
_OF_PRODUCTS = {*ORDERING, "order_status", "cancel_order"}
_OF_NO_HOUR = {"prices", "catalog", "payment", "faq", "out_of_scope", "smalltalk", "deny"}
_NO_QUESTION = {"order", "change_order", "smalltalk", *_IDLE_TALK}
_PLAIN_YES, _ODD_WORDS, _QUESTION = 2, 1, 3
_STOPS, _BEGUN = ("cancel_order", "cancel_booking"), ("order", "book")
_LONG_FOR_TALK, _FEW = 4, 4
_OF_ANOTHER = re.compile(r"\W*(?:system|sistema|assistant|assistente|asistente|admin\w*|root)\W*[:>]")
"""Who writes as if somebody else spoke."""

Judged = tuple[str, float]


def corrected(heard: Heard, ranked: Sequence[Judged]) -> Judged:
    """The intent that stands after looking at facts and context, with its confidence."""
    if gibberish.only(heard.folded) and not heard.said:
        return "unclear", 0.2
    guess = _trusted(heard, ranked)
    at_an_hour = heard.flow is None and guess[0] in _OF_NO_HOUR and _has_its_hour(heard)
    spelled_out = "book" if at_an_hour else _by_facts(heard, guess) or verbs.intent(heard)
    if spelled_out is not None:
        return spelled_out, 0.3 if spelled_out == "unclear" else 0.9
    return _weighed(heard, *guess)


def _trusted(heard: Heard, ranked: Sequence[Judged]) -> Judged:
    """The likeliest intent that is possible here and has the words it needs to be believed."""
    for name, confidence in ranked:
        possible = name not in _OF_PRODUCTS or heard.business.products
        told = name not in _NEEDED or heard.has(_NEEDED[name]) or confidence >= _BY_ITSELF.get(name, _NEVER)
        told = told and not (name == "professionals" and confidence < _CERTAIN and not _of_people(heard))
        told = told and not (name in ("reschedule", "address") and heard.has("moved_house"))
        told = told and not (name == "human" and (heard.has("who_are_you") or heard.has("needs_no_person")))
        if (name in _LOOSE | {"human"} or confidence < _LIKELY) and _anybody_will_do(heard):
            return ("book" if "service" in heard.kinds else "order"), max(confidence, _SURE)
        told = told and not (name in _STOPS and heard.flow in _BEGUN and not _stops(heard))
        leaves = name == "opt_out" and heard.asked and not heard.has("messages")  # "what does it stop?"
        if possible and told and not leaves and not (name == "complaint" and _calm(heard, confidence)):
            return _here(name, confidence, heard), confidence
    return "out_of_scope", 0.0


def _anybody_will_do(heard: Heard) -> bool:
    """ "Is there somebody who can bath my dog?": what is done here is wished for, not a talk."""
    wished = any(fact.kind in ("service", "product") and not fact.negated for fact in heard.said)
    return wished and heard.has("anybody_who") and not heard.has("wants_person") and not heard.has("by_talking")


def _of_people(heard: Heard) -> bool:
    """Whether somebody who works here is named, or a trade of theirs."""
    return bool(heard.kinds & {"professional", "nobody"}) or heard.has("staff")


def _here(name: str, confidence: float, heard: Heard) -> str:
    """What an intent amounts to at this business, with these words."""
    if name == "change_order" and heard.flow is None and not heard.has("placed"):
        return "order"  # nothing speaks of an order that stands
    if name == "cancel_order" and confidence < _SURE and _gives_up_a_place(heard):
        return "cancel_booking"
    if name in ("catalog", "professionals") and _for_a_time(heard):
        return "book"
    return "faq" if name == "professionals" and not heard.business.professionals else name


def _gives_up_a_place(heard: Heard) -> bool:
    """ "Sí tengo que cancelarla": with no word of an order or a thing, whoever must cancel cannot come."""
    told = heard.kinds & {"product", "order", "payment", "delivery"} or heard.has("placed") or heard.has("own_order")
    return bool(heard.business.services and heard.flow is None) and heard.has("cancels") and not told


def _for_a_time(heard: Heard) -> bool:
    """ "Corte tem pra hoje ainda?", "qué horas tiene Ana mañana para un corte": a time is looked for."""
    when = {"service", "time"} <= heard.kinds and heard.flow is None
    return bool(when and heard.business.professionals) and not heard.has("offered")


def _says_how_paid(heard: Heard) -> bool:
    """ "Tarjeta cuando llegue", where it was asked how: when it comes is not asked."""
    if heard.flow in ORDERING and "change_for" in heard.kinds <= {"payment", "change_for"}:
        return True  # "o entregador leva troco pra 200?"
    return heard.situation.asks == "payment" and heard.kinds == {"payment"} and not heard.asked and not _stops(heard)


def _stops(heard: Heard) -> bool:
    """Whether words of what is being arranged give it up: "now it is complete, you can make the order" does not."""
    cues = ("cancels", "gives_up", "takes_away", "not", "cannot", "lets_go", "some_day")
    return any(heard.has(cue) for cue in cues)


def _calm(heard: Heard, confidence: float) -> bool:
    """Whether a complaint is too much for these words: a question, an answer, a guess, anger at oneself."""
    meant = aim.at_us(heard.clause.text)
    if meant.split() != heard.clause.text.split() or heard.has("own_mistake"):
        return True
    return (heard.clause.asks or heard.flow is not None or confidence < _SURE) and _mild(heard)


def _mild(heard: Heard) -> bool:
    """Whether no ill word about the business is said."""
    return sentiment.score(aim.at_us(heard.clause.text), heard.situation.language) >= 0


def _by_facts(heard: Heard, guess: Judged) -> str | None:
    """What the facts alone settle."""
    if guess[0] in _NO_QUESTION and _of_things_only(heard):
        return "prices" if heard.counts_products or heard.has("price") else "catalog"
    return _of_the_flow(heard, guess)


def _of_the_flow(heard: Heard, guess: Judged) -> str | None:
    """What they settle beside the flow under way."""
    if heard.flow is None and heard.situation.asks == "none" and heard.bare:
        return "unclear"
    if _only_a_name(heard, guess) or _off_the_order(heard, guess) or _names_the_order(heard) or _says_how_paid(heard):
        return "inform"
    if heard.has("moved_house") and not heard.said and not heard.asked:
        return "smalltalk"
    if heard.flow is None and heard.counts_products and not heard.has("price") and _is_to_come(heard):
        return "order"
    if heard.flow is None and _told_where(heard):
        return "order"
    if heard.kinds == {"product"} and heard.clause.asks and _is_had(heard):
        return "catalog"
    if heard.flow is not None and heard.flow not in ORDERING and heard.counts_products and not heard.asked:
        return "order"  # beside what is being arranged
    if (arranged := _of_an_appointment(heard, guess)) is not None:
        return arranged
    asks_where = heard.clause.asks and guess[0] == "delivery"
    return "inform" if heard.flow and heard.fits and heard.only_facts and not asks_where else None


def _of_an_appointment(heard: Heard, guess: Judged) -> str | None:
    """What words and facts of a service or a time are here: a wish, an answer, a correction or a question."""
    if _to_be_booked(heard, guess):
        return "book"
    if _asks_the_terms(heard):
        return "faq"
    chosen = heard.situation.asks == "service" and "service" in heard.kinds
    if chosen and not heard.asked and not heard.has("price"):
        return "inform"
    instead = guess[0] == "forget" and heard.only_when and {fact.negated for fact in heard.said} == {True, False}
    return "inform" if instead or _puts_right(heard) else None  # "esquece quinta, vamos de sexta"


def _to_be_booked(heard: Heard, guess: Judged) -> bool:
    """ "¿Me reserváis con Ana el jueves?" is no question for one's own; a bath with its time, beside an order."""
    wished = "time" in heard.kinds or heard.has("books")
    if heard.flow in ORDERING and "service" in heard.kinds and wished and not heard.asked:
        return True
    if guess[1] >= _SURE or not {"time"} < heard.kinds:
        return False
    if guess[0] == "prices":  # "any chance of a blow-dry on Thursday, 3pm?"
        return heard.flow is None and "service" in heard.kinds and heard.tells_hour and not heard.has("price")
    return guess[0] == "my_bookings" and heard.has("books")


def _asks_the_terms(heard: Heard) -> bool:
    """ "How far ahead do I have to cancel?", while something is arranged: nothing is cancelled by asking."""
    asks = heard.flow is not None and heard.asked and not heard.kinds
    return asks and heard.has("on_what_terms") and (heard.has("cancels") or heard.has("moves_own"))


def _puts_right(heard: Heard) -> bool:
    """ "Na verdade é sexta", "putz, era pra sexta", of what was just done."""
    if heard.flow is not None or heard.kinds != {"time"}:
        return False
    meant = heard.situation.anchor is not None and heard.has("meant_instead")
    return meant or (heard.has("actually") and not heard.has("moves"))


def _has_its_hour(heard: Heard) -> bool:
    """ "A blow-dry Friday at 3pm, any chance?": no price depends on the hour, so it is wished for then."""
    times = [fact.value for fact in heard.said if fact.kind == "time" and not fact.negated]
    named = "service" in heard.kinds and bool(heard.business.professionals)
    asks_else = any(heard.has(cue) for cue in ("price", "duration", "accepts", "performs", "cancels", "told_by_owner"))
    return named and not asks_else and any(time["has_time"] and time["kind"] == "moment" for time in times)


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
    wishes = guess[0] in _DEFINITE and guess[1] >= _LIKELY
    return heard.kinds == {"name"} and not (wishes and heard.rest - _INTRODUCING)


def _off_the_order(heard: Heard, guess: Judged) -> bool:
    """ "I no longer want the shampoo", while the order is arranged: it goes, the order stays."""
    under_way = heard.flow in ORDERING and guess[0] in _TAKEN_OFF
    return under_way and verdicts.takes_off(heard.clause, heard.folded, heard.said)


def _is_to_come(heard: Heard) -> bool:
    """ "Tem como entregar 2 bifinhos na rua A 10?": asked politely, but ordered."""
    return "address" in heard.kinds or heard.has("please_bring")


def _told_where(heard: Heard) -> bool:
    """ "Could I get a ball, to be delivered to Rua A 10": a thing with a street and a number is to come."""
    if not {"product", "address"} <= heard.kinds or heard.has("price") or heard.has("wants_to_know"):
        return False
    return not heard.asked or heard.has("please_bring")


def _weighed(heard: Heard, name: str, confidence: float) -> Judged:
    """The guess against the flow under way and the facts."""
    if heard.flow and heard.fits and _yields(heard, name, confidence):
        return "inform", max(confidence, 0.8)
    if (beside := _only_resembles(heard, name, confidence)) is not None:
        return beside, max(confidence, 0.6)
    if name in ("affirm", "deny") and confidence >= _LIKELY:
        return ("unclear", 0.3) if name == "affirm" and _doubtful_yes(heard) else (name, confidence)
    if name == "complaint" and confidence >= _LIKELY and not _mild(heard):
        return name, confidence
    if heard.flow is None and heard.said and (implied := _implied(heard, name, confidence)):
        return implied, max(confidence, 0.6)
    if name == "out_of_scope" and not heard.asked and (heard.situation.asks != "none" or not _has_known_words(heard)):
        return "unclear", 0.2
    idle = name == "smalltalk" or (name == "greet" and confidence < _SURE)
    if idle and heard.clause.asks and not any(heard.has(kind) for kind in TALK):
        return "faq", confidence  # a question about something is no small talk
    related = {"book": "service", "order": "product"}.get(name) in heard.kinds
    if confidence >= _LIKELY or related:
        return name, confidence
    if heard.said and heard.flow:
        return "inform", 0.7
    return ("faq" if heard.asked and len(split(heard.folded)) >= _QUESTION else "unclear"), confidence


def _only_resembles(heard: Heard, name: str, confidence: float) -> str | None:
    """What a thank-you or a question is, that only resembles something else."""
    if _only_thanks(heard, name if confidence >= _LIKELY else "smalltalk"):
        return "thanks"
    return "faq" if _only_asks(heard, name) else None


def _only_asks(heard: Heard, name: str) -> bool:
    """Whether a question only resembles talk or a wish: "qual o nome do dentista?", "tem café pra quem espera?"."""
    if name in _IDLE_TALK and _asks_something(heard):
        return True
    if name == "wait":
        return heard.asked and not heard.has("waits")
    told = heard.said or any(heard.has(cue) for cue in ("about_time", "books", "wishes"))
    return heard.asked and name in ("book", "order") and not told and heard.has("which_fact")


def _only_thanks(heard: Heard, name: str) -> bool:
    """ "Mil gracias, un amor": a few words beside a thank-you that nobody would answer."""
    idle = heard.flow is None and heard.situation.asks == "none" and heard.clause.thanks
    return idle and not heard.said and not heard.asked and name in _LOOSE and len(split(heard.folded)) <= _FEW


def _yields(heard: Heard, name: str, confidence: float) -> bool:
    """Whether the intent gives way to the facts: about the same task, or not sure enough to change the subject."""
    if name in _TALK or name == heard.flow or {name, heard.flow} in _SAME_TASK:
        return True
    if name in _OTHER_SUBJECT:
        return confidence < _SURE
    if name in ("hours", "catalog") and heard.only_when and not heard.has("opening"):
        return True  # "what about 2pm then?", "anything after work?"
    if name == "payment" and "payment" in heard.kinds and not heard.has("accepts"):
        return True
    if name in ("delivery", "payment", "address", "catalog", "hours", "faq"):
        return not heard.asked
    return confidence < _SURE and not (heard.clause.asks and name in QUESTIONS)


def _asks_something(heard: Heard) -> bool:
    """ "O que exatamente é isso?": whoever asks, while nothing was asked of them, wants to know."""
    waiting = heard.situation.asks != "none"
    return heard.asked and not waiting and len(split(heard.folded)) >= _LONG_FOR_TALK


def _doubtful_yes(heard: Heard) -> bool:
    """A yes that has an effect needs a word that says so, and to be the customer's own."""
    if heard.situation.asks != "confirm":
        return False
    if _OF_ANOTHER.match(heard.folded):
        return True
    told = [word.text for word in split(heard.folded)]
    if heard.clause.no or not heard.has("assent") or (len(told) > _PLAIN_YES and (heard.clause.asks or "nao" in told)):
        return True
    return len(agreement.left_over(heard.clause, heard.said, heard.situation)) > _ODD_WORDS


def _implied(heard: Heard, name: str, confidence: float) -> str | None:
    """Facts that alone tell what is wanted: a service with a time is booked, a product with a quantity is ordered."""
    kinds = {fact.kind for fact in heard.said if not fact.negated}
    if heard.counts_products and name in QUESTIONS and not heard.asked:
        return "order"
    if name in QUESTIONS and not heard.asked and _is_told(kinds) and not heard.has("wants_to_know"):
        return "order" if heard.business.products else None
    if "as_last" in kinds and not heard.asked and name not in ("reschedule", "cancel_booking"):
        booked = name == "book" and confidence >= _LIKELY
        return "book" if booked or not heard.business.products else "order"
    if name in _DEFINITE and confidence >= _LIKELY and not _only_curious(heard, name, confidence):
        return None
    if heard.situation.asks == "clarify" and kinds & {"service", "product"}:
        return "book" if "service" in kinds else "order"
    if heard.counts_products:
        return "order"
    if "time" in kinds and heard.business.services and (kinds & {"service", "professional"} or confidence < _SURE):
        return "book"
    return "unclear" if kinds & {"service", "product"} and confidence < _SURE else None


def _only_curious(heard: Heard, name: str, confidence: float) -> bool:
    """ "I'd like to know about whitening": no wish for an appointment yet."""
    wondering = name in _BEGUN and confidence < _SURE and heard.has("wants_to_know")
    return wondering and not heard.has("books") and "time" not in heard.kinds


def _is_told(kinds: set[str]) -> bool:
    """ "No cartão, entrega na rua A 10", "a golden, eu retiro": how it is paid and received is told, not asked."""
    return "payment" in kinds and ("address" in kinds or {"product", "delivery"} <= kinds)


def _has_known_words(heard: Heard) -> bool:
    """Whether the classifier ever saw one of the words: "xpto flurb" is no question."""
    rows = weights.load().rows
    return any(len(word) > 2 and f"={word}" in rows for word in heard.clause.rest(()))
