"""What is said while an appointment is being moved: it stays after all, one more is wanted, with somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.commands import Affirm, Ask, Cancel, Command, Correct, Deny, Fill, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_OF_ONE_MORE = ("also", "puts_in", "books", "right_behind", "one_more")
_IN_ITS_PLACE = ("trades", "instead", "in_place_of", "wrong_thing")
_WHEN = ("time", "same_hour", "earliest", "latest", "shift")
_OF_IT = {"time", "old_time", "same_hour", "which", "booking"}


def told(commands: Sequence[Command], text: str, situation: Situation) -> list[Command]:
    """The commands in the light of the appointment that is being moved."""
    booking = situation.slots.get("booking")
    if situation.flow != "reschedule" or situation.asks not in ("time", "confirm") or not booking:
        return list(commands)
    folded = fold(text)
    if _calls_off(commands, folded):
        return [Start("cancel_booking"), Fill("booking", booking["booking"])]
    if (other := _the_other(commands, folded, booking, situation)) is not None:
        return other
    for rule in (_stays, _one_more, _with_another):
        if (meant := rule(commands, folded, booking, situation.asks)) is not None:
            return meant
    return list(commands)


def _calls_off(commands: Sequence[Command], folded: str) -> bool:
    """ "Pode desmarcar sim", "just cancel it then": the appointment; "cancela a remarcação" only the move."""
    given_up = any(isinstance(each, Cancel) for each in commands) and has("cancels", folded)
    return given_up and not any(has(cue, folded) for cue in ("gives_up", "not_cancelling", "the_move_itself"))


def _the_other(
    commands: Sequence[Command], folded: str, booking: Mapping[str, Any], situation: Situation
) -> list[Command] | None:
    """ "No, it's the manicure that needs moving, not the haircut": another one that stands, by its service."""
    services = [each.value for each in commands if isinstance(each, Fill | Correct) and each.slot == "service"]
    named = [
        each for each in situation.standing
        if len(services) == 1 and each["service"] in _each(services[0]) and each["booking"] != booking["booking"]
    ]  # fmt: skip
    if len(named) != 1 or not has("the_one_to_move", folded):
        return None
    when = [each for each in commands if isinstance(each, Fill) and each.slot in _WHEN]
    return [Fill("booking", named[0]["booking"]), *when]


def _stays(commands: Sequence[Command], folded: str, booking: Mapping[str, Any], asks: str) -> list[Command] | None:
    """ "No wait, keep the Friday one", "volta pra quinta": the day it has, and no other hour."""
    told = [each for each in commands if isinstance(each, Fill | Correct)]
    times = [each for each in told if each.slot in ("time", "old_time")]
    if not times or not {each.slot for each in told} <= _OF_IT:
        return None
    own = all(isinstance(each.value, list) and all(_is_its_own(time, booking) for time in each.value) for each in times)
    kept = has("as_it_was", folded) or Deny() in commands
    if not own or not kept or has("moves_to", folded) or has("later", folded) or has("sooner", folded):
        return None
    return [*(each for each in commands if isinstance(each, Ask | Smalltalk)), Cancel()]


def _is_its_own(time: Mapping[str, Any], booking: Mapping[str, Any]) -> bool:
    start, has = str(time["start"] or ""), bool(time["has_time"])
    if not time["has_date"]:
        return has and start[11:16] == booking["start"][11:16]
    return start[:10] == booking["start"][:10] and (not has or start[11:16] == booking["start"][11:16])


def _one_more(commands: Sequence[Command], folded: str, booking: Mapping[str, Any], asks: str) -> list[Command] | None:
    """ "Isso, e marca uma manicure depois", "+ pies": beside the one that is moved, unless it is told to replace it."""
    told = [each for each in commands if isinstance(each, Fill | Correct)]
    services = [each for each in told if each.slot == "service"]
    other = len(services) == 1 and booking["service"] not in _each(services[0].value)
    more = any(has(cue, folded) for cue in _OF_ONE_MORE)
    replaces = any(has(cue, folded) for cue in _IN_ITS_PLACE)
    if not other or (replaces and not more if asks == "confirm" else replaces or not more):
        return None
    behind = [Fill("shift", "later")] if has("right_behind", folded) and len(told) == 1 else []
    kept = [each for each in commands if not isinstance(each, Fill | Correct | Start | Unclear | Affirm)]
    facts = [Fill(each.slot, each.value) for each in told]
    agreed: list[Command] = [Affirm()] if asks == "confirm" and _agrees(folded) else []
    return [*agreed, *kept, Start("book"), Fill("own", False), *facts, *behind]


def _each(service: str | Sequence[str]) -> Sequence[str]:
    return [service] if isinstance(service, str) else service


def _agrees(folded: str) -> bool:
    """Whether it begins with a yes and takes nothing of it back."""
    return pattern("assent").match(folded.strip(" ,.!")) is not None and not has("but", folded)


def _with_another(
    commands: Sequence[Command], folded: str, booking: Mapping[str, Any], asks: str
) -> list[Command] | None:
    """ "¿Puede ser con otra?", whatever it was taken for."""
    if not has("another_hand", folded) and not has("another_hand_alone", folded):
        return None
    if any(isinstance(each, Fill | Correct) and each.slot in ("professional", "service") for each in commands):
        return None
    when = [each for each in commands if isinstance(each, Fill | Correct)]
    return [Fill("professional", "other"), *when]
