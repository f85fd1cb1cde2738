"""The last word on a message said while no question waits: what it surely does, where its commands tell other things.

Clauses are read by the words they hold; "quinta é feriado, vou dormir o dia todo" tells a day and wishes nothing. A
classifier that knows the state hears the message as a whole.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from domain.commands import (
    Affirm,
    Ask,
    Command,
    Correct,
    Deny,
    Fill,
    Human,
    OptIn,
    OptOut,
    Repeat,
    Smalltalk,
    Start,
    Unclear,
    Wait,
)
from domain.ports import Situation
from understanding.local import acts
from understanding.local.facts.fact import Fact
from understanding.local.reading.act import asked_for, told
from understanding.local.reading.draft import Draft
from understanding.local.text import gibberish, vague
from understanding.local.text.cues import has
from understanding.local.text.words import fold, split

_SURE: Mapping[acts.State, float] = {
    "new": 0.965, "told": 0.8, "has_booking": 0.7, "has_order": 0.7, "just_booked": 0.7, "just_ordered": 0.7
}  # fmt: skip
_SURER: Mapping[str, float] = {
    "opt_out": 0.97, "human": 0.97, "keeps": 0.98, "complaint": 0.99, "outside": 0.9, "repeat": 0.93, "order": 0.9,
    "move": 0.75, "own_when": 0.9,
}  # fmt: skip
_GRAVE = ("opt_out", "human", "complaint", "cancel_booking", "cancel_order")
_NOTHING_ELSE = 0.65
_NEW = 0.6
_FOUNDED = 0.98
_LONG, _AT_LENGTH = 15, 0.8
"""How sure it must be in a state; of an act; against a wish with its details, or where so many words may do more."""
_WELL_FOUNDED = 3
_DETAILS = (
    "items", "service", "time", "professional", "delivery", "address", "zone", "payment", "change_for", "more"
)  # fmt: skip
_ONLY_TOLD, _BRIEF = 0.7, 3  # "é urgente!!" calls somebody
_LIKELY, _HARDLY = 0.4, 0.03
_FAINT = 0.08
"""An act that is at least so likely may stay what the words were taken for."""
_GONE = ("cancels", "gives_up", "no_longer_wanted")
_FEWEST = 2
_ELLIPTIC = 6
_NEVER_LEFT = (Human, OptIn, OptOut, Affirm, Wait, Correct)
_TALK = ("smalltalk", "thanks")
"""Neither needs any doing: how surely it is one of them counts."""
_HOW_LONG = {"ask_delivery", "ask_duration"}


def settle(draft: Draft, text: str, said: Sequence[Fact], situation: Situation) -> bool:
    """Makes the draft what the message surely does, where nothing it holds is likely. Returns whether it did."""
    state = _state(situation)
    if state is None:
        return False
    judged = _of_own(acts.judge(text, state, situation.language), situation)
    if _only_tells(draft.commands, judged, text):
        draft.commands, draft.intents, draft.confidence = [Smalltalk("other")], ["smalltalk"], judged["smalltalk"]
        return True
    if _is_left(draft.commands, fold(text), state):
        return False
    act, sure = max(judged.items(), key=lambda pair: pair[1], default=("", 0.0))
    if act == "cancel_booking" and has("not_cancelling", fold(text)):
        return False
    if act in _TALK:
        sure = 1.0 - math.prod(1.0 - judged[each] for each in _TALK)  # each is measured by itself: they may sum to more
    least = _least(act, state, draft.commands, text)
    if act == "book" and Start("reschedule") in draft.commands and not situation.standing:
        least = _NEW  # "me quiero cortar el pelo el miércoles, me sueltan a las 5": there is nothing to be moved
    if sure < least or _is_likely(draft.commands, act, judged, fold(text)):
        draft.commands = _without_unlikely(draft.commands, judged)
        return False
    commands = asked_for.commands(act, text, said, situation)
    if not commands:
        return False
    draft.commands, draft.intents, draft.confidence = commands, [asked_for.INTENT[act]], sure
    return True


def _only_tells(commands: Sequence[Command], judged: Mapping[str, float], text: str) -> bool:
    """ "I lost my phone and all my messages", "tô entrando em call": calls nobody, and opts out of nothing."""
    grave = bool(commands) and all(each in (Human("asked"), OptOut()) for each in commands)
    return grave and len(text.split()) > _BRIEF and judged.get("smalltalk", 0.0) >= _ONLY_TOLD


def says_it_is_gone(folded: str) -> bool:
    """Whether words call something off, and do not only tell that it cannot be kept."""
    return any(has(cue, folded) for cue in _GONE)


def _of_own(judged: Mapping[str, float], situation: Situation) -> Mapping[str, float]:
    """ "¿Con quién es?", of the appointment that was just asked about."""
    if situation.topic.get("asked") != "my_bookings" or not situation.standing or "ask_who" not in judged:
        return judged
    return {**judged, "own_when": min(1.0, judged["own_when"] + judged["ask_who"]), "ask_who": 0.0}


def _is_left(commands: Sequence[Command], folded: str, state: acts.State) -> bool:
    """Whether the words are to decide: a yes, a person called, letters that are no words, "e no centro?"."""
    words = split(folded)
    decided = any(isinstance(each, _NEVER_LEFT) or each == Unclear(()) for each in commands)  # "not that"
    if len(words) < _FEWEST or decided or _is_no_word(folded) or _details(commands) >= _WELL_FOUNDED:
        return True
    return state == "told" and len(words) <= _ELLIPTIC and has("and", words[0].text)


def _is_no_word(folded: str) -> bool:
    return gibberish.only(folded) or vague.only(folded)


def _least(act: str, state: acts.State, commands: Sequence[Command], text: str) -> float:
    """How sure the act must be; less where nothing was understood."""
    if act in told.HOUSE and _is_founded(commands):
        return math.inf  # "quero uma golden, pago no pix": what it is paid with is told, not asked
    if commands and all(isinstance(each, Unclear | Deny) for each in commands) and act not in _GRAVE:
        return _SURE[state] if state in ("new", "told") else _NOTHING_ELSE
    least = max(_SURE[state], _SURER.get(act, 0.0))
    if _is_founded(commands) and act not in _TALK:
        return max(least, _FOUNDED)
    return max(least, _AT_LENGTH) if len(split(text)) > _LONG else least


def _is_likely(commands: Sequence[Command], act: str, judged: Mapping[str, float], folded: str) -> bool:
    """Whether the commands may be right: what is likely, and which of the house's questions it is."""
    heard = told.acts(commands)
    if any(judged.get(each, 0.0) >= _FAINT for each in heard):
        return True
    if act == "ask_duration" and has("price", folded):
        return True  # "muito tempo. e a escova é quanto?"
    if act == "cancel_booking" and Start("reschedule") in commands and not says_it_is_gone(folded):
        return True  # "Friday no longer works for me": another day may
    if act == "change_booking" and commands == [Start("cancel_booking")]:
        return says_it_is_gone(folded)  # "esquece o corte"
    if act == Repeat.name:
        return any(isinstance(each, Ask) for each in commands)
    return act in told.HOUSE and bool(heard & (_HOW_LONG if act == "ask_duration" else told.HOUSE))


