"""One appointment more: beside the one under way ("e a pedicure às 15h"), or right after the one just booked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from domain.commands import Command, Fill, Start, Unclear
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import blanked
from understanding.local.reading.times_told import wished
from understanding.local.text import clauses
from understanding.local.text.cues import alternatives, has, pattern
from understanding.local.text.vocabulary import listed
from understanding.local.text.words import fold, split

_TOLD = ("service", "time", "professional")
_AT_ONCE = ("same_hour", "together")
_JOINED = re.compile(r",|\b(?:e|y|and|mas|pero|but)\b")
_FEW_WORDS = 3
_DETERMINERS = listed(
    """a o as os el la las los the my uma um una un fazer hacer hacerme da de pra para dar tem como posso pode puedo se
    puede consigo quero queria quiero antes depois despues before after can could i get have do also afterwards then"""
)


def told(text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Fact], dict[str, Any]] | None:
    """The text and facts without a wish beside the booking under way, and that wish; None when there is none."""
    current = situation.slots.get("service")
    if situation.flow != "book" or not isinstance(current, str):
        return None
    services = [fact for fact in said if fact.kind == "service" and fact.role != "hint"]
    hours = [fact for fact in said if wished(fact) and fact.value["has_time"]]
    if not services and hours and _one_more_before(hours[0], text):
        service = current
    elif len({str(fact.value) for fact in services}) == 1 and _is_another(services[0], said, text, situation):
        service = current if isinstance(services[0].value, list) else services[0].value
    else:
        return None
    own = [fact for fact in said if fact.kind in _TOLD and not _of_the_first(fact, services, text, situation)]
    if any(fact.negated or fact.role in ("old", "except") for fact in own):
        return None
    times = [fact.value for fact in own if wished(fact)]
    people = [fact.value for fact in own if fact.kind == "professional"]
    wish: dict[str, Any] = {"service": service}
    wish |= {"time": times} if times else {}
    wish |= {"professional": people[0]} if people else {}
    wish |= {"for_another": True} if services and has("another_one", fold(text)) else {}
    if not times and situation.slots.get("start") and any(fact.kind in _AT_ONCE for fact in said):
        wish["time"] = [_at(str(situation.slots["start"]))]
    elif not times and situation.slots.get("start") and has("goes_before", fold(text)):
        wish["time"] = [_before(str(situation.slots["start"]))]
    left = _without_lead(_without(text, own, said, situation.language))
    return left, [fact for fact in said if fact not in own and (fact.kind not in _AT_ONCE or not services)], wish


def _of_the_first(fact: Fact, services: Sequence[Fact], text: str, situation: Situation) -> bool:
    """ "Às 11, e põe uma escova depois", to the times offered: the hour told before is the answer."""
    if situation.asks != "time" or fact.kind == "service" or not services or fact.end > services[0].start:
        return False
    return _JOINED.search(fold(text[fact.end : services[0].start])) is not None


def _at(start: str) -> dict[str, Any]:
    """The same hour as that start."""
    told = {"kind": "moment", "grain": "minute", "ambiguous": False, "why": None, "text": ""}
    return {**told, "start": start, "end": start, "has_date": True, "has_time": True}


def _before(start: str) -> dict[str, Any]:
    """ "Dá pra fazer a unha antes?": any hour of that day up to that start."""
    return {**_at(start), "kind": "before", "grain": "hour", "start": None}


def on_the_day_booked(text: str, said: Sequence[Fact], situation: Situation) -> list[Fact]:
    """ "E outro corte pro Caio logo depois, 17h30": an hour beside what was just booked is on its day."""
    hours = [fact for fact in said if wished(fact) and fact.value["has_time"] and fact.value["start"]]
    booked = situation.flow is None and situation.anchor is not None and situation.anchor > situation.now
    if not booked or len(hours) != 1 or any(fact.kind == "time" and fact.value["has_date"] for fact in said):
        return list(said)
    if not any(has(cue, fold(text)) for cue in ("right_behind", "one_more_for", "one_more", "also")):
        return list(said)
    day = str(situation.anchor)[:10]
    edges = {edge: f"{day}{hours[0].value[edge][10:]}" for edge in ("start", "end") if hours[0].value[edge]}
    dated = replace(hours[0], value={**hours[0].value, **edges, "has_date": True})
    return [dated if fact is hours[0] else fact for fact in said]


def like_the_last(commands: Sequence[Command], said: Sequence[Fact], text: str, situation: Situation) -> list[Command]:
    """ "Minha filha quer também, pode ser às 16h?", right after a booking: the same service, for somebody else."""
    folded, kinds = fold(text), {fact.kind for fact in said}
    booked = situation.flow is None and situation.anchor is not None and situation.anchor > situation.now
    told = {command.slot for command in commands if isinstance(command, Fill)}
    if booked and has("somebody_wants", folded) and all(isinstance(each, Unclear | Fill) for each in commands):
        commands = [Start("book"), *(each for each in commands if isinstance(each, Fill))]
    if not booked or Start("book") not in commands or kinds & {"service", "product"} or told & {"service", "last"}:
        return list(commands)
    another = (has("one_more", folded) and has("for_somebody", folded)) or has("again_too", folded)
    if not another and not has("somebody_wants", folded) and not has("one_more_for", folded):
        return list(commands)
    place = commands.index(Start("book")) + 1
    own = has("again_too", folded) and not has("somebody_wants", folded)
    whose = [] if own or Fill("for_another", True) in commands else [Fill("for_another", True)]
    return [*commands[:place], *whose, Fill("last", True), *commands[place:]]


def _is_another(service: Fact, said: Sequence[Fact], text: str, situation: Situation) -> bool:
    """Whether a service named is wanted beside the one under way, or waits behind it already."""
    folded, current = fold(text), situation.slots["service"]
    ids = service.value if isinstance(service.value, list) else [service.value]
    if current in ids:
        return not has("with_another", folded) and _ends_with("one_more").search(folded[: service.start]) is not None
    asks_who = has("performs", folded) and any(fact.kind == "professional" for fact in said)
    if isinstance(service.value, list) or has("price", folded) or asks_who:
        return False
    told = any(fact.kind in ("time", "professional") for fact in said)
    if service.value in [wish.get("service") for wish in situation.slots.get("more", ())]:
        return told
    beside = _ends_with("besides_it").search(folded[: service.start]) is not None
    return (
        (beside and (told or has("another_one", folded)))
        or _asks_for_it_too(service, text, situation)
        or has("also", folded)
        or has("right_behind", folded)
        or has("while_at_it", folded)
        or (has("puts_in", folded) and not has("in_place_of", folded))
    )


def _asks_for_it_too(service: Fact, text: str, situation: Situation) -> bool:
    """ "E a unha?", to a summary: wanted beside it, unless its price was asked a moment ago."""
    asked = situation.topic.get("fresh") and situation.topic.get("asked") in ("prices", "duration")
    around = f"{fold(text[: service.start])} {fold(text[service.end :])}"
    words = {word.text for word in split(pattern("besides_it").sub(" ", around)) if word.text[0].isalnum()}
    opens = pattern("besides_it").match(around.strip(" ,.!¿")) is not None
    return situation.asks == "confirm" and opens and not asked and words <= _DETERMINERS


def _one_more_before(hour: Fact, text: str) -> bool:
    """ "E outro às 15h30 pro meu filho": one more of the same, not "outro horário, às 15h"."""
    folded = fold(text)
    found = list(pattern("one_more").finditer(folded[: hour.start]))
    if not found or has("other_times", folded) or not has("for_somebody", folded):
        return False
    return len(folded[found[-1].end() : hour.start].split()) <= _FEW_WORDS


def _without(text: str, own: Sequence[Fact], said: Sequence[Fact], language: str) -> str:
    """The text without the clauses that tell only of it; what stands before it in its clause stays."""
    for clause in clauses.split(text, language):
        if any(clause.start <= fact.start < clause.end for fact in own):
            first = [fact.end for fact in said if clause.start <= fact.start < clause.end and fact not in own]
            text = blanked(text, max([end for end in first if end <= own[0].start], default=clause.start), clause.end)
    return text


def _without_lead(text: str) -> str:
    """Nothing where only "aproveita e", "while you're at it" is left: no yes to what was summed up."""
    left = pattern("while_at_it").sub(lambda found: " " * len(found.group()), fold(text))
    return text if any(letter.isalnum() for letter in left) else " " * len(text)


@cache
def _ends_with(cue: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(cue)})(?:\s+(?:{alternatives('determiners')}))*\s*$")
