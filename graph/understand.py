"""The node that turns what happened into commands: a tap stands for those it was offered with, words are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command as GoTo

from domain.commands import (
    Ask,
    Command,
    Correct,
    Fill,
    Human,
    Smalltalk,
    Start,
    Unclear,
    as_dict,
    from_dict,
)
from domain.ports import Reading, Situation
from graph import dialogue as interpreter
from graph import recent, standing
from graph.look_up import open_questions
from graph.state import Data, State, TurnContext, new_dialogue
from tools.passages import passages_of
from understanding.local import topics
from understanding.open_questions import parted

_SPEAKS_ONLY_IN_WORDS = {"audio": "media.audio", "image": "media.image", "video": "media.image"}
_TAP = re.compile(r"~(\d+)$")
_OF_WHAT_WAS_DONE = ("flow", "service", "start", "professional", "told", "was")
_CHANGES_WHAT_STANDS = ("reschedule", "cancel_booking")
_TAKEN_BACK = (Start, Fill, Correct, Unclear, Smalltalk)


async def understand(state: State, runtime: Runtime[TurnContext]) -> GoTo[Literal["look_up", "act"]]:
    """Reads this turn's events. Leaves `reading` and the messages in `history`; open questions are looked up first."""
    context = runtime.context
    dialogue = {**(state.get("dialogue") or new_dialogue(context.business.locale))}
    if context.handoff is None:
        dialogue["handoff"] = None  # a person gave the ball back while nothing waited for it
    events = [event for event in state.get("events", []) if event["kind"] in ("customer", "failed")]
    commands: list[Command] = []
    notices: list[Data] = []
    words: list[str] = []
    for event in events:
        _take(event, dialogue, commands, notices, words)
    reading, asking = await _understood(words, dialogue, state, context)
    dialogue["language"] = reading.language
    spoken = [each for command in reading.commands for each in _chosen(command, dialogue)]
    commands += spoken
    said = [_remembered(event, context) for event in events]
    read: Data = {
        "commands": [as_dict(command) for command in commands],
        "intents": _intents(commands, reading.intents),
        "confidence": reading.confidence,
        "by": reading.by,
        "language": reading.language,
        "usage": dict(reading.usage),
        "notices": notices,
        "open": [place for place, command in enumerate(commands) if asking and isinstance(command, Ask)],
    }
    read["open"] = await open_questions(read, dialogue, context)
    history = [*state.get("history", []), *said][-context.history_limit :]
    update: State = {"dialogue": dialogue, "history": history, "reading": read}
    return GoTo(goto="look_up" if read["open"] else "act", update=update)


def _remembered(event: Data, context: TurnContext) -> Data:
    """A message as the history keeps it."""
    return {
        "role": "customer",
        "text": str(event["content"].get("text", "")),
        "at": event.get("at") or context.now.isoformat(),
    }


def _take(event: Data, dialogue: Data, commands: list[Command], notices: list[Data], words: list[str]) -> None:
    """One event: a tap becomes its commands, text is kept for reading, the rest gets a graceful word."""
    if event["kind"] == "failed":
        commands.append(Human("error"))
        return
    content = event["content"]
    if content.get("choice"):
        tapped = _tapped(str(content["choice"]), dialogue)
        if tapped is not None:
            commands.extend(from_dict(data) for data in tapped["commands"])
            return
        if _TAP.search(str(content["choice"])):
            notices.append({"key": "tap.old", "with": {}})
            return
    text = str(content.get("text") or content.get("choice") or "").strip()
    kind = str(content.get("kind", "text"))
    if kind == "location" and not text:
        notices.append({"key": "media.location", "with": {}})
    elif text:
        words.append(text)
    elif kind != "text":
        notices.append({"key": _SPEAKS_ONLY_IN_WORDS.get(kind, "media.other"), "with": {}})
    else:
        notices.append({"key": "clarify.empty", "with": {}})


def _tapped(choice: str, dialogue: Mapping[str, Any]) -> Data | None:
    """The option of our last message that was tapped; None for an old or unknown one."""
    wanted = choice.strip().casefold()
    for option in dialogue["offered"]:
        offered = str(option["id"]).casefold()
        if wanted in (offered, _TAP.sub("", offered), str(option.get("title", "")).casefold()):
            return dict(option)
    return None


async def _understood(words: Sequence[str], dialogue: Data, state: State, context: TurnContext) -> tuple[Reading, bool]:
    """What the words ask for, and whether they ask an open question.

    Facts and wishes read into such a question are none; what else was said is read without it.
    """
    if not words:
        return Reading((), language=dialogue["language"]), False
    reading = await _read(words, dialogue, state, context)
    asked, others = parted(words)
    if not asked or not all(isinstance(command, _TAKEN_BACK) for command in reading.commands):
        return reading, bool(asked)
    rest = await _read(others, dialogue, state, context) if others else replace(reading, commands=(), intents=())
    question = Ask("faq", {"text": " ".join(asked)})
    return replace(rest, commands=(*rest.commands, question), intents=(*rest.intents, "faq")), True


async def _read(words: Sequence[str], dialogue: Data, state: State, context: TurnContext) -> Reading:
    frame = dialogue["stack"][-1] if dialogue["stack"] else None
    own = await standing.known(context) if frame is None or frame["flow"] in _CHANGES_WHAT_STANDS else []
    return await context.understander.read(
        words,
        Situation(
            business=context.business,
            now=context.now.astimezone(context.business.zone),
            language=dialogue["language"],
            asks=interpreter.waiting_for(dialogue),
            flow=frame["flow"] if frame else None,
            slots=frame["slots"] if frame else {},
            waiting=[below["flow"] for below in dialogue["stack"][:-1]],
            options=[{"id": _TAP.sub("", option["id"]), "title": option["title"]} for option in dialogue["offered"]],
            history=state.get("history", []),
            anchor=_anchor(dialogue, frame, own),
            topic=recent.topic(dialogue),
            conversation=context.conversation,
            known=passages_of(context.business, topics.about).surely,
            done={key: value for key, value in recent.done(dialogue).items() if key in _OF_WHAT_WAS_DONE},
            standing=own,
            ordered=await standing.ordered(context) if frame is None else [],
        ),
    )


def _anchor(dialogue: Data, frame: Data | None, own: Sequence[Data]) -> datetime | None:
    """The time spoken of last: of the flow under way, else of what was just done, else of the one that stands."""
    slots = frame["slots"] if frame else {}
    start = slots.get("start") or (slots.get("wish") or {}).get("start") or (dialogue["done"] or {}).get("start")
    start = start or (own[0]["start"] if len(own) == 1 and frame is None else None)
    return datetime.fromisoformat(start) if start else None


def _chosen(command: Command, dialogue: Data) -> list[Command]:
    """A listed option said in words ("o segundo") stands for its commands."""
    if not isinstance(command, Fill) or command.slot != "option":
        return [command]
    offered = dialogue["offered"]
    if isinstance(command.value, int):
        position = command.value - 1 if command.value > 0 else len(offered) + command.value
        chosen = offered[position] if 0 <= position < len(offered) else None
    else:
        chosen = _tapped(str(command.value), dialogue)
    return [from_dict(data) for data in chosen["commands"]] if chosen else []


def _intents(commands: Sequence[Command], read: Sequence[str]) -> list[str]:
    """What the customer wants: the flows begun, a tap's too, before what the words alone were read as."""
    begun = [command.flow for command in commands if isinstance(command, Start)]
    tapped = ["inform" if isinstance(command, Fill) else command.name for command in commands]
    return list(dict.fromkeys([*begun, *(read or (name for name in tapped if name != Start.name))]))
