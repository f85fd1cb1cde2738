"""How often one caller may try something: counted in Redis when there is one, in the process otherwise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from limits import parse
from limits.aio.storage import RedisStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

log = structlog.get_logger("limiter")


class Limiter:
    """Counts attempts by name, in a window that moves. Without Redis, or while it is down, the process counts alone."""

    def __init__(self, limit: str, redis_url: str | None = None) -> None:
        """`limit` as in "10/minute"."""
        self._limit = parse(limit)
        self._own = MovingWindowRateLimiter(_storage("async+memory://"))
        self._redis = None
        if redis_url:
            self._redis = _storage(f"async+{redis_url}", implementation="redispy", wrap_exceptions=True)
        self._shared = None if self._redis is None else MovingWindowRateLimiter(self._redis)

    async def allows(self, *names: str) -> bool:
        """Whether another attempt may be made; counts nothing."""
        return await self._ask(lambda window: window.test(self._limit, *names))

    async def count(self, *names: str) -> None:
        """Counts one attempt."""
        await self._ask(lambda window: window.hit(self._limit, *names))

    async def redis_answers(self) -> bool | None:
        """Whether Redis is up; None when none is configured."""
        return None if self._redis is None else bool(await self._redis.check())

    async def close(self) -> None:
        """Gives the connections to Redis back."""
        if isinstance(self._redis, RedisStorage):
            client = self._redis.bridge.get_connection()  # type: ignore[attr-defined]  # its base class does not name it
            await client.aclose()

    async def _ask(self, question: Callable[[MovingWindowRateLimiter], Awaitable[bool]]) -> bool:
        if self._shared is not None:
            try:
                return await question(self._shared)
            except StorageError as error:
                log.warning("redis is down; counting in the process", error=type(error).__name__)
        return await question(self._own)


def _storage(address: str, **options: str | bool) -> Storage:
    storage = storage_from_string(address, **options)
    assert isinstance(storage, Storage)
    return storage
