"""The conversation in LangGraph's own dev server (`langgraph dev`): the real graph and tools over books in memory.

Choose the business with `{"configurable": {"business": "pet-feliz"}}`; without it, the first one serves. An input is a
list of events: `{"events": [{"kind": "customer", "content": {"kind": "text", "text": "oi"}}]}`. While a person has
the ball the run waits on an interrupt: resume it with events, or with an agent inbox's decisions.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.graph import StateGraph

from domain.business import load_all
from domain.clock import RunningClock
from graph.build import build
from graph.state import State, TurnContext
from graph.wording import prepare
from persistence.memory import Shop
from tools.toolbox import Toolbox
from understanding.local import topics
from understanding.local.reader import LocalUnderstander


class _Studio:
    """What all runs of the dev server share. Files are read here, because its event loop refuses blocking calls."""

    def __init__(self, folder: Path) -> None:
        self.clock = RunningClock()
        self.businesses = load_all(folder)
        self.shops = {name: Shop(business, self.clock.now) for name, business in self.businesses.items()}
        self.understander = LocalUnderstander()
        self.understander.prepare(self.businesses.values(), self.clock.now())
        prepare()


_STUDIO = _Studio(Path(__file__).parent / "businesses")  # the dev server's start is this module's import


def graph(config: RunnableConfig) -> StateGraph[State, TurnContext, Any, Any]:
    """The conversation of one thread with one business. The books live as long as the dev server."""
    configurable: Mapping[str, Any] = config.get("configurable") or {}
    first = next(iter(_STUDIO.businesses))
    name = str(configurable.get("business", first))
    business = _STUDIO.businesses.get(name) or _STUDIO.businesses[first]
    thread = str(configurable.get("thread_id") or "thread")
    now = _STUDIO.clock.now()
    context = TurnContext(
        business=business,
        now=now,
        understander=_STUDIO.understander,
        tools=Toolbox(business, _STUDIO.shops[business.id].records(thread), now, topics=topics.about),
        conversation=thread,
    )
    return build(context)
