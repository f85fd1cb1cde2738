"""A messaging provider that writes down what it is told to send, and can be down."""

from __future__ import annotations

from domain.errors import SendRetry
from domain.messages import Destination, Outgoing, Parsed, Sent
from domain.ports import Webhook


class RecordingProvider:
    """Implements `domain.ports.Channel`. `sent` is what reached the customer, in order."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.down = False
        self.sent: list[Outgoing] = []

    def parse(self, webhook: Webhook) -> Parsed:
        """Dialogues hand their messages in already read."""
        return Parsed()

    async def send(
        self, message: Outgoing, destination: Destination, callback: str, reply_to: str | None = None
    ) -> Sent:
        if self.down:
            raise SendRetry("the dialogue says that the provider is down")
        self.sent.append(message)
        return Sent(f"sent.{len(self.sent)}")

    async def close(self) -> None:
        """Nothing is open."""
