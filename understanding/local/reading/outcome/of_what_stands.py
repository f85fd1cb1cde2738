"""Words of an appointment that stands, taken for something else: "e se eu for amanhã?", "I need to call it off"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from domain.commands import Ask, Cancel, Command, Correct, Deny, Fill, Human, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.fills import fills
from understanding.local.reading.times_told import exactly, is_of
from understanding.local.text import numerals
from understanding.local.text.cues import alternatives, has, pattern
from understanding.local.text.words import fold

_ON = {"on", "na", "no", "em"}
_THAT = {"it", "that", "this", "isso", "ela", "ele", "essa", "esse", "me", "lo", "la", "please"}
_OF_TIMES = {"time", "earliest", "latest", "same_hour", "same_weekday", "excluded"}
_ONE_MORE = (
    "books", "one_more", "also", "right_behind", "one_more_for", "somebody_wants", "puts_in", "for_another", "a_time",
    "another_one",
)  # fmt: skip
_ASKS_ELSE = ("price", "duration", "opening", "runs_late")
_DAY = 24 * 60
_SURE = 0.72
_ONE = ("a", "an", "uma", "um", "un", "una", "one")


def told(commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands; those of what stands where nothing else is named."""
    if situation.flow is not None or not situation.standing or situation.asks != "none":
        return list(commands)
    if "order" in str(situation.done.get("flow")):
        return list(commands)  # what was just ordered is spoken of
    folded = fold(text)
    for rule in (
        _in_its_place,
        _by_days,
        _just_to_be_sure,
        _ill,
        _its_day,
        _another_day,
        _given_up,
        _changed_after_all,
        _one_more,
    ):
        if (meant := rule(commands, folded, said, situation)) is not None:
            return [*(each for each in commands if isinstance(each, Smalltalk) and each.kind == "greet"), *meant]
    return list(commands)


def _in_its_place(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command] | None:
    """ "Esquece o corte, só quero a escova na quinta": what is given up stands, and another takes its place."""
    own, named = situation.own.get("service"), [fact.value for fact in said if fact.kind == "service"]
    others = [each for each in named if isinstance(each, str) and each != own]
    begun = [each for each in commands if isinstance(each, Start)]
    if begun != [Start("book")] or len(others) != 1 or len(named) != 2:
        return None
    if Cancel() not in commands and not has("prefers_it", folded):
        return None
    if not any(each == own or (isinstance(each, list) and own in each) for each in named):
        return None
    told = [each for each in commands if isinstance(each, Fill) and each.slot not in ("service", "own", "more")]
    return [Start("reschedule"), Fill("service", own), Fill("more", others), *told]


def _by_days(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command] | None:
    """ "Adia uma semana", "push it back two days"."""
    if any(fact.kind in ("service", "product") for fact in said) or has("cancels", folded):
        return None
    length = days_told(folded, situation)
    return None if length is None else [Start("reschedule"), Fill("postpone", length)]


def days_told(folded: str, situation: Situation) -> int | None:
    """The minutes of "adia uma semana", below zero for an earlier day; None when no such length is told."""
    found = _days().search(folded)
    if found is None:
        return None
    number = found["number"]
    said = int(number) if number.isdecimal() else numerals.value(number, situation.language)
    count = 1 if number in _ONE else said
    length = (count or 0) * _DAY * (7 if found["unit"].startswith(("sem", "week")) else 1)
    return -length if length and has("sooner_by", folded) else length or None


@cache
def _days() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{alternatives('pushes_by')})\b[^.,;!?]{{0,45}}?"
        r"\b(?P<number>\d{1,2}|[a-z]+) (?P<unit>semanas?|weeks?|dias?|days?)\b"
    )


def _ill(commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation) -> list[Command] | None:
    """ "Sick today, can't come Thursday": no wish to come today."""
    old = [each for each in commands if isinstance(each, Fill) and each.slot == "old_time"]
    moved = [each for each in commands if isinstance(each, Fill | Correct) and each.slot == "time"]
    begun = Start("reschedule") in commands or any(isinstance(each, Correct) for each in moved)
    return [Start("cancel_booking"), *old] if moved and begun and has("ill_today", folded) else None


