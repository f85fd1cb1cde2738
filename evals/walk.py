"""Which ways a dialogue takes through the graph and its flows, told by the turns that came to their end.

A flow's step is from what it asked before the turn to what it asks after it; it begins at `start` and comes to its
`end` done, given up or displaced. One that began and ended within one turn went from `start` to `end`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.graph import END, START
from langgraph.types import Command, StateSnapshot

from graph.build import Graph
from graph.flows import FLOWS
from graph.state import Data

Edge = tuple[str, str, str]
"""Whose edge it is ("graph" or a flow's name), from where, to where."""

GRAPH = "graph"


class Watched:
    """A compiled graph that keeps the edges its runs walk. It stands in for the graph where a turn is run.

    `leads`: whether the business has people sell or book, so that a wish to do so begins the flow `lead`.
    """

    def __init__(self, graph: Graph, *, leads: bool) -> None:
        self.edges: set[Edge] = set()
        self._graph: Any = graph  # whose type does not know that two modes at a time give pairs
        self._leads = leads

    @property
    def as_graph(self) -> Graph:
        """For the type checker: a turn uses no more of a graph than is here."""
        return cast(Graph, self)

    async def ainvoke(self, given: Any, config: RunnableConfig, **options: Any) -> Data:
        chunks = await self._graph.ainvoke(given, config, stream_mode=["tasks", "values"], **options)
        tasks = [task for mode, task in chunks if mode == "tasks"]
        states: list[Data] = [state for mode, state in chunks if mode == "values"]
        self.edges |= {(GRAPH, *edge) for edge in _between(tasks, resumed=isinstance(given, Command))}
        self.edges |= _steps(_before(tasks), states[-1], leads=self._leads)
        return states[-1]

    async def aget_state(self, config: RunnableConfig) -> StateSnapshot:
        state: StateSnapshot = await self._graph.aget_state(config)
        return state


def _between(tasks: Sequence[Data], *, resumed: bool) -> Iterable[tuple[str, str]]:
    """The nodes' order as edges. A run that resumes has no start, one that waits has no end."""
    names = [task["name"] for task in tasks if "input" in task]
    waits = any(task.get("interrupts") for task in tasks)
    return pairwise([*(() if resumed else (START,)), *names, *(() if waits else (END,))])


def _before(tasks: Sequence[Data]) -> Mapping[str, Any]:
    """The conversation's memory as the first node found it."""
    first = tasks[0]["input"] if tasks and isinstance(tasks[0].get("input"), Mapping) else {}
    return first.get("dialogue") or {"stack": [], "frames": 0}


def _steps(before: Mapping[str, Any], state: Data, *, leads: bool) -> set[Edge]:
    after = state.get("dialogue") or before
    old = {frame["id"]: frame for frame in before["stack"]}
    new = {frame["id"]: frame for frame in after["stack"]}
    steps = {(frame["flow"], _place(frame), "end") for number, frame in old.items() if number not in new}
    for top in after["stack"][-1:]:
        if _place(top) != "start":
            steps.add((top["flow"], _place(old.get(top["id"])), _place(top)))
    passed = after["frames"] - before["frames"] - len(new.keys() - old.keys())
    if passed > 0:
        open_flows = {frame["flow"] for frame in new.values()}
        steps |= {(flow, "start", "end") for flow in _at_once(state, open_flows, leads=leads)[:passed]}
    return steps


def _place(frame: Data | None) -> str:
    """Where a flow is: at its start, as long as it has asked nothing."""
    return "start" if frame is None or frame["asks"] == "none" else str(frame["asks"])


def _at_once(state: Data, open_flows: set[str], *, leads: bool) -> list[str]:
    """The flows that were asked for, may be over at once, and are not open."""
    commands = state.get("reading", {}).get("commands", ())
    wanted = [command["flow"] for command in commands if command["name"] == "start"]
    may = [flow for flow in (*wanted, *(["lead"] if leads else ())) if flow in FLOWS and "none" in FLOWS[flow].asks]
    return [flow for flow in dict.fromkeys(may) if flow not in open_flows]
