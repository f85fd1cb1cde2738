"""Figures: what was reached beside what must be, as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

_SIGNS = {"at least": "≥", "at most": "≤"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. Without a target it is only told."""

    name: str
    reached: float
    unit: str = ""
    target: float | None = None
    better: Literal["at least", "at most"] = "at least"

    @property
    def ok(self) -> bool:
        if self.target is None:
            return True
        return self.reached >= self.target if self.better == "at least" else self.reached <= self.target


def table(figures: Iterable[Figure]) -> str:
    """Those that must reach something: figure, reached, target, ok."""
    rows = [("figure", "reached", "target", "ok")]
    for one in figures:
        if one.target is not None:
            target = f"{_SIGNS[one.better]} {one.target:g} {one.unit}".rstrip()
            rows.append((one.name, f"{one.reached:.2f} {one.unit}".rstrip(), target, "yes" if one.ok else "NO"))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def write(figures: Iterable[Figure], file: Path) -> None:
    """All of them, also those that are only told."""
    data = [asdict(one) | {"ok": one.ok} for one in figures]
    file.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
