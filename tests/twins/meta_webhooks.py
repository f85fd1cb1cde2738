"""The webhooks Meta posts, built and signed as Meta does."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from collections.abc import Mapping, Sequence
from typing import Any

_numbers = itertools.count(1)


def new_id() -> str:
    """A message id (wamid) never used before in this process."""
    return f"wamid.TWIN{next(_numbers):08d}"


def text(customer: str, body: str, *, id: str | None = None, at: int | None = None) -> dict[str, Any]:
    """A text message from a phone number. Without `at` it has no timestamp that can be read."""
    return {
        "from": customer,
        "id": id or new_id(),
        "timestamp": str(at) if at is not None else "",
        "type": "text",
        "text": {"body": body},
    }


def tap(customer: str, option: str, title: str, *, kind: str = "button_reply", id: str | None = None) -> dict[str, Any]:
    """A tapped button, or list row with `kind="list_reply"`."""
    return {
        "from": customer,
        "id": id or new_id(),
        "timestamp": "",
        "type": "interactive",
        "interactive": {"type": kind, kind: {"id": option, "title": title}},
    }


def status(message_id: str, word: str, customer: str, callback: str | None = None) -> dict[str, Any]:
    """A status (sent, delivered, read, failed) of a message we sent."""
    data = {"id": message_id, "status": word, "timestamp": "", "recipient_id": customer}
    if callback:
        data["biz_opaque_callback_data"] = callback
    if word == "failed":
        data["errors"] = [{"code": 131026, "title": "Message undeliverable"}]  # type: ignore[assignment]
    return data


def envelope(
    account: str, messages: Sequence[Mapping[str, Any]] = (), statuses: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """One webhook for one phone number, with a contact card for each sender."""
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "551130000000", "phone_number_id": account},
    }
    if messages:
        senders = dict.fromkeys(message["from"] for message in messages)
        value["contacts"] = [{"profile": {"name": f"Cliente {one[-4:]}"}, "wa_id": one} for one in senders]
        value["messages"] = list(messages)
    if statuses:
        value["statuses"] = list(statuses)
    change = {"field": "messages", "value": value}
    return {"object": "whatsapp_business_account", "entry": [{"id": "WABA", "changes": [change]}]}


def signed(payload: object, secret: str) -> tuple[bytes, dict[str, str]]:
    """The body and headers to post."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return body, {"content-type": "application/json", "x-hub-signature-256": f"sha256={digest}"}
