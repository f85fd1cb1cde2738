"""A reading in the making: what the clauses read so far ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.commands import Affirm, Command, Fill, Smalltalk


@dataclass(slots=True)
class Draft:
    """A reading in the making.

    `answered`: one of the business's texts answers what was asked so far. `stands`: an appointment is not to be
    cancelled, but to be moved. `every`: all that was told is meant, not only what was summed up; `alone`: only
    that. `mine`: the appointment that the message points at. `series`: it is wished for every week. `others`: what
    was told of the wishes beside the first one; `door`: of the address beside its street. `beside`: what was looked
    up only because nothing else was understood of it.
    """

    commands: list[Command] = field(default_factory=list)
    intents: list[str] = field(default_factory=list)
    confidence: float = 1.0
    own: list[Command] = field(default_factory=list)
    cancels: bool = False
    answered: bool = False
    stands: bool = False
    every: bool = False
    alone: bool = False
    mine: Mapping[str, Any] | None = None
    series: bool = False
    others: list[Mapping[str, Any]] = field(default_factory=list)
    door: list[Fill] = field(default_factory=list)
    beside: list[Command] = field(default_factory=list)

    def add(self, intent: str, confidence: float, *commands: Command) -> None:
        """What one clause asks for; the reading is as sure as its least sure clause."""
        self.intents.append(intent)
        self.confidence = min(self.confidence, confidence)
        self.commands.extend(command for command in commands if command not in self.commands)

    def take_note(self, *, thanked: bool) -> None:
        """ "Ok, obrigada", "ok, e que horas fecham?": no yes to what was offered beside the answer."""
        others: list[Command] = [command for command in self.commands if not isinstance(command, Affirm)]
        if thanked and not others:
            others = [Smalltalk("thanks")]
        self.commands = others or self.commands
