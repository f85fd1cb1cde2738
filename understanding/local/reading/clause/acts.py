"""Which act on an appointment that stands a message asks for: whether it is moved, whatever else its words resemble.

"Não é pra cancelar, passa pra sexta" cancels nothing; a new time while a cancellation waits for its yes moves the
appointment; "o de quinta, dá pra ser na sexta?" names one of the customer's own and another time for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import own_told
from understanding.local.reading.heard import Heard
from understanding.local.reading.parts import blanked
from understanding.local.text.cues import alternatives, has, pattern
from understanding.local.text.words import fold

_WHEN = ("time", "same_hour", "same_weekday", "earliest", "latest")
_CANCELLING = "cancel_booking"
_OF_ANOTHER_TIME = {"time", "professional", "same_person", "anybody", "same_hour", "same_weekday", "earliest", "latest"}

_ASKS = ("only_asks", "wants_to_know", "duration", "price", "own_when", "opening")
_TAG = re.compile(r"[\s,]*\b(?:ta|ne|ok|viu|hein|right|eh|vale|si)\b[\s,]*[?!.]+")
"""Says no more than that the other listens: "não quero desmarcar, tá?"."""


def only_moved(text: str, said: Sequence[Fact], situation: Situation) -> str:
    """The text without "não é pra cancelar", where another time is told: that is all it means there."""
    if not situation.business.professionals or situation.flow not in (None, _CANCELLING, "reschedule"):
        return text
    folded = fold(text)
    if situation.flow is None and own_told.marked(folded, said) is not None:
        return own_told.in_one_piece(text)
    if situation.flow is None and (_asks_elsewhere(folded, said) or came_between(folded, said)):
        return re.sub(r"[,;.]", " ", text)  # its two halves are one wish
    found = pattern("not_cancelling").search(folded)
    if asks_whether(folded) and (untouched := pattern("not_touched").search(folded)):
        tag = _TAG.match(folded, untouched.end())
        return blanked(text, untouched.start(), tag.end() if tag else untouched.end())
    if found is None:
        return text
    left = blanked(text, *found.span())
    moves = any(_wished(fact) for fact in said) or any(has(cue, fold(left)) for cue in ("moves_to", "moves_own"))
    if not moves:
        left = _asked_instead(text, found) if situation.flow is None else text
    return text if has("cancels", fold(left)) else left


def asks_whether(folded: str) -> bool:
    """Whether it is asked when, or whether, one's own appointment is."""
    return any(has(cue, folded) for cue in ("own_when", "stands_still", "attendance", "only_asks"))


def _asked_instead(text: str, found: re.Match[str]) -> str:
    """ "No quiero cancelar mi cita del jueves, solo saber cuánto dura": without what only says that it stands."""
    pause = re.compile(r"[,;.!?\n]").search(text, found.end())
    rest = fold(text[pause.end() :]) if pause else ""
    asks = "?" in rest or any(has(cue, rest) for cue in _ASKS)
    return blanked(text, found.start(), pause.end()) if pause and asks else text


def moved_instead(heard: Heard, *, cannot: bool) -> bool:
    """ "Could I come Saturday instead?" while a cancellation is begun or summed up: the appointment is to be moved.

    `cannot`: this very message tells only that the customer cannot come.
    """
    if heard.flow != _CANCELLING or heard.has("cancels") or not any(_wished(fact) for fact in heard.said):
        return False
    if heard.has("moves_to"):
        return True
    if cannot and "service" not in heard.kinds and heard.asked:
        return True
    waits = heard.situation.asks == "confirm" and not all(_is_its_own(fact, heard.situation) for fact in heard.said)
    return waits and (heard.asked or heard.has("comes_then"))


def own_in_another_time(heard: Heard) -> list[Fact] | None:
    """The facts of "o de quinta, dá pra ser na sexta?", the customer's own one marked as such; None otherwise."""
    if heard.flow is not None or not heard.business.professionals or any(map(heard.has, ("cancels", "price"))):
        return None
    if (told := own_told.marked(heard.folded, heard.said, heard.clause.start)) is not None:
        return told
    if heard.has("books"):
        return None
    if (told := _another_instead(heard)) is not None:
        return told
    own = next((fact for fact in heard.said if fact.kind == "time" and _names_own(fact, heard)), None)
    if own is None:
        return None
    others = [fact for fact in heard.said if fact is not own and _wished(fact) and fact.start > own.start]
    another = heard.has("in_place_of") and any(fact.kind == "professional" and not fact.negated for fact in heard.said)
    if not (others or another or heard.has("shifts_by")) or (others and _joined(own, others[0], heard)):
        return None
    return [replace(fact, role="old") if fact is own else fact for fact in heard.said]


