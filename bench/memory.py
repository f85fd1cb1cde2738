"""`memory`: what the whole server process holds once it has talked for every business."""

from __future__ import annotations

from pathlib import Path

from bench import home, server
from bench.figures import Figure
from bench.home import Home

_TARGET = 250.0  # MB
_SAID = ("oi", "quanto custa?", "quero falar com um atendente")


def measure(opened: Home) -> list[Figure]:
    """Web, worker and understander in one process; Postgres is not counted."""
    with server.serving(opened.folder, {"DATABASE_URL": opened.url, "REPLY_PAUSE_SECONDS": "0"}) as running:
        server.ready(running)
        before = _resident(running.pid)
        for business in home.businesses():
            for number, text in enumerate(_SAID):
                running.say(business, f"memory-{business}", number, text)
                running.wait_for_answer(business, f"memory-{business}", number + 1)
        after = _resident(running.pid)
    print(f"resident: {before:.0f} MB at first, {after:.0f} MB after {len(_SAID)} messages to each business")
    return [Figure("server resident, all businesses", after, "MB", _TARGET, "at most")]


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError(f"process {pid} has no resident memory")
