"""The node that words what is to be said: one message a turn, options under its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command as GoTo

from domain.messages import Option, Outgoing
from graph.state import Data, State, TurnContext
from graph.wording import Wording, wording

_BODY_WITH_OPTIONS = 1024
_BODY = 4096
_REMEMBERED = 8


async def reply(state: State, runtime: Runtime[TurnContext]) -> GoTo[Literal["human", "__end__"]]:
    """Renders `says` into `replies`, remembers what was offered and said. Then the conversation rests, or waits for the
    person it just called."""
    return GoTo(goto="human" if state["dialogue"]["handoff"] else "__end__", update=_worded(state, runtime))


def _worded(state: State, runtime: Runtime[TurnContext]) -> State:
    context = runtime.context
    dialogue = {**state["dialogue"]}
    says = state["says"]
    keep_offer = dialogue.pop("keep_offer", False)
    if not says:
        return {"dialogue": dialogue, "replies": []}
    dialogue["turns"] += 1
    words = wording(dialogue["language"], context.business)
    texts = [text for text in (words.say(each, dialogue["turns"]) for each in says) if text]
    offering = next((each for each in reversed(says) if each.get("options")), None)
    if offering is not None:
        dialogue["offered"] = [_offered(each, words, dialogue["turns"]) for each in offering["options"][:10]]
    elif not keep_offer:
        dialogue["offered"] = []
    if not keep_offer:  # "um momento" and a notice are nothing to say again
        dialogue["said"] = says[-_REMEMBERED:]
    shown = dialogue["offered"] if offering is not None else []
    messages = _messages(texts, shown, words.text(offering["menu"]) if offering and offering.get("menu") else None)
    said = [{"role": "bot", "text": message.text, "at": context.now.isoformat()} for message in messages]
    return {
        "dialogue": dialogue,
        "history": [*state.get("history", []), *said][-context.history_limit :],
        "replies": [message.as_dict() for message in messages],
    }


def _offered(option: Mapping[str, Any], words: Wording, turn: int) -> Data:
    """An option as the customer sees it; its id carries the turn, so that an old tap is recognised as old."""
    title = words.text(option["title_key"], option) if option.get("title_key") else words.value(option["title"])
    description = words.value(option["description"]) if option.get("description") else ""
    offered = {
        "id": f"{option['id']}~{turn}",
        "title": title,
        "description": description,
        "commands": option["commands"],
    }
    return {**offered, "answer": option["answer"]} if option.get("answer") else offered


def _messages(texts: Sequence[str], offered: Sequence[Data], menu: str | None) -> list[Outgoing]:
    """One message; a second only where a text is too long to carry the options."""
    options = tuple(Option(each["id"], each["title"], each["description"]) for each in offered)
    menu = menu if len(options) > 3 or any(each.description for each in options) else None
    whole = "\n\n".join(texts)
    if not options or len(whole) <= _BODY_WITH_OPTIONS:
        return [Outgoing(whole[:_BODY], options, menu)]
    return [Outgoing("\n\n".join(texts[:-1])[:_BODY], ()), Outgoing(texts[-1][:_BODY_WITH_OPTIONS], options, menu)]
