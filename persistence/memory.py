"""An in-memory twin of the business's books: same promises as the database's, without one.

shop = Shop(business)                    # what all customers share: bookings, shelf, the line of handoffs
records = shop.records("maria")          # the Records of one customer's conversation
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any, Literal

from domain.business import Business
from domain.errors import Impossible
from domain.ports import (
    UNDER_WAY,
    Booking,
    Bookings,
    Customers,
    Handoffs,
    Order,
    OrderDraft,
    OrderLine,
    Orders,
    Profile,
    Questions,
    Records,
)


@dataclass
class Entry:
    """A booking with whose it is and the keys that wrote it."""

    booking: Booking
    customer: str
    key: str
    seq: int


@dataclass
class Placed:
    order: Order
    customer: str
    key: str


@dataclass
class Handoff:
    id: str
    customer: str
    reason: str
    priority: Literal["normal", "high"]
    note: str
    at: datetime
    status: str = "waiting"


@dataclass
class Question:
    text: str
    language: str
    at: datetime


class Shop:
    """What every customer of one business shares. `now` tells when an order is placed."""

    def __init__(
        self, business: Business, now: Callable[[], datetime] = lambda: datetime(2026, 1, 1, tzinfo=UTC)
    ) -> None:
        self.business = business
        self.now = now
        self.book: list[Entry] = []
        self.placed: list[Placed] = []
        self.stock: dict[str, int] = {product.id: product.stock for product in business.products}
        self.prices: dict[str, Decimal] = {product.id: product.price for product in business.products}
        self.profiles: dict[str, Profile] = {}
        self.line: list[Handoff] = []
        self.questions: list[Question] = []
        self.ids = count(1)

    def records(self, customer: str = "customer-1") -> Records:
        """The books as one customer's conversation sees them."""
        self.profiles.setdefault(customer, Profile(customer, None, None, False))
        return TwinRecords(
            TwinBookings(self, customer),
            TwinOrders(self, customer),
            TwinCustomers(self, customer),
            TwinHandoffs(self, customer),
            TwinQuestions(self),
        )

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(self.business.zone)


@dataclass
class TwinRecords:
    """Implements domain.ports.Records."""

    bookings: Bookings
    orders: Orders
    customers: Customers
    handoffs: Handoffs
    questions: Questions


@dataclass
class TwinBookings:
    """Refuses overlaps of one professional's confirmed bookings, like the exclusion constraint."""

    shop: Shop
    customer: str

    async def busy(self, start: datetime, end: datetime) -> Sequence[Booking]:
        return [
            entry.booking
            for entry in self.shop.book
            if entry.booking.status == "confirmed"
            and _utc(entry.booking.start) < _utc(end)
            and _utc(start) < _utc(entry.booking.end)
        ]

    async def mine(self, since: datetime, limit: int = 20) -> Sequence[Booking]:
        found = [
            entry.booking
            for entry in self.shop.book
            if entry.customer == self.customer
            and entry.booking.status == "confirmed"
            and _utc(entry.booking.end) > _utc(since)
        ]
        return sorted(found, key=lambda booking: _utc(booking.start))[:limit]

    async def latest(self) -> Booking | None:
        mine = [entry for entry in self.shop.book if entry.customer == self.customer]
        return max(mine, key=lambda entry: entry.seq).booking if mine else None

    async def book(self, service: str, professional: str, start: datetime, end: datetime, key: str) -> Booking:
        for entry in self.shop.book:
            if entry.key == key:
                return entry.booking
        number = next(self.shop.ids)
        booking = Booking(
            f"booking-{number}", service, professional, self.shop.local(start), self.shop.local(end), "confirmed"
        )
        self._exclude(booking)
        self.shop.book.append(Entry(booking, self.customer, key, number))
        return booking

    async def move(
        self, booking: str, professional: str, start: datetime, end: datetime, key: str, service: str | None = None
    ) -> Booking:
        entry = self._entry(booking)
        if entry.booking.status != "confirmed":
            raise Impossible("not_found")
        moved = replace(
            entry.booking,
            service=service or entry.booking.service,
            professional=professional,
            start=self.shop.local(start),
            end=self.shop.local(end),
        )
        self._exclude(moved)
        entry.booking = moved
        return moved

    async def cancel(self, booking: str, key: str) -> Booking:
        entry = self._entry(booking)
        if entry.booking.status not in ("confirmed", "cancelled"):
            raise Impossible("not_found")
        entry.booking = replace(entry.booking, status="cancelled")
        return entry.booking

    def _entry(self, booking: str) -> Entry:
        for entry in self.shop.book:
            if entry.booking.id == booking and entry.customer == self.customer:
                return entry
        raise Impossible("not_found")

    def _exclude(self, wanted: Booking) -> None:
        for entry in self.shop.book:
            other = entry.booking
            if other.id == wanted.id or other.status != "confirmed" or other.professional != wanted.professional:
                continue
            if _utc(other.start) < _utc(wanted.end) and _utc(wanted.start) < _utc(other.end):
                raise Impossible("slot_taken")


