"""One provider's endpoint: asks it over HTTP, tries again where that may help, and says what the answer cost."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from decimal import Decimal

import httpx

from domain.clock import Clock
from domain.errors import ConfigurationError, ModelError, RequestRejected
from domain.ports import ModelAnswer, Usage
from understanding import wire
from understanding.wire import Dialect, Question

_MILLION = Decimal(1_000_000)
_REJECTED = frozenset({400, 413, 422})  # this request, not the endpoint: what a filter or a limit refuses
_PASSING = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
_BACK_OFF = 0.5  # seconds, doubled each time
_LONGEST_WAIT = 2.0  # seconds: told to wait longer, somebody else answers sooner


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Which model, where, and what it costs: BRL for a million tokens. `name` is the provider's, as in settings."""

    name: str
    model: str
    base_url: str = "https://api.openai.com/v1"
    api_key: str = field(default="", repr=False)
    price_input: Decimal = Decimal(0)
    price_output: Decimal = Decimal(0)
    dialect: Dialect = field(default_factory=Dialect)


class Caller:
    """Asks one endpoint."""

    def __init__(self, endpoint: Endpoint, client: httpx.AsyncClient, clock: Clock) -> None:
        self._endpoint, self._client, self._clock = endpoint, client, clock
        self._url, self._headers = _address(endpoint), _headers(endpoint)
        self._own_temperature = False  # some models know only their own, and reject any other

    async def ask(self, question: Question, retries: int) -> ModelAnswer:
        """One answer. Waits as long as it takes: bound it. Raises ModelError, RequestRejected among them."""
        started = self._clock.now()
        body, response = await self._answered(question, retries)
        try:
            reply = wire.read(response.content, body)
        except ValueError as error:
            raise ModelError(str(error)) from error
        elapsed = self._clock.now() - started
        endpoint = self._endpoint
        cost = reply.input_tokens * endpoint.price_input + reply.output_tokens * endpoint.price_output
        usage = Usage(
            question.purpose,
            endpoint.name,
            endpoint.model,
            reply.input_tokens,
            reply.output_tokens,
            cost / _MILLION,
            round(elapsed.total_seconds() * 1000),
        )
        return ModelAnswer(reply.text, usage, reply.tool_calls, reply.refused)

    async def _answered(self, question: Question, retries: int) -> tuple[bytes, httpx.Response]:
        own = self._own_temperature
        body, response = await self._patiently(question, retries, None if own else question.temperature)
        if response.status_code == 400 and not own and b"temperature" in response.content:
            body, response = await self._patiently(question, retries, None)
            self._own_temperature = response.is_success
        if response.status_code in _REJECTED:
            raise RequestRejected(str(response.status_code))
        if not response.is_success:
            raise ModelError(str(response.status_code))
        return body, response

    async def _patiently(
        self, question: Question, retries: int, temperature: float | None
    ) -> tuple[bytes, httpx.Response]:
        """The last response, after as many tries as are allowed and sensible."""
        body = wire.written(question, self._endpoint.model, self._endpoint.dialect, temperature)
        for attempt in range(retries + 1):
            wait = _BACK_OFF * 2**attempt
            try:
                response = await self._client.post(self._url, content=body, headers=self._headers)
            except httpx.HTTPError as error:
                if attempt == retries:
                    raise ModelError(type(error).__name__) from error
            else:
                wait = _told_to_wait(response, wait)
                if attempt == retries or response.status_code not in _PASSING or wait > _LONGEST_WAIT:
                    return body, response
            await asyncio.sleep(wait)
        raise AssertionError("a loop of at least one round came to its end")


def _told_to_wait(response: httpx.Response, otherwise: float) -> float:
    """Seconds, as `Retry-After` says, or OpenAI's finer one."""
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(response.headers[name]) * scale)
        except (KeyError, ValueError):
            continue  # absent, or a date
    return otherwise


def _address(endpoint: Endpoint) -> httpx.URL:
    try:
        return httpx.URL(endpoint.base_url.rstrip("/") + "/chat/completions")
    except httpx.InvalidURL as error:
        raise ConfigurationError("environment", f"{endpoint.name}'s address", endpoint.base_url, "a URL") from error


def _headers(endpoint: Endpoint) -> httpx.Headers:
    headers = {"Content-Type": "application/json"}
    if endpoint.api_key:
        headers["Authorization"] = f"Bearer {endpoint.api_key}"
    try:
        return httpx.Headers(headers)
    except UnicodeEncodeError:  # it would show the key
        raise ConfigurationError("environment", f"{endpoint.name}'s key", "(hidden)", "plain letters") from None
