"""What the inner layers need from the outer ones: small Protocols, implemented in persistence/ and channels/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

from domain.business import Business
from domain.commands import Command
from domain.messages import Destination, Outgoing, Parsed, Sent

Row = Mapping[str, Any]


# ── what a tool may read and write, bound to one tenant, customer and conversation ──────────────────────────────────


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

    async def move(self, booking: str, professional: str, start: datetime, end: datetime, key: str) -> Booking:
        """Raises Impossible("slot_taken" | "not_found")."""
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


# ── understanding ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Reading:
    """What an understander made of a turn's messages.

    `intents` are names of the intent list, surest first; `confidence` 0–1 of the whole; `by` is local or model.
    """

    commands: tuple[Command, ...]
    intents: tuple[str, ...] = ()
    language: str = "pt-BR"
    confidence: float = 1.0
    by: str = "local"
    usage: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Situation:
    """What an understander must know beside the words.

    `asks` is what the bot waits for; `options` are the taps it offered last, as `{"id", "title"}`; `flow` and `slots`
    the flow on top of the stack; `language` is sticky; `history` the last messages as `{"role", "text"}`.
    """

    business: Business
    now: datetime
    language: str
    asks: str = "none"
    flow: str | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)
    options: Sequence[Mapping[str, Any]] = ()
    history: Sequence[Mapping[str, Any]] = ()


class Understander(Protocol):
    async def read(self, texts: Sequence[str], situation: Situation) -> Reading:
        """Turns a turn's messages (in order, no taps) into commands. Never raises for anything a customer can write."""
        ...


# ── channels ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Webhook:
    """A provider's request, as bytes and lower-case header names; the web framework stays outside."""

    method: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    url: str = ""


class Channel(Protocol):
    """One messaging provider."""

    name: str

    def parse(self, webhook: Webhook) -> Parsed:
        """Checks the signature, then reads everything the webhook carries.

        Raises SignatureInvalid or PayloadInvalid; a bad message beside good ones only adds to `problems`.
        """
        ...

    async def send(
        self, message: Outgoing, destination: Destination, callback: str, reply_to: str | None = None
    ) -> Sent:
        """Hands one message to the provider. `callback` is our outbox id, carried back where the provider can.

        Raises SendRetry, SendUncertain, SendRefused or ChannelPaused.
        """
        ...

    async def close(self) -> None:
        """Gives back connections."""
        ...


# ── the engine's books ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Lease:
    """One claimed lane. `token` grows with every claim; a commit under an old token is refused."""

    tenant: str
    conversation: str
    kind: Literal["turn", "delivery"]
    token: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Event:
    """One pending inbox row: something that happened in a conversation.

    Kinds: customer, agent_claimed, agent_replied, agent_noted, returned, completed, echoed, failed.
    `content` is plain data; for a customer `{"kind", "text", "choice"?, "detail"?, "quoted"?}`.
    """

    id: int
    kind: str
    content: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Pending:
    """What a turn starts from. `handoff` is the open one `{"id", "status", "agent"}` or None; `version` the lane's."""

    events: tuple[Event, ...]
    destination: Destination
    customer: str
    handoff: Mapping[str, Any] | None
    version: int


@dataclass(frozen=True, slots=True)
class Said:
    """One transcript row to be written; an outgoing one also goes to the outbox."""

    role: Literal["customer", "bot", "agent", "system"]
    text: str
    at: datetime
    content: Mapping[str, Any] = field(default_factory=dict)
    event: int | None = None
    outgoing: Outgoing | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything a turn commits beside its checkpoint and tool writes."""

    transcript: tuple[Said, ...]
    flow: str | None
    asks: str
    slots: Mapping[str, Any]
    understanding: Mapping[str, Any] = field(default_factory=dict)


class Unit(Protocol):
    """One turn's transaction, begun lazily: before its first write it holds no connection (promise 4)."""

    records: Records
    saver: Any  # a BaseCheckpointSaver that reads through the pool until the unit has begun, then joins it

    async def load(self) -> Pending:
        """Reads what waits in the lane. Holds no connection afterwards."""
        ...

    async def commit(self, pending: Pending, outcome: Outcome | None, *, patient: bool = True) -> None:
        """Transcript, outbox, inbox done, conversation row, lane released, commit. Without outcome: only the lane.

        Raises LeaseLost, or Superseded when newer events wait, after rolling back. Not `patient`: commits although
        newer events wait, and leaves the lane due.
        """
        ...


class Units(Protocol):
    def begin(self, lease: Lease, business: Business) -> AbstractAsyncContextManager[Unit]:
        """Opens a unit; leaving it without commit rolls everything back."""
        ...


class Inbox(Protocol):
    """Where messages wait for their turn."""

    async def store(self, tenant: str, parsed: Parsed, at: datetime) -> int:
        """Keeps everything a webhook carried for one tenant in one commit, and asks for turns.

        Messages the provider had sent before vanish; returns how many were new. Raises Unavailable.
        """
        ...

    async def set_aside(self, parsed: Parsed, at: datetime) -> None:
        """Keeps what came for an account nobody owns."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """One outbox row in a delivery worker's hands.

    `status` is sending (hand it to the provider now) or uncertain (a worker died over it: a status webhook may still
    tell). `attempts` counts the times it was handed over, this one included. `last_customer_at` and `opted_out_at` are
    what decides whether it may be sent.
    """

    id: str
    message: Outgoing
    destination: Destination
    status: Literal["sending", "uncertain"]
    attempts: int
    created_at: datetime
    last_customer_at: datetime | None
    opted_out_at: datetime | None


class Outbox(Protocol):
    """What must reach customers, in order within a conversation. Each call is one commit under the lane's lease."""

    async def take(self, lease: Lease, at: datetime) -> Letter | None:
        """The first letter that has not left, marked sending; when none waits, releases the lane and returns None.

        Raises LeaseLost.
        """
        ...

    async def settle(
        self,
        letter: str,
        lease: Lease,
        status: Literal["sent", "failed"],
        at: datetime,
        provider_id: str | None = None,
        error: str | None = None,
    ) -> None:
        """Writes what became of a letter, unless a status webhook told more already."""
        ...

    async def put_off(
        self, letter: str, lease: Lease, status: Literal["queued", "uncertain"], at: datetime, after: float, error: str
    ) -> bool:
        """Releases the lane until `after` seconds have passed; the letter goes first then.

        False, and the lane stays held, when a status webhook told meanwhile what became of the letter.
        """
        ...


class Lanes(Protocol):
    """One row a conversation and kind of work; claim with SKIP LOCKED, wake by NOTIFY."""

    async def claim(self, kind: Literal["turn", "delivery"], limit: int, lease_seconds: float) -> Sequence[Lease]: ...

    async def renew(self, leases: Sequence[Lease], lease_seconds: float) -> None: ...

    async def retry(self, lease: Lease, after_seconds: float) -> None:
        """Releases a lane whose work failed; it is due again later, with one attempt more."""
        ...

    async def next_due(self, kind: Literal["turn", "delivery"]) -> float | None:
        """Seconds until the next lane is due; None when nothing waits."""
        ...

    async def wait(self, kind: Literal["turn", "delivery"], seconds: float) -> None:
        """Sleeps until a NOTIFY for this kind of work arrives or the time is over."""
        ...
