"""A conversation without a database: the real graph and tools over the in-memory books, saved in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from langgraph.checkpoint.memory import InMemorySaver

from domain.business import Business, load
from domain.commands import Command
from domain.messages import Alias, Destination
from domain.ports import Event, Models, Pending, Reading, Situation, Understander
from graph.build import Graph, builder
from graph.run import Answer, answer
from graph.state import TurnContext
from persistence.memory import Shop
from tools.toolbox import Toolbox
from understanding.local import topics

MORNING = datetime.fromisoformat("2026-03-10T13:00:00+00:00")  # a Tuesday, 10:00 in São Paulo


class ScriptedUnderstander:
    """Understands exactly what the test says it does."""

    def __init__(self) -> None:
        self.next: tuple[Command, ...] = ()
        self.situations: list[Situation] = []

    async def read(self, texts: Sequence[str], situation: Situation) -> Reading:
        self.situations.append(situation)
        return Reading(self.next, (), situation.language)


class Conversation:
    """One customer's conversation with one business."""

    def __init__(self, business: str | Business = "studio-aurora", shop: Shop | None = None) -> None:
        self.business = load(Path(f"businesses/{business}.yaml")) if isinstance(business, str) else business
        self.shop = shop or Shop(self.business, lambda: self.now)
        self.records = self.shop.records()
        self.understander = ScriptedUnderstander()
        self.now = MORNING
        self.handoff: dict[str, Any] | None = None
        self.tools: list[str] = []
        self.models: Models | None = None
        self.reader: Understander | None = None  # instead of the scripted one
        self.saver = InMemorySaver()
        self._graph = _graph()
        self._events = 0

    async def says(self, *commands: Command, text: str = "…") -> Answer:
        """A turn of words that mean these commands."""
        self.understander.next = commands
        return await self.happens("customer", {"kind": "text", "text": text})

    async def taps(self, choice: str) -> Answer:
        """A turn of one tap."""
        return await self.happens("customer", {"kind": "choice", "text": "", "choice": choice})

    async def happens(self, *events: Any) -> Answer:
        """A turn of events given as kind, content, kind, content…"""
        pairs = list(zip(events[::2], events[1::2], strict=True))
        toolbox = Toolbox(self.business, self.records, self.now, topics=topics.about)
        reader = self.reader or self.understander
        context = TurnContext(
            self.business, self.now, reader, toolbox, "conversation", self.handoff, models=self.models
        )
        happened = []
        for kind, content in pairs:
            self._events += 1
            happened.append(Event(self._events, kind, content, self.now))
        destination = Destination("web", "account", Alias("web", "session"))
        pending = Pending(tuple(happened), destination, "customer", self.handoff, 1)
        result = await answer(self._graph, "tenant:conversation", pending, context, self.saver)
        self.tools = [call["tool"] for call in toolbox.calls]
        if result.owner == "person" and self.handoff is None:
            self.handoff = {"id": "handoff", "status": "waiting", "agent": None}
        return result

    def later(self, **span: float) -> None:
        """Time passes."""
        self.now += timedelta(**span)


@cache
def _graph() -> Graph:
    """Compiling costs as much as several turns, and a compiled graph keeps nothing between them."""
    return builder.compile()


def text(result: Answer) -> str:
    """Everything a turn said."""
    return "\n".join(reply.text for reply in result.replies)


def options(result: Answer) -> list[str]:
    """The ids of what a turn offered, without the turn's mark."""
    return [option.id.rpartition("~")[0] for reply in result.replies for option in reply.options]


def at(start: str, **more: Any) -> list[dict[str, Any]]:
    """A value for Fill("time"): one exact moment with date and time, unless told otherwise."""
    fixed = {"kind": "moment", "grain": "hour", "ambiguous": False, "why": None, "has_date": True, "has_time": True}
    return [{**fixed, "start": start, "end": start, "text": start, **more}]