def _its_day(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command] | None:
    """ "Preciso trocar o sábado por outro dia", "gonna shift my appt on sat": the day that is to be another."""
    times = [each for each in commands if isinstance(each, Fill | Correct) and each.slot == "time"]
    others = [each for each in commands if isinstance(each, Fill | Correct) and each not in times]
    if Start("reschedule") not in commands or others or len(times) != 1 or len(times[0].value) != 1:
        return None
    if not _is_where_it_stands(times[0].value[0], folded, situation):
        return None
    return [Start("reschedule"), Fill("old_time", times[0].value)]


def _is_where_it_stands(time: Mapping[str, Any], folded: str, situation: Situation) -> bool:
    """Whether a day is that of one appointment alone, and is not what that is to be moved to."""
    days = [str(one["start"])[:10] for one in situation.standing]
    if time["has_time"] or time["grain"] != "day" or days.count(str(time["start"])[:10]) != 1:
        return False
    words = fold(str(time["text"]))
    before = folded[: folded.find(words)] if words in folded else ""
    if pattern("moved_there").search(before) is not None:
        return False
    moved = [found.end() for found in pattern("moves").finditer(before)]
    between = before[moved[-1] :].split() if moved else before.split()
    return not (between and between[-1] in _ON) or not set(between[:-1]) <= _THAT


def _another_day(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command] | None:
    """ "E se eu for amanhã?", "same time next week please", "me gustaría otro día": no service is asked for."""
    slots = {each.slot for each in commands if isinstance(each, Fill)}
    if has("if_i_came", folded) and all(isinstance(each, Ask) and each.topic == "hours" for each in commands):
        return [Start("reschedule"), *fills(said, situation, flow="reschedule")]
    asked = has("other_times", folded)
    new = Start("book") in commands and (slots or asked) and slots <= {*_OF_TIMES, "together"}
    unclear = asked and all(
        isinstance(each, Unclear | Smalltalk) or _is_taken_for(each, situation) for each in commands
    )
    if not (new or unclear) or any(has(cue, folded) for cue in (*_ASKS_ELSE, "cancels")):
        return None
    if any(has(cue, folded) for cue in _ONE_MORE if not (asked and cue in ("one_more", "for_another"))):
        return None
    told = asked or any(has(cue, folded) for cue in ("moves", "moves_own", "cannot_come"))
    if has("asks_for_free", folded) and not told:
        return None
    if has("cannot_come", folded) and "?" not in folded and _only_its_day(said, situation):
        return [Start("cancel_booking")]  # "vou ter que faltar na quinta"
    when = fills(said, situation, flow="reschedule") if unclear else commands
    return [Start("reschedule"), *(each for each in when if isinstance(each, Fill) and each.slot != "together")]


def _only_its_day(said: Sequence[Fact], situation: Situation) -> bool:
    """Whether no other day is told than that of an appointment that stands."""
    days = {str(one["start"])[:10] for one in situation.standing}
    return all(fact.kind == "time" and str(fact.value["start"])[:10] in days for fact in said)


def _is_taken_for(command: Command, situation: Situation) -> bool:
    """ "Any other day this week?", taken for a question that nobody answers."""
    if not isinstance(command, Ask) or command.topic not in ("faq", "catalog") or command.about.get("service"):
        return False
    return situation.known(str(command.about.get("text") or "")) < _SURE


def _given_up(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command] | None:
    """ "I need to call it off", "esquece a manicure", "bórrala": whether it goes is asked."""
    if not commands or not all(isinstance(each, Cancel | Unclear | Smalltalk | Human) for each in commands):
        return None
    if any(isinstance(each, Human) and each.reason != "asked" for each in commands):
        return None
    if any(has(cue, folded) for cue in ("not_cancelling", "own_when", "wants_to_know", "has_booked")):
        return None
    services = [fact.value for fact in said if fact.kind == "service"]
    own = [one["service"] for one in situation.standing]
    named = any(each in own or (isinstance(each, list) and set(each) & set(own)) for each in services)
    given_up = Cancel() in commands and named
    if not given_up and not has("cancels", folded) and not has("frees_the_slot", folded):
        return None
    return [Start("cancel_booking")]


