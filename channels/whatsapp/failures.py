"""What a refusal of the Cloud API means for the message: try again, never, or somebody must look at the account.

https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes — decided by `error.code`; the HTTP status
only counts where there is no code we know.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import httpx

from channels.untrusted import mapping, number, text
from domain.errors import ChannelError, ChannelPaused, SendRefused, SendRetry, SendUncertain

_RETRY = {1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004}
_PAUSE = {131048, 368, 131031, 131042, 0, 190, 3, 10, *range(200, 300)}
_REFUSE = {100, 131008, 131009, 131021, 131026, 131030, 131047, 131049, 131050, 131051, 131062, *range(132000, 132100)}
_PAIR_RATE_LIMIT, _PAIR_PAUSE = 131056, 6.0  # one message every six seconds to one person
_LONGEST_PAUSE = 3600.0
_RETRY_STATUSES = {408, 425, 429}
_PAUSE_STATUSES = {401, 403}


def of_response(response: httpx.Response) -> ChannelError:
    """The error that a response which is not a success stands for."""
    error = mapping(mapping(_json(response)).get("error"))
    code = _code(error)
    detail = _detail(error, response.status_code)
    if code in _RETRY:
        return SendRetry(detail, _pause(response, code))
    if code in _PAUSE:
        return ChannelPaused(detail)
    if code in _REFUSE:
        return SendRefused(detail, str(code))
    if response.status_code >= 500 or response.status_code in _RETRY_STATUSES or error.get("is_transient") is True:
        return SendRetry(detail, _pause(response, code))
    if response.status_code in _PAUSE_STATUSES:
        return ChannelPaused(detail)
    return SendRefused(detail, "" if code is None else str(code))


def of_transport(error: httpx.TransportError | httpx.DecodingError | httpx.InvalidURL) -> ChannelError:
    """The error that a broken connection stands for: only a request that surely was not written may be sent again."""
    kind = type(error).__name__
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError):
        return SendRetry(f"no connection to WhatsApp ({kind})")
    if isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError | httpx.InvalidURL):
        return ChannelPaused(f"the address or the access token cannot be used ({kind})")
    return SendUncertain(f"no answer from WhatsApp ({kind})")


def sent_id(response: httpx.Response) -> str:
    """The provider's message id in a success. Raises SendUncertain when the answer cannot be read."""
    messages = mapping(_json(response)).get("messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    found = text(mapping(first).get("id"))
    if not found:
        raise SendUncertain(f"an answer without a message id (status {response.status_code})")
    return found


def _json(response: httpx.Response) -> Any:
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None


def _code(error: Mapping[str, Any]) -> int | None:
    code = number(error.get("code"))
    return int(code) if code is not None else None


def _detail(error: Mapping[str, Any], status: int) -> str:
    said = text(error.get("message"), 300)
    details = text(mapping(error.get("error_data")).get("details"), 300)
    head = f"{text(error.get('code'), 32)}: {said}" if error else f"HTTP {status}"
    return f"{head} ({details})" if details else head


def _pause(response: httpx.Response, code: int | None) -> float | None:
    seconds = number(response.headers.get("retry-after"))
    if seconds is not None and math.isfinite(seconds) and seconds >= 0:
        return min(seconds, _LONGEST_PAUSE)
    return _PAIR_PAUSE if code == _PAIR_RATE_LIMIT else None
