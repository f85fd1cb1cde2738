"""A number with nothing that tells what it is: an hour, how many, or which of a list."""

from __future__ import annotations

import re
from functools import cache

from domain.commands import Fill
from domain.ports import Situation
from understanding.local.facts.reckoning import opening_hours
from understanding.local.reading.clause.answered import FREE_TEXT, Answered, unsure
from understanding.local.reading.fills import quantity
from understanding.local.text import numerals
from understanding.local.text.cues import alternatives, has, pattern, words
from understanding.local.text.words import split

_OF_THE_ORDER = ("delivery", "payment", "address")
_DIGITS = 3
_HOUR_AND_MINUTES = re.compile(r"\b(?P<hour>\d{1,2})(?: (?:e|y|and) |\.)(?P<minutes>[0-5]\d)\b")
_HOURS = re.compile(r"^(\d{1,2})(?:h|hs|hrs)$")
_BOTH_OF_US = re.compile(r"\b(?:nos|nosotr[ao]s|us) (?:dois|duas|dos|two|tres|three)\b|\b(?:two|three) of us\b")
_POINTED = re.compile(r"\b(?:the|that|this|which|another) one\b")
_AT_ONCE = re.compile(r"(?<!\ba la )(?<!\bla )\bde una\b(?! (?:hora|de las))")
_HOUR_WORDS = frozenset(("h", "hs", "hrs", "hora", "horas"))


def value(plain: str, situation: Situation) -> int | None:
    """The one number of a clause that holds nothing else: "2", "as 5 então", "melhor só uma"."""
    if _BOTH_OF_US.search(plain):
        return None  # "marca pra nós duas" tells who comes, not when
    if _POINTED.search(plain) or _AT_ONCE.search(plain):  # "that's the one", "dale, de una"
        return None
    whole = numerals.value(plain, situation.language)
    if whole is not None:
        return whole
    small = words("fillers") | words("articles") | _HOUR_WORDS
    if situation.asks == "time" or (situation.asks == "confirm" and situation.flow in ("book", "reschedule")):
        small |= words("suits") | words("times_taken_or_free")
    said = [word.text for word in split(_behind_pauses(plain)) if word.text[0].isalnum()]
    counted = [(word, number) for word in said if (number := _counted(word, situation.language)) is not None]
    if len(counted) > 1:  # "só uma" has one, "uma das 9" speaks of nine
        counted = [(word, number) for word, number in counted if word not in small]
    known = small | {word for word, _ in counted}
    return counted[0][1] if len(counted) == 1 and known.issuperset(said) else None


def _behind_pauses(plain: str) -> str:
    """ "No, hang on, 6 instead": without what was said to win time."""
    return _pauses().sub("", plain)


@cache
def _pauses() -> re.Pattern[str]:
    return re.compile(rf"^(?:(?:{alternatives('hesitates')}|{alternatives('waits')})(?:[\s,.!…-]+|$))+")


def _counted(word: str, language: str) -> int | None:
    if found := _HOURS.match(word):
        return int(found.group(1))
    if word.isdecimal():
        return int(word) if len(word) <= _DIGITS else None
    return numerals.value(word, language)


def meant(number: int, plain: str, situation: Situation) -> Answered | None:
    """A lone number: how many, which one, or at what hour."""
    spoken_of = bool(situation.slots.get("items") or situation.slots.get("choice")) and number > 0
    as_option = 1 <= number <= len(situation.options)
    several = situation.asks == "items" and situation.slots.get("choice") and has("only_so_many", plain)
    if situation.asks == "items" and spoken_of and (several or not offers_products(situation)):
        return Answered("inform", (Fill("quantity", number),))
    worded = not any(letter.isdecimal() for letter in plain)  # "one please", "duas"; "1" is what stands first
    if spoken_of and situation.asks in _OF_THE_ORDER and (has("counts", plain) or worded):
        return Answered("inform", tuple(quantity(plain, (), situation)) or (Fill("quantity", number),))
    if situation.asks == "time" and not (as_option and number <= 3 and len(plain) <= 2):
        return hour(number, situation)
    if as_option and situation.asks != "confirm":
        return Answered("inform", (Fill("option", number),))
    if spoken_of:
        return Answered("inform", (Fill("quantity", number),))
    if situation.asks == "confirm" and situation.flow in ("book", "reschedule"):
        return hour(number, situation)
    return unsure() if situation.flow and situation.asks not in FREE_TEXT else None


def clock(plain: str, situation: Situation) -> Answered | None:
    """ "11 e 15 então", "2.30", "make it 11 instead of 10": an hour without anything that makes it one."""
    kept = pattern("instead_of").sub(" ", plain)
    found = _HOUR_AND_MINUTES.search(kept)
    small = words("fillers") | words("articles") | words("suits") | _HOUR_WORDS
    left = {word.text for word in split(kept[: found.start()] + kept[found.end() :] if found else kept)}
    if found and left <= small:
        return hour(int(found["hour"]), situation, int(found["minutes"]))
    if kept == plain:
        return None
    numbers = [number for word in left if (number := _counted(word, situation.language)) is not None]
    rest = {word for word in left if _counted(word, situation.language) is None and word[0].isalnum()}
    return hour(numbers[0], situation) if len(numbers) == 1 and rest <= small else None


def either(plain: str, situation: Situation) -> Answered | None:
    """ "10 or 11", "either 2 or 3 is fine": two hours, each of which will do."""
    said = [word.text for word in split(plain)]
    counted = [(word, number) for word in said if (number := _counted(word, situation.language)) is not None]
    small = words("fillers") | words("articles") | words("suits") | words("either_of") | _HOUR_WORDS
    if len(counted) != 2 or not has("or", plain) or not small.issuperset(set(said) - {word for word, _ in counted}):
        return None
    told = [fill for _, number in counted if (one := hour(number, situation)) for fill in one.commands]
    return Answered("inform", (Fill("time", [each for fill in told if isinstance(fill, Fill) for each in fill.value]),))


def hour(number: int, situation: Situation, minutes: int = 0) -> Answered | None:
    """ "16" when a time was asked: the hour, moved to the afternoon where only that is open."""
    spans = [span for day in opening_hours(situation.business).values() for span in day]
    earliest, latest = min((s.hour for s, _ in spans), default=0), max((e.hour for _, e in spans), default=24)
    if number < earliest and number + 12 < latest:
        number += 12
    if not 0 <= number <= 23:
        return None
    start = situation.now.replace(hour=number, minute=minutes, second=0, microsecond=0)
    value = {
        "kind": "moment",
        "start": start.isoformat(),
        "end": start.isoformat(),
        "grain": "minute" if minutes else "hour",
        "ambiguous": False,
    }
    return Answered(
        "inform", (Fill("time", [{**value, "why": None, "has_date": False, "has_time": True, "text": str(number)}]),)
    )


def offers_products(situation: Situation) -> bool:
    """Whether the options are things to choose, not "levar" and "tirar" for one that was chosen."""
    choosing = bool(situation.slots.get("choice")) or any(
        situation.business.product(str(option["id"])) for option in situation.options
    )
    return choosing and bool(situation.options)
