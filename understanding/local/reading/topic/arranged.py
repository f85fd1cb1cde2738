"""What words and facts of a service or a time are: a wish, an answer, a correction or a question."""

from __future__ import annotations

from understanding.local.reading.heard import ORDERING, Heard
from understanding.local.reading.intent_groups import LIKELY, SURE, Judged
from understanding.local.text.cues import pattern, words

_OF_NO_HOUR = (
    "delivery", "professionals", "stock", "catalog", "out_of_scope", "prices", "payment", "faq", "address", "order",
)  # fmt: skip
_ASKS_ELSE = (
    "price", "duration", "opening", "lunch_break", "accepts", "performs", "told_by_owner", "on_what_terms", "why",
)  # fmt: skip
_OTHER_THAN_AGAIN = ("price", "cancels", "moves_own", "wants_to_know", "not")
_GIVING_UP = ("gives_up", "lets_go")
_WHAT = ("o que", "what", "lo que")
_OF_ANOTHER_TIME = {"time", "professional", "same_person", "anybody", "service"}


def of_an_appointment(heard: Heard, guess: Judged) -> str | None:
    """What words and facts of a service or a time are here: a wish, an answer, a correction or a question."""
    if _to_be_booked(heard, guess):
        return "book"
    if _as_last_time(heard, guess):
        return "book" if heard.flow is None else "inform"
    if _asks_the_terms(heard):
        return "faq"
    chosen = heard.situation.asks == "service" and "service" in heard.kinds
    if chosen and not heard.asked and not heard.has("price"):
        return "inform"
    if _cannot_come_then(heard) and not (guess[0] in ("cancel_booking", "my_bookings") and guess[1] >= LIKELY):
        return "reschedule"
    if _asks_for_that_hour(heard, guess):
        return "inform"
    instead = guess[0] == "forget" and heard.only_when and {fact.negated for fact in heard.said} == {True, False}
    instead = instead or (guess[0] == "forget" and _is_given_up_for_it(heard))
    return "inform" if instead or _puts_right(heard) else None  # "esquece quinta, vamos de sexta"


def _as_last_time(heard: Heard, guess: Judged) -> bool:
    """ "Quero repetir o que fiz da outra vez", where nothing but appointments is made; "o que eu fiz?" only asks."""
    told = next((fact for fact in heard.said if fact.kind == "as_last"), None)
    if told is None or heard.business.products or not heard.business.professionals or heard.flow not in (None, "book"):
        return False
    if guess[0] == "complaint" or any(map(heard.has, _OTHER_THAN_AGAIN)):
        return False
    said = heard.folded[max(0, told.start - heard.clause.start) :]
    polite = "books" if said.startswith(_WHAT) else "asks_for"
    return not heard.asked or heard.has("wishes") or heard.has(polite)


def _is_given_up_for_it(heard: Heard) -> bool:
    """ "Uy no, olvídalo, el jueves a la misma hora", while a time is arranged: in the place of what goes."""
    if not heard.only_when or heard.asked or heard.has("some_day") or any(fact.negated for fact in heard.said):
        return False
    given_up = next((found for cue in _GIVING_UP if (found := pattern(cue).search(heard.folded))), None)
    if given_up is None:
        return False
    left = heard.rest - set(given_up.group().split())
    small = frozenset[str]().union(*map(words, ("fillers", "articles", "suits", "and", "beside_details")))
    return all(word in small or pattern("startled").fullmatch(word) for word in left)


def _asks_for_that_hour(heard: Heard, guess: Judged) -> bool:
    """ "Would 3 be possible?", "has 2pm been taken?", "5 then, still with Ana?", while a time is settled: a wish."""
    settling = heard.flow in ("book", "reschedule") and heard.situation.asks in ("time", "confirm")
    others = guess[0] in _OF_NO_HOUR or (guess[0] == "my_bookings" and not heard.has("own_when"))
    if not settling or not others or not heard.kinds <= _OF_ANOTHER_TIME:
        return False
    exact = [fact.value for fact in heard.said if fact.kind == "time" and not fact.negated]
    told = any(time["has_time"] and time["kind"] == "moment" for time in exact)
    asks_else = any(heard.has(cue) for cue in _ASKS_ELSE)
    return (told or heard.has("still_with")) and not asks_else


def _cannot_come_then(heard: Heard) -> bool:
    """ "Friday isn't going to work for me any more", with nothing under way: what stands then must move."""
    days = [fact for fact in heard.said if fact.kind == "time" and fact.negated and fact.value["has_date"]]
    alone = heard.flow is None and heard.kinds == {"time"} and len(days) == len(heard.said)
    return alone and not heard.asked and bool(heard.business.professionals) and not heard.has("cancels")


def _to_be_booked(heard: Heard, guess: Judged) -> bool:
    """ "¿Me reserváis con Ana el jueves?" is no question for one's own; a bath with its time, beside an order."""
    wished = "time" in heard.kinds or heard.has("books")
    if heard.flow in ORDERING and "service" in heard.kinds and wished and not heard.asked:
        return True
    if guess[1] >= SURE or not {"time"} < heard.kinds:
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


def has_its_hour(heard: Heard) -> bool:
    """ "A blow-dry Friday at 3pm, any chance?": no price depends on the hour, so it is wished for then."""
    times = [fact.value for fact in heard.said if fact.kind == "time" and not fact.negated]
    named = "service" in heard.kinds and bool(heard.business.professionals)
    asks_else = any(heard.has(cue) for cue in ("price", "duration", "accepts", "performs", "cancels", "told_by_owner"))
    return named and not asks_else and any(time["has_time"] and time["kind"] == "moment" for time in times)
