"""The whole conversation on one page.

                     ┌─> look_up ─┐  an open question: a model asks reading tools, a few
                     │            v
    START ─┬─> understand ─────> act ─> reply ─┬─> END
           │    words to         flows  one    │
           │    commands         and    message│
           │                     tools         │
           └───────────> human <───────────────┘
                         a person has the ball: interrupt, resumed by every later event

A turn walks three nodes, four with an open question. Everything it needs from outside comes in the TurnContext;
everything it remembers is in `dialogue` and `history`. Compile without a checkpointer: the saver of the turn's own
transaction is passed per call.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import Any, Literal

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from graph.act import act
from graph.human import human
from graph.look_up import look_up
from graph.reply import reply
from graph.state import State, TurnContext
from graph.understand import understand

Graph = CompiledStateGraph[State, TurnContext, Any, Any]

_BY_A_PERSON = ("agent_claimed", "agent_replied", "agent_noted", "echoed")


def who_has_the_ball(state: State, runtime: Runtime[TurnContext]) -> Literal["understand", "human"]:
    """A person, when a handoff is open or one has just stepped in; else the bot."""
    stepped_in = any(event["kind"] in _BY_A_PERSON for event in state.get("events", []))
    return "human" if stepped_in or runtime.context.handoff is not None else "understand"


def build(context: TurnContext | None = None) -> StateGraph[State, TurnContext, Any, Any]:
    """The graph, not compiled. A `context` given here serves every run, for callers that cannot pass one."""
    schema = TurnContext if context is None else None
    graph: StateGraph[State, TurnContext, Any, Any] = StateGraph(State, context_schema=schema)
    graph.add_node("understand", _given(understand, context), destinations=("look_up", "act"))
    graph.add_node("look_up", _given(look_up, context))
    graph.add_node("act", _given(act, context))
    graph.add_node("reply", _given(reply, context), destinations=("human", END))
    graph.add_node("human", _given(human, context), destinations=("human", "understand", "act", END))
    graph.add_conditional_edges(START, _given(who_has_the_ball, context), ["understand", "human"])
    graph.add_edge("look_up", "act")
    graph.add_edge("act", "reply")
    return graph


def _given(step: Callable[..., Any], context: TurnContext | None) -> Any:
    """The step, with the context bound where there is one."""
    if context is None:
        return step
    runtime = Runtime(context=context)
    if not iscoroutinefunction(step):
        return lambda state: step(state, runtime)

    async def node(state: State) -> Any:
        return await step(state, runtime)

    return node


builder = build()
