"""What a flow is: slots to fill, an effect to confirm, a tool to run; and the desk it works at.

A flow is data plus small functions. The dialogue (graph/dialogue.py) feeds it facts with `fill`, then lets it
`advance`: say what is missing and return what it waits for, or sum up and ask for the yes, or, after the yes, `finish`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.business import Business
from domain.commands import Affirm, Command, Deny, as_dict
from graph.state import Data, TurnContext

Frame = Data
"""One flow under way: `{"id", "flow", "slots", "asks", "summary"}`; `summary` is what the customer is to confirm."""


@dataclass(slots=True)
class Desk:
    """Where flows work during one turn: the context, the dialogue's memory, what was looked up, what is to be said."""

    context: TurnContext
    dialogue: Data
    findings: Data = field(default_factory=dict)
    says: list[Data] = field(default_factory=list)

    @property
    def business(self) -> Business:
        return self.context.business

    @property
    def now(self) -> datetime:
        """The current instant on the business's own clock: "15h" means 15:00 there."""
        return self.context.now.astimezone(self.business.zone)

    def say(self, key: str, **facts: Any) -> None:
        """Adds a sentence: a template's key and the facts it needs."""
        if not any(said["key"] == key and said["with"] == facts for said in self.says):  # nothing is said twice
            self.says.append({"key": key, "with": facts})

    def offer(self, options: Sequence[Data], menu: str | None = None) -> None:
        """Puts options under the last sentence; `menu` is the template key of a list's button."""
        if self.says and options:
            self.says[-1]["options"] = list(options)
            if menu:
                self.says[-1]["menu"] = menu

    async def call(self, tool: str, **arguments: Any) -> Data:
        """Runs a tool. Raises domain.errors.Impossible when the world says no."""
        return await self.context.tools.call(tool, arguments)

    def key(self, frame: Frame, effect: str) -> str:
        """The idempotency key of a frame's effect: the same yes never acts twice."""
        return f"{self.context.conversation}:{frame['id']}:{effect}"


def option(
    option_id: str, commands: Sequence[Command], title: str | Data = "", description: str | Data = "", **named: Any
) -> Data:
    """Something to tap and its commands. `title` is a literal or a fact; or `title_key` (+ facts) names a template."""
    data: Data = {"id": option_id, "commands": [as_dict(command) for command in commands]}
    if title:
        data["title"] = title
    if description:
        data["description"] = description
    return {**data, **named}


@dataclass(frozen=True, slots=True)
class Flow:
    """One thing a conversation can do.

    name: the flow's name, as in the command Start.
    fill: takes one fact `(slot, value)`; returns whether it was of use. Says why a value is not possible.
    advance: looks at the slots; says the next question or summary; returns what it waits for ("none": nothing more).
    finish: runs the tool after the yes; returns the receipt, or None when it had to ask again.
    reject: the offered value is not wanted; returns whether something was taken back.
    asks: everything `advance` may return, so that it can be told what no conversation has come by yet. A flow that asks
    what the business lists (`lead`) names only what it returns beside that.
    """

    name: str
    fill: Callable[[Frame, Desk, str, Any], Awaitable[bool]]
    advance: Callable[[Frame, Desk], Awaitable[str]]
    finish: Callable[[Frame, Desk], Awaitable[Data | None]]
    reject: Callable[[Frame, Desk, str | None], Awaitable[bool]]
    asks: tuple[str, ...]


async def no_fill(frame: Frame, desk: Desk, slot: str, value: Any) -> bool:
    """For flows without slots."""
    return False


async def no_finish(frame: Frame, desk: Desk) -> Data | None:
    """For flows without effects."""
    return None


async def no_reject(frame: Frame, desk: Desk, slot: str | None) -> bool:
    """For flows that offer nothing."""
    return False


def yes_no() -> list[Data]:
    """The two buttons under a summary."""
    return [option("sim", [Affirm()], title_key="yes"), option("nao", [Deny()], title_key="no")]


def unchanged(frame: Frame, summary: Mapping[str, Any]) -> bool:
    """Whether the customer already saw exactly this summary and was asked to confirm it."""
    return frame.get("asks") == "confirm" and frame.get("summary") == dict(summary)
