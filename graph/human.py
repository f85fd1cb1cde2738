"""The node where a person has the ball: it waits on an interrupt, and every later event resumes it.

The bot is silent here. A customer's messages and the agent's replies only enter the history; `returned` gives the ball
back to the bot, what was agreed being the history's last word, and `completed` ends the matter. Each event that changes
nothing leads to a new interrupt with a new id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command, interrupt

from graph.state import Data, State, TurnContext, new_dialogue

_LONGEST = 300
_ROLES = {"customer": "customer", "agent_replied": "agent", "echoed": "agent"}


async def human(
    state: State, runtime: Runtime[TurnContext]
) -> Command[Literal["human", "understand", "act", "__end__"]]:
    """Waits for events: a list of `{"kind", "content", "at"}`, or an agent inbox's `{"decisions": […]}`."""
    context = runtime.context
    dialogue = {**(state.get("dialogue") or new_dialogue(context.business.locale))}
    reason = (dialogue.get("handoff") or {}).get("reason", "takeover")
    events = _events(interrupt(_request(reason)))
    history = list(state.get("history", []))
    for position, event in enumerate(events):
        if event["kind"] in _ROLES:
            text = str(event["content"].get("text", ""))
            history.append({"role": _ROLES[event["kind"]], "text": text, "at": event.get("at", "")})
        elif event["kind"] in ("returned", "completed"):
            if agreed := event["content"].get("outcome"):
                history.append({"role": "agent", "text": str(agreed), "at": event.get("at", "")})
            return _ended(event, dialogue, history[-context.history_limit :], events[position + 1 :])
    dialogue["handoff"] = dialogue.get("handoff") or {"id": None, "reason": reason}
    return Command(goto="human", update={"dialogue": dialogue, "history": history[-context.history_limit :]})


def _ended(
    event: Data, dialogue: Data, history: list[Data], later: list[Data]
) -> Command[Literal["human", "understand", "act", "__end__"]]:
    """The person is done. What the customer wrote since is answered; an open flow says where it stands."""
    dialogue.update(handoff=None, question=None, unclear=0)
    told = next((each for each in reversed(history) if each["role"] == "agent" and _tells_figures(each["text"])), None)
    if told is not None:
        dialogue["agreed"] = {"text": told["text"][:_LONGEST], "at": told["at"]}
    if event["kind"] == "completed":
        dialogue["stack"] = []
    update: State = {"dialogue": dialogue, "history": history}
    customers = [each for each in later if each["kind"] == "customer"]
    if customers:
        return Command(goto="understand", update={**update, "events": customers})
    if dialogue["stack"]:
        reading = {"commands": [], "notices": [{"key": "human.returned", "with": {}}], "intents": [], "returned": True}
        return Command(goto="act", update={**update, "reading": reading})
    return Command(goto="__end__", update=update)


def _tells_figures(text: str) -> bool:
    return any(letter.isdecimal() for letter in text)


def _request(reason: str) -> Data:
    """The interrupt's value, in the shape agent inboxes read."""
    return {
        "action_requests": [
            {"name": "answer_customer", "args": {"reason": reason}, "description": "A customer waits for a person."}
        ],
        "review_configs": [{"action_name": "answer_customer", "allowed_decisions": ["approve", "respond"]}],
    }


def _events(resumed: Any) -> list[Data]:
    """Events as the engine sends them; an inbox's decisions become events."""
    if isinstance(resumed, Mapping) and "decisions" in resumed:
        return [_decided(decision) for decision in resumed["decisions"]]
    return list(resumed) if isinstance(resumed, list) else [resumed]


def _decided(decision: Mapping[str, Any]) -> Data:
    if decision.get("type") == "respond":
        text = decision.get("message") or decision.get("args") or ""
        return {"kind": "agent_replied", "content": {"text": str(text)}, "at": ""}
    return {"kind": "returned", "content": {}, "at": ""}
