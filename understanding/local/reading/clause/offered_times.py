"""Which of the times offered is meant: "a mais tarde", "o do meio", "qualquer um desses", "a segunda"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.text import numerals
from understanding.local.text.cues import has, pattern
from understanding.local.text.polarity import negated
from understanding.local.text.words import split

_FEW_WORDS = 10
_TIME = re.compile(r"^(?P<day>\d{4}-\d\d-\d\d)T")
_MONDAY = 0
_SECOND = 2
_NOON = 12 * 60
_OPEN = (("start", "00:00"), ("end", "24:00"))
_ENDS = ("earliest", "latest")
_PLACED = ("the_earlier_one", "the_middle_one", "the_later_one")


def place(folded: str, said: Sequence[Fact], situation: Situation) -> int | None:
    """The place of the time meant among the options, from 1; None when the words tell none."""
    times = _offered(folded, situation)
    if not times:
        return None
    if not said and has("any_hour", folded) and len({each[:10] for each in times}) == 1:
        return times.index(min(times)) + 1
    if has("any_of_these", folded) and not has("with_somebody", folded):
        said = [fact for fact in said if fact.kind not in ("anybody", "professional")]
    if (left := _not_refused(folded, times, situation.language)) is not None:
        return left
    if has("of_those_offered", folded):
        said = [fact for fact in said if fact.kind not in _ENDS]
    if _second(folded, times, situation.language) and all(fact.kind in ("position", "time") for fact in said):
        return _SECOND
    if said:
        return _first_but(said, times) if _refused_hours(folded, said) else _in_that_part(folded, said, times)
    if has("asks_what_there_is", folded):
        return None
    if (pointed := _pointed_at(folded, times)) is not None:
        return pointed
    other = has("later", folded) or has("sooner", folded) or any(letter.isdecimal() for letter in folded)
    return times.index(min(times)) + 1 if has("any_of_these", folded) and not other else None


def _pointed_at(folded: str, times: Sequence[str]) -> int | None:
    """ "A mais tarde", "the first of those", "el del medio"."""
    if has("the_later_one", folded):
        return times.index(max(times)) + 1
    if has("the_earlier_one", folded):
        return times.index(min(times)) + 1
    if has("nearest_to_noon", folded):
        return times.index(min(times, key=lambda each: abs(int(each[11:13]) * 60 + int(each[14:16]) - _NOON))) + 1
    return len(times) // 2 + 1 if len(times) % 2 and has("the_middle_one", folded) else None


def _not_refused(folded: str, times: Sequence[str], language: str) -> int | None:
    """ "Nem a primeira nem a última", "a última não dá, pega a do meio": the only one that is left."""
    told = [found for cue in _PLACED for found in pattern(cue).finditer(folded)]
    refused = [found for found in told if negated(folded, *found.span(), language)]
    places = {_pointed_at(found.group(), times) for found in refused}
    wanted = {_pointed_at(found.group(), times) for found in told if found not in refused} - {None}
    left = sorted(wanted or {*range(1, len(times) + 1)} - places, key=lambda place: times[place - 1])
    return left[0] if refused and left and (len(left) == 1 or has("any_of_these", folded)) else None


def _refused_hours(folded: str, said: Sequence[Fact]) -> bool:
    """Whether all that is told are hours that are not wanted, of any of these."""
    times = [fact.value for fact in said if fact.kind == "time" and (fact.negated or fact.role == "except")]
    exact = all(value["has_time"] and value["kind"] == "moment" for value in times)
    return len(times) == len(said) and exact and has("any_of_these", folded)


def _first_but(refused: Sequence[Fact], times: Sequence[str]) -> int | None:
    """ "Qualquer um menos o das 9": the first of the others."""
    hours = {str(fact.value["start"])[11:16] for fact in refused}
    left = [each for each in times if each[11:16] not in hours]
    return times.index(min(left)) + 1 if left else None


def _in_that_part(folded: str, said: Sequence[Fact], times: Sequence[str]) -> int | None:
    """ "The one before lunch", "o da tarde": the only one that lies in that part of its day."""
    part = said[0].value if len(said) == 1 and said[0].kind == "time" and not said[0].negated else {}
    if part and part["grain"] == "day" and not part["has_time"] and pattern("pointed_time").search(folded):
        days = [each[:10] for each in times]  # "la del jueves"
        return days.index(part["start"][:10]) + 1 if days.count(str(part["start"])[:10]) == 1 else None
    if not part or part["has_date"] or part["kind"] == "moment" or pattern("pointed_time").search(folded) is None:
        return None
    start, end = (str(part[edge])[11:16] if part[edge] else open_end for edge, open_end in _OPEN)
    fitting = [at for at, each in enumerate(times, 1) if start <= each[11:16] < (end if end > start else "24:00")]
    return fitting[0] if len(fitting) == 1 else None


def of_that_hour(folded: str, situation: Situation) -> int | None:
    """ "La de la 1 me acomoda", "k, the 11 is good for me": the one number said is the hour of just one of them."""
    times, language = _offered(folded, situation), situation.language
    if any(has(cue, folded) for cue in ("refuses_then", "price", "conditional")):
        return None
    told = [word.text for word in split(folded) if word.text == "1" or numerals.value(word.text, language) != 1]
    hours = [number for number in (numerals.value(each, language) for each in told) if number is not None]
    if len(hours) != 1:
        return None
    meant = [f"{hour:02}:00" for hour in (hours[0], hours[0] + 12)]
    fitting = [at for at, each in enumerate(times) if each[11:16] in meant]
    if has("excepts", folded):
        left = [each for at, each in enumerate(times) if at not in fitting]
        return times.index(min(left)) + 1 if len(fitting) == 1 and has("any_of_these", folded) else None
    return fitting[0] + 1 if len(fitting) == 1 else None


def _offered(folded: str, situation: Situation) -> list[str]:
    """The starts a message of a few words may choose from."""
    times = [str(option["id"]) for option in situation.options]
    few = situation.asks == "time" and len(folded.split()) <= _FEW_WORDS
    return times if few and len(times) >= _SECOND and all(_TIME.match(each) for each in times) else []


def _second(folded: str, times: Sequence[str], language: str) -> bool:
    """ "A segunda", "gostei da segunda": in Portuguese Monday where a Monday was offered; "na segunda" always is."""
    if pattern("the_second_one").search(folded) is None:
        return False
    days = [date.fromisoformat(found["day"]).weekday() for each in times if (found := _TIME.match(each))]
    return language == "es" or _MONDAY not in days
