"""Which of several appointments that stand is moved or cancelled: "cancela o segundo", "my wife's", "keep Saturday"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from domain.commands import Ask, Command, Fill, Reject, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.facts import siblings
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.fact import Fact
from understanding.local.reading import stays
from understanding.local.text import clauses
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_CHANGES = (Start("reschedule"), Start("cancel_booking"))
_TELLS = {"booking", "which", "old_time", "service"}
_PLACES = {"second_of_mine": 1, "first_of_mine": 0, "last_of_mine": -1}
_NAMES = ("service", "professional", "time")
_NOON = 12

Own = Mapping[str, Any]


def told(
    commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation, catalogue: Catalogue
) -> list[Command]:
    """The commands with the one that is meant, where the words point to one of those that stand."""
    if situation.flow is not None:
        return _of_those_listed(commands, text, said, situation, catalogue)
    commands = _off_with_it(_without_reason(commands, situation), said, situation)
    if len(situation.standing) <= 1:
        return list(commands)
    folded = fold(text)
    commands = _the_second(_begun(commands, folded, situation), folded, situation)
    slots = {each.slot for each in commands if isinstance(each, Fill)}
    if not any(each in _CHANGES for each in commands) or slots & _TELLS:
        return list(commands)
    times = [each for each in commands if isinstance(each, Fill) and each.slot == "time"]
    meant = _by_place(folded, situation.standing) or _by_hour(folded, situation.standing)
    if meant is None and (part := _by_part_of_day(folded, situation.standing)) is not None:
        meant, commands = part, [each for each in commands if each not in times or _tells_more(each)]
    if meant is None and (day := _by_day(folded, times, situation)) is not None:
        meant, commands = day, [each for each in commands if not _is_only_its_day(each, day)]
    meant = meant or _by_whom(folded, said, situation.standing) or _all_but(text, said, situation.standing)
    meant = meant or _by_whose(text, situation.standing, situation.language, catalogue)
    if meant is None and not has("the_customers_own", folded):
        return list(commands)
    place = next(n for n, each in enumerate(commands) if each in _CHANGES) + 1
    which = meant["booking"] if meant else "own"  # "o meu": whose the others are is not known, so it is asked
    return [*commands[:place], Fill("booking", which), *commands[place:]]


def _without_reason(commands: Sequence[Command], situation: Situation) -> list[Command]:
    """ "Boss gave me a shift Thursday, so scrap my blowout": the day tells why, and nothing is moved to where it is."""
    begun = [each for each in commands if isinstance(each, Start)]
    if begun != list(_CHANGES):
        return list(commands)
    first, second = (commands.index(each) for each in _CHANGES)
    told = [
        each for each in commands[first + 1 : second] if isinstance(each, Fill) and each.slot in ("time", "old_time")
    ]
    days = {one["start"][:10] for one in situation.standing}
    its_day = all(str(time["start"])[:10] in days and not time["has_time"] for each in told for time in each.value)
    return [*commands[:first], *commands[second:]] if its_day and len(told) == second - first - 1 else list(commands)


def _off_with_it(commands: Sequence[Command], said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "Scrap the nails", "ya no quiero el brushing": no more is refused than an appointment that stands."""
    refused = [fact for fact in said if fact.kind == "service" and fact.negated]
    begun = {each.flow for each in commands if isinstance(each, Start)}
    if Reject("service") not in commands or len(refused) != 1 or begun - {"cancel_booking"}:
        return list(commands)
    if not any(_is_of(refused[0], one) for one in situation.standing):
        return list(commands)
    if not begun and not any(isinstance(each, Unclear) for each in commands):
        return list(commands)
    kept = [each for each in commands if not isinstance(each, Start | Unclear | Reject)]
    return [Start("cancel_booking"), Fill("service", refused[0].value), *kept]


