"""A whole installation on a test's own database, called as the outside calls it, without a socket.

async with installed(database_url, graph_api_url=twin.url) as prosa:
    await prosa.whatsapp("5511987654321", "oi")      # a signed webhook
    await prosa.get("/api/v1/bookings")              # as the first administrator
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx

from server import System, build, create_app
from settings import Settings
from tests.twins import meta_webhooks

PASSWORD = "an administrator's password"
APP_SECRET = "the app's secret"
STUDIO = "100000000000001"
CLOCK = "2026-03-10T10:00:00-03:00"


class Installation:
    """One installation and somebody who calls it; `token` is sent along once `sign_in` was called."""

    def __init__(self, system: System, client: httpx.AsyncClient) -> None:
        self.system, self.client = system, client

    async def sign_in(self, email: str = "admin@localhost", password: str = PASSWORD) -> httpx.Response:
        """Later calls are this person's."""
        answer = await self.client.post("/api/v1/auth/token", data={"username": email, "password": password})
        if answer.is_success:
            self.client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        return answer

    async def get(self, path: str, **query: str | int) -> Any:
        """The JSON of an answer that must be a success."""
        answer = await self.client.get(path, params=query)
        assert answer.is_success, answer.text
        return answer.json()

    async def post(self, path: str, body: Mapping[str, Any] | None = None) -> httpx.Response:
        return await self.client.post(path, json=body)

    async def whatsapp(
        self, customer: str, *texts: str, account: str = STUDIO, secret: str = APP_SECRET
    ) -> httpx.Response:
        """One signed webhook with these messages of a customer."""
        messages = [meta_webhooks.text(customer, text) for text in texts]
        return await self.signed(meta_webhooks.envelope(account, messages=messages), secret)

    async def signed(self, payload: object, secret: str = APP_SECRET) -> httpx.Response:
        """A webhook of Meta's with this payload, or exactly these bytes."""
        content, headers = meta_webhooks.signed(payload, secret)
        return await self.client.post("/webhooks/whatsapp", content=content, headers=headers)

    async def web(
        self, business: str, session: str, number: int, text: str, choice: str | None = None
    ) -> httpx.Response:
        """What the chat page posts."""
        message = {"session": session, "business": business, "id": f"message-{number:010d}", "text": text}
        body = json.dumps({**message, "choice": choice} if choice else message)
        return await self.client.post("/webhooks/web", content=body)

    async def until(self, path: str, reached: Callable[[Any], bool], **query: str | int) -> Any:
        """Reads again and again until it is so; the worker runs beside the test."""
        async with asyncio.timeout(20):
            while True:
                if reached(found := await self.get(path, **query)):
                    return found
                await asyncio.sleep(0.02)


@asynccontextmanager
async def installed(database_url: str, *, works: bool = True, **knobs: Any) -> AsyncIterator[Installation]:
    """A served system; `works`: with a running worker. `knobs` are settings."""
    settings = Settings(
        _env_file=None,
        **{
            "database_url": database_url,
            "secret_key": "a secret for tests",
            "admin_password": PASSWORD,
            "app_secret": APP_SECRET,
            "whatsapp_verify_token": "verify",
            "whatsapp_access_token": "access",
            "graph_api_url": "http://127.0.0.1:9",
            "prosa_clock": CLOCK,
            "reply_pause_seconds": 0,
            "understander": "local",
            **knobs,
        },
    )
    async with build(settings) as system:
        transport = httpx.ASGITransport(app=create_app(system))
        working = asyncio.create_task(system.worker.run()) if works else None
        async with httpx.AsyncClient(transport=transport, base_url="http://prosa.test") as client:
            yield Installation(system, client)
        if working is not None:
            system.worker.stop()
            await working
