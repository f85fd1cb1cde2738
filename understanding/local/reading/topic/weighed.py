"""The classifier's guess, weighed against the flow under way and the facts."""

from __future__ import annotations

from understanding.local.classifier import weights
from understanding.local.reading.heard import ORDERING, Heard
from understanding.local.reading.intent_groups import CERTAIN, LIKELY, QUESTIONS, SURE, Judged
from understanding.local.reading.topic import implied, resembling, trusted
from understanding.local.reading.topic.questions import TALK
from understanding.local.text.words import split

_TALK = {"affirm", "deny", "greet", "smalltalk", "thanks", "wait", "who_are_you"}
_SAME_TASK = ({"book", "reschedule"}, {"book", "lead"}, {"order", "change_order"})
_OTHER_SUBJECT = {"human", "opt_out", "complaint", "forget"}
_QUESTION = 3


def against_facts(heard: Heard, name: str, confidence: float) -> Judged:
    """The guess against the flow under way and the facts."""
    if heard.flow and (_only_an_hour(heard, name) or (heard.fits and _yields(heard, name, confidence))):
        return "inform", max(confidence, 0.8)
    if (beside := resembling.only_resembles(heard, name, confidence)) is not None:
        return beside, max(confidence, 0.6)
    if name in ("affirm", "deny") and (weighed := _yes_or_question(heard, name, confidence)) is not None:
        return weighed
    if name == "complaint" and confidence >= LIKELY and not trusted.mild(heard):
        return name, confidence
    if heard.flow is None and heard.said and (wanted := implied.by_facts(heard, name, confidence)):
        return wanted, max(confidence, 0.6)
    if name == "out_of_scope" and not heard.asked and (heard.situation.asks != "none" or not _has_known_words(heard)):
        return "unclear", 0.2
    idle = name == "smalltalk" or (name == "greet" and confidence < SURE)
    if idle and heard.clause.asks and not any(heard.has(kind) for kind in TALK):
        return "faq", confidence  # a question about something is no small talk
    related = {"book": "service", "order": "product"}.get(name) in heard.kinds
    if confidence >= LIKELY or related:
        return name, confidence
    if heard.said and heard.flow:
        return "inform", 0.7
    return ("faq" if heard.asked and len(split(heard.folded)) >= _QUESTION else "unclear"), confidence


def _only_an_hour(heard: Heard, name: str) -> bool:
    """ "Então às 12h", while an order is arranged: when it shall come, and no appointment."""
    told = heard.flow in ORDERING and heard.kinds == {"time"}
    return told and name in ("book", "reschedule") and not heard.has("books")


def _yes_or_question(heard: Heard, name: str, confidence: float) -> Judged | None:
    """A yes or no that is none: to nothing that was asked, with things named, or "e barra o quê exatamente"."""
    asks = name == "affirm" and heard.flow is None and heard.asked and not heard.said
    if asks and len(split(heard.folded)) >= _QUESTION:
        return "faq", confidence
    told = heard.flow is None and bool(heard.said) and confidence < SURE
    return (name, confidence) if confidence >= LIKELY and not told else None  # its effect is weighed once more


def _yields(heard: Heard, name: str, confidence: float) -> bool:
    """Whether the intent gives way to the facts: about the same task, or not sure enough to change the subject."""
    if name == "smalltalk" and confidence >= CERTAIN and heard.kinds == {"time"} and not heard.tells_hour:
        return False  # "que calor hoje, né", while times are offered
    told = heard.flow in ORDERING and heard.counts_products and not heard.asked and not heard.has("price")
    if told and name in QUESTIONS:
        return True  # "con un shampoo me alcanza"
    if name in _TALK or name == heard.flow or {name, heard.flow} in _SAME_TASK:
        return True
    if name in _OTHER_SUBJECT:
        return confidence < SURE
    if name in ("hours", "catalog") and heard.only_when and not heard.has("opening"):
        return True  # "what about 2pm then?", "anything after work?"
    if name == "payment" and "payment" in heard.kinds and not heard.has("accepts"):
        return True
    if name in ("delivery", "payment", "address", "catalog", "hours", "faq"):
        return not heard.asked
    return confidence < SURE and not (heard.clause.asks and name in QUESTIONS)


def _has_known_words(heard: Heard) -> bool:
    """Whether the classifier ever saw one of the words: "xpto flurb" is no question."""
    rows = weights.load().rows
    return any(len(word) > 2 and f"={word}" in rows for word in heard.clause.rest(()))
