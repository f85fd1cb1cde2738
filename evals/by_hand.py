"""A model's answers written by hand, in the order in which a dialogue asks for them: recordings without a provider.

a-dialogue:
  - commands: [{name: affirm}]                                          # what the customer said
  - calls: [{name: search_products, arguments: {query: ração}}]         # of reading tools
  - text: "Temos ração por R$ 74,50."                                   # words
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field, TypeAdapter, ValidationError, model_validator

from domain.business import Business
from domain.errors import ConfigurationError, ModelError
from domain.ports import ModelAnswer, ModelMessage, Purpose, ToolCall, Usage
from evals.format import Locale, Piece


class Call(Piece):
    name: str
    arguments: dict[str, Any]


class Answer(Piece):
    """One answer. `refused`: the model would not."""

    commands: tuple[dict[str, Any], ...] | None = None
    calls: Annotated[tuple[Call, ...] | None, Field(min_length=1)] = None
    text: str | None = None
    refused: str | None = None
    language: Locale | None = None
    confidence: float = 0.95

    @model_validator(mode="after")
    def _is_one_thing(self) -> Answer:
        self.only("commands", "calls", "text", "refused")
        return self


Answers = tuple[Answer, ...]
_FILE = TypeAdapter(dict[str, Answers])


class ByHand:
    """Implements `domain.ports.Models` for one dialogue."""

    def __init__(self, answers: Answers) -> None:
        self._answers = deque(answers)

    async def ask(
        self, business: Business, purpose: Purpose, messages: Sequence[ModelMessage], **options: Any
    ) -> ModelAnswer:
        """The next answer. Raises ModelError when there is none."""
        if not self._answers:
            raise ModelError("no answer more is written by hand")
        answer, usage = self._answers.popleft(), Usage(purpose, "by-hand", "by-hand")
        if answer.calls is not None:
            calls = [ToolCall(f"call_{n}", call.name, call.arguments) for n, call in enumerate(answer.calls)]
            return ModelAnswer("", usage, tuple(calls))
        return ModelAnswer(_text(answer), usage, refused=answer.refused is not None)

    def left(self) -> Sequence[str]:
        """Why the dialogue fails although all went well: more is written than was asked for."""
        return [f"answers by hand: {len(self._answers)} more than were asked for"] if self._answers else []


def read(path: Path) -> Mapping[str, Answers]:
    """The answers of a file, by dialogue. Raises ConfigurationError."""
    try:
        return _FILE.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError("command line", "--by-hand", str(path), f"a YAML file ({error})") from error
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        key = ".".join(map(str, wrong["loc"]))
        raise ConfigurationError(str(path), key, wrong["input"], wrong["msg"].removeprefix("Value error, ")) from error


def _text(answer: Answer) -> str:
    if answer.commands is None:
        return answer.text or answer.refused or ""
    told = {"commands": answer.commands, "language": answer.language, "confidence": answer.confidence}
    return json.dumps(told, ensure_ascii=False)
