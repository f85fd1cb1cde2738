"""A trained classifier as plain numbers: reads its file, scores a message with integer additions only.

Every feature owns one row of small weights, one per label. A row is kept as a single large integer with a 32-bit lane
for each label (and one for the feature's squared rarity), so that adding rows is one addition, whatever the number of
labels: thirty times cheaper than a loop, and no numerical library in the server.
"""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ACTS = Path(__file__).with_name("acts.json")
INTENTS = Path(__file__).with_name("intents.json")
REPLIES = Path(__file__).with_name("replies.json")
STEPS = Path(__file__).with_name("steps.json")
TOPICS = Path(__file__).with_name("topics.json")
OFFSET = 128
"""Added to every weight, so that lanes never go below zero."""
RARITY_SCALE = 2.0
"""Squared rarity (idf²) is stored as a whole number of halves."""
_LANE = 4


@dataclass(frozen=True, slots=True)
class Weights:
    """`rows` maps a feature to its packed lanes; `curves` are the calibration curves, see `calibration.py`."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float
    rows: Mapping[str, int]
    curves: Mapping[str, tuple[float, float]]
    data_hash: str

    def probabilities(self, found: Iterable[str]) -> dict[str, float]:
        """The probability of every label, from a message's features. Unknown features count for nothing."""
        rows = [*filter(None, map(self.rows.get, found))]  # no row is zero: of every lane OFFSET is a part
        sums = memoryview(sum(rows).to_bytes(_LANE * (len(self.labels) + 1), "little")).cast("I")
        norm = math.sqrt(sums[-1] / RARITY_SCALE) or 1.0
        shift = OFFSET * len(rows)
        scores = [bias + self.scale * (total - shift) / norm for bias, total in zip(self.bias, sums[:-1], strict=True)]
        highest = max(scores)
        powers = [math.exp(score - highest) for score in scores]
        whole = sum(powers)
        return {label: power / whole for label, power in zip(self.labels, powers, strict=True)}


def pack(row: bytes) -> int:
    """One byte a lane → the large integer with 32 bits a lane."""
    wide = bytearray(_LANE * len(row))
    wide[::_LANE] = row
    return int.from_bytes(wide, "little")


def packed(data: bytes) -> str:
    """Bytes as a short text."""
    return base64.b64encode(zlib.compress(data, 9)).decode()


def unpacked(text: str) -> bytes:
    """The inverse of `packed`."""
    return zlib.decompress(base64.b64decode(text))


@cache
def load(path: Path = INTENTS) -> Weights:
    """Reads a classifier's weights once a process."""
    data = json.loads(path.read_text(encoding="utf-8"))
    names = unpacked(data["features"]).decode().split("\n")
    table = unpacked(data["rows"])
    width = len(data["labels"]) + 1
    rows = {name: pack(table[place * width : (place + 1) * width]) for place, name in enumerate(names)}
    curves = {name: (slope, height) for name, (slope, height) in data["curves"].items()}
    return Weights(tuple(data["labels"]), tuple(data["bias"]), data["scale"], rows, curves, data["hash"])