def _another_instead(heard: Heard) -> list[Fact] | None:
    """ "Can I come at 4 instead of 3?", "quinta não consigo, que outros horários tem?": with nothing to be booked."""
    times = [fact for fact in heard.said if fact.kind == "time"]
    if "service" in heard.kinds or not times:
        return None
    if heard.has("in_place_of") and any(_wished(fact) for fact in times):
        return None if heard.has("wishes") else list(heard.said)
    if came_between(heard.folded, heard.said):
        return [replace(fact, role="old", negated=False) if fact is times[0] else fact for fact in heard.said]
    if not _asks_elsewhere(heard.folded, heard.said):
        return None
    return [replace(fact, role="old", negated=False) if fact.kind == "time" else fact for fact in heard.said]


def in_its_place(heard: Heard) -> list[Fact] | None:
    """The facts of "put me on Friday at 10 instead", "a las 3 no llego, ¿a las 5 hay lugar?", with nothing under way.

    They speak of what stands, if anything does: whether there is an appointment only the books can tell.
    """
    if heard.flow is not None or not heard.business.professionals or heard.has("price") or heard.has("cancels"):
        return None
    wished = [fact for fact in heard.said if fact.kind == "time" and _wished(fact)]
    if not wished or not heard.kinds <= _OF_ANOTHER_TIME:
        return None
    refused = [fact for fact in heard.said if fact.kind == "time" and fact.negated and fact.role != "except"]
    if not refused and not heard.has("instead"):
        return None
    return [replace(fact, role="old", negated=False) if fact in refused else fact for fact in heard.said]


def came_between(folded: str, said: Sequence[Fact]) -> bool:
    """ "Surgiu um imprevisto na quinta, tem como ser sexta?": nothing is booked by it, what stands is moved."""
    times = [fact for fact in said if fact.kind == "time"]
    if len(times) <= 1 or any(fact.kind in ("service", "product", "unlisted") for fact in said):
        return False
    dated = [fact for fact in times if fact.value["has_date"]]
    if len(dated) > 1 and has("came_up", folded[: dated[1].start]):
        return has("comes_then", folded)
    cannot = pattern("cannot_come").search(folded[: times[-1].start])
    return times[0] in dated and cannot is not None and has("comes_then", folded[cannot.end() :])


def _asks_elsewhere(folded: str, said: Sequence[Fact]) -> bool:
    """Whether one day cannot be and others are asked for."""
    times = [fact for fact in said if fact.kind == "time"]
    cannot = has("cannot_then", folded) or any(fact.negated for fact in times)
    return len(times) == 1 and cannot and has("other_times", folded)


def _wished(fact: Fact) -> bool:
    return fact.kind in _WHEN and not fact.negated and fact.role != "old"


def _is_its_own(fact: Fact, situation: Situation) -> bool:
    """Whether a time is that of the appointment to be cancelled: "sexta eu não posso"."""
    start = str((situation.slots.get("booking") or {}).get("start") or "")
    if fact.kind != "time" or not fact.value["start"]:
        return fact.kind not in _WHEN
    told = str(fact.value["start"])
    return told[:10] == start[:10] if fact.value["has_date"] else told[11:16] == start[11:16]


def _names_own(fact: Fact, heard: Heard) -> bool:
    """Whether the day names an appointment: "o de quinta", "my Thursday one", "lo que tengo el jueves"."""
    if not fact.value["has_date"]:
        return False
    before = heard.folded[: fact.start - heard.clause.start]
    behind = heard.folded[fact.end - heard.clause.start :]
    if any(_ends_with(cue).search(before) for cue in ("own_one_of", "has_booked", "my_one")):
        return True
    return pattern("one_of_mine").match(behind.lstrip(" '’")) is not None


def _joined(own: Fact, other: Fact, heard: Heard) -> bool:
    """ "O de quinta ou o de sexta?": either, not from one to the other."""
    between = heard.folded[own.end - heard.clause.start : other.start - heard.clause.start]
    return has("or", between) or pattern("and").fullmatch(between.strip()) is not None


@cache
def _ends_with(cue: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(cue)})\s*$")
