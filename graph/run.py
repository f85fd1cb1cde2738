"""One turn through the graph: the events in, what to send and what to remember out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.types import Command

from domain.messages import Outgoing
from domain.ports import Event, Pending
from graph.build import Graph
from graph.dialogue import waiting_for
from graph.state import Data, TurnContext

_OF_PEOPLE = {"agent_claimed", "agent_replied", "agent_noted", "returned", "completed", "echoed"}

_OF_THE_TURN = ("notices", "open")
_ASKED_AS = {"procedure": "service", "preferred_period": "time"}  # a lead's facts in the words every caller knows


@dataclass(frozen=True, slots=True)
class Answer:
    """What a turn came to. `understanding`: intents, commands, confidence, by, language, usage, the tools' trace, the
    passages that were said or looked up, and what became of an open question."""

    replies: tuple[Outgoing, ...]
    owner: Literal["bot", "person"]
    flow: str | None
    asks: str
    slots: Mapping[str, Any]
    understanding: Mapping[str, Any]


async def answer(
    graph: Graph, thread: str, pending: Pending, context: TurnContext, saver: BaseCheckpointSaver[str]
) -> Answer:
    """Runs the graph once on a turn's events. `saver` is the turn's own; nothing is committed here.

    Resumes by interrupt id while a person has the ball, so that a stale resume cannot hit a newer interrupt.
    """
    config: RunnableConfig = {"configurable": {"thread_id": thread, "__pregel_checkpointer": saver}}
    events = [_plain(event) for event in pending.events]
    person = pending.handoff is not None or any(event.kind in _OF_PEOPLE for event in pending.events)
    if person:
        state = await _with_person(graph, config, events, context)
    else:
        state = await graph.ainvoke({"events": events}, config, context=context, durability="exit")
    return _answer(state, context)


async def _with_person(graph: Graph, config: RunnableConfig, events: list[Data], context: TurnContext) -> Data:
    """Resumes the waiting human node; where nothing waits yet (a person stepped in), goes there first."""
    waiting = (await graph.aget_state(config)).interrupts
    if not waiting:
        if events and events[0]["kind"] == "failed":
            return await graph.ainvoke({"events": events}, config, context=context, durability="exit")
        entering = {"events": [{"kind": "agent_claimed", "content": {}, "at": context.now.isoformat()}]}
        await graph.ainvoke(entering, config, context=context, durability="exit")
        waiting = (await graph.aget_state(config)).interrupts
    resume: Command[Any] = Command(resume={waiting[0].id: events})
    return await graph.ainvoke(resume, config, context=context, durability="exit")


def _plain(event: Event) -> Data:
    return {"id": event.id, "kind": event.kind, "content": dict(event.content), "at": event.at.isoformat()}


def _answer(state: Data, context: TurnContext) -> Answer:
    dialogue = state["dialogue"] if state.get("dialogue") else None
    frame = dialogue["stack"][-1] if dialogue and dialogue["stack"] else None
    reading = {key: value for key, value in state.get("reading", {}).items() if key not in _OF_THE_TURN}
    return Answer(
        replies=tuple(Outgoing.from_dict(data) for data in state.get("replies", [])),
        owner="person" if dialogue and dialogue["handoff"] else "bot",
        flow=frame["flow"] if frame else None,
        asks=_ASKED_AS.get(waiting_for(dialogue), waiting_for(dialogue)) if dialogue else "none",
        slots=frame["slots"] if frame else {},
        understanding={**reading, **_sources(state), "tools": list(context.tools.calls)},
    )


def _sources(state: Data) -> Data:
    """Which passages an answer came from, and whether an open question found one."""
    findings = state.get("findings") or {}
    said = [each["passage"] for each in state.get("says", []) if each.get("passage")]
    passages = list(dict.fromkeys([*said, *findings.get("passages", [])]))
    told: Data = {"passages": passages} if passages else {}
    return {**told, "look_up": findings.get("why", "answered")} if findings else told
