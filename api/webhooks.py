"""Where providers post what customers wrote. A 200 says that everything in the request is committed."""

from __future__ import annotations

from typing import Literal, Protocol, runtime_checkable

import structlog
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

from api.parts import of
from api.problems import documented
from domain.errors import PayloadInvalid, SignatureInvalid, Unavailable
from domain.ports import Channel, Webhook

log = structlog.get_logger("webhooks")
router = APIRouter(prefix="/webhooks", tags=["webhooks"])


_OUTCOMES = {SignatureInvalid: "unsigned", PayloadInvalid: "unreadable", Unavailable: "unavailable"}


class Received(BaseModel):
    """Everything the webhook carried is stored."""

    status: Literal["received"] = "received"


@runtime_checkable
class Subscribing(Protocol):
    """A channel whose provider asks for a handshake before it posts."""

    def verify(self, query: dict[str, str]) -> str | None:
        """What to answer as bare text; None refuses."""
        ...


@router.get("/{channel}", summary="Handshake", response_class=PlainTextResponse, responses=documented(403, 404))
async def handshake(request: Request, channel: str) -> PlainTextResponse:
    """Answers a provider that subscribes (WhatsApp: `hub.mode`, `hub.verify_token`, `hub.challenge`)."""
    provider = _channel(request, channel)
    answer = provider.verify(dict(request.query_params)) if isinstance(provider, Subscribing) else None
    if answer is None:
        raise HTTPException(403, "The verify token is missing or wrong.")
    return PlainTextResponse(answer)


_RECEIVED = Received().model_dump_json().encode()  # always the same: written once


@router.post(
    "/{channel}", summary="Messages in", response_model=Received, responses=documented(400, 401, 404, 413, 503)
)
async def receive(request: Request, channel: str) -> Response:
    """Takes a provider's webhook: signed, in the provider's own shape, answered 200 once it is committed."""
    provider, parts = _channel(request, channel), of(request)
    counted = parts.metrics.webhooks
    try:
        parsed = provider.parse(await _webhook(request, parts.address))
        await parts.receiver.receive(parsed)
    except (SignatureInvalid, PayloadInvalid, Unavailable) as error:
        counted.labels(channel, _OUTCOMES[type(error)]).inc()
        raise
    for problem in parsed.problems:
        log.warning("part of a webhook could not be read", channel=channel, problem=problem)
    for part in parsed.ignored:
        log.info("part of a webhook is not for us", channel=channel, part=part)
    counted.labels(channel, "received").inc()
    return Response(_RECEIVED, media_type="application/json")


async def _webhook(request: Request, public: str) -> Webhook:
    """The request as channels know it. Its address is the public one: providers sign the address they called."""
    address, query = f"{public}{request.scope['path']}", request.scope["query_string"].decode("latin-1")
    if query:
        address += f"?{query}"
    return Webhook(request.method, dict(request.headers), dict(request.query_params), await request.body(), address)


def _channel(request: Request, name: str) -> Channel:
    channel = of(request).channels.get(name)
    if channel is None:
        raise HTTPException(404, "There is no such channel.")
    return channel
