"""The last word on what becomes of an appointment that stands: whether it is moved or called off, which, and to when.

Three classifiers tell it, each from the whole message: the act, what each time is for, and so which one is named.
Only where all of them are sure; else what the clauses told stays. Asked which of several it is, the names alone tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.commands import Ask, Cancel, Command, Correct, Fill, Human, OptOut, Repeat, Smalltalk, Start
from domain.ports import Situation
from understanding.local import acts
from understanding.local.facts import fact as facts
from understanding.local.facts import meant, purposes
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.fact import WISHES, Fact
from understanding.local.facts.own_names import Own, holds
from understanding.local.reading.act.unheard import says_it_is_gone
from understanding.local.reading.draft import Draft
from understanding.local.reading.fills import fills
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_SURE, _OTHERS, _LIKELY = 0.8, 0.2, 0.6
_FLOWS = {"move": "reschedule", "cancel_booking": "cancel_booking"}
_SHIFTS = ("shift", "postpone")
_BOUNDS = ("want", "after", "before")
_ELSEWHERE = (Ask, Human, OptOut, Cancel, Repeat)
_LAST = re.compile(r"(?:^|\n)\s*(?:n[aã]o|no|nope|nah)\b[\s,.]+(?P<rest>[^\n]+)$", re.IGNORECASE)
_SEVERAL = ("one_more", "books")


def settle(draft: Draft, text: str, situation: Situation, catalogue: Catalogue) -> None:
    """Makes the draft such an act, where it is surely one and names one appointment."""
    if situation.asks == "clarify" and situation.flow in _FLOWS.values():
        _settle_which(draft, text, situation, catalogue)
        return
    waits = situation.flow is not None or situation.asks != "none" or situation.just_booked
    if waits or not situation.standing or "?" in text[:-1]:
        return
    asked = [each for each in draft.commands if isinstance(each, Ask)]
    if any(each.topic != "faq" for each in asked) or any(has(cue, fold(text)) for cue in _SEVERAL):
        return
    act = _act(text, situation)
    if asked and (act is None or not has("can_you", fold(text))):
        return  # "do you charge if I cancel?"
    if act == "cancel_booking" and has("not_cancelling", fold(text)):
        return
    if act == "cancel_booking" and Start("reschedule") in draft.commands and not says_it_is_gone(fold(text)):
        return  # "Friday no longer works for me": another day may
    which = meant.told(text, situation, catalogue) if act else ()
    if act is None or not which:
        return
    own = [situation.standing[place] for place in sorted(which)]
    if act == "cancel_booking":
        told = _called_off(own, text, situation, catalogue)
    else:
        told = _moved(own[0], text, situation, catalogue, draft.commands) if len(own) == 1 else []
    if told:
        beside = [each for each in draft.commands if isinstance(each, Smalltalk)]
        draft.commands, draft.intents = [*beside, *told], [_FLOWS[act]]


def _settle_which(draft: Draft, text: str, situation: Situation, catalogue: Catalogue) -> None:
    """Which it is, asked of several: "the Saturday one, I still want the nails done" begins no other booking."""
    if not situation.standing or any(isinstance(each, _ELSEWHERE) for each in draft.commands):
        return
    plain = replace(situation, flow=None, asks="none", options=())  # as the names were learnt
    told_last = _LAST.search(text)  # "a manicure\nnão, a escova"
    which = meant.told(told_last["rest"], plain, catalogue) if told_last else frozenset()
    own = [situation.standing[place] for place in sorted(which or meant.told(text, plain, catalogue))]
    if not own:
        return
    beside = [each for each in draft.commands if isinstance(each, Smalltalk)]
    moves = situation.flow == "reschedule"
    if moves and has("cancels", fold(text)) and _act(text, plain) == "cancel_booking":
        draft.commands, draft.intents = [*beside, Start("cancel_booking"), *_which(own)], ["cancel_booking"]
        return  # "how about cancelling the manicure instead"
    kept = [each for each in draft.commands if _tells_when(each) and moves]
    if moves and not kept and len(own) == 1:
        kept = _new_time(own[0], text, plain, catalogue)
    draft.commands, draft.intents = [*beside, *_which(own), *kept], ["inform"]


def _new_time(own: Own, text: str, situation: Situation, catalogue: Catalogue) -> list[Command]:
    """ "The nail one, the 18th at 3pm is good": when it is to be, told beside which it is."""
    spoken_of = replace(situation, anchor=datetime.fromisoformat(own["start"]))
    said = facts.gather(text, situation.language, spoken_of, catalogue)
    told = [fact for fact in said if fact.kind == "time" and fact.purpose in ("", "want") and not fact.negated]
    told = [fact for fact in told if not holds(fact.value, own)]
    wishes = [fact for fact in said if fact.kind in WISHES]
    return list(fills([*told, *wishes], spoken_of, flow="reschedule")) if told else []


def _tells_when(command: Command) -> bool:
    return isinstance(command, Fill | Correct) and command.slot in ("time", *_SHIFTS, *WISHES)


def _act(text: str, situation: Situation) -> str | None:
    """The act; "I have to cancel, I'm flying home earlier" is one where no time is wished for."""
    judged = acts.judge(text, "has_booking", situation.language)
    (act, sure), *others = sorted(judged.items(), key=lambda pair: -pair[1]) or [("", 0.0)]
    if act in _FLOWS and sure >= _SURE and others[0][1] <= _OTHERS:
        return act
    if sum(judged.get(each, 0.0) for each in _FLOWS) < _SURE:
        return None
    wished = any(purpose in _BOUNDS for _, purpose in purposes.of_times(text, situation, likeliest=True))
    stays, called_off = has("not_cancelling", fold(text)), has("cancels", fold(text))
    if wished and (stays or (judged["move"] >= _LIKELY and not called_off)):
        return "move"  # "I don't want to cancel it, only later on Thursday"
    return "cancel_booking" if not wished and called_off else None


def _called_off(own: Sequence[Own], text: str, situation: Situation, catalogue: Catalogue) -> list[Command]:
    """Empty where a time is wished for: it is not only called off."""
    said = facts.gather(text, situation.language, situation, catalogue)
    if any(fact.purpose == "want" for fact in said):
        return []
    return [Start("cancel_booking"), *_which(own)]


def _which(own: Sequence[Own]) -> list[Command]:
    ids = [str(one["booking"]) for one in own if "booking" in one]
    return [Fill("booking", ids if len(ids) > 1 else ids[0])] if ids else []


def _moved(own: Own, text: str, situation: Situation, catalogue: Catalogue, read: Sequence[Command]) -> list[Command]:
    """To when, by an hour said or, as the clauses were read, by how much; empty where that is not sure."""
    begun = [Start("reschedule"), *_which([own])]
    if shifted := [each for each in read if isinstance(each, Fill) and each.slot in _SHIFTS]:
        return [*begun, *shifted]
    spoken_of = replace(situation, anchor=datetime.fromisoformat(own["start"]))
    said = facts.gather(text, situation.language, spoken_of, catalogue)
    times = [fact for fact in said if fact.kind == "time" and fact.purpose != "has"]
    told = [fact for fact in said if fact in times or fact.kind in WISHES or _is_other(fact, own)]
    if all(fact.purpose for fact in times) and any(fact.purpose in _BOUNDS or fact.kind in WISHES for fact in told):
        return [*begun, *fills(told, spoken_of, flow="reschedule")]
    if any(each == Start("reschedule") or (isinstance(each, Fill) and each.slot == "time") for each in read):
        return []
    likely = [purpose for _, purpose in purposes.of_times(text, situation, likeliest=True)]
    return begun if not any(each in _BOUNDS for each in likely) else []


def _is_other(fact: Fact, own: Own) -> bool:
    """Whether somebody else is to do it."""
    return fact.kind == "professional" and fact.value != own["professional"]
