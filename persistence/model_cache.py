"""Answers of models by their questions, for a short while: in Redis when there is one, in the process otherwise.

A question may hold what a customer wrote, and so may its answer. Neither can be read in Redis: the question is a hash
under a key derived from SECRET_KEY, the answer is encrypted; and both are gone when their time is over.
"""

from __future__ import annotations

import hmac
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from cryptography.exceptions import InvalidTag

from domain.clock import Clock
from domain.errors import ConfigurationError
from persistence.cipher import Cipher, derived

if TYPE_CHECKING:
    from redis.asyncio import Redis

log = structlog.get_logger("models")

_MOST = 2_000  # answers of one process: a few MB
_PATIENCE = 0.5  # seconds: asking the model again is better than waiting for Redis
_SEPARATOR = b" "


class ModelCache:
    """The implementation of `domain.ports.AnswerCache`. While Redis is down, the process keeps its own."""

    def __init__(self, clock: Clock, lifetime: timedelta, secret: str, redis_url: str | None = None) -> None:
        self._clock, self._lifetime = clock, lifetime
        self._key = derived(secret, b"prosa model cache key")
        self._cipher = Cipher(secret)
        self._own: OrderedDict[str, tuple[datetime, str]] = OrderedDict()
        self._redis = _redis(redis_url) if redis_url else None

    async def get(self, tenant: str, question: str) -> str | None:
        """The answer, unless its time is over."""
        name = self._name(tenant, question)
        found = await self._from_redis(name)
        return found if found is not None else self._from_own(name)

    async def put(self, tenant: str, question: str, answer: str) -> None:
        """Keeps an answer."""
        name = self._name(tenant, question)
        if not await self._to_redis(name, answer):
            self._to_own(name, answer)

    async def close(self) -> None:
        """Gives the connections to Redis back."""
        if self._redis is not None:
            await self._redis.aclose()

    def _name(self, tenant: str, question: str) -> str:
        digest = hmac.digest(self._key, f"{tenant}\0{question}".encode("utf-8", "surrogatepass"), "sha256")
        return f"prosa:model:{tenant}:{digest.hex()}"

    # ── in the process ───────────────────────────────────────────────────────────────────────────────────────────────

    def _from_own(self, name: str) -> str | None:
        self._forget()
        return self._own[name][1] if name in self._own else None

    def _to_own(self, name: str, answer: str) -> None:
        self._forget()
        self._own.pop(name, None)
        self._own[name] = (self._clock.now() + self._lifetime, answer)
        if len(self._own) > _MOST:
            self._own.popitem(last=False)

    def _forget(self) -> None:
        """What is over is the oldest: all live equally long."""
        now = self._clock.now()
        while self._own and next(iter(self._own.values()))[0] <= now:
            self._own.popitem(last=False)

    # ── in Redis ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _from_redis(self, name: str) -> str | None:
        if self._redis is None:
            return None
        try:
            found = await self._redis.get(name)
            return self._opened(found) if isinstance(found, bytes) else None
        except _errors() as error:
            log.warning("redis_failed", error=type(error).__name__)
            return None

    async def _to_redis(self, name: str, answer: str) -> bool:
        if self._redis is None:
            return False
        try:
            await self._redis.set(name, self._closed(answer), px=self._lifetime)
        except _errors() as error:
            log.warning("redis_failed", error=type(error).__name__)
            return False
        return True

    def _closed(self, answer: str) -> bytes:
        until = (self._clock.now() + self._lifetime).isoformat()
        cipher, hidden = self._cipher.encrypt(f"{until} {answer}".encode())
        return cipher.encode() + _SEPARATOR + hidden

    def _opened(self, kept: bytes) -> str | None:
        """By our clock too, which need not be Redis's. None as well for what is not ours or another secret hid."""
        cipher, _, hidden = kept.partition(_SEPARATOR)
        try:
            until, _, answer = self._cipher.decrypt(cipher.decode(), hidden).decode().partition(" ")
            return answer if datetime.fromisoformat(until) > self._clock.now() else None
        except (ConfigurationError, InvalidTag, ValueError):
            return None


def _redis(url: str) -> Redis:
    from redis.asyncio import Redis

    return Redis.from_url(url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE)


def _errors() -> tuple[type[Exception], ...]:
    from redis.exceptions import RedisError

    return RedisError, OSError
