"""The engine's own books: what arrived, whose turn it is, what must go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from domain.business import Business
from domain.messages import Destination, Outgoing, Parsed
from domain.ports.books import Booking, Order, Records

Row = Mapping[str, Any]


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
    `content` is plain data; for a customer `{"kind", "text", "choice"?, "detail"?, "quoted"?}`. `provider_id` is what
    the provider calls the message.
    """

    id: int
    kind: str
    content: Mapping[str, Any]
    at: datetime
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """What a turn starts from. `handoff` is the open one `{"id", "status", "agent"}` or None; `version` the lane's.

    `standing` are the customer's appointments to come, soonest first; `ordered` the orders under way, newest first.
    """

    events: tuple[Event, ...]
    destination: Destination
    customer: str
    handoff: Mapping[str, Any] | None
    version: int
    standing: Sequence[Booking] = ()
    ordered: Sequence[Order] = ()


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

    def looking(self) -> AbstractAsyncContextManager[Records]:
        """The books for a look before the first write: nothing can be written in the block, no connection is held
        after it."""
        ...

    async def commit(self, pending: Pending, outcome: Outcome | None, *, patient: bool = True) -> None:
        """Transcript, outbox, inbox done, conversation row, lane released, commit. Without outcome: only the lane.

        Raises LeaseLost, or Superseded when newer events wait, after rolling back. Not `patient`: commits although
        newer events wait, and leaves the lane due.
        """
        ...


class Units(Protocol):
    """Where turns get their units."""

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

    `status` is queued (to be worded, then sealed), sending (hand it to the provider now) or uncertain (a worker died
    over it: a status webhook may still tell). `attempts` counts the times it was handed over, this one included. `role`
    is who speaks. `last_customer_at` and `opted_out_at` are what decides whether it may be sent.
    """

    id: str
    message: Outgoing
    destination: Destination
    status: Literal["queued", "sending", "uncertain"]
    attempts: int
    role: Literal["bot", "agent", "system"]
    created_at: datetime
    last_customer_at: datetime | None
    opted_out_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reworded:
    """A message in a model's words, or as it was when these did not say the same (`kept` False), and what that took."""

    text: str
    usage: Mapping[str, Any]
    kept: bool


class Voice(Protocol):
    """How the business says what it has to say. Never raises for a model's failure."""

    async def reword(self, tenant: str, text: str) -> Reworded | None:
        """The message in other words that say the same; None when it goes out as it is and nothing was spent."""
        ...


class Outbox(Protocol):
    """What must reach customers, in order within a conversation. Each call is one commit under the lane's lease."""

    async def take(self, lease: Lease, at: datetime, worded: bool) -> Letter | None:
        """The first letter that has not left, marked sending; when none waits, releases the lane and returns None.

        Where letters are `worded`, the bot's stays queued on its first attempt: a worker that dies while a model words
        it leaves no doubt whether it was sent. Raises LeaseLost.
        """
        ...

    async def seal(self, letter: str, lease: Lease, worded: Reworded | None) -> None:
        """Keeps the words a letter leaves in, in the transcript too, and marks it sending; None: as it was written.

        Every attempt sends the same words. Raises LeaseLost.
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
