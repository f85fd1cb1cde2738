"""What came of a run, for people: a table, the failures with what was said before, the sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from evals.reading import Problem
from evals.walk import Edge


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that did not hold. `line` is its turn's in the file; `so_far` the transcript up to it."""

    place: str
    line: int
    detail: str
    so_far: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One dialogue played once. `variant` is "", the kind of noise, or the number of the repetition; `walked` the ways
    it took; `stale` what of its recording nobody asked for."""

    path: Path
    name: str
    variant: str
    seconds: float
    turns: int
    failures: tuple[Failure, ...]
    transcript: tuple[str, ...]
    walked: frozenset[Edge] = frozenset()
    stale: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.failures

    @property
    def title(self) -> str:
        return f"{self.name} [{self.variant}]" if self.variant else self.name


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that was played.

    `noises` are the kinds of perturbation asked for, `repeat` how often each played, `stale` recordings nobody needs.
    """

    results: tuple[Result, ...]
    problems: tuple[Problem, ...]
    seconds: float
    repeat: int = 1
    noises: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()

    @property
    def passed(self) -> int:
        return sum(result.passed for result in self.results)

    @property
    def walked(self) -> frozenset[Edge]:
        return frozenset(edge for result in self.results for edge in result.walked)

    def with_noise(self, kind: str) -> list[Result]:
        """The dialogues that this noise changed."""
        return [result for result in self.results if result.variant == kind]

    def repeated(self) -> list[bool]:
        """Of each dialogue, whether it passed all of its undisturbed runs: their share is pass^k."""
        plain = [result for result in self.results if result.variant not in self.noises]
        return [all(one.passed for one in same) for _, same in groupby(plain, key=lambda one: (one.path, one.name))]


def printed(run: Run, *, verbose: bool = False) -> Iterator[str]:
    """The run's lines: a table, what failed with the transcript so far, what could not be read, the sums."""
    width = max((len(result.title) for result in run.results), default=0)
    for result in run.results:
        mark = "ok  " if result.passed else "FAIL"
        yield f"{mark}  {result.title:<{width}}  {result.turns:>3} turns  {result.seconds * 1000:>6.0f} ms"
        if verbose:
            yield from (f"        {line}" for line in result.transcript)
    for result in run.results:
        yield from failed(result)
    for problem in run.problems:
        yield f"cannot read {problem}"
    yield from (f"stale recording: {each}" for each in run.stale)
    yield from _sums(run)


def _sums(run: Run) -> Iterator[str]:
    unread = f", {len({problem.path for problem in run.problems})} files cannot be read" if run.problems else ""
    yield ""
    yield f"{run.passed} of {len(run.results)} passed{unread} in {run.seconds:.1f} s"
    if run.repeat > 1:
        yield f"pass^{run.repeat}: {_share(run.repeated())}"
    if run.noises:
        yield from _noise(run)


def _noise(run: Run) -> Iterator[str]:
    """How many passed with each kind of noise. A dialogue it leaves as it is would pass for nothing: not counted."""
    dialogues, width = len(run.repeated()), max(map(len, ("in all", *run.noises)))
    yield "with noise:"
    for kind in run.noises:
        results = run.with_noise(kind)
        left_out = f", {dialogues - len(results)} left as they are" if len(results) < dialogues else ""
        yield f"  {kind:<{width}}  {_share([result.passed for result in results])}{left_out}"
    yield f"  {'in all':<{width}}  {_share([one.passed for kind in run.noises for one in run.with_noise(kind)])}"


def _share(passed: Sequence[bool]) -> str:
    share = f" ({sum(passed) / len(passed):.1%})" if passed else ""
    return f"{sum(passed)} of {len(passed)}{share}"


def failed(result: Result) -> Iterator[str]:
    """What did not hold, under the transcript up to it."""
    if result.passed:
        return
    yield ""
    yield f"FAIL  {result.title}"
    shown = 0
    for failure in result.failures:
        yield from (f"        {line}" for line in failure.so_far[shown:])
        shown = max(shown, len(failure.so_far))
        yield f"   ✗ {result.path}:{failure.line} {failure.place}: {failure.detail}"
