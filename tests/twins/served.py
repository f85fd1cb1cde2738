"""A real `prosa serve` process on its own home, called over HTTP as the outside calls it, and killed as machines die.

async with GraphApi(token=ACCESS) as meta, serving(home, meta) as prosa:
    await prosa.says("5511987654321", "oi")               # a signed webhook of Meta's
    await prosa.hears("5511987654321")                    # the next thing the customer gets to read
    await prosa.get("/api/v1/bookings")                   # as whoever signed in last
    await prosa.kill()                                    # -9
    await prosa.start()                                   # again, on the same home
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.twins import meta_webhooks
from tests.twins.graph_api import GraphApi

ROOT = Path(__file__).parent.parent.parent
ACCESS, APP_SECRET = "the access token", "the app's secret"
ADMIN, PASSWORD = "owner@example.com", "an administrator's password"
STUDIO, PETS = "100000000000001", "100000000000002"
PAUSE = 0.4  # of a customer's burst, in seconds
_PATIENCE = 60.0  # seconds; only a failing test waits that long


class Served:
    """One installation as a process; `client` calls it, `_read` counts what each customer has read."""

    def __init__(self, home: Path, meta: GraphApi) -> None:
        self.meta = meta
        self.client = httpx.AsyncClient(trust_env=False, timeout=_PATIENCE)
        self._home, self._log = home, home / "log"
        self._process: asyncio.subprocess.Process | None = None
        self._read: Counter[str] = Counter()

    async def start(self) -> None:
        """Returns when it says where it is."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "cli", "serve"),
                cwd=ROOT,
                env=self._environment(),
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        async with asyncio.timeout(_PATIENCE):
            found = re.search(rb"http://\S+(?=/chat)", await self._process.stdout.readuntil(b"stops it.\n"))
        assert found is not None
        self.client.base_url = found[0].decode()

    async def kill(self) -> None:
        """As a machine that loses its power."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    async def stop(self) -> int:
        """As an operator does; the process's exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(_PATIENCE):
            return await self._process.wait()

    def log(self) -> list[dict[str, Any]]:
        """What it wrote to its log, over all its lives."""
        return [json.loads(line) for line in self._log.read_text().splitlines()]

    async def sign_in(self, email: str = ADMIN, password: str = PASSWORD) -> None:
        """Later calls are this person's."""
        form = {"username": email, "password": password}
        answer = await self.client.post("/api/v1/auth/token", data=form)
        self.client.headers["Authorization"] = f"Bearer {answer.raise_for_status().json()['access_token']}"

    async def get(self, path: str, **query: str | int) -> Any:
        """The JSON of an answer that must be a success."""
        answer = await self.client.get(path, params=query)
        assert answer.is_success, answer.text
        return answer.json()

    async def post(self, path: str, body: Mapping[str, Any] | None = None) -> httpx.Response:
        return await self.client.post(path, json=body)

    async def until(self, path: str, reached: Callable[[Any], bool], **query: str | int) -> Any:
        """Reads again and again until it is so."""
        async with asyncio.timeout(_PATIENCE):
            while not reached(found := await self.get(path, **query)):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return found

    async def status(self, index: int, word: str) -> None:
        """Meta tells what became of `meta.sent[index]`."""
        url = str(self.client.base_url.join("/webhooks/whatsapp"))
        assert (await self.meta.post_status(url, APP_SECRET, index, word)).status_code == 200

    async def webhook(self, payload: object, secret: str = APP_SECRET) -> httpx.Response:
        """A webhook of Meta's with this payload, or exactly these bytes."""
        content, headers = meta_webhooks.signed(payload, secret)
        return await self.client.post("/webhooks/whatsapp", content=content, headers=headers)

    async def says(self, customer: str, *texts: str, account: str = STUDIO) -> None:
        """A customer writes; the messages come in one webhook, which must be taken."""
        messages = [meta_webhooks.text(customer, text) for text in texts]
        assert (await self.webhook(meta_webhooks.envelope(account, messages=messages))).status_code == 200

    async def hears(self, customer: str) -> str:
        """The next thing the customer gets to read."""
        async with asyncio.timeout(_PATIENCE):
            while len(texts := self.meta.texts(customer)) <= self._read[customer]:
                await self.meta.wait_for(len(self.meta.sent) + 1, _PATIENCE)
        self._read[customer] += 1
        return texts[self._read[customer] - 1]

    def unread(self, customer: str) -> list[str]:
        """What was sent to the customer beyond what `hears` told."""
        return self.meta.texts(customer)[self._read[customer] :]

    def _environment(self) -> Mapping[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PORT": "0",
            "PROSA_HOME": str(self._home),
            "PROSA_CLOCK": "2026-03-10T10:00:00-03:00",  # a Tuesday
            "ADMIN_EMAIL": ADMIN,
            "ADMIN_PASSWORD": PASSWORD,
            "REPLY_PAUSE_SECONDS": str(PAUSE),
            "LEASE_SECONDS": "2",
            "UNCERTAIN_GRACE_SECONDS": "2",
            "WHATSAPP_ACCESS_TOKEN": ACCESS,
            "WHATSAPP_VERIFY_TOKEN": "the verify token",
            "APP_SECRET": APP_SECRET,
            "MARK_READ": "true",
            "GRAPH_API_URL": self.meta.url,
        }


@asynccontextmanager
async def serving(home: Path, meta: GraphApi) -> AsyncIterator[Served]:
    """A server of its own, signed in to as the first administrator; gone at the end, whatever happened."""
    prosa = Served(home, meta)
    try:
        await prosa.start()
        await prosa.sign_in()
        yield prosa
    finally:
        try:
            assert await prosa.stop() == 0
        finally:
            await prosa.kill()
            await prosa.client.aclose()
