"""`understand`: milliseconds a message of the local understander, its date grammar and its classifier apart."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

from bench import home, product
from bench.figures import Figure, quantile
from domain.ports import Situation
from understanding.local import dates, intents
from understanding.local.reader import LocalUnderstander

_TARGET = 3.0  # ms
_MESSAGES = Path(__file__).with_name("messages.txt")


def measure(times: int) -> list[Figure]:
    """Every message, at one demo business after the other."""
    texts = [line for line in _MESSAGES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    reader, businesses = LocalUnderstander(), home.businesses()
    reader.prepare(businesses.values(), product.NOW)
    situations = [Situation(business, product.NOW, business.locale, "none") for business in businesses.values()]
    whole = _timed(lambda text, n: reader.understand(text, situations[n % len(situations)]), texts, times)
    found = _timed(_dates, texts, times)
    sure = _timed(lambda text, _: intents.classify(text, "pt-BR"), texts, times)
    print(f"{'':12}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}   ({len(texts)} messages)")
    figures = [*_told("whole", whole), *_told("dates", found), *_told("intents", sure)]
    return [*figures, Figure("local understander, p95", quantile(whole, 0.95) * 1000, "ms", _TARGET, "at most")]


def _timed(work: Callable[[str, int], object], texts: list[str], times: int) -> list[float]:
    """The seconds each call took, on processor time: others share the machine."""
    taken: list[float] = []
    gc.collect()
    gc.freeze()
    for n in range(times + 1):
        for text in texts:
            began = time.thread_time_ns()
            work(text, n)
            taken.append((time.thread_time_ns() - began) / 1e9)
    return taken[len(texts) :]  # the first time fills caches


def _dates(text: str, _: int) -> object:
    return dates.find(text, product.NOW, "pt-BR")


def _told(name: str, taken: list[float]) -> list[Figure]:
    """Prints the line."""
    shares = {share: quantile(taken, share / 100) * 1000 for share in (50, 95, 99)}
    print(f"{name:12}" + "".join(f"{milliseconds:9.2f}" for milliseconds in shares.values()))
    return [Figure(f"{name}: p{share}", milliseconds, "ms") for share, milliseconds in shares.items()]
