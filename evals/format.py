"""What a dialogue file may say. What is misspelt or of another type is an error, never ignored."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, model_validator

from evals.values import Count, Instant, LocalTime, Money, Phone, Quantity, Span, Words, Yes

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


class Piece(BaseModel):
    """A part of a dialogue file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def only(self, *names: str) -> str:
        """The one of these keys that was given."""
        given = [name for name in names if name in self.model_fields_set]
        if len(given) != 1:
            raise ValueError(f"exactly one of {', '.join(names)}")
        return given[0]


def _one_or_many(value: object) -> object:
    """`user: oi` and `user: [oi, {button: sim}]` are both lists of messages."""
    several = value if isinstance(value, list) else [value]
    if not several:
        raise ValueError("at least one message")
    return [{"text": each} if isinstance(each, str) else each for each in several]


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
    quantity: Quantity


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
    duplicate_of: Quantity | None = None

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


def _every_call(value: object) -> object:
    """`book_appointment` means every call of it from now on."""
    return {value: None} if isinstance(value, str) else value


class System(Piece):
    """Faults and changes of the world around the conversation.

    `tool_times_out` tells how many of a tool's next calls get no answer; None: all, until told otherwise.
    """

    provider_down: StrictBool | None = None
    model_down: StrictBool | None = None
    model_returns: str | None = None
    tool_times_out: Annotated[dict[str, Count | None] | None, BeforeValidator(_every_call)] = None
    restart: Yes | None = None
    slot_taken: Slot | None = None
    stock: dict[str, Count] | None = None

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
    replies: Count | None = None


class Turn(Piece):
    """Something happens, then something is true. `meanwhile` comes from the customer while the bot works at it."""

    user: Annotated[tuple[Message, ...] | None, BeforeValidator(_one_or_many)] = None
    meanwhile: Annotated[tuple[Message, ...] | None, BeforeValidator(_one_or_many)] = None
    agent: Agent | None = None
    system: System | None = None
    after: Span = timedelta(0)
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _is_one_thing(self) -> Turn:
        if self.only("user", "agent", "system") == "system" and self.meanwhile is not None:
            raise ValueError("meanwhile goes with user or agent")
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
    count: Count | None = None
    undelivered: Count | None = None


class End(Piece):
    """The customer's rows after the last turn: exactly these, in any order, compared on the named fields."""

    bookings: tuple[BookingRow, ...] | None = None
    orders: tuple[OrderRow, ...] | None = None
    handoffs: Count | None = None
    outbox: Outbox = Outbox()


class Dialogue(Piece):
    """One conversation with one customer, from its first message to the state it leaves behind.

    `voice`: a model words the replies again on their way out.
    """

    id: Annotated[str, Field(min_length=1)]
    business: str
    clock: Instant
    locale: Locale | None = None
    tags: tuple[str, ...] = ()
    understander: UnderstanderName = "local"
    voice: StrictBool = False
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
