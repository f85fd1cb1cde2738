"""Which of several appointments that stand is moved or cancelled: "cancela o segundo", "my wife's", "keep Saturday"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.commands import Ask, Command, Fill, Smalltalk, Start
from domain.ports import Situation
from understanding.local.facts import siblings
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.fact import Fact
from understanding.local.facts.own_names import holds
from understanding.local.reading import pointed_at, stays
from understanding.local.text import clauses
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_CHANGES = (Start("reschedule"), Start("cancel_booking"))
_TELLS = {"booking", "which", "old_time", "service"}
_NAMES = ("service", "professional", "time")

Own = Mapping[str, Any]


def told(
    commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation, catalogue: Catalogue
) -> list[Command]:
    """The commands with the one that is meant, where the words point to one of those that stand."""
    if situation.flow is not None:
        return _of_those_listed(commands, text, said, situation, catalogue)
    commands = _without_reason(commands, situation)
    slots = {each.slot for each in commands if isinstance(each, Fill)}
    standing = situation.standing
    if len(standing) <= 1 or not any(each in _CHANGES for each in commands) or slots & _TELLS:
        return list(commands)
    meant = _all_but(text, said, standing) or _by_whose(text, standing, situation.language, catalogue)
    if meant is None and not has("the_customers_own", fold(text)):
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
    meant = _not_that_one(fold(text), said, listed)
    if meant is None and (pointed := pointed_at.one(text, situation.language, listed, catalogue)) is not None:
        meant = listed[pointed.place]
    if meant is None and Start("my_bookings") in commands and (meant := _all_told_of_one(said, listed)) is not None:
        return [Fill("booking", meant["booking"])]
    told = any(isinstance(each, Start | Fill) and each != Start("my_bookings") for each in commands)
    meant = meant or (None if told else _by_whose(text, listed, situation.language, catalogue))
    if meant is None:
        return list(commands)
    others = [each for each in commands if isinstance(each, Smalltalk | Ask | Fill) and not _names(each, meant)]
    return [Fill("booking", meant["booking"]), *others]


def _names(command: Command, own: Own) -> bool:
    """Whether it tells no more than which one it is."""
    if not isinstance(command, Fill):
        return False
    times = command.value if command.slot == "time" else []
    return command.slot in (*_TELLS, "option", "professional") or bool(
        times and all(holds(each, own) for each in times)
    )


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


def _all_but(text: str, said: Sequence[Fact], listed: Sequence[Own]) -> Own | None:
    """ "La manicura dejala, lo otro anulalo": the one that is left."""
    kept = [fact for fact in stays.kept(text, said) if fact.kind in _NAMES]
    left = [one for one in listed if not any(_is_of(fact, one) for fact in kept)]
    return left[0] if kept and len(left) == 1 else None


def _not_that_one(folded: str, said: Sequence[Fact], listed: Sequence[Own]) -> Own | None:
    """ "Not the manicure, the other"."""
    refused = [fact for fact in said if fact.negated and fact.kind in _NAMES]
    left = [one for one in listed if not any(_is_of(fact, one) for fact in refused)]
    return left[0] if refused and len(left) == 1 and has("another_of_them", folded) else None


def _by_whose(text: str, listed: Sequence[Own], language: str, catalogue: Catalogue) -> Own | None:
    """ "My wife's": the one whose service is for her."""
    ids = list(dict.fromkeys(str(one["service"]) for one in listed))
    text = " ".join(clause.text for clause in clauses.split(text, language))  # "oi meninas" greets
    service = siblings.of_the_kind_said(ids, text, language, catalogue) if len(ids) > 1 else None
    fitting = [one for one in listed if one["service"] == service]
    return fitting[0] if len(fitting) == 1 else None
