"""What a clause is about: the classifier's word, checked against the facts and the flow under way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from domain.commands import Ask
from domain.ports import Situation
from understanding.local import sentiment, weights
from understanding.local.clauses import Clause
from understanding.local.cues import alternatives, has, pattern, words
from understanding.local.facts import WISHES, Fact
from understanding.local.words import fold, split

QUESTIONS = ("prices", "hours", "address", "payment", "delivery", "catalog", "faq", "out_of_scope", "stock", "why")
_BOOKING = {"book", "reschedule", "cancel_booking", "lead"}
_ORDERING = {"order", "change_order"}
_SURE, _LIKELY = 0.72, 0.35

_DEFINITE = {*QUESTIONS, "order", "book", "reschedule", "cancel_booking", "my_bookings", "cancel_order", "order_status",
             "change_order"} - {"out_of_scope"}  # fmt: skip
_TALK = {"affirm", "deny", "greet", "smalltalk", "thanks", "wait"}
_SAME_TASK = ({"book", "reschedule"}, {"book", "lead"}, {"order", "change_order"})
_OTHER_SUBJECT = {"human", "opt_out", "complaint", "forget"}
_NEEDED = {"opt_out": "opts_out", "human": "person", "reschedule": "moves"}
_PLAIN_YES, _QUESTION = 2, 3
_KINDS = ("how_are_you", "who_are_you", "laugh", "compliment")


def corrected(
    clause: Clause, said: Sequence[Fact], ranked: Sequence[tuple[str, float]], situation: Situation
) -> tuple[str | None, float]:
    """The intent that stands after looking at facts and context, with its confidence."""
    folded = fold(clause.text)
    name, confidence = _trusted(clause, folded, ranked, situation)
    if situation.flow is None and situation.asks == "none" and _bare(clause, said):
        return "unclear", 0.3
    if {fact.kind for fact in said} == {"name"}:
        return "inform", 0.9
    if _orders_too(clause, said, situation):
        return "order", 0.9
    where = clause.asks and name == "delivery"
    if situation.flow and not where and _fits(said, situation) and _only_facts(clause, said):
        return "inform", 0.9
    explicit = _explicit(clause, folded, said, situation)
    if explicit is not None:
        return explicit, 0.95
    if name == "change_order" and situation.flow is None and not has("placed", folded):
        name = "order"  # nothing speaks of an order that stands
    if situation.flow and _fits(said, situation) and _yields(name, confidence, clause, said, situation):
        return "inform", max(confidence, 0.8)
    if name in ("affirm", "deny") and confidence >= _LIKELY:
        return _decided(name, confidence, folded, situation, asks=clause.asks)
    if situation.flow is None and said and (implied := _implied(clause, said, situation, name, confidence)):
        return implied, max(confidence, 0.6)
    if name == "out_of_scope" and not _asked(clause) and (situation.asks != "none" or not _has_known_words(clause)):
        return "unclear", 0.2
    if confidence >= _LIKELY or _related(name, said):
        return name, confidence
    if said and situation.flow:
        return "inform", 0.7
    return ("faq" if _asked(clause) and len(split(folded)) >= _QUESTION else "unclear"), confidence


def _orders_too(clause: Clause, said: Sequence[Fact], situation: Situation) -> bool:
    """Counted products while something else is arranged: an order beside it."""
    other = situation.flow is not None and situation.flow not in _ORDERING
    counted = any(fact.kind == "product" and fact.value["quantity"] and not fact.negated for fact in said)
    return other and counted and not _asked(clause)


def _trusted(
    clause: Clause, folded: str, ranked: Sequence[tuple[str, float]], situation: Situation
) -> tuple[str, float]:
    """The likeliest intent that is possible here and has the words it needs to be believed."""
    for name, confidence in ranked:
        possible = name not in ("order", "change_order") or situation.business.products
        told = name not in _NEEDED or has(_NEEDED[name], folded)
        calm = name == "complaint" and (clause.asks or situation.flow) and sentiment.score(clause.text, situation.language) >= 0
        if possible and told and not calm and not (name == "complaint" and has("own_looks", folded)):
            return name, confidence
    return "out_of_scope", 0.0


def _decided(name: str, confidence: float, folded: str, situation: Situation, *, asks: bool) -> tuple[str, float]:
    """A yes that has an effect needs a word that says so."""
    if name == "affirm" and situation.asks == "confirm":
        told = split(folded)
        doubtful = len(told) > _PLAIN_YES and (asks or any(word.text == "nao" for word in told))
        if doubtful or not has("assent", folded):
            return "unclear", 0.3
    return name, confidence


def _explicit(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> str | None:
    """Words that leave no doubt."""
    kinds = {fact.kind for fact in said}
    if situation.flow and has("why", folded):
        return "why"
    if has("who", folded):
        return "professionals"
    if has("runs_late", folded) and situation.business.services and not has("moves_own", folded):
        return "faq"
    if situation.flow is None and (wanted := _wanted(clause, folded, kinds, situation)):
        return wanted
    if situation.flow not in ("book", "reschedule", *_ORDERING) and _moves_own(folded, kinds, situation):
        return "reschedule"
    if has("duration", folded):
        if situation.flow in _ORDERING:
            return "delivery"
        if "service" in kinds or situation.slots.get("service"):
            return "duration"
    if has("price", folded) and "order" not in kinds:
        return "delivery" if has("delivery_fee", folded) else "prices"
    if situation.flow is None and has("offered", folded) and "service" in kinds and "time" not in kinds:
        return "catalog"
    if situation.flow in _ORDERING and has("arrival", folded) and not kinds & {"product", "delivery"}:
        return "delivery"
    if has("opening", folded) and not {"service", "product"} & kinds:
        return "hours"
    return None


def _wanted(clause: Clause, folded: str, kinds: set[str], situation: Situation) -> str | None:
    """A flow that its verb begins."""
    business = situation.business
    if business.products and has("order_seen", folded):
        return "order_status"
    if clause.asks or has("cancels", folded) or has("moves_own", folded):
        return None
    if "service" in kinds and (has("books", folded) or has("wishes", folded)):
        return "book"
    if "product" in kinds and has("wishes", folded) and not has("placed", folded):
        return "order"
    sells_by_lead = business.lead is not None and not business.products and not business.services
    return "book" if sells_by_lead and has("wants_lead", folded) else None


def _moves_own(folded: str, kinds: set[str], situation: Situation) -> bool:
    """ "Trocar minha manicure pra sexta": an appointment that stands is to move."""
    about = bool(kinds & {"time", "service"}) and not kinds & {"product", "payment", "address", "delivery"}
    return about and bool(situation.business.services) and has("moves_own", folded)


def _fits(said: Sequence[Fact], situation: Situation) -> bool:
    """Whether the facts are ones the flow under way can take."""
    kinds = {fact.kind for fact in said}
    if situation.flow in _BOOKING:
        return bool(kinds & {"time", "service", "professional", "name", "email", *WISHES, "insurance"})
    if situation.flow in _ORDERING:
        return bool(kinds & {"product", "zone", "address", "payment", "delivery", "change_for", "as_last"})
    return situation.flow in ("cancel_order", "order_status") and "order" in kinds


def _yields(name: str, confidence: float, clause: Clause, said: Sequence[Fact], situation: Situation) -> bool:
    """Whether the intent gives way to the facts: about the same task, or not sure enough to change the subject."""
    if name in _TALK or name == situation.flow or {name, situation.flow} in _SAME_TASK:
        return True
    if name in _OTHER_SUBJECT:
        return confidence < _SURE
    if name == "payment" and any(fact.kind == "payment" for fact in said) and not has("accepts", fold(clause.text)):
        return True
    if name in ("delivery", "payment", "address", "catalog", "hours", "faq"):
        return not _asked(clause)
    return confidence < _SURE and not (clause.asks and name in QUESTIONS)


def _implied(clause: Clause, said: Sequence[Fact], situation: Situation, name: str, confidence: float) -> str | None:
    """Facts that alone tell what is wanted: a service with a time is booked, a product with a quantity is ordered."""
    kinds = {fact.kind for fact in said if not fact.negated}
    counted = any(fact.kind == "product" and fact.value["quantity"] for fact in said)
    if counted and name in QUESTIONS and not _asked(clause):
        return "order"
    if "as_last" in kinds and not _asked(clause) and name not in ("reschedule", "cancel_booking"):
        return "book" if name == "book" or not situation.business.products else "order"
    if name in _DEFINITE and confidence >= _LIKELY:
        return None
    if situation.asks == "clarify" and kinds & {"service", "product"}:
        return "book" if "service" in kinds else "order"
    if counted:
        return "order"
    if "time" in kinds and situation.business.services and (kinds & {"service", "professional"} or confidence < _SURE):
        return "book"
    return "unclear" if kinds & {"service", "product"} and confidence < _SURE else None


def _asked(clause: Clause) -> bool:
    return clause.asks or pattern("question_start").match(fold(clause.text)) is not None


def _bare(clause: Clause, said: Sequence[Fact]) -> bool:
    """A thing's name and nothing else."""
    if len(said) != 1 or said[0].kind not in ("service", "product") or clause.asks:
        return False
    if said[0].kind == "product" and said[0].value["quantity"]:
        return False
    return clause.rest(_places(said)) <= words("articles")


