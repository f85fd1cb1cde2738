"""Whoever turns a customer's words into commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from domain.business import Business
from domain.commands import Command

Topics = Callable[[str], Mapping[str, float]]
"""What words to a business are about: each known topic ("parking", "children" …) with how surely, 0–1."""


def no_topics(words: str) -> Mapping[str, float]:
    """Knows no topic: the business's texts are found by their words alone."""
    return {}


@dataclass(frozen=True, slots=True)
class Reading:
    """What an understander made of a turn's messages.

    `intents` are names of the intent list, surest first; `confidence` 0–1 of the whole; `by` is local or model.
    """

    commands: tuple[Command, ...]
    intents: tuple[str, ...] = ()
    language: str = "pt-BR"
    confidence: float = 1.0
    by: str = "local"
    usage: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Situation:
    """What an understander must know beside the words.

    `asks` is what the bot waits for; `options` are the taps it offered last, as `{"id", "title"}`; `flow` and `slots`
    the flow on top of the stack, `waiting` the names of those below it; `language` is sticky; `history` the last
    messages as `{"role", "text"}`; `anchor` the appointment time spoken of last, for "uma hora mais tarde";
    `conversation` its id, where it is known; `topic` what was asked about last, for "e a escova?" and "quero essa":
    `{"asked", "fresh", "service" | "product": ids, "zone", "items"}`, empty when that is long ago; `known` tells how
    surely (0–1) one of the business's own texts answers some words; `done` what was carried out a moment ago,
    `{"flow", "service", "start", "professional", "told", "was"}`, empty when that is a while (`told`: how an order is
    received and paid; `was`: start and professional of an appointment before it was moved); `standing` the customer's
    appointments to come, `{"booking", "service", "professional", "start"}`, soonest first, looked up while no flow is
    under way, or one that changes them; `ordered` the orders that stand, `{"order", "number", "items", "told"}`
    (`items`: product and quantity), newest first, looked up while no flow is under way.
    """

    business: Business
    now: datetime
    language: str
    asks: str = "none"
    flow: str | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)
    options: Sequence[Mapping[str, Any]] = ()
    history: Sequence[Mapping[str, Any]] = ()
    anchor: datetime | None = None
    conversation: str = ""
    topic: Mapping[str, Any] = field(default_factory=dict)
    known: Callable[[str], float] = field(default=lambda words: 0.0)
    waiting: Sequence[str] = ()
    done: Mapping[str, Any] = field(default_factory=dict)
    standing: Sequence[Mapping[str, Any]] = ()
    ordered: Sequence[Mapping[str, Any]] = ()

    @property
    def own(self) -> Mapping[str, Any]:
        """The appointment spoken of where none is named: the one just made, else the only one that stands.

        None right after something else, an order or a cancellation: that is spoken of then.
        """
        if self.just_booked or self.done:
            return self.done if self.just_booked else {}
        return self.standing[0] if self.flow is None and len(self.standing) == 1 else {}

    @property
    def just_booked(self) -> bool:
        """An appointment was made or moved a moment ago, and nothing is under way since."""
        return self.flow is None and self.done.get("flow") in ("book", "reschedule")

    @property
    def just_ordered(self) -> bool:
        """An order was placed or changed a moment ago, and nothing is under way since."""
        return self.flow is None and self.done.get("flow") in ("order", "change_order")

    @property
    def speaks_of_order(self) -> bool:
        """What names nothing is said of an order: of one just placed, or of one that stands where no appointment does.

        Not while something else was done or asked about a moment ago.
        """
        if self.done or self.flow is not None or self.asks != "none":
            return self.just_ordered
        return bool(self.ordered) and not self.standing and not self.topic.get("fresh")


class Understander(Protocol):
    """The local one, a model, or the cascade of both. It proposes; what happens is decided by flows and tools."""

    async def read(self, texts: Sequence[str], situation: Situation) -> Reading:
        """Turns a turn's messages (in order, no taps) into commands. Never raises for anything a customer can write."""
        ...
