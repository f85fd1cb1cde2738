"""The commands about appointments that stand, are being moved or cancelled, or were cancelled a moment ago."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Command
from domain.ports import Situation
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.fact import Fact
from understanding.local.reading.outcome import (
    after_cancel,
    after_move,
    booked_anew,
    nothing_stands,
    of_what_stands,
    still_there,
    which_own,
    while_cancelled,
    while_moved,
)


def told(
    commands: Sequence[Command], text: str, said: Sequence[Fact], situation: Situation, catalogue: Catalogue
) -> list[Command]:
    """The commands in the light of what is booked; `text` and `said` are the whole message."""
    commands = which_own.told(commands, text, said, situation, catalogue)
    commands = while_moved.told(commands, text, situation)
    commands = while_cancelled.told(commands, text, said, situation)
    commands = still_there.told(commands, text, situation)
    commands = after_move.told(commands, text, situation)
    commands = of_what_stands.told(commands, text, said, situation)
    commands = booked_anew.told(commands, situation)
    commands = after_cancel.told(commands, text, said, situation)
    return nothing_stands.told(commands, text, situation)
