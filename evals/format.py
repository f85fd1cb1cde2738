"""What a dialogue file may say. What is misspelt or of another type is an error, never ignored."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    NaiveDatetime,
    StrictBool,
    StrictInt,
    model_validator,
)

Asks = Literal[
    "service", "time", "professional", "items", "delivery", "address", "payment", "confirm", "clarify", "none",
    "booking", "name",
]  # fmt: skip
Owner = Literal["bot", "queue", "agent"]
Locale = Literal["pt-BR", "en", "es"]
UnderstanderName = Literal["local", "cascade", "model"]
BookingStatus = Literal["confirmed", "cancelled", "done", "no_show"]
OrderStatus = Literal["confirmed", "preparing", "on_the_way", "delivered", "cancelled"]
PaymentName = Literal["pix", "card_on_delivery", "cash"]

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SPAN = re.compile(r"(\d+)([smhd])")


class Piece(BaseModel):
    """A part of a dialogue file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def only(self, *names: str) -> str:
        """The one of these keys that was given."""
        given = [name for name in names if name in self.model_fields_set]
        if len(given) != 1:
            raise ValueError(f"exactly one of {', '.join(names)}")
        return given[0]


def _span(value: object) -> object:
    found = _SPAN.findall(value) if isinstance(value, str) else []
    if not found or "".join(number + unit for number, unit in found) != value:
        raise ValueError("a span such as 90s, 3m, 2h, 1d or 1h30m")
    return timedelta(**{_UNITS[unit]: int(number) for number, unit in found})


def _moment(value: object) -> object:
    """Numbers would be read as seconds since 1970."""
    if not isinstance(value, str | datetime) or (isinstance(value, str) and "T" not in value):
        raise ValueError("a time such as 2026-03-11T15:00")
    return value


