"""Words that leave no doubt about what a clause is about, whatever the classifier makes of it."""

from __future__ import annotations

from understanding.local.facts import extremes
from understanding.local.reading.heard import ORDERING, Heard
from understanding.local.reading.topic import house, questions, sorts
from understanding.local.text import cues

_TWO = 2
_OF_ONESELF = {"company", "team_size", "email"}
_FOR_A_LEAD = {"service": "procedure", "time": "preferred_period"}
_OF_A_BOOKING = {"service", "time", "professional"}
_OF_DELIVERY = ("duration", "arrival", "price", "fee", "on_what_terms")
_ENDS = {"earliest", "latest"}
_ARRANGING = ("book", "reschedule", *ORDERING)


def intent(heard: Heard) -> str | None:
    """The intent that the words spell out, or None."""
    return (
        house.intent(heard)
        or _of_a_lead(heard)
        or _of_the_appointment(heard)
        or _person_or_reason(heard)
        or _task(heard)
        or _question(heard)
    )


def _person_or_reason(heard: Heard) -> str | None:
    if heard.flow and heard.has("why"):
        return "why"
    people = {fact.negated for fact in heard.said if fact.kind == "professional"}
    if len(people) == _TWO and heard.flow in ("book", "reschedule"):
        return "inform"  # "troca o Bruno pela Ana"
    if "same_person" in heard.kinds and (arranged := _with_the_same(heard)) is not None:
        return arranged
    if (heard.has("opening_hour") and not heard.has("moves_to")) or _whether_somebody_is_there(heard):
        return "hours"
    if heard.has("who") and "anybody" not in heard.kinds:
        return "professionals"
    if _whether_in(heard) or _whether_performs(heard):
        return "professionals"
    if heard.flow and not heard.asked and not heard.has("price") and heard.has("aware"):
        return "inform"
    if heard.flow is None and heard.has("with_whom") and not heard.kinds:
        return "my_bookings"
    if heard.flow is None and heard.business.professionals and _asks_when(heard):
        return "my_bookings"
    late = heard.business.services and heard.has("runs_late") and not heard.has("moves_own") and not heard.only_when
    return "faq" if late else None


def _asks_when(heard: Heard) -> bool:
    """ "Que dia é meu corte?", not "el jueves, que es cuando tengo el corte, ¿me lo pasas al viernes?"."""
    when = sum(fact.kind in ("time", "same_hour") for fact in heard.said)
    return heard.has("own_when") and not heard.has("cancels") and not (when > 1 and heard.has("moves_to"))


def _of_a_lead(heard: Heard) -> str | None:
    """What a few words mean where a person sells or books: "como faço pra comprar?", "sulamérica, vcs atendem?"."""
    if heard.flow is None and heard.business.lead and not heard.business.products and heard.has("wants_in"):
        return "book"
    if heard.flow is None and not heard.business.services and not heard.business.products and heard.has("wants_more"):
        return "book" if heard.kinds & _OF_ONESELF and not heard.asked else "catalog"
    if heard.flow != "lead" or not heard.clause.asks:
        return None
    insured = heard.situation.asks == "insurance" or "insurance" in heard.kinds
    if insured and heard.has("takes_it") and not heard.has("opening"):
        return "faq"
    return "hours" if heard.has("free_times") and not heard.kinds else None


def _of_the_appointment(heard: Heard) -> str | None:
    """ "A que horas termina?", "quem vai me atender?", of the one being arranged."""
    if heard.flow not in _ARRANGING or not heard.situation.slots.get("service"):
        return None
    if "anybody" not in heard.kinds and (heard.has("will_attend") or (heard.asked and heard.has("who_else"))):
        return "professionals"
    if heard.flow in ("book", "reschedule") and heard.has("till_when"):
        return "hours"
    return "duration" if heard.has("ends_when") else None


def _with_the_same(heard: Heard) -> str | None:
    """ "Com quem me atendeu da outra vez", "is the guy from last time free?": told of what is, or is to be, booked."""
    if heard.has("price") or heard.flow not in (None, "book", "reschedule"):
        return None
    if heard.flow is not None:
        return "inform"
    told = heard.kinds & {"service", "time"} or not heard.asked
    return "book" if told and not heard.has("moves_own") else None


