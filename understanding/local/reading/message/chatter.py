"""Sentences that only tell how one fares, beside what is wished for or asked: "tô entrando em call", "my bus is stuck".

Read for themselves, the words they hold would call a person or move an appointment.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.ports import Situation
from understanding.local import acts, intents
from understanding.local.facts.fact import Fact
from understanding.local.reading.message.letters import sentences
from understanding.local.reading.parts import Part, blanked
from understanding.local.text.cues import pattern
from understanding.local.text.words import fold

_SURE = 0.6
_FEWEST, _MOST = 3, 8
"""Words of such a sentence, at least; sentences of a message that are looked at, at most."""
_TASKS = (
    "human", "complaint", "opt_out", "opt_in", "reschedule", "cancel_booking", "my_bookings",
)  # fmt: skip
"""What such a sentence must be taken for, to be left out: whatever else it tells may be of the wish."""


def left_out(text: str, said: Sequence[Fact], situation: Situation) -> str:
    """The text without them, while no question waits and something else is told or asked."""
    if situation.flow is not None or situation.asks != "none":
        return text
    told = list(sentences(text))
    talk = [each for each in told[:_MOST] if _is_talk(each, said, situation.language)] if len(told) > 1 else []
    rest = [each for each in told if each not in talk and (each.asks or any(each.holds(fact) for fact in said))]
    for each in talk if rest else ():
        words = text[each.start : each.end].rstrip()
        text = blanked(text, each.start + len(words) - len(_behind_a_greeting(words)), each.start + len(words))
    return text


def _is_talk(sentence: Part, said: Sequence[Fact], language: str) -> bool:
    told = any(fact.start < sentence.end and fact.end > sentence.start for fact in said)
    if sentence.asks or told or len(sentence.words.split()) < _FEWEST:
        return False
    words = _behind_a_greeting(sentence.words)
    if not words or pattern("question_start").match(words):
        return False
    likeliest = next((name for name, _ in intents.rank(words, language)), "")
    return likeliest in _TASKS and acts.judge(words, "new", language).get("smalltalk", 0.0) >= _SURE


def _behind_a_greeting(words: str) -> str:
    """ "Oi, tô na correria": what is told."""
    greeted = pattern("greeting").match(fold(words.lstrip()))
    return words.lstrip()[greeted.end() :].lstrip(" ,!") if greeted else words
