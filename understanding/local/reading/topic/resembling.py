"""A thank-you or a question that only resembles talk or a wish."""

from __future__ import annotations

from understanding.local.reading.heard import Heard
from understanding.local.reading.intent_groups import IDLE_TALK, LIKELY, LOOSE
from understanding.local.text.words import split

_LONG_FOR_TALK, _FEW = 4, 4


def only_resembles(heard: Heard, name: str, confidence: float) -> str | None:
    """What a thank-you or a question is, that only resembles something else."""
    if _only_thanks(heard, name if confidence >= LIKELY else "smalltalk"):
        return "thanks"
    return "faq" if _only_asks(heard, name) else None


def _only_asks(heard: Heard, name: str) -> bool:
    """Whether a question only resembles talk or a wish: "qual o nome do dentista?", "tem café pra quem espera?"."""
    if name in IDLE_TALK and _asks_something(heard):
        return True
    if name == "wait":
        return heard.asked and not heard.has("waits")
    told = heard.said or any(heard.has(cue) for cue in ("about_time", "books", "wishes"))
    return heard.asked and name in ("book", "order") and not told and heard.has("which_fact")


def _only_thanks(heard: Heard, name: str) -> bool:
    """ "Mil gracias, un amor": a few words beside a thank-you that nobody would answer."""
    idle = heard.flow is None and heard.situation.asks == "none" and heard.clause.thanks
    return idle and not heard.said and not heard.asked and name in LOOSE and len(split(heard.folded)) <= _FEW


def _asks_something(heard: Heard) -> bool:
    """ "O que exatamente é isso?": whoever asks, while nothing was asked of them, wants to know."""
    waiting = heard.situation.asks != "none"
    return heard.asked and not waiting and len(split(heard.folded)) >= _LONG_FOR_TALK