def _only_facts(clause: Clause, said: Sequence[Fact]) -> bool:
    """Nothing but facts and the small words around them."""
    return clause.rest(_places(said)) <= words("fillers") | words("articles")


def _places(said: Sequence[Fact]) -> list[tuple[int, int]]:
    return [(fact.start, fact.end) for fact in said]


def _has_known_words(clause: Clause) -> bool:
    """Whether the classifier ever saw one of the words: "xpto flurb" is no question."""
    rows = weights.load().rows
    return any(len(word) > 2 and f"={word}" in rows for word in clause.rest(()))


def _related(name: str, said: Sequence[Fact]) -> bool:
    kinds = {fact.kind for fact in said}
    return (name == "book" and "service" in kinds) or (name == "order" and "product" in kinds)


def smalltalk_kind(text: str) -> str:
    """Which kind of talk it is."""
    folded = fold(text)
    return next((kind for kind in _KINDS if has(kind, folded)), "other")


def question(name: str, clause: Clause, said: Sequence[Fact], situation: Situation) -> Ask:
    """The question with what it speaks of: the named things, else what the flow under way is about."""
    folded, today = fold(clause.text), situation.now.date().isoformat()
    about = {"text": clause.text[_connective(folded) :].strip(), **_spoken_of(said)}
    named = about.keys() & {"service", "product"}
    if name in ("prices", "duration") and not named and situation.slots.get("service"):
        about["service"] = [situation.slots["service"]]
    elif name in ("prices", "catalog", "stock") and not named and _names_something(folded):
        about["unlisted"] = True
    if name == "hours" and has("holiday", folded):
        about["holiday"] = True
    elif name == "hours" and has("now", folded) and about.get("day", today) == today:
        about.pop("day", None)
        about["now"] = True
    stocked = name == "catalog" and about.get("product") and (has("stock", folded) or clause.asks)
    return Ask({"out_of_scope": "faq"}.get(name, "stock" if stocked else name), about)