def _of_those_listed(
    commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation, catalogue: Catalogue
) -> list[Command]:
    """ "The second one to 2pm", where it was asked which; "yes, but keep Saturday", where all were to go."""
    listed = _listed(situation)
    if len(listed) <= 1:
        return list(commands)
    cancels = situation.flow == "cancel_booking"
    kept = [fact for fact in stays.kept(text, said) if fact.kind in _NAMES] if cancels else []
    left = [one for one in listed if not any(_is_of(fact, one) for fact in kept)]
    if kept and 0 < len(left) < len(listed):
        ids = [one["booking"] for one in left]
        beside = [each for each in commands if isinstance(each, Smalltalk | Ask)]
        return [*beside, Fill("booking", ids[0] if len(ids) == 1 else ids)]
    folded = fold(text)
    meant = _by_part_of_day(folded, listed) or _not_that_one(folded, said, listed)
    if meant is not None:
        return [*(each for each in commands if isinstance(each, Smalltalk | Ask)), Fill("booking", meant["booking"])]
    if any(isinstance(each, Fill) and each.slot in (*_TELLS, "option") for each in commands):
        return list(commands)
    if Start("my_bookings") in commands and (one := _all_told_of_one(said, listed)) is not None:
        return [Fill("booking", one["booking"])]
    meant = _by_place(folded, listed) or _by_hour(folded, listed)
    meant = meant or _by_whose(text, listed, situation.language, catalogue)
    if meant is None or any(isinstance(each, Start) for each in commands):
        return list(commands)
    others = [each for each in commands if isinstance(each, Smalltalk | Ask | Fill)]
    return [Fill("booking", meant["booking"]), *others]


def _all_told_of_one(said: Sequence[Fact], listed: Sequence[Own]) -> Own | None:
    """ "El que tengo el jueves", to which of them: the one that all that is named fits, if it is one alone."""
    named = [fact for fact in said if fact.kind in _NAMES and not fact.negated]
    fitting = [one for one in listed if all(_is_of(fact, one) for fact in named)]
    return fitting[0] if named and len(fitting) == 1 else None


def _listed(situation: Situation) -> Sequence[Own]:
    """Those that the customer was asked about."""
    if situation.flow in ("cancel_booking", "reschedule") and situation.asks == "clarify":
        return situation.standing
    if situation.flow == "cancel_booking" and situation.asks == "confirm":
        return situation.slots.get("bookings") or ()
    return ()


def _is_of(fact: Fact, one: Own) -> bool:
    """Whether what stays names this one."""
    if fact.kind == "time":
        start = str(fact.value["start"] or "")
        day = not fact.value["has_date"] or start[:10] == one["start"][:10]
        return day and (not fact.value["has_time"] or start[11:16] == one["start"][11:16])
    return one[fact.kind] in fact.value if isinstance(fact.value, list) else bool(one[fact.kind] == fact.value)


def _begun(commands: Sequence[Command], folded: str, situation: Situation) -> list[Command]:
    """ "Muda o último", "cancela o da Carla", taken for nothing: with several that stand it is one of these."""
    unclear = any(isinstance(each, Unclear) for each in commands)
    if not unclear or any(isinstance(each, Start) for each in commands):
        return list(commands)
    named = [each.value for each in commands if isinstance(each, Fill) and each.slot == "professional"]
    pointed = _by_place(folded, situation.standing) or any(one["professional"] in named for one in situation.standing)
    flow = "cancel_booking" if has("cancels", folded) else "reschedule" if has("moves", folded) else None
    if flow is None or not pointed:
        return list(commands)
    return [Start(flow), *(each for each in commands if not isinstance(each, Unclear))]


def _the_second(commands: Sequence[Command], folded: str, situation: Situation) -> list[Command]:
    """ "Cancela a segunda", with none on a Monday."""
    mondays = any(datetime.fromisoformat(one["start"]).weekday() == 0 for one in situation.standing)
    if mondays or not has("the_second_of_them", folded):
        return list(commands)
    begun = [each for each in commands if each in _CHANGES]
    if not begun and has("cancels", folded) and not any(isinstance(each, Start) for each in commands):
        begun = [Start("cancel_booking")]
    kept = [each for each in commands if isinstance(each, Smalltalk)]
    return [*kept, *begun, Fill("booking", situation.standing[1]["booking"])] if begun else list(commands)


def _by_place(folded: str, listed: Sequence[Own]) -> Own | None:
    """ "O segundo", "the later one", "la última"."""
    place = next((place for cue, place in _PLACES.items() if has(cue, folded)), None)
    return None if place is None else listed[place]


