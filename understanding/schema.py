"""What a model must answer: the commands of `domain/commands.py` as a pydantic mirror, with what each is for."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from typing_extensions import TypeAliasType

Flow = Literal[
    "book", "reschedule", "cancel_booking", "my_bookings", "order", "change_order", "order_status", "cancel_order"
]
Slot = Literal[
    "service", "more", "people", "together", "for_another", "series",
    "professional", "nobody", "time", "old_time", "excluded", "earliest", "latest",
    "shift", "postpone", "same_hour", "same_weekday", "both", "unlisted", "items", "quantity", "delta", "factor",
    "delivery", "zone", "address", "house", "complement", "payment", "change_for", "name", "email", "order_number",
    "another", "not_sold", "own", "which", "option", "last", "refuse",
]  # fmt: skip
Topic = Literal[
    "prices", "hours", "address", "payment", "catalog", "services", "professionals", "delivery", "stock", "duration",
    "total", "why", "faq",
]  # fmt: skip
Intent = Literal[
    "book", "reschedule", "cancel_booking", "my_bookings", "order", "change_order", "order_status", "cancel_order",
    "catalog", "prices", "hours", "address", "payment", "delivery", "faq", "human",
]  # fmt: skip


class Strict(BaseModel):
    """No field beyond the named ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Period(Strict):
    """A point or stretch of time, ISO 8601 with offset. A day is a moment of grain day. `has_date`, `has_time`: whether
    the customer named a day, an hour; `text`: the words that say it."""

    kind: Literal["moment", "interval", "after", "before"]
    start: str | None = None
    end: str | None = None
    grain: Literal["minute", "hour", "day", "week", "month", "year"] = "minute"
    ambiguous: bool = False
    has_date: bool = True
    has_time: bool = True
    text: str = ""


class Item(Strict):
    """A product of an order."""

    product: str
    quantity: Annotated[int, Field(ge=1, le=999)] | None = None
    mode: Literal["set", "add", "remove"] = "set"


Value = TypeAliasType("Value", list[Period] | list[Item] | list[str] | bool | int | str)


class Start(Strict):
    """Begin a flow."""

    name: Literal["start"]
    flow: Flow


class Fill(Strict):
    """A fact for a slot. service, professional: an id, or ids when the words fit several ("any": any professional;
    "last": as last time). more: ids of further services. nobody: a name that is no professional's. unlisted: the word
    for a service not offered. time: a list of periods; old_time: the appointment's own; excluded: unwanted ones.
    shift: earlier | later that day. postpone: minutes to move it by, negative: earlier. quantity: how many of what is
    spoken of; delta: how many more, negative: fewer; factor: times as many. delivery: pickup | delivery. payment: pix
    | card_on_delivery | cash. change_for: "100.00". name, nobody, unlisted, email, zone, address, house (number),
    complement (flat): as written. order_number: an integer. which order: first | last | other. option: an id or
    1-based number. earliest, last (same as last time), same_hour (on another day), same_weekday (and hour, in another
    week), both (all that was asked about), refuse (untold): true."""

    name: Literal["fill"]
    slot: Slot
    value: Value


class Correct(Strict):
    """A fact that replaces an earlier one; `old` is the value taken back, when named. Values as in fill."""

    name: Literal["correct"]
    slot: Slot
    value: Value
    old: Value | None = None


class Reject(Strict):
    """The offered value is not wanted, everything else stands."""

    name: Literal["reject"]
    slot: Slot | None = None


class Cancel(Strict):
    """Give up what is being done now."""

    name: Literal["cancel"]


class Affirm(Strict):
    """Yes."""

    name: Literal["affirm"]


class Deny(Strict):
    """No."""

    name: Literal["deny"]


class About(Strict):
    """What a question speaks of: an id, or several; a zone by its name; an ISO date. now: this moment; holiday: the
    next one, without a date; unlisted: something that is not offered. text: the customer's words, for faq always."""

    service: str | list[str] | None = None
    product: str | list[str] | None = None
    professional: str | None = None
    zone: str | None = None
    day: str | None = None
    now: bool = False
    holiday: bool = False
    unlisted: bool = False
    text: str | None = None


class Ask(Strict):
    """A question. why: why a datum is needed. total: what the order comes to."""

    name: Literal["ask"]
    topic: Topic
    about: About = About()


class Human(Strict):
    """A person is wanted or needed."""

    name: Literal["human"]
    reason: Literal["asked", "complaint", "urgent"] = "asked"


class Smalltalk(Strict):
    """Talk that asks for nothing."""

    name: Literal["smalltalk"]
    kind: Literal["greet", "goodbye", "thanks", "how_are_you", "compliment", "laugh", "who_are_you", "other"] = "other"


class Repeat(Strict):
    """Say it again."""

    name: Literal["repeat"]


class Wait(Strict):
    """The customer asks for a moment."""

    name: Literal["wait"]


class OptOut(Strict):
    """No more messages, please."""

    name: Literal["opt_out"]


class OptIn(Strict):
    """Messages are welcome again."""

    name: Literal["opt_in"]


class Unclear(Strict):
    """Not understood; the likeliest readings, best first. text: the customer's words, when they may be a question."""

    name: Literal["unclear"]
    options: Annotated[list[Intent], Field(max_length=3)] = []
    text: str = ""


Command = (
    Start | Fill | Correct | Reject | Cancel | Affirm | Deny | Ask | Human | Smalltalk | Repeat | Wait
    | OptOut | OptIn | Unclear
)  # fmt: skip


class Understanding(Strict):
    """What the customer's messages ask for."""

    commands: list[Command]
    language: Literal["pt-BR", "en", "es"] | None = None
    confidence: float = 0.9


COMMAND: TypeAdapter[Any] = TypeAdapter(Annotated[Command, Field(discriminator="name")])
"""Reads one command; raises pydantic's ValidationError."""


def answer() -> dict[str, Any]:
    """The JSON schema of a whole answer, without the titles pydantic gives everything."""
    untitled: dict[str, Any] = _without_titles(Understanding.model_json_schema())
    return untitled


def _without_titles(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _without_titles(value) for key, value in part.items() if key != "title"}
    return [_without_titles(value) for value in part] if isinstance(part, list) else part
