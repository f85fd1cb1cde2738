"""A subject that a classifier learns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from understanding.local.training.utterances import Utterance


class Judged(NamedTuple):
    """An utterance and the chances of its labels, by a classifier trained on others."""

    utterance: Utterance
    chances: Mapping[str, float]


class Kept(NamedTuple):
    """How many features are written, those first that weigh most or, by so much as is `shared`, that many texts share.

    Weights below `least` (of 127) are written as none.
    """

    most: int
    shared: float = 0.0
    least: int = 0


@dataclass(frozen=True)
class Subject:
    """`seen` is what the server sees of one of its `utterances`; the features `kept` go to `weights`.

    A feature that fewer than `fewest` utterances show is not learnt. `evenness` is how far a label with few utterances
    counts as much as one with many: 0 not at all, 1 quite. `strength` is how closely the utterances are followed (C of
    the linear classifier). Unless `by_rarity`, a common feature counts as much as a rare one.

    What is `beside` the utterances is learnt too, and never judged; `varied` adds what can be made of those learnt.
    `curves` calibrates the chances that cross-validation found, `report` tells how good they were.
    """

    weights: Path
    utterances: Callable[[], list[Utterance]]
    beside: Callable[[], list[Utterance]]
    varied: Callable[[Sequence[Utterance]], list[Utterance]]
    seen: Callable[[Utterance], set[str]]
    kept: Kept
    curves: Callable[[Sequence[Judged]], Mapping[str, tuple[float, float]]]
    report: Callable[[Sequence[Judged]], str]
    fewest: int = 3
    evenness: float = 0.0
    strength: float = 2.0
    by_rarity: bool = True

    @property
    def everything(self) -> list[Utterance]:
        """All that is learnt."""
        return [*self.utterances(), *self.beside()]
