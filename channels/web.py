"""The chat page's channel: messages typed in a browser, answers fetched by the page itself.

The session id is a random number the page made up: whoever knows it is the customer, as with a phone in the hand.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from channels.untrusted import TEXT_LIMIT, json_object, text
from domain.clock import Clock
from domain.errors import PayloadInvalid, SendRefused
from domain.messages import Alias, Content, Destination, Inbound, Outgoing, Parsed, Sent
from domain.ports import Webhook

PAGES = Path(__file__).parent / "pages"
"""The page itself: chat.html is served at /chat and /chat/{business}, every other file at /chat/static/{file}."""

_BODY_LIMIT = 128 * 1024
_Session = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,64}$")]
_Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
_Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]


class _Message(BaseModel):
    """What the page posts: `text` is what the customer sees, `choice` the id of the option they tapped."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    session: _Session
    business: _Slug
    id: _Id
    text: Annotated[str, StringConstraints(min_length=1, max_length=TEXT_LIMIT)]
    choice: Annotated[str, StringConstraints(min_length=1, max_length=256)] | None = None


class Web:
    """`domain.ports.Channel` for the page at /chat."""

    name = "web"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def parse(self, webhook: Webhook) -> Parsed:
        """One message. There is no provider and so no signature; the shape is strict instead."""
        try:
            message = _Message.model_validate(dict(json_object(webhook.body, _BODY_LIMIT)))
        except ValidationError as error:
            raise PayloadInvalid(_summary(error)) from None  # the error holds what the customer wrote
        said = text(message.text)
        if not said.strip():
            raise PayloadInvalid("text: empty")
        person = Alias("web", message.session)
        choice = text(message.choice) or None
        return Parsed(
            messages=(
                Inbound(
                    self.name,
                    message.business,
                    provider_id=f"{message.session}:{message.id}",
                    aliases=(person,),
                    reply_to=person,
                    sent_at=self._clock.now(),
                    content=Content("choice" if choice else "text", said, choice),
                ),
            )
        )

    async def send(
        self, message: Outgoing, destination: Destination, callback: str, reply_to: str | None = None
    ) -> Sent:
        """Nothing to do: the page reads the transcript. The outbox id serves as the provider's id."""
        if destination.to.kind != "web":
            raise SendRefused(f"the chat page cannot reach a {destination.to.kind} alias")
        return Sent(callback)

    async def close(self) -> None:
        """Holds no connections."""


def _summary(error: ValidationError) -> str:
    return "; ".join(f"{text('.'.join(map(str, one['loc'])), 40)}: {one['type']}" for one in error.errors()[:5])
