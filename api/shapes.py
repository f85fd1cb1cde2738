"""What the REST interface answers: one model a resource. Times carry the business's offset, money two decimals."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Money = Annotated[str, BeforeValidator(lambda value: f"{Decimal(value):.2f}"), Field(pattern=r"^\d+\.\d{2}$")]
Item = TypeVar("Item", bound=BaseModel)


class Shape(BaseModel):
    """Made from a row's columns; what a row has beyond the shape stays inside."""

    model_config = ConfigDict(from_attributes=True, extra="ignore")


class Page(BaseModel, Generic[Item]):
    """One page of a list; `next` is the `cursor` of the following one, null at the end."""

    items: list[Item]
    next: str | None = None


class Identity(Shape):
    """One of the names a provider knows a customer by."""

    kind: Literal["phone", "bsuid", "lid", "web"]
    value: str


class Customer(Shape):
    id: str
    tenant: str
    name: str | None
    language: str | None
    identities: list[Identity]
    status: Literal["active", "opted_out"]
    opted_out_at: datetime | None
    created_at: datetime


class Booking(Shape):
    id: str
    tenant: str
    customer: str = Field(description="the customer's id; the list's filter takes any identity")
    service: str
    professional: str
    start: datetime
    end: datetime
    status: Literal["confirmed", "cancelled", "done", "no_show"]
    created_at: datetime


class OrderLine(Shape):
    product: str
    quantity: int
    price: Money


class Order(Shape):
    id: str
    number: int = Field(description="the short one people say")
    tenant: str
    customer: str
    items: list[OrderLine]
    delivery: dict[str, Any] = Field(description='`{"method": "pickup" | "delivery", "zone"?, "address"?, "fee"?}`')
    total: Money
    payment: Literal["pix", "card_on_delivery", "cash"]
    change_for: Money | None
    status: Literal["confirmed", "preparing", "on_the_way", "delivered", "cancelled"]
    created_at: datetime


Owner = Literal["bot", "queue", "agent"]


class Conversation(Shape):
    id: str
    tenant: str
    customer: str
    channel: str
    owner: Owner = Field(description="who has the ball: the bot, the line for a person, or a person")
    flow: str | None
    asks: str = Field(description="what the bot waits for: service, time, confirm, … or none")
    slots: dict[str, Any]
    handoff: str | None = Field(description="the id of the open handoff")
    last_customer_at: datetime | None
    created_at: datetime
    updated_at: datetime


class Message(Shape):
    """One line of the transcript. `status` is the delivery's for what we sent, `received` for what came."""

    id: str
    role: Literal["customer", "bot", "agent", "system"]
    text: str
    content: dict[str, Any]
    author: str | None
    at: datetime
    status: str | None


class Handoff(Shape):
    id: str
    tenant: str
    conversation: str
    customer: str
    reason: str
    priority: Literal["normal", "high"]
    status: Literal["waiting", "assigned", "returned", "completed"]
    agent: str | None = Field(description="the id of the user who has it")
    queue_position: int | None = Field(description="1 is the next; null once somebody has it")
    outcome: str | None
    resolution: str | None
    customer_satisfaction: int | None
    opened_at: datetime
    assigned_at: datetime | None
    closed_at: datetime | None


class Note(Shape):
    """Written for people; the customer never sees it."""

    id: str
    author: str | None = Field(description="the id of the user who wrote it; null for the system")
    author_name: str | None
    text: str
    at: datetime


class Unanswered(Shape):
    """A question the business's data has no answer to."""

    id: str
    tenant: str
    conversation: str
    text: str
    language: str
    at: datetime


class User(Shape):
    id: str
    tenant: str
    email: str
    name: str
    role: Literal["admin", "agent"]
    disabled: bool
