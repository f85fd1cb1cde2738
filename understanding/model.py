"""The model understander: one question a turn, its answer checked before it counts."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from domain.commands import Ask, Command, Human, Smalltalk, Start
from domain.errors import UselessAnswer
from domain.ports import Function, ModelAnswer, Models, Reading, Reuse, Situation, Usage
from understanding import checks, prompt, schema

_LANGUAGES = ("pt-BR", "en", "es")
_FENCED = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)
_TOPICS = {"services": "catalog", "professionals": "faq", "stock": "catalog", "duration": "faq", "why": "faq"}
_OF_A_MINUTE = ("time", "old_time")  # slots whose values are resolved against the clock


class ModelUnderstander:
    """Reads through whatever models the business has."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self._prompt = prompt.load("understand")
        # the schema goes as it is, with its definitions: inlined it would cost twice the tokens
        about = "What the customer's messages ask for, as commands."
        self._structure = Function("understand", about, schema.answer())

    async def read(self, texts: Sequence[str], situation: Situation) -> Reading:
        """Turns a turn's messages into commands. Raises ModelError when no model gives any that hold."""
        answer = await self._models.ask(
            situation.business,
            "understand",
            prompt.understanding(self._prompt, texts, situation),
            structure=self._structure,
            reuse=Reuse(f"{self._prompt.version} {prompt.question(texts, situation)}", _lasts),
        )
        usage = replace(answer.usage, prompt=self._prompt.version)
        told = _told(answer, usage)
        commands = checks.hold(told["commands"], texts, situation)
        if told["commands"] and not commands:
            raise UselessAnswer("no proposed command holds", usage.as_dict())
        language = told.get("language")
        return Reading(
            commands,
            intents_of(commands),
            language if language in _LANGUAGES else situation.language,
            _confidence(told.get("confidence")),
            "model",
            usage.as_dict(),
        )


def intents_of(commands: Sequence[Command]) -> tuple[str, ...]:
    """The intent names that commands stand for; requests before courtesies."""
    names: list[str] = []
    for command in commands:
        match command:
            case Start(flow):
                names.append(flow)
            case Ask(topic):
                names.append(_TOPICS.get(topic, topic))
            case Human(reason):
                names.append("complaint" if reason == "complaint" else "human")
            case Smalltalk(kind):
                names.append(kind if kind in ("greet", "goodbye", "thanks") else "smalltalk")
            case _ if command.name in ("affirm", "deny", "repeat", "wait", "opt_out", "opt_in"):
                names.append(command.name)
            case _ if command.name == "cancel":
                names.append("forget")
            case _ if command.name == "unclear":
                names.append("out_of_scope")
    courtesies = ("greet", "goodbye", "thanks", "smalltalk", "affirm", "deny")
    return tuple(sorted(dict.fromkeys(names), key=lambda name: name in courtesies))


def _told(answer: ModelAnswer, usage: Usage) -> dict[str, Any]:
    """The answer as data, from a tool call or from the text: endpoints differ in where they put it."""
    if answer.refused:
        raise UselessAnswer("refused", usage.as_dict())
    data = _data(answer)
    if not isinstance(data, dict) or not isinstance(data.get("commands"), list):
        raise UselessAnswer("malformed", usage.as_dict())
    return data


def _data(answer: ModelAnswer) -> object:
    if answer.tool_calls:
        return answer.tool_calls[0].arguments
    fenced = _FENCED.match(answer.text)
    try:
        return json.loads(fenced.group(1) if fenced else answer.text)
    except (ValueError, RecursionError):
        return None


def _lasts(answer: ModelAnswer) -> bool:
    """Whether the answer would be the same a minute later: it names no time."""
    data = _data(answer)
    commands = data.get("commands") if isinstance(data, dict) else None
    named = [one.get("slot") for one in commands if isinstance(one, dict)] if isinstance(commands, list) else []
    return not any(slot in _OF_A_MINUTE for slot in named)


def _confidence(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.9
    return min(1.0, max(0.0, float(value)))
