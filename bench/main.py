"""`prosa bench`: runs the measurements that are named and prints one table of what was reached beside what must be."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench import ack, growth, home, memory, start, turns, understand, waiting
from bench.figures import Figure, table, write

NAMES = ("turns", "ack", "growth", "waiting", "understand", "memory", "start")


def main(arguments: Sequence[str]) -> int:
    """0 when every figure is reached, 1 when one is missed, 2 when the command is wrong."""
    parser = argparse.ArgumentParser("prosa bench", description=__doc__)
    parser.add_argument("what", nargs="*", metavar="what", help=f"{', '.join(NAMES)}; all when none is named")
    parser.add_argument("--quick", action="store_true", help="shorter, and less sure")
    parser.add_argument("--json", type=Path, metavar="FILE", help="writes every figure there")
    options = parser.parse_args(arguments)
    wanted = [name for name in options.what if name != "all"] or list(NAMES)
    if unknown := [name for name in wanted if name not in NAMES]:
        print(f"prosa bench: {', '.join(unknown)}: there are {', '.join(NAMES)} and all", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in wanted:
        print(f"\n{name}", flush=True)
        figures += measured(name, options.quick)
    print(f"\n{table(figures)}")
    if options.json:
        write(figures, options.json)
    return 0 if all(figure.ok for figure in figures) else 1


def measured(name: str, quick: bool) -> list[Figure]:
    """One measurement, in a home of its own."""
    match name:
        case "understand":
            return understand.measure(5 if quick else 30)
        case "start":
            return start.measure(1 if quick else 3)
    with home.opened() as opened:
        match name:
            case "turns":
                return turns.measure(opened, turns.QUICK if quick else turns.FULL)
            case "ack":
                return ack.measure(opened, *((2, 1.0) if quick else (6, 1.5)))
            case "growth":
                return growth.measure(opened, *((3, 100) if quick else (3, 1000)))
            case "waiting":
                return waiting.measure(opened, 50 if quick else 200)
            case _:
                return memory.measure(opened)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