def _changed_after_all(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command] | None:
    """ "Tengo una cita y quería cambiarla"; "tenho manicure sexta mas surgiu uma viagem": told, not asked."""
    if Start("my_bookings") in commands and "?" not in folded:
        if has("came_up", folded):
            return [Start("reschedule")]
        if has("cannot_then", folded) and not has("not_cancelling", folded):
            return [Start("cancel_booking")]
    idle = bool(commands) and all(isinstance(each, Deny | Unclear | Smalltalk) for each in commands)
    return [Start("reschedule")] if idle and has("wants_to_change", folded) else None


def _one_more(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command] | None:
    """ "Dá pra incluir pedicure?", "add a blow dry after the cut", "posso levar minha mãe pra fazer também?"."""
    if any(has(cue, folded) for cue in ("price", "duration", "cancels", "trades")):
        return None
    own = [one["service"] for one in situation.standing]
    behind_it = Start("book") in commands and Fill("shift", "later") in commands and not situation.just_booked
    if behind_it and (times := _right_behind(situation)):
        return [*(each for each in commands if each != Fill("shift", "later")), *times]
    services = [fact.value for fact in said if fact.kind == "service" and fact.value not in own]
    loose = all(isinstance(each, Unclear | Ask | Smalltalk | Fill) or each == Start("book") for each in commands)
    asked = all(each.topic in ("prices", "faq", "catalog") for each in commands if isinstance(each, Ask))
    behind = has("right_behind", folded) or has("after_mine", folded)
    times = [each for each in commands if isinstance(each, Fill) and each.slot != "service"]
    open_still = Start("book") not in commands or (behind and not times)
    if loose and asked and len(services) == 1 and has("includes", folded) and open_still:
        return [Start("book"), Fill("service", services[0]), *(times or (_right_behind(situation) if behind else []))]
    if Start("reschedule") in commands and has("another_appointment", folded) and _beside_it(folded):
        return [Start("book") if each == Start("reschedule") else each for each in commands]
    bare = [each for each in commands if not isinstance(each, Smalltalk | Ask)] == [Start("book")]
    if bare and has("also", folded) and has("their_people", folded):
        return [Start("book"), Fill("for_another", True), Fill("last", True)]
    return None


def _beside_it(folded: str) -> bool:
    """Whether another appointment comes beside the one that stands, not in its place."""
    beside = has("also", folded) or has("one_more", folded)
    return beside and not any(has(cue, folded) for cue in ("moves_to", "moves_own", "instead", "cannot_then"))


def _right_behind(situation: Situation) -> list[Command]:
    """When the one that stands is over."""
    own = situation.own
    service = situation.business.service(str(own.get("service")))
    if service is None or not own.get("start"):
        return []
    over = datetime.fromisoformat(str(own["start"])) + timedelta(minutes=service.minutes)
    grid = situation.business.booking.slot_minutes if situation.business.booking else 1
    over += timedelta(minutes=-(over.hour * 60 + over.minute) % grid)
    return [Fill("time", [exactly(over.isoformat())])]


def _just_to_be_sure(
    commands: Sequence[Command], folded: str, said: Sequence[Fact], situation: Situation
) -> list[Command] | None:
    """ "Sexta 10h né?", "¿con Bruno verdad?", "é às 10 ou às 11?": what stands is told."""
    if any(isinstance(each, Start) and each.flow not in ("book", "my_bookings") for each in commands):
        return None
    kinds = {fact.kind for fact in said}
    if not kinds <= {"time", "professional"} or any(has(cue, folded) for cue in ("books", "price", "duration")):
        return None
    several = len(situation.standing) > 1 and "?" in folded and has("which_of_them", folded)
    if several or has("either_hour", folded) or has("stands_still", folded):
        return [Start("my_bookings")]
    own = [one for one in situation.standing if all(_is_its(fact, one) for fact in said)]
    sure = has("seeks_assent", folded) or ("?" in folded and has("is_in_the_book", folded))
    return [Start("my_bookings")] if kinds and own and sure else None


def _is_its(fact: Fact, one: Mapping[str, Any]) -> bool:
    if fact.kind == "professional":
        return bool(fact.value == one["professional"])
    return is_of(fact.value, datetime.fromisoformat(one["start"]))
