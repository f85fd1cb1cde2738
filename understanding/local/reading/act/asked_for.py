"""What an act asks for: its commands, with the facts of the message and what stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.commands import Ask, Command, Fill, Smalltalk, Start
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import wanted
from understanding.local.reading.fills import fills
from understanding.local.reading.topic import house, questions
from understanding.local.text.clauses import Clause
from understanding.local.text.words import fold

INTENT: Mapping[str, str] = {
    "book": "book", "lead": "book", "order": "order", "move": "reschedule", "cancel_booking": "cancel_booking",
    "own_when": "my_bookings", "order_status": "order_status", "change_order": "change_order",
    "cancel_order": "cancel_order", "ask_price": "prices", "ask_hours": "hours", "ask_where": "address",
    "ask_payment": "payment", "ask_delivery": "delivery", "ask_done": "catalog", "ask_who": "professionals",
    "ask_other": "faq", "human": "human", "complaint": "complaint", "opt_out": "opt_out", "repeat": "repeat",
    "outside": "out_of_scope", "thanks": "thanks", "abilities": "who_are_you", "smalltalk": "smalltalk", "late": "faq",
    "own_price": "prices", "own_duration": "faq", "ask_duration": "faq", "change_booking": "reschedule",
    "add_service": "book", "companion": "book", "keeps": "smalltalk", "opt_in": "opt_in",
}  # fmt: skip
"""What each act counts as among the intents."""
_TALK = ("smalltalk", "abilities", "keeps")
_OF_OWN = {"own_price": "prices", "own_duration": "duration"}
_BEGUN = {"change_booking": "reschedule", "add_service": "book", "companion": "book"}
_LATE = {"pt-BR": "vou me atrasar", "en": "I'm running late", "es": "voy a llegar tarde"}


def commands(act: str, text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """What the act asks for; empty where this business or state knows no such thing."""
    told = [fact for fact in said if fact.kind != "tells"]
    if act in _TALK:
        return _talk(act, text)
    if act == "late":
        return [Ask("faq", {"text": _LATE[situation.language]})] if situation.business.services else []
    if act in _OF_OWN:
        return _of_own(_OF_OWN[act], text, told, situation)
    if act in _BEGUN:
        beside = [Fill("for_another", True)] if act == "companion" else []
        return [Start(_BEGUN[act]), *fills(told, situation, flow=_BEGUN[act]), *beside]
    if not _is_known_here(act, situation):
        return []
    clause = Clause(text, 0, len(text), asks="?" in text)
    if act == "ask_duration":
        return [questions.question("duration", clause, _things(told), situation)]
    wishes = wanted.commands(INTENT[act], clause, told, situation, [(INTENT[act], 1.0)])
    return [] if act == "change_order" and not _changes_something(wishes) else wishes


def _talk(act: str, text: str) -> list[Command]:
    """What needs no doing; of talk about the chat itself, which it is."""
    if act == "keeps":
        return [Smalltalk("other")]
    if act == "abilities":
        return [Smalltalk(house.kind(fold(text)) or "abilities")]
    return [Smalltalk(questions.smalltalk_kind(text))]


def _changes_something(wishes: Sequence[Command]) -> bool:
    """ "Could it come tomorrow instead?" tells nothing of an order that can be changed."""
    return any(isinstance(each, Fill) and each.slot not in ("time", "earliest", "latest") for each in wishes)


def _is_known_here(act: str, situation: Situation) -> bool:
    if act == "order":
        return bool(situation.business.products)
    if act in ("change_order", "cancel_order", "order_status"):
        return situation.just_ordered or (bool(situation.ordered) and not situation.standing)
    if act in ("move", "cancel_booking", "own_when"):
        return bool(situation.standing) or situation.just_booked
    return True


def _things(said: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in said if fact.kind in ("service", "product")]


def _of_own(topic: str, text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """A question about what the customer has booked; about what was ordered, where that is all there is."""
    if situation.just_ordered or (not situation.standing and not situation.just_booked):
        return [Start("order_status")] if topic == "prices" and situation.business.products else []
    own = _own_services(said, situation)
    return [Ask(topic, {"text": text.strip(), "service": own})] if own else []


def _own_services(said: Sequence[Fact], situation: Situation) -> list[str]:
    """The services of the appointment spoken of: the one named or of the day told, the one just made, else all."""
    standing = list(situation.standing)
    named = {each for fact in said if fact.kind == "service" for each in _ids(fact)}
    days = {str(fact.value["start"])[:10] for fact in said if fact.kind == "time" and fact.value["has_date"]}
    for of_it in (
        [one for one in standing if one["service"] in named],
        [one for one in standing if str(one["start"])[:10] in days],
        [situation.done] if situation.just_booked else [],
        standing,
    ):
        if of_it:
            return list(dict.fromkeys(str(one["service"]) for one in of_it))
    return []


def _ids(fact: Fact) -> list[str]:
    return list(fact.value) if isinstance(fact.value, list) else [fact.value]