def _money(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError('money such as "379.80"')
    return value


def _digits(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{8,15}", value):
        raise ValueError("a phone in digits with its country code, such as 5511987654321")
    return value


def _one_or_many(value: object) -> object:
    """`user: oi` and `user: [oi, {button: sim}]` are both lists of messages."""
    several = value if isinstance(value, list) else [value]
    if not several:
        raise ValueError("at least one message")
    return [{"text": each} if isinstance(each, str) else each for each in several]


def _yes(value: object) -> object:
    if value is not True:
        raise ValueError("true")
    return value


def _matcher(value: object) -> object:
    if isinstance(value, str) and len(value) > 2 and value.startswith("/") and value.endswith("/"):
        try:
            re.compile(value[1:-1])
        except re.error as error:
            raise ValueError(f"a regular expression ({error})") from error
    return value


LocalTime = Annotated[NaiveDatetime, BeforeValidator(_moment)]
Instant = Annotated[AwareDatetime, BeforeValidator(_moment)]
Money = Annotated[Decimal, BeforeValidator(_money)]
Span = Annotated[timedelta, BeforeValidator(_span)]
Yes = Annotated[Literal[True], BeforeValidator(_yes)]
Phone = Annotated[str, BeforeValidator(_digits)]
Words = Annotated[str, Field(min_length=1), BeforeValidator(_matcher)]


# ── who and what is there ────────────────────────────────────────────────────────────────────────────────────────────


class Customer(Piece):
    phone: Phone
    name: str | None = None


class SeededBooking(Piece):
    """An appointment that exists before the first turn. Its end follows from the service."""

    customer: Phone
    service: str
    professional: str
    start: LocalTime
    status: BookingStatus = "confirmed"


class Line(Piece):
    product: str
    quantity: Annotated[StrictInt, Field(gt=0)]


class Delivery(Piece):
    method: Literal["pickup", "delivery"] | None = None
    zone: str | None = None
    address: str | None = None
    fee: Money | None = None


class SeededOrder(Piece):
    """An order that exists before the first turn. Its total follows from the items and the fee, unless it is named."""

    customer: Phone
    items: Annotated[tuple[Line, ...], Field(min_length=1)]
    delivery: Delivery = Delivery(method="pickup")
    payment: PaymentName = "pix"
    change_for: Money | None = None
    total: Money | None = None
    status: OrderStatus = "confirmed"


class Seed(Piece):
    bookings: tuple[SeededBooking, ...] = ()
    orders: tuple[SeededOrder, ...] = ()


# ── what happens ─────────────────────────────────────────────────────────────────────────────────────────────────────

USER_KEYS = ("text", "button", "list", "audio", "image", "location", "reaction", "duplicate_of")


class Message(Piece):
    """One message of the customer. A plain text of the file becomes `text`."""

    text: str | None = None
    button: str | None = None
    list: str | None = None
    audio: str | None = None
    image: str | None = None
    location: tuple[float, float] | None = None
    reaction: str | None = None
    duplicate_of: Annotated[StrictInt, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Message:
        self.only(*USER_KEYS)
        return self

    @property
    def kind(self) -> str:
        return self.only(*USER_KEYS)


class Close(Piece):
    resolution: str
    customer_satisfaction: Annotated[StrictInt, Field(ge=1, le=5)] | None = None


class Agent(Piece):
    """What a person does; several keys are done in the order of these fields."""

    claim: Yes | None = None
    note: str | None = None
    reply: str | None = None
    give_back: Yes | Annotated[str, Field(min_length=1)] | None = Field(None, alias="return")
    close: Close | None = None

    @model_validator(mode="after")
    def _does_something(self) -> Agent:
        if not self.model_fields_set:
            raise ValueError("one of claim, note, reply, return, close")
        return self


class Slot(Piece):
    """`service` defaults to the first one the professional performs."""

    professional: str
    start: LocalTime
    service: str | None = None


class System(Piece):
    """Faults and changes of the world around the conversation."""

    provider_down: StrictBool | None = None
    model_down: StrictBool | None = None
    model_returns: str | None = None
    restart: Yes | None = None
    slot_taken: Slot | None = None
    stock: dict[str, Annotated[StrictInt, Field(ge=0)]] | None = None

    @model_validator(mode="after")
    def _does_something(self) -> System:
        if not self.model_fields_set:
            raise ValueError(f"one of {', '.join(System.model_fields)}")
        return self


# ── what must be true ────────────────────────────────────────────────────────────────────────────────────────────────


class Reply(Piece):
    contains: tuple[Words, ...] = ()
    not_contains: tuple[Words, ...] = ()


class Tools(Piece):
    called: tuple[str, ...] = ()
    not_called: tuple[str, ...] = ()


class Expect(Piece):
    """What must be true after a turn. What is not named is not checked."""

    intent: str | None = None
    reply: Reply = Reply()
    asks: Asks | None = None
    tools: Tools = Tools()
    owner: Owner | None = None
    replies: Annotated[StrictInt, Field(ge=0)] | None = None


class Turn(Piece):
    """Something happens, then something is true."""

    user: Annotated[tuple[Message, ...] | None, BeforeValidator(_one_or_many)] = None
    agent: Agent | None = None
    system: System | None = None
    after: Span = timedelta(0)
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _is_one_thing(self) -> Turn:
        self.only("user", "agent", "system")
        return self


class BookingRow(Piece):
    service: str | None = None
    professional: str | None = None
    start: LocalTime | None = None
    end: LocalTime | None = None
    status: BookingStatus | None = None


class OrderLineRow(Piece):
    product: str | None = None
    quantity: StrictInt | None = None
    price: Money | None = None


class OrderRow(Piece):
    items: tuple[OrderLineRow, ...] | None = None
    total: Money | None = None
    payment: PaymentName | None = None
    change_for: Money | None = None
    delivery: Delivery | None = None
    status: OrderStatus | None = None


class Outbox(Piece):
    count: Annotated[StrictInt, Field(ge=0)] | None = None
    undelivered: Annotated[StrictInt, Field(ge=0)] | None = None


class End(Piece):
    """The customer's rows after the last turn: exactly these, in any order, compared on the named fields."""

    bookings: tuple[BookingRow, ...] | None = None
    orders: tuple[OrderRow, ...] | None = None
    handoffs: Annotated[StrictInt, Field(ge=0)] | None = None
    outbox: Outbox = Outbox()


class Dialogue(Piece):
    """One conversation with one customer, from its first message to the state it leaves behind."""

    id: Annotated[str, Field(min_length=1)]
    business: str
    clock: Instant
    locale: Locale | None = None
    tags: tuple[str, ...] = ()
    understander: UnderstanderName = "local"
    customer: Customer = Customer(phone="5511912345678")
    seed: Seed = Seed()
    turns: Annotated[tuple[Turn, ...], Field(min_length=1)]
    end: End = End()

    @model_validator(mode="before")
    @classmethod
    def _tags_are_words(cls, value: Any) -> Any:
        """A point of conversation may be tagged by its bare number."""
        if isinstance(value, dict) and isinstance(value.get("tags"), list):
            tags = [str(tag) if isinstance(tag, int) and not isinstance(tag, bool) else tag for tag in value["tags"]]
            return {**value, "tags": tags}
        return value


UNDERSTANDERS: tuple[str, ...] = get_args(UnderstanderName)
