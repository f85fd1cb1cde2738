"""What a conversation remembers between turns, and what one turn carries.

Only `dialogue` and `history` are checkpointed. Both are plain data inside a dict or list, so that the saver encrypts
them; both are bounded. The turn-scoped keys never reach the checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Protocol, TypedDict

from langgraph.channels import UntrackedValue

from domain.business import Business
from domain.ports import Function, Models, Understander

Data = dict[str, Any]

HISTORY_LIMIT = 40


class Tools(Protocol):
    """The one way a flow reads or changes the business's books; `calls` is the trace of this turn."""

    calls: list[Data]

    async def call(self, name: str, arguments: Mapping[str, Any]) -> Data: ...

    async def look(self, name: str, arguments: Mapping[str, Any]) -> Data:
        """Runs a reading tool for a model, before the turn's first write; holds no connection afterwards."""
        ...

    async def standing(self) -> list[Data]:
        """The customer's appointments to come, soonest first; holds no connection afterwards."""
        ...

    async def ordered(self) -> list[Data]:
        """The customer's orders under way, newest first; holds no connection afterwards."""
        ...

    def functions(self, names: Iterable[str]) -> tuple[Function, ...]:
        """The named reading tools, as a model is told of them."""
        ...


@dataclass(frozen=True, slots=True)
class TurnContext:
    """What a turn needs from outside. Passed on every run, resumes too; never checkpointed.

    `conversation` is the conversation's id, the root of idempotency keys. `handoff` is the open handoff or None.
    `models` answer open questions; None: nobody does.
    """

    business: Business
    now: datetime
    understander: Understander
    tools: Tools
    conversation: str
    handoff: Mapping[str, Any] | None = None
    history_limit: int = HISTORY_LIMIT
    models: Models | None = None


class State(TypedDict, total=False):
    """The graph's state.

    events: what happened, in order: `{"id", "kind", "content", "at"}` (kinds of domain.ports.Event).
    dialogue: see `new_dialogue`.
    history: the last messages, `{"role", "text", "at"}`, oldest first.
    reading: the commands of this turn and how sure they are: `{"commands", "intents", "confidence", "by", …}`; `open`
    are the places of commands that ask an open question.
    findings: what was looked up for these, `{"asks", "text", "passages"?, "why"?}`; `text` None: nothing that holds.
    says: what the flows want said: `{"key", "with", "options"?, "menu"?}`.
    replies: what goes out, as `Outgoing.as_dict()`.
    """

    events: Annotated[list[Data], UntrackedValue]
    dialogue: Data
    history: list[Data]
    reading: Annotated[Data, UntrackedValue]
    findings: Annotated[Data, UntrackedValue]
    says: Annotated[list[Data], UntrackedValue]
    replies: Annotated[list[Data], UntrackedValue]


def new_dialogue(language: str) -> Data:
    """The memory of a conversation that begins.

    language: of the customer.  opted_out: whether they want no messages.
    stack: frames of the flows under way, the current one last (see graph/flows/flow.py).
    offered: the options of our last message, `{"id", "title", "commands"}`; a tap stands for its commands.
    question: a yes/no of ours outside any flow, `{"kind", …}`, or None.
    done: the last effect carried out, `{"flow", "receipt", "at", "service", "professional", "start", "end", "turn",
    "was"}`, or None.
    agreed: what a person of the team wrote last that holds figures, `{"text", "at"}`; absent until then.
    said: what was said last, for "repete".  unclear: failed clarifications in a row.
    topic: what was asked last, about which services, products and zone, and in which turn, for "quero uma"; absent
    until then.
    turns, frames: counters (template variants; frame ids).  handoff: who has the ball, or None.
    seen_at: when the customer wrote last (ISO).  looks: when open questions were looked up within a day; absent
    until then.
    """
    return {
        "language": language,
        "stack": [],
        "offered": [],
        "question": None,
        "done": None,
        "said": [],
        "unclear": 0,
        "turns": 0,
        "frames": 0,
        "handoff": None,
        "opted_out": False,
        "seen_at": None,
    }
