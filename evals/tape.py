"""Recordings of what models answered in a dialogue, so that it plays the same without a model.

A recording is a JSON file a dialogue (and kind of noise). An answer belongs to a turn, to what it was for, and to its
place among those; it counts for the customer's words and the version of the prompt it was given for. Neither the
business's data nor our own wording is part of that: to change them needs no new recording. What is not there, or counts
no more, fails the dialogue; nothing is read without the model in its stead. Neither prompts nor keys are kept.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Protocol

from domain.business import Business
from domain.errors import ModelError
from domain.ports import ModelAnswer, ModelMessage, Models, Purpose, ToolCall, Usage
from understanding import prompt

Mode = Literal["record", "replay"]
_PROMPTS: dict[Purpose, str] = {"understand": "understand", "answer": "look_up", "voice": "voice"}
_AGAIN = "record it again: prosa eval … --record DIR, with a model configured"


class Tape(Protocol):
    """What stands before the models of one dialogue. `problems` are why it fails, `stale` what nobody asked for."""

    problems: list[str]

    def before(self, real: Models | None) -> Models: ...

    def turn(self, number: int, said: Sequence[str]) -> None:
        """The next turn begins, in which the customer says this."""
        ...

    def end(self) -> Sequence[str]:
        """The dialogue is over. Tells what is stale."""
        ...


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a dialogue a model is asked."""

    turn: int
    purpose: Purpose
    number: int  # among those of this turn and purpose, from 1

    def __str__(self) -> str:
        return f"turn {self.turn}, {self.purpose} {self.number}"


@dataclass(slots=True)
class _Asking:
    """Where the dialogue is, and what was said there."""

    now: int = 0
    said: tuple[str, ...] = ()
    counts: Counter[Purpose] = field(default_factory=Counter)

    def turn(self, number: int, said: Sequence[str]) -> None:
        self.now, self.said, self.counts = number, tuple(said), Counter()

    def next(self, purpose: Purpose) -> _Place:
        self.counts[purpose] += 1
        return _Place(self.now, purpose, self.counts[purpose])


class Recorder:
    """Asks the real models and keeps what they answer. The file is written at the end."""

    def __init__(self, path: Path, title: str) -> None:
        self.problems: list[str] = []
        self._path, self._title, self._asking = path, title, _Asking()
        self._kept: list[dict[str, Any]] = []
        self._real: Models | None = None

    def before(self, real: Models | None) -> Models:
        self._real = real
        return self

    def turn(self, number: int, said: Sequence[str]) -> None:
        self._asking.turn(number, said)

    async def ask(
        self, business: Business, purpose: Purpose, messages: Sequence[ModelMessage], **options: Any
    ) -> ModelAnswer:
        """See `domain.ports.Models`."""
        assert self._real is not None, "recording needs a model"
        place = self._asking.next(purpose)
        try:
            answer = await self._real.ask(business, purpose, messages, **options)
        except ModelError as error:
            self.problems.append(f"{place}: nothing to record, the model failed: {type(error).__name__}: {error}")
            raise
        said = list(self._asking.said)
        kept = {"turn": place.turn, "purpose": purpose, "number": place.number, "prompt": _version(purpose)}
        self._kept.append({**kept, "said": said, "answer": _written(answer)})
        return answer

    def end(self) -> Sequence[str]:
        if not self._kept:
            self._path.unlink(missing_ok=True)
            return ()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        told = {"dialogue": self._title, "answers": self._kept}
        self._path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return ()


class Replayer:
    """Answers from a recording. Never asks anybody."""

    def __init__(self, path: Path, title: str) -> None:
        self.problems: list[str] = []
        self._path, self._asking = path, _Asking()
        self._left = self._read(title)

    def before(self, real: Models | None) -> Models:
        return self

    def turn(self, number: int, said: Sequence[str]) -> None:
        self._asking.turn(number, said)

    async def ask(
        self, business: Business, purpose: Purpose, messages: Sequence[ModelMessage], **options: Any
    ) -> ModelAnswer:
        """See `domain.ports.Models`."""
        place = self._asking.next(purpose)
        kept = self._left.pop(place, None)
        problem = "no recording" if kept is None else self._outdated(kept, purpose)
        if kept is None or problem is not None:
            self.problems.append(f"{place}: {problem} in {self._path}; {_AGAIN}")
            raise ModelError("not recorded")
        return _answer(purpose, kept["answer"])

    def end(self) -> Sequence[str]:
        return [f"{self._path}: {place}: nobody asks for it any more" for place in self._left]

    def _outdated(self, kept: dict[str, Any], purpose: Purpose) -> str | None:
        """Why an answer does not count any more."""
        if kept["said"] != list(self._asking.said):
            return "recorded for other words"
        if kept["prompt"] != _version(purpose):
            return f"recorded with prompt {kept['prompt']}, which is {_version(purpose)} now,"
        return None

    def _read(self, title: str) -> dict[_Place, dict[str, Any]]:
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            if told["dialogue"] != title:
                raise ValueError(f"of {told['dialogue']!r}")
            return {_Place(one["turn"], one["purpose"], one["number"]): one for one in told["answers"]}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError) as error:
            self.problems.append(f"{self._path} is no recording of this dialogue ({error}); {_AGAIN}")
            return {}


def path_of(folder: Path, dialogue: str, noise: str) -> Path:
    """Where a dialogue's recording is."""
    name = re.sub(r"[^\w.-]+", "_", dialogue)
    return folder / (f"{name}.{noise}.json" if noise else f"{name}.json")


def inserted(mode: Mode, folder: Path, dialogue: str, noise: str = "") -> Tape:
    """The tape of a dialogue."""
    path = path_of(folder, dialogue, noise)
    return Recorder(path, dialogue) if mode == "record" else Replayer(path, dialogue)


def _version(purpose: Purpose) -> str:
    return prompt.load(_PROMPTS[purpose]).version


def _written(answer: ModelAnswer) -> dict[str, Any]:
    """An answer as data, without what is empty."""
    calls = [{"id": one.id, "name": one.name, "arguments": one.arguments} for one in answer.tool_calls]
    usage = answer.usage.as_dict()
    told = {"text": answer.text, "tool_calls": calls, "refused": answer.refused}
    spent = {key: usage[key] for key in ("provider", "model", "input_tokens", "output_tokens", "latency_ms", "cost")}
    return {**{key: value for key, value in told.items() if value}, "usage": spent}


def _answer(purpose: Purpose, told: dict[str, Any]) -> ModelAnswer:
    """The inverse."""
    spent = told["usage"]
    return ModelAnswer(
        told.get("text", ""),
        Usage(purpose, **{**spent, "cost": Decimal(spent["cost"])}),
        tuple(ToolCall(one["id"], one["name"], one["arguments"]) for one in told.get("tool_calls", ())),
        told.get("refused", False),
    )
