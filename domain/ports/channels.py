"""A messaging provider, free of any web framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from domain.messages import Destination, Outgoing, Parsed, Sent


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
