"""`start`: from `prosa serve` to the first answered message, once everything is installed and initialised."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from bench import server
from bench.figures import Figure

_TARGET = 5.0  # seconds
_BUSINESS = "studio-aurora"


def measure(times: int) -> list[Figure]:
    """Its own embedded Postgres, the default settings: the reply pause of a second is part of it."""
    home = Path(tempfile.mkdtemp(prefix="prosa-bench-", dir="/var/tmp"))
    home.chmod(0o711)
    try:
        cold, *warm = (_first_answer(home, number) for number in range(times + 1))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(f"first start {cold:.2f} s, later ones {', '.join(f'{seconds:.2f}' for seconds in warm)} s")
    return [
        Figure("first start to first answer", cold, "s"),
        Figure("warm start to first answer", median(warm), "s", _TARGET, "at most"),
    ]


def _first_answer(home: Path, number: int) -> float:
    session, began = f"first-message-{number:03}", time.monotonic()
    with server.serving(home, {}) as running:
        while not running.say(_BUSINESS, session, 0, "oi, quanto custa um corte feminino?"):
            if time.monotonic() - began > 60:
                raise TimeoutError(f"nothing serves; see {home / 'serve.log'}")
            time.sleep(0.02)
        running.wait_for_answer(_BUSINESS, session)
        return time.monotonic() - began