def _whether_somebody_is_there(heard: Heard) -> bool:
    """ "This Friday's the 3rd of April, are you guys around?": a day is asked about, and no time on it looked for."""
    if heard.flow is not None or not heard.clause.asks or heard.kinds - {"position"} != {"time"}:
        return False
    wished = any(heard.has(cue) for cue in ("free_times", "books", "wishes", "moves_to", "talk_may_come", "runs_late"))
    return heard.has("is_somebody_there") and not wished


def _whether_in(heard: Heard) -> bool:
    """ "A Carla atende no sábado?": whether somebody works then; an hour, or a day while booking, is a wish."""
    if not heard.kinds & {"professional", "nobody"} or not heard.kinds <= {"professional", "nobody", "time"}:
        return False
    times = [fact.value for fact in heard.said if fact.kind == "time"]
    wished = any(time["has_time"] or heard.flow in _ARRANGING for time in times)
    asks = heard.has("at_work") and not heard.has("books") and not heard.has("wishes") and not heard.has("free_times")
    return asks and not wished


def _whether_performs(heard: Heard) -> bool:
    """ "O Bruno corta cabelo feminino?": a question about him, while nothing is arranged."""
    return (
        heard.flow is None
        and heard.clause.asks
        and heard.kinds == {"professional", "service"}
        and (heard.has("performs") and not heard.has("books"))
    )


def _task(heard: Heard) -> str | None:
    """A flow that its verb begins."""
    if heard.flow in ("book", "reschedule") and heard.has("cancels_that"):
        return "cancel_booking"
    if heard.flow is None and not heard.business.products and heard.has("cancels") and heard.has("every_one"):
        return "cancel_booking"
    if _calls_it_off(heard):
        return "cancel_booking"
    off = heard.has("gives_up_place") or ("service" in heard.kinds and heard.has("off_the_book"))
    if heard.flow is None and heard.business.professionals and off and not heard.asked:
        return "cancel_booking"
    if heard.flow is None and heard.business.products and heard.has("order_seen"):
        return "order_status"
    if _introduces_itself(heard):
        return "book"
    if heard.flow not in _ARRANGING and _moves_own(heard):
        return "reschedule"
    if heard.flow is None and (_asks_for_a_time(heard) or ("service" in heard.kinds and heard.kinds & _ENDS)):
        return "book"
    if _changes_an_order(heard):
        return "change_order"
    said_plainly = heard.flow is None and not heard.clause.asks
    return _wished(heard) if said_plainly and not heard.has("cancels") and not heard.has("moves_own") else None


def _calls_it_off(heard: Heard) -> bool:
    """ "Cancela", of an appointment; where things are sold too, one must stand that can be meant."""
    if heard.flow is not None or not heard.kinds <= _OF_A_BOOKING or not heard.has("cancels_it"):
        return False
    ordered = heard.has("placed") or heard.has("own_order")
    sells = heard.business.products and not (heard.kinds or heard.situation.standing)
    return not (ordered or sells or _asks_or_denies(heard))


def _begins_to_book(heard: Heard) -> bool:
    """ "Bora agendar então", "vou de escova": no yes, where nothing is asked, and nothing is called off."""
    if heard.situation.asks != "none" or heard.asked or heard.situation.just_booked:
        return False
    if not heard.kinds and heard.has("booking_lets"):
        return True
    service = next((fact for fact in heard.said if fact.kind == "service" and not fact.negated), None)
    if service is None or any(map(heard.has, ("cancels", "moves_own", "price", "cannot", "not"))):
        return False
    before = heard.folded[: max(0, service.start - heard.clause.start)]
    return cues.pattern("booking_goes_for").search(before) is not None


def _asks_or_denies(heard: Heard) -> bool:
    """ "Até quando posso cancelar?", "não cancela"."""
    return any(heard.has(cue) for cue in ("not", "on_what_terms", "price", "question_start"))


def _introduces_itself(heard: Heard) -> bool:
    """ "La empresa es Acme, mi correo es ana@acme.com": who tells what a lead is asked for wants to be one."""
    lead = heard.business.lead
    told = {_FOR_A_LEAD.get(kind, kind) for kind in heard.kinds} & set(lead.ask) if lead else set()
    otherwise = any(map(heard.has, ("not_interested", "cancels", "moves_own", "wants_to_know")))
    return heard.flow is None and not heard.asked and len(told) >= _TWO and not otherwise