def _by_hour(folded: str, listed: Sequence[Own]) -> Own | None:
    """ "O das 10", "la de las 11", "the 11am one"."""
    found = _hour_of_one().search(folded)
    if found is None:
        return None
    hour = int(found["before"] or found["behind"])
    fitting = [one for one in listed if int(one["start"][11:13]) in (hour, hour + _NOON)]
    return fitting[0] if len(fitting) == 1 else None


@cache
def _hour_of_one() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:[oa] d?as|(?:el|la) de las?|(?:the )?one at)\s+(?P<before>\d{1,2})(?!\d|:)"
        r"|\bthe (?P<behind>\d{1,2})(?:\s?(?:am|pm|h))? (?:one|appointment|booking)\b"
    )


def _by_part_of_day(folded: str, listed: Sequence[Own]) -> Own | None:
    """ "The morning one", "la de la tarde"."""
    morning, later = has("the_morning_one", folded), has("the_afternoon_one", folded)
    fitting = [one for one in listed if (int(one["start"][11:13]) < _NOON) == morning]
    return fitting[0] if morning != later and len(fitting) == 1 else None


def _by_whom(folded: str, said: Sequence[Fact], listed: Sequence[Own]) -> Own | None:
    """ "The one with Bruno", "o da Carla", "lo de Ana"."""
    named = [fact for fact in said if fact.kind == "professional" and pattern("own_with").search(folded[: fact.start])]
    fitting = [one for one in listed if named and one["professional"] == named[0].value]
    return fitting[0] if len(fitting) == 1 else None


def _all_but(text: str, said: Sequence[Fact], listed: Sequence[Own]) -> Own | None:
    """ "La manicura dejala, lo otro anulalo": the one that is left."""
    kept = [fact for fact in stays.kept(text, said) if fact.kind in _NAMES]
    left = [one for one in listed if not any(_is_of(fact, one) for fact in kept)]
    return left[0] if kept and len(left) == 1 else None


def _tells_more(times: Command) -> bool:
    """Whether an hour or a day is told beside the part of the day."""
    value = times.value if isinstance(times, Fill) else []
    return any(each["has_date"] or each["kind"] == "moment" for each in value)


def _not_that_one(folded: str, said: Sequence[Fact], listed: Sequence[Own]) -> Own | None:
    """ "Not the manicure, the other"."""
    refused = [fact for fact in said if fact.negated and fact.kind in _NAMES]
    left = [one for one in listed if not any(_is_of(fact, one) for fact in refused)]
    return left[0] if refused and len(left) == 1 and has("another_of_them", folded) else None


def _by_day(folded: str, times: Sequence[Fill], situation: Situation) -> Own | None:
    """ "The Saturday one", "the one on Thursday": the only one of a day that is named as one's own."""
    said = times[0].value[0] if len(times) == 1 and times[0].value else None
    if said is None or not said["has_date"] or not said["start"]:
        return None
    fitting = [one for one in situation.standing if one["start"][:10] == said["start"][:10]]
    words = str(said["text"]).split()
    own = words and re.search(_named_as_own(re.escape(fold(words[0]))), folded)
    return fitting[0] if len(fitting) == 1 and own else None


def _named_as_own(day: str) -> str:
    return rf"\b(?:(?:the )?one (?:on |for )?(?:the )?{day}|{day}(?:'?s)? (?:one|appointment|booking|cut|haircut))\b"


def _is_only_its_day(command: Command, own: Own) -> bool:
    """Whether a time tells no more than the day it stands on."""
    if not isinstance(command, Fill) or command.slot != "time":
        return False
    return all(not each["has_time"] and str(each["start"])[:10] == own["start"][:10] for each in command.value)


def _by_whose(text: str, listed: Sequence[Own], language: str, catalogue: Catalogue) -> Own | None:
    """ "My wife's": the one whose service is for her."""
    ids = list(dict.fromkeys(str(one["service"]) for one in listed))
    text = " ".join(clause.text for clause in clauses.split(text, language))  # "oi meninas" greets
    service = siblings.of_the_kind_said(ids, text, language, catalogue) if len(ids) > 1 else None
    fitting = [one for one in listed if one["service"] == service]
    return fitting[0] if len(fitting) == 1 else None
