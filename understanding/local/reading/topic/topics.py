"""What a clause is about: the classifier's word, checked against the facts and the flow under way."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.local.reading.heard import Heard
from understanding.local.reading.intent_groups import Judged
from understanding.local.reading.topic import arranged, of_standing, settled, trusted, verbs, weighed
from understanding.local.text import gibberish, vague
from understanding.local.text.cues import has, pattern

_AT_MOST_BESIDE = 3
_OF_NO_HOUR = {"prices", "catalog", "payment", "faq", "out_of_scope", "smalltalk", "deny"}


def corrected(heard: Heard, ranked: Sequence[Judged]) -> Judged:
    """The intent that stands after looking at facts and context, with its confidence."""
    if (gibberish.only(heard.folded) or vague.only(heard.folded)) and not heard.said:
        return "unclear", 0.2
    if _calls_nothing_off(heard):
        return "deny", 0.9
    guess = trusted.likeliest(heard, ranked)
    at_an_hour = heard.flow is None and guess[0] in _OF_NO_HOUR and arranged.has_its_hour(heard)
    spelled_out = "book" if at_an_hour else settled.by_facts(heard, guess) or verbs.intent(heard)
    if spelled_out is not None:
        judged = spelled_out, 0.3 if spelled_out == "unclear" else 0.9
    else:
        judged = weighed.against_facts(heard, *guess)
    own = of_standing.act(heard, judged[0], ranked) if heard.situation.standing else None
    return judged if own is None else (own, 0.9)


def _calls_nothing_off(heard: Heard) -> bool:
    """ "I'm not cancelling, don't worry": nothing else is told."""
    if heard.said or heard.asked or not heard.has("not_cancelling"):
        return False
    rest = pattern("not_cancelling").sub(" ", heard.folded)
    return not has("cancels", rest) and len(rest.split()) <= _AT_MOST_BESIDE
