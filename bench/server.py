"""The product as users start it: `prosa serve` in a process of its own, and the chat page's requests to it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.home import ROOT

_PATIENCE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Server:
    """A running `prosa serve`."""

    pid: int
    port: int

    def say(self, business: str, session: str, number: int, text: str) -> bool:
        """Posts a message as the chat page does; False while nobody serves yet."""
        body = {"session": session, "business": business, "id": f"m{number}", "text": text}
        request = urllib.request.Request(  # noqa: S310 (loopback)
            f"{self.address}/webhooks/web", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE):  # noqa: S310
                return True
        except ConnectionError:
            return False
        except OSError as error:
            if isinstance(getattr(error, "reason", None), ConnectionError):
                return False
            raise

    def answers(self, business: str, session: str) -> int:
        """How many bubbles of ours the chat shows."""
        query = f"business={business}&session={session}"
        with urllib.request.urlopen(f"{self.address}/chat/api/messages?{query}", timeout=_PATIENCE) as page:  # noqa: S310
            data: dict[str, Any] = json.load(page)
        return sum(line["role"] == "bot" for line in data["items"])

    def wait_for_answer(self, business: str, session: str, number: int = 1) -> None:
        """Until the chat shows that many answers."""
        until = time.monotonic() + _PATIENCE
        while self.answers(business, session) < number:
            if time.monotonic() > until:
                raise TimeoutError(f"{business} did not answer")
            time.sleep(0.02)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(home: Path, environment: Mapping[str, str], *options: str) -> Iterator[Server]:
    """Starts it on a free port and stops it. Its own settings come from `environment` alone."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    given = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "PYTHONPATH") if key in os.environ}
    given |= {"PROSA_HOME": str(home), "PORT": str(port), "ADMIN_PASSWORD": "measured", **environment}
    with (home / "serve.log").open("ab") as log:
        command = [sys.executable, str(ROOT / "cli.py"), "serve", *options]
        process = subprocess.Popen(command, cwd=home, env=given, stdout=log, stderr=log)
    try:
        yield Server(process.pid, port)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ready(server: Server) -> None:
    """Until it answers requests."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"{server.address}/health", timeout=_PATIENCE):  # noqa: S310
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
