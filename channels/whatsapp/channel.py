"""The WhatsApp channel: checks what Meta posts to us, and posts to Meta."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx
import structlog

from channels.untrusted import json_object
from channels.whatsapp import failures, inbound, outbound
from domain.clock import Clock
from domain.errors import ChannelError, ChannelPaused, SignatureInvalid
from domain.messages import Destination, Outgoing, Parsed, Sent
from domain.ports import Webhook

_BODY_LIMIT = 4 * 1024 * 1024  # Meta's own limit is 3 MB
_SIGNATURE = "x-hub-signature-256"
_CONNECT_SECONDS = 5.0

log = structlog.get_logger("whatsapp")


@dataclass(frozen=True, slots=True)
class Config:
    """One Meta app. Without `app_secret` every webhook is refused, without `access_token` nothing is sent."""

    access_token: str = field(default="", repr=False)
    verify_token: str = field(default="", repr=False)
    app_secret: str = field(default="", repr=False)
    graph_api_url: str = "https://graph.facebook.com"
    graph_api_version: str = "v26.0"
    timeout: float = 20.0


class WhatsApp:
    """`domain.ports.Channel` over the Cloud API; one app serves any number of phone numbers."""

    name = inbound.CHANNEL

    def __init__(self, config: Config, clock: Clock, client: httpx.AsyncClient | None = None) -> None:
        """`client` stays the caller's to close; without one the channel opens its own at the first message."""
        self._config = config
        self._clock = clock
        self._client = client
        self._own_client: httpx.AsyncClient | None = None

    def verify(self, query: Mapping[str, str]) -> str | None:
        """The challenge to answer as bare text when Meta subscribes with our verify token; None means 403."""
        expected, given = self._config.verify_token, query.get("hub.verify_token", "")
        if query.get("hub.mode") != "subscribe" or not expected:
            return None
        if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
            return None
        return query.get("hub.challenge")

    def parse(self, webhook: Webhook) -> Parsed:
        """Checks the signature over the raw bytes, then reads everything. See `domain.ports.Channel`."""
        self._check_signature(webhook)
        return inbound.read(json_object(webhook.body, _BODY_LIMIT), self._clock.now())

    async def send(
        self, message: Outgoing, destination: Destination, callback: str, reply_to: str | None = None
    ) -> Sent:
        """One message. There is no idempotency key: an answer that never came is SendUncertain."""
        if outbound.is_cut(message):
            log.warning("message cut at the provider's limit", channel=self.name, characters=len(message.text))
        body = outbound.body(message, destination, callback, reply_to)
        return Sent(failures.sent_id(await self._post(destination.account, body)))

    async def mark_read(self, provider_id: str, account: str) -> bool:
        """Blue ticks and "typing…" for up to 25 s, in one call. A courtesy: says whether it worked, never raises."""
        body = {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": provider_id,
            "typing_indicator": {"type": "text"},
        }
        try:
            await self._post(account, body)
        except ChannelError as error:
            log.debug("message not marked as read", channel=self.name, error=str(error))
            return False
        return True

    async def close(self) -> None:
        """Gives back the connections the channel opened itself."""
        client, self._own_client = self._own_client, None
        if client is not None:
            await client.aclose()

    def _check_signature(self, webhook: Webhook) -> None:
        """Compares bytes: `compare_digest` of text raises TypeError for a header that is not ASCII."""
        if not self._config.app_secret:
            raise SignatureInvalid("no app secret is configured: webhooks cannot be checked")
        digest = hmac.new(self._config.app_secret.encode(), webhook.body, hashlib.sha256).hexdigest()
        given = webhook.headers.get(_SIGNATURE, "").encode("utf-8", "replace")
        if not hmac.compare_digest(f"sha256={digest}".encode(), given):
            raise SignatureInvalid("the X-Hub-Signature-256 header does not match the body")

    async def _post(self, account: str, body: Mapping[str, Any]) -> httpx.Response:
        config = self._config
        if not config.access_token:
            raise ChannelPaused("no access token is configured")
        url = f"{config.graph_api_url.rstrip('/')}/{config.graph_api_version}/{quote(account, safe='')}/messages"
        headers = {"Authorization": f"Bearer {config.access_token}"}
        timeout = httpx.Timeout(config.timeout, connect=_CONNECT_SECONDS, pool=_CONNECT_SECONDS)
        try:
            response = await self._connections().post(url, json=body, headers=headers, timeout=timeout)
        except (httpx.TransportError, httpx.DecodingError, httpx.InvalidURL) as error:
            raise failures.of_transport(error) from error
        if not response.is_success:
            raise failures.of_response(response)
        return response

    def _connections(self) -> httpx.AsyncClient:
        if self._client is not None:
            return self._client
        if self._own_client is None:
            self._own_client = httpx.AsyncClient()
        return self._own_client