def _wished(heard: Heard) -> str | None:
    """What is booked or ordered, while nothing is under way."""
    if heard.business.products and heard.has("sets_aside") and "service" not in heard.kinds:
        return "order"
    if "product" in heard.kinds and heard.has("adds_to"):
        return "change_order"
    if heard.business.professionals and _begins_to_book(heard):
        return "book"
    hinted = any(fact.role == "hint" for fact in heard.said)
    named = "service" in heard.kinds or (heard.situation.asks == "clarify" and heard.situation.topic.get("service"))
    wished = heard.has("books") or _needed(heard) or ("service" in heard.kinds and _wishes_for_it(heard))
    if hinted or (named and wished):
        return "book"
    if "service" in heard.kinds and _complains_of_its_own(heard):
        return "book"
    if "product" in heard.kinds and heard.has("wishes") and not heard.has("placed"):
        return "order"
    sells_by_lead = heard.business.lead is not None and not heard.business.products and not heard.business.services
    return "book" if sells_by_lead and heard.has("wants_lead") and not heard.has("not_interested") else None


def _complains_of_its_own(heard: Heard) -> bool:
    """ "Tengo los dientes torcidos": whoever tells what is the matter wishes for the procedure against it."""
    lead = heard.business.lead
    return lead is not None and "procedure" in lead.ask and heard.has("of_ones_own") and not heard.asked


def _needed(heard: Heard) -> bool:
    """ "Meu golden precisa de um banho": somebody or an animal needs what is done here."""
    service = next((fact for fact in heard.said if fact.kind == "service"), None)
    before = heard.folded[: max(0, service.start - heard.clause.start)] if service else ""
    return cues.pattern("needs_it").search(before) is not None


def _wishes_for_it(heard: Heard) -> bool:
    """ "Quero mudar a cor do cabelo": what is wished for may begin with a verb that elsewhere moves an appointment."""
    service = next(fact for fact in heard.said if fact.kind == "service")
    before = heard.folded[: max(0, service.start - heard.clause.start)]
    return heard.has("wishes") or cues.pattern("wishes").search(before) is not None


def _changes_an_order(heard: Heard) -> bool:
    """ "Tira ele do pedido", "posso trocar a golden pela premier?"."""
    products = [fact for fact in heard.said if fact.kind == "product"]
    if not products or not heard.business.products:
        return False
    swaps = len(products) > 1 and any(fact.value.get("instead_of") for fact in products)
    return heard.has("takes_it_off") or (swaps and heard.flow is None)


def _asks_for_a_time(heard: Heard) -> bool:
    """ "Tem pra hoje ainda?", behind the price of a haircut."""
    named = heard.kinds == {"time", "service"} or (heard.kinds == {"time"} and heard.situation.topic.get("service"))
    time = next((fact for fact in heard.said if fact.kind == "time"), None)
    if time is None or not named or not heard.business.professionals:
        return False
    start, before = heard.clause.start, heard.folded[: max(0, time.start - heard.clause.start)]
    for fact in heard.said:
        if fact.kind == "service" and fact.end <= time.start:
            before = f"{before[: fact.start - start]}{' ' * (fact.end - fact.start)}{before[fact.end - start :]}"
    return cues.pattern("can_be_had").fullmatch(f"{' '.join(before.split()).strip(' ,')} ") is not None


def _moves_own(heard: Heard) -> bool:
    """ "Trocar minha manicure pra sexta": an appointment that stands is to move."""
    services = {str(fact.value) for fact in heard.said if fact.kind == "service" and not fact.negated}
    if heard.flow is None and len(services) == _TWO and heard.has("trades") and not heard.has("price"):
        return True  # "can I swap Thursday's blowout for a hair treatment?"
    about = heard.kinds & {"time", "service"} and not heard.kinds & {"product", "payment", "address", "delivery"}
    every = heard.has("moves_to") and heard.has("every_one") and heard.flow is None
    return bool(about and heard.business.services) and (heard.has("moves_own") or every)


def _question(heard: Heard) -> str | None:
    return _of_the_house(heard) or _of_delivery(heard) or _of_things(heard)


