"""What travels between a customer and a business, free of any provider's vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

AliasKind = Literal["phone", "bsuid", "lid", "web"]
ContentKind = Literal[
    "text", "choice", "audio", "image", "video", "document", "sticker", "location", "contacts", "order", "unsupported"
]
Status = Literal["queued", "sending", "uncertain", "sent", "delivered", "read", "failed"]


@dataclass(frozen=True, slots=True)
class Alias:
    """One of the names a provider knows a person by. A phone is digits only, with the country code."""

    kind: AliasKind
    value: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a customer sent.

    `text` is what can be read: the body, the caption, the title of the tapped option, the transcript of an audio.
    `choice` is the id of the tapped button or list row. `detail` keeps the provider's facts (media id, coordinates…).
    """

    kind: ContentKind
    text: str = ""
    choice: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inbound:
    """A customer's message as it arrived at one account (phone_number_id, number, session) of one channel."""

    channel: str
    account: str
    provider_id: str
    aliases: tuple[Alias, ...]
    reply_to: Alias
    sent_at: datetime
    content: Content
    name: str | None = None
    quoted: str | None = None
    referral: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A reaction, edit or deletion of an earlier message: kept, never a step of the conversation.

    `target` is the provider id of the message it speaks of; `text` the emoji or the new text ("" when removed).
    """

    kind: Literal["reaction", "edit", "revoke"]
    channel: str
    account: str
    provider_id: str
    target: str
    reply_to: Alias
    text: str = ""


@dataclass(frozen=True, slots=True)
class Echo:
    """The owner answered a customer from the business's own phone: a person has the ball."""

    channel: str
    account: str
    provider_id: str
    customer: Alias
    text: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Renamed:
    """The provider says that these names are one person: a new number or user id, the old one among them."""

    channel: str
    account: str
    provider_id: str
    aliases: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """What became of a message we sent. `callback` is our outbox id, where the provider carries it back."""

    channel: str
    account: str
    provider_id: str
    status: Status
    at: datetime
    callback: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """Everything one webhook carried.

    `problems` are log lines about parts that could not be read, `ignored` about sound ones that are not for us.
    """

    messages: tuple[Inbound, ...] = ()
    changes: tuple[Change, ...] = ()
    echoes: tuple[Echo, ...] = ()
    statuses: tuple[StatusUpdate, ...] = ()
    problems: tuple[str, ...] = ()
    renames: tuple[Renamed, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """Something to tap. `title` is what the customer sees, `id` what comes back."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message of ours. Up to three options become buttons; `menu` (a button's label) makes a list of up to ten."""

    text: str
    options: tuple[Option, ...] = ()
    menu: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain data for the checkpoint and the outbox: `{"text", "options"?, "menu"?}`."""
        data: dict[str, Any] = {"text": self.text}
        if self.options:
            data["options"] = [{"id": o.id, "title": o.title, "description": o.description} for o in self.options]
        if self.menu:
            data["menu"] = self.menu
        return data

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Outgoing:
        """The inverse of `as_dict`."""
        options = tuple(Option(o["id"], o["title"], o.get("description", "")) for o in data.get("options", ()))
        return Outgoing(data["text"], options, data.get("menu"))


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a message goes: which of the business's accounts sends it, and to which name of the customer."""

    channel: str
    account: str
    to: Alias


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider took the message and calls it `provider_id`."""

    provider_id: str