@cache
def _connectives() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:(?:{alternatives('and')}|{alternatives('but')})[\s,]+)+")


def _connective(folded: str) -> int:
    """How long "aliás," or "e" before a question is."""
    found = _connectives().match(folded)
    return found.end() if found else 0


def _spoken_of(said: Sequence[Fact]) -> dict[str, Any]:
    """What a question is about: services and products by id, a professional, a zone, a day."""
    about: dict[str, Any] = {}
    for fact in said:
        if fact.kind == "service":
            about.setdefault("service", []).extend(fact.value if isinstance(fact.value, list) else [fact.value])
        elif fact.kind == "product":
            named = [fact.value["product"]] if fact.value["product"] else []
            about.setdefault("product", []).extend([*named, *fact.value["alternatives"]])
        elif fact.kind in ("professional", "zone"):
            about[fact.kind] = fact.value
        elif fact.kind == "time" and fact.value["start"] and fact.value["has_date"] and _is_day(fact.value):
            about["day"] = fact.value["start"][:10]
    return about


def _is_day(time: Mapping[str, Any]) -> bool:
    """Whether a time speaks of one day, not of a week or month."""
    return time["grain"] in ("minute", "hour", "day")


def _names_something(folded: str) -> bool:
    """Whether a noun is left that no catalogue knows."""
    return any(
        word.text.isalpha() and len(word.text) > 2 and word.text not in words("function_words")
        for word in split(folded)
    )