@dataclass
class TwinOrders:
    """Stock never goes below zero, and a refused order takes nothing."""

    shop: Shop
    customer: str

    async def shelf(self) -> Mapping[str, tuple[Decimal, int]]:
        return {product: (self.shop.prices[product], stock) for product, stock in self.shop.stock.items()}

    async def place(self, draft: OrderDraft, key: str) -> Order:
        for placed in self.shop.placed:
            if placed.key == key:
                return placed.order
        self._take(draft.items, ())
        number = next(self.shop.ids)
        order = Order(
            f"order-{number}", 1000 + number, draft.items, dict(draft.delivery), draft.payment, draft.change_for,
            draft.total, "confirmed", self.shop.local(self.shop.now()),
        )  # fmt: skip
        self.shop.placed.append(Placed(order, self.customer, key))
        return order

    async def change(self, order: str, draft: OrderDraft, key: str) -> Order:
        placed = self._placed(order)
        if placed.order.status != "confirmed":
            raise Impossible("too_late")
        self._take(draft.items, placed.order.items)
        placed.order = replace(
            placed.order, items=draft.items, delivery=dict(draft.delivery), payment=draft.payment,
            change_for=draft.change_for, total=draft.total,
        )  # fmt: skip
        return placed.order

    async def cancel(self, order: str, key: str) -> Order:
        placed = self._placed(order)
        if placed.order.status == "cancelled":
            return placed.order
        if placed.order.status != "confirmed":
            raise Impossible("too_late")
        self._take((), placed.order.items)
        placed.order = replace(placed.order, status="cancelled")
        return placed.order

    async def mine(self, limit: int = 5) -> Sequence[Order]:
        found = [placed.order for placed in self.shop.placed if placed.customer == self.customer]
        return sorted(found, key=lambda order: -order.number)[:limit]

    async def standing(self, since: datetime, limit: int = 5) -> Sequence[Order]:
        found = [order for order in await self.mine(len(self.shop.placed)) if order.status in UNDER_WAY]
        return [order for order in found if order.created_at > since][:limit]

    def _placed(self, order: str) -> Placed:
        for placed in self.shop.placed:
            if placed.order.id == order and placed.customer == self.customer:
                return placed
        raise Impossible("not_found")

    def _take(self, taken: Sequence[OrderLine], given: Sequence[OrderLine]) -> None:
        stock = dict(self.shop.stock)
        for line in given:
            stock[line.product] = stock.get(line.product, 0) + line.quantity
        for line in taken:
            if stock.get(line.product, 0) < line.quantity:
                raise Impossible("out_of_stock", {"product": line.product, "stock": stock.get(line.product, 0)})
            stock[line.product] -= line.quantity
        self.shop.stock = stock


@dataclass
class TwinCustomers:
    shop: Shop
    customer: str

    async def profile(self) -> Profile:
        return self.shop.profiles[self.customer]

    async def update(self, **changes: Any) -> None:
        unknown = set(changes) - {"name", "language", "address", "zone"}
        if unknown:
            raise ValueError(f"unknown {sorted(unknown)}")
        self.shop.profiles[self.customer] = replace(self.shop.profiles[self.customer], **changes)

    async def opt_out(self, at: datetime) -> None:
        self.shop.profiles[self.customer] = replace(self.shop.profiles[self.customer], opted_out=True)

    async def opt_in(self) -> None:
        self.shop.profiles[self.customer] = replace(self.shop.profiles[self.customer], opted_out=False)


@dataclass
class TwinHandoffs:
    """One open handoff a conversation; high priority stands ahead."""

    shop: Shop
    customer: str

    async def open(self, reason: str, priority: Literal["normal", "high"], at: datetime, note: str = "") -> str:
        mine = self._open()
        if mine is None:
            mine = Handoff(f"handoff-{next(self.shop.ids)}", self.customer, reason, priority, note, at)
            self.shop.line.append(mine)
        return mine.id

    async def position(self) -> int:
        waiting = [handoff for handoff in self.shop.line if handoff.status == "waiting"]
        waiting.sort(key=lambda handoff: (handoff.priority != "high", handoff.at))
        mine = self._open()
        return waiting.index(mine) + 1 if mine in waiting and mine is not None else len(waiting) + 1

    def _open(self) -> Handoff | None:
        mine = (handoff for handoff in self.shop.line if handoff.customer == self.customer)
        return next((handoff for handoff in mine if handoff.status in ("waiting", "assigned")), None)


@dataclass
class TwinQuestions:
    shop: Shop

    async def record(self, text: str, language: str, at: datetime) -> None:
        self.shop.questions.append(Question(text, language, at))


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)