def _without_unlikely(commands: Sequence[Command], judged: Mapping[str, float]) -> list[Command]:
    """ "Levei o errado, vocês trocam?": a flow that no detail bears out is not begun beside a likely question."""

    def chance(command: Command) -> float:
        return max((judged.get(act, 0.0) for act in told.acts([command])), default=1.0)

    likely = max((chance(each) for each in commands if isinstance(each, Ask)), default=0.0)
    if likely < _LIKELY or any(isinstance(each, Fill | Correct) for each in commands):
        return list(commands)
    return [each for each in commands if not (isinstance(each, Start) and chance(each) < _HARDLY)]


def _is_founded(commands: Sequence[Command]) -> bool:
    """Whether a wish is told with two details: "quero uma golden, retiro e pago no pix"."""
    return any(isinstance(each, Start) for each in commands) and _details(commands) > 1


def _details(commands: Sequence[Command]) -> int:
    """How many of a wish's details are told."""
    return len({each.slot for each in commands if isinstance(each, Fill) and each.slot in _DETAILS})


def _state(situation: Situation) -> acts.State | None:
    """The state the message is said in; None where a question waits for it."""
    if situation.flow is not None or situation.asks != "none":
        return None
    if situation.just_booked:
        return "just_booked"
    if situation.just_ordered:
        return "just_ordered"
    if situation.topic.get("fresh") and situation.topic.get("asked") != "my_bookings":
        return "told"
    if situation.standing:
        return "has_booking"
    return "has_order" if situation.ordered else "new"
