"""Runs the web application and the worker side by side until a signal; both finish what is in hand."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI

from domain.errors import ConfigurationError
from engine.worker import Worker

_DRAIN_SECONDS = 5


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling, which would end the process before the worker is done."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """Takes the address before anything else starts. Raises ConfigurationError when somebody has it."""
    try:
        return socket.create_server((host, port), backlog=2048)
    except OSError as error:
        raise ConfigurationError("environment", "PORT", port, f"a free port on {host} ({error.strerror})") from error


async def run(app: FastAPI, listening: socket.socket, worker: Worker | None) -> None:
    """Returns after SIGTERM or SIGINT, when what is under way is finished; a second signal does not wait."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,  # a query may hold a secret; api.front writes the line that may be written
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=_DRAIN_SECONDS,
    )
    server = _Server(config)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(server.serve([listening]), name="web")]
        if worker is not None:
            tasks.append(group.create_task(worker.run(), name="worker"))

        def stop() -> None:
            if server.should_exit:
                for task in tasks:
                    task.cancel()
            server.should_exit = True
            app.state.parts.stopping.set()
            if worker is not None:
                worker.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop)
