"""A whole wish of somebody who has no appointment: "dá pra fazer a mão amanhã às duas e meia?" moves nothing.

What is told along ("no outro dia meu neto se forma") may sound like a move; a verb that moves one's own is believed.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Command, Fill, Start
from domain.ports import Situation
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_WISH = {"service", "time"}
_OF_ONE_THAT_STANDS = {"old_time", "same_hour", "shift", "postpone"}


def told(commands: Sequence[Command], text: str, situation: Situation) -> list[Command]:
    """The commands with a booking begun in the place of a move."""
    told_of = {each.slot for each in commands if isinstance(each, Fill)}
    moves = Start("reschedule") in commands and Start("book") not in commands
    if not moves or situation.standing or situation.flow is not None or not told_of >= _WISH:
        return list(commands)
    if told_of & _OF_ONE_THAT_STANDS or has("moves_own", fold(text)) or has("the_customers_own", fold(text)):
        return list(commands)
    kept = [each for each in commands if not (isinstance(each, Fill) and each.slot == "booking")]
    return [Start("book") if each == Start("reschedule") else each for each in kept]
