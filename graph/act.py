"""The node that runs a turn's commands through the flows and their tools."""

from __future__ import annotations

from copy import deepcopy

from langgraph.runtime import Runtime

from domain.commands import from_dict
from graph.dialogue import perform
from graph.flows.flow import Desk
from graph.state import State, TurnContext


async def act(state: State, runtime: Runtime[TurnContext]) -> State:
    """Performs `reading["commands"]`. Leaves the dialogue as it is after them, and what is to be said."""
    context = runtime.context
    reading = state["reading"]
    dialogue = deepcopy(state["dialogue"])
    desk = Desk(context, dialogue, state.get("findings") or {})
    commands = [from_dict(data) for data in reading["commands"]]
    quiet = dialogue["opted_out"] and not commands
    notices = [] if quiet else reading["notices"]
    if commands or reading.get("returned"):
        await perform(commands, desk)
    elif notices and dialogue["stack"]:
        dialogue["keep_offer"] = True
    dialogue["seen_at"] = context.now.isoformat()
    return {"dialogue": dialogue, "says": [*notices, *desk.says]}
