"""What is said of the house and the talk itself: whose number this is, what can be done here, one's own data, haste."""

from __future__ import annotations

import re

from understanding.local.reading.heard import Heard
from understanding.local.text import announcing
from understanding.local.text.cues import has, pattern, words

_AROUND = " ,.!?¿¡…"
_OF_DATA = re.compile(
    r"\b(?:dad|dat|inf|regist|record|cadastr|cont|cuent|histor|conversa|chat|account|detail|profile|everyth|forgot|olvid|num)"
)
"""What such words always hold, looked for first: the cue itself reads to the end from every place."""
_THINGS = {"service", "product", "professional", "time", "zone", "payment"}


def intent(heard: Heard) -> str | None:
    """The intent that such words spell out, or None."""
    if _OF_DATA.search(heard.folded) and heard.has("erases_own_data"):
        return "human"  # only a person can
    if heard.asked and (heard.has("own_data") or ("time" not in heard.kinds and heard.has("by_appointment"))):
        return "faq"
    if heard.clause.asks and heard.has("who_are_you"):
        return "smalltalk"
    if heard.kinds == {"service"} and heard.has("with_whom_it_is"):
        return "professionals"
    if heard.has("which_day_is_it"):
        return "hours"
    asks = heard.kinds <= {"service", "product"} and announcing.asks_somehow(heard.folded)
    if asks and announcing.announces_of(heard.rest):
        return "smalltalk"
    if asks_what_it_is(heard) or _wants_what_nobody_tells(heard):
        return "faq"
    if heard.kinds & _THINGS:
        return None
    meant = kind(heard.folded)
    if meant is not None and not (meant == "which_house" and heard.flow is None and heard.situation.topic):
        return "smalltalk"
    return "human" if heard.flow is None and _whole("is_urgent", heard.folded) else None


def asks_what_it_is(heard: Heard) -> bool:
    """ "O que é hidratação?", "how does the coloring work?": a thing is to be explained, not wished for."""
    if not heard.asked or not heard.kinds & {"service", "product"} or heard.has("price"):
        return False
    return heard.has("how_it_is") or (heard.has("asks_what_it_is") and heard.rest <= words("what_is_it"))


def _wants_what_nobody_tells(heard: Heard) -> bool:
    """ "Manda foto da coleira", "vocês ligam antes?"."""
    shown = heard.has("asks_photo") and (heard.asked or heard.has("show_me"))
    return shown or (heard.clause.asks and heard.has("rings_ahead") and not heard.has("wants_person"))


def kind(folded: str) -> str | None:
    """Which kind of talk about the house it is: "ajuda", "posso fazer uma pergunta?", "é da pizzaria?"."""
    if _whole("abilities", folded):
        return "abilities"
    return "which_house" if has("which_house", folded) else None


def _whole(cue: str, folded: str) -> bool:
    return pattern(cue).fullmatch(folded.strip(_AROUND)) is not None
