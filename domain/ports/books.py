"""What a tool may read and write, bound to one tenant, customer and conversation: the business's books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, Protocol

UNDER_WAY = ("confirmed", "preparing", "on_the_way")
"""The states of an order that is neither received nor cancelled."""

STANDS_FOR = timedelta(days=7)
"""An older order is taken for received, though nobody wrote it down."""


@dataclass(frozen=True, slots=True)
class Booking:
    """One appointment. `start` and `end` are aware, in the business's zone."""

    id: str
    service: str
    professional: str
    start: datetime
    end: datetime
    status: str


@dataclass(frozen=True, slots=True)
class OrderLine:
    """So many of one product, at the price of one when it was ordered."""

    product: str
    quantity: int
    price: Decimal


@dataclass(frozen=True, slots=True)
class Order:
    """`number` is the short one people say; `delivery` is `{"method": "pickup"|"delivery", "zone"?, "address"?}`."""

    id: str
    number: int
    items: tuple[OrderLine, ...]
    delivery: Mapping[str, Any]
    payment: str
    change_for: Decimal | None
    total: Decimal
    status: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order as it is to be written; `delivery` and `change_for` as in Order."""

    items: tuple[OrderLine, ...]
    delivery: Mapping[str, Any]
    payment: str
    change_for: Decimal | None
    total: Decimal


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of the customer."""

    id: str
    name: str | None
    language: str | None
    opted_out: bool
    address: str | None = None
    zone: str | None = None


class Bookings(Protocol):
    """The appointment book. Writes are idempotent by `key`: the same key returns the same booking."""

    async def busy(self, start: datetime, end: datetime) -> Sequence[Booking]:
        """Every confirmed booking of the business that touches [start, end), of any customer."""
        ...

    async def mine(self, since: datetime, limit: int = 20) -> Sequence[Booking]:
        """The customer's confirmed bookings ending after `since`, soonest first."""
        ...

    async def latest(self) -> Booking | None:
        """The customer's most recently made booking, whatever became of it."""
        ...

    async def book(self, service: str, professional: str, start: datetime, end: datetime, key: str) -> Booking:
        """Raises Impossible("slot_taken") when the database excludes it; the transaction stays usable."""
        ...

    async def move(
        self, booking: str, professional: str, start: datetime, end: datetime, key: str, service: str | None = None
    ) -> Booking:
        """`service`: another one in its place. Raises Impossible("slot_taken" | "not_found")."""
        ...

    async def cancel(self, booking: str, key: str) -> Booking:
        """Raises Impossible("not_found"). Cancelling twice is one cancellation."""
        ...


class Orders(Protocol):
    """The order book and the shelf. Writes are idempotent by `key`; stock moves in the same transaction."""

    async def shelf(self) -> Mapping[str, tuple[Decimal, int]]:
        """Product id → (price, stock) now."""
        ...

    async def place(self, draft: OrderDraft, key: str) -> Order:
        """Raises Impossible("out_of_stock", {"product", "stock"}); the transaction stays usable."""
        ...

    async def change(self, order: str, draft: OrderDraft, key: str) -> Order:
        """Replaces the lines, delivery and payment of a confirmed order, giving back and taking stock."""
        ...

    async def cancel(self, order: str, key: str) -> Order:
        """Gives the stock back. Raises Impossible("not_found" | "too_late")."""
        ...

    async def mine(self, limit: int = 5) -> Sequence[Order]:
        """The customer's orders, newest first, cancelled ones too."""
        ...

    async def standing(self, since: datetime, limit: int = 5) -> Sequence[Order]:
        """The customer's orders under way that were placed after `since`, newest first."""
        ...


class Customers(Protocol):
    """The customer of this conversation."""

    async def profile(self) -> Profile: ...

    async def update(self, **changes: Any) -> None:
        """Keys: name, language, address, zone."""
        ...

    async def opt_out(self, at: datetime) -> None: ...

    async def opt_in(self) -> None: ...


class Handoffs(Protocol):
    """The line of conversations waiting for a person."""

    async def open(self, reason: str, priority: Literal["normal", "high"], at: datetime, note: str = "") -> str:
        """Opens a handoff for this conversation, or returns the id of the one that is open. Sets the owner to queue."""
        ...

    async def position(self) -> int:
        """How many are ahead in the line, plus one."""
        ...


class Questions(Protocol):
    """Questions nobody could answer, for the owner."""

    async def record(self, text: str, language: str, at: datetime) -> None: ...


class Records(Protocol):
    """Everything a turn may read or write in the business's books, inside the turn's one transaction."""

    bookings: Bookings
    orders: Orders
    customers: Customers
    handoffs: Handoffs
    questions: Questions