def _of_the_house(heard: Heard) -> str | None:
    """What only the owner's texts, the shelf or the opening hours know."""
    things = heard.kinds & {"service", "product"}
    products = {fact.value["product"] for fact in heard.said if fact.kind == "product"}
    if heard.business.products and len(products) < _TWO and heard.has("exchanges"):
        return "faq"
    if heard.asked and (heard.has("told_by_owner") or (heard.has("discounts") and not things)):
        return "faq"
    if heard.has("stock_left") and not things:
        return "stock"
    if heard.asked and heard.has("instalments"):
        return "payment"
    if len({fact.value for fact in heard.said if fact.kind == "payment"}) > 1 and heard.has("or"):
        return "payment"  # "pix ou cartão?"
    return "hours" if heard.asked and heard.has("lunch_break") else None


def _of_delivery(heard: Heard) -> str | None:
    if heard.asked and heard.business.delivery and heard.has("minimum") and "service" not in heard.kinds:
        return "delivery"
    if heard.flow in ORDERING and heard.has("duration"):
        return "delivery"
    if heard.asked and heard.business.delivery and "product" not in heard.kinds and heard.has("pays_then"):
        return "payment"  # "posso pagar na entrega?"
    if _of_what_is_brought(heard):
        return "delivery"
    if "zone" in heard.kinds and heard.has("price") and not heard.kinds & {"product", "service"}:
        return "delivery"  # "how much do you charge to Jardim Paulista?"
    arrives = heard.flow in ORDERING and heard.has("arrival") and not heard.has("price")
    return "delivery" if arrives and not heard.kinds & {"product", "delivery", "payment"} else None


def _of_what_is_brought(heard: Heard) -> bool:
    """ "Quanto tempo demora?", "quanto fica?", after a question about delivery."""
    asked = heard.flow is None and heard.situation.topic.get("asked") == "delivery" and heard.clause.asks
    return asked and not heard.kinds & {"product", "service"} and any(map(heard.has, _OF_DELIVERY))


def _what_it_came_to(heard: Heard) -> bool:
    """ "Quanto deu mesmo?", with nothing under way or just asked about: of the last order."""
    idle = heard.flow is None and not heard.kinds and not heard.situation.topic
    return idle and bool(heard.business.products) and heard.has("came_to")


def _of_one_thing(heard: Heard) -> str | None:
    """ "E a unidade?", "quantos quilos ela tem?", "¿tienen arena?": of what is, or was just, spoken of."""
    if heard.has("unit"):
        return "prices"
    if heard.flow is None and heard.kinds == {"product"} and heard.has("stock") and not heard.counts_products:
        return "catalog"
    sized = heard.has("how_big") and (questions.sizes_told(heard.folded, heard.situation) or "product" in heard.kinds)
    return "stock" if sized else None


def _of_things(heard: Heard) -> str | None:
    things = heard.kinds & {"service", "product"}
    spoken_of = questions.under_way(heard.situation) or heard.situation.topic.get("service")
    if heard.has("duration") and ("service" in things or spoken_of):
        priced = cues.has("price", cues.pattern("duration").sub(" ", heard.folded))
        return "prices" if priced and "service" in things else "duration"  # the price tells both
    if _what_it_came_to(heard):
        return "total"
    if heard.flow is None and heard.asked and extremes.kind(heard.folded):
        return "prices"  # "which is the cheapest?"
    if heard.asked and not heard.has("price") and (told := _of_one_thing(heard)):
        return told
    if heard.has("price") and "order" not in heard.kinds:
        return "delivery" if heard.has("delivery_fee") and "product" not in heard.kinds else "prices"
    if heard.flow is None and (_whether_offered(heard) or _whether_served(heard)):
        return "catalog"
    answers = heard.only_when and not heard.clause.asks  # "segunda então, logo que abrir, às 8"
    return "hours" if heard.has("opening") and not things and not answers else None


def _whether_served(heard: Heard) -> bool:
    """ "Vocês atendem homem?": whom something is done for is asked, and nothing else is named."""
    asks = heard.clause.asks and not heard.kinds and heard.has("serves")
    return asks and bool(sorts.meant_for(heard.folded, heard.business, only_services=True))


def _whether_offered(heard: Heard) -> bool:
    """ "Vocês fazem escova?"; neither when a time is named nor "faz anos que…, como marco uma avaliação?"."""
    return heard.has("offered") and "service" in heard.kinds and "time" not in heard.kinds and not heard.has("books")
