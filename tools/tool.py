"""One tool: a typed thing the bot can do for a customer, marked as reading or writing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from inspect import cleandoc
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from domain.business import Business, Span
from domain.ports import Records, Topics, no_topics

Effect = Literal["read", "write"]


@dataclass(frozen=True, slots=True)
class Desk:
    """What a tool works with: the business, the books of one customer's conversation, the time, and who tells what
    words are about."""

    business: Business
    records: Records
    now: datetime
    topics: Topics = no_topics

    def local(self, instant: datetime) -> datetime:
        """In the business's zone; a time without an offset is taken as the business's own."""
        if instant.tzinfo is None:
            return instant.replace(tzinfo=self.business.zone)
        return instant.astimezone(self.business.zone)

    def iso(self, instant: datetime) -> str:
        """As tool results write times: ISO with the business's offset."""
        return self.local(instant).isoformat()


class Arguments(BaseModel):
    """What a tool takes. Unknown names are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Nothing(Arguments):
    """No arguments."""


class WriteArguments(Arguments):
    """What a writing tool takes."""

    key: str = Field(min_length=1, description="Idempotency key: the same key does the same thing once.")


A = TypeVar("A", bound=Arguments)
Run = Callable[[Desk, A], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Tool:
    """`run` does the work; its docstring is the model's manual."""

    name: str
    effect: Effect
    arguments: type[Arguments]
    run: Callable[[Desk, Any], Awaitable[dict[str, Any]]]

    @property
    def manual(self) -> str:
        """What the tool does and when to use it."""
        return cleandoc(self.run.__doc__ or "")


def reading(arguments: type[A], run: Run[A]) -> Tool:
    """A tool that changes nothing, named like its function."""
    return Tool(_name(run), "read", arguments, run)


def writing(arguments: type[A], run: Run[A]) -> Tool:
    """A tool that changes the books, named like its function. It answers with a `receipt`."""
    return Tool(_name(run), "write", arguments, run)


def spans_of(spans: Iterable[Span]) -> list[dict[str, str]]:
    """Openings and breaks as tool results show them: `{"start": "09:00", "end": "19:00"}`."""
    return [{"start": span.start.strftime("%H:%M"), "end": span.end.strftime("%H:%M")} for span in spans]


def untitled(schema: Any) -> Any:
    """A JSON schema without the titles pydantic gives everything."""
    if isinstance(schema, dict):
        return {key: untitled(value) for key, value in schema.items() if key != "title"}
    return [untitled(value) for value in schema] if isinstance(schema, list) else schema


def _name(run: Callable[..., object]) -> str:
    return str(getattr(run, "__name__", run))
