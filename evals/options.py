"""How dialogues are to be run: everything `prosa eval` can be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.errors import ConfigurationError
from evals import by_hand as handwriting
from evals.format import UNDERSTANDERS, UnderstanderName
from evals.perturb import NOISES
from evals.tape import Mode
from understanding.providers import Config

BUSINESSES = Path(__file__).parent.parent / "businesses"


@dataclass(frozen=True, slots=True)
class Options:
    """How to run.

    `noises` are kinds of perturbation, each a run more, by `seed`; `only` a part of the ids or tags wanted.
    `understander` overrides what the dialogues say; `model` are the configured providers, whose answers `record` keeps,
    or those of the file `by_hand`; `replay` takes them from there instead. `server` is the url of a Postgres to make
    databases on (None: one of its own, gone at the end). `edges`: tells which were not walked, in any case.
    """

    repeat: int = 1
    noises: tuple[str, ...] = ()
    seed: int = 0
    understander: UnderstanderName | None = None
    junit: Path | None = None
    json: Path | None = None
    edges: bool = False
    record: Path | None = None
    by_hand: Path | None = None
    replay: Path | None = None
    only: str = ""
    jobs: int = 2
    verbose: bool = False
    model: Config | None = None
    server: str | None = None
    businesses: Path = BUSINESSES

    @property
    def tapes(self) -> tuple[Mode, Path] | None:
        """Where models' answers are written to, or read from instead of asking."""
        if self.record is not None:
            return "record", self.record
        return ("replay", self.replay) if self.replay is not None else None

    def hands(self) -> Mapping[str, handwriting.Answers]:
        """The answers that are written by hand, by dialogue. Raises ConfigurationError."""
        return handwriting.read(self.by_hand) if self.by_hand is not None else {}

    def check(self) -> None:
        """Raises ConfigurationError for what makes no sense."""
        for noise in self.noises:
            if noise not in NOISES:
                raise ConfigurationError("command line", "--perturb", noise, ", ".join(NOISES))
        if self.record is not None:
            self._check_recording()
        elif self.by_hand is not None:
            raise ConfigurationError("command line", "--by-hand", str(self.by_hand), "with --record")
        if self.understander is not None and self.understander not in UNDERSTANDERS:
            raise ConfigurationError("command line", "--understander", self.understander, ", ".join(UNDERSTANDERS))

    def _check_recording(self) -> None:
        told = ("command line", "--record", str(self.record))
        if self.replay is not None:
            raise ConfigurationError(*told, "without --replay")
        if self.repeat > 1:
            raise ConfigurationError(*told, "without --repeat: a dialogue has one recording")
        if self.model is None and self.by_hand is None:
            raise ConfigurationError(*told, "a configured model (OPENAI_API_KEY, OPENAI_MODEL) or --by-hand")
