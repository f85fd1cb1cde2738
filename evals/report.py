"""What came of a run: a table and the failures for people, JUnit XML for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from evals.reading import Problem


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that did not hold. `line` is its turn's in the file; `so_far` the transcript up to it."""

    place: str
    line: int
    detail: str
    so_far: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One dialogue played once. `variant` is "", the kind of noise, or the number of the repetition."""

    path: Path
    name: str
    variant: str
    seconds: float
    turns: int
    failures: tuple[Failure, ...]
    transcript: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.failures

    @property
    def title(self) -> str:
        return f"{self.name} [{self.variant}]" if self.variant else self.name


def printed(
    results: Sequence[Result], problems: Sequence[Problem], seconds: float, *, verbose: bool = False
) -> Iterator[str]:
    """The run's lines: a table, what failed with the transcript so far, what could not be read, the sum."""
    width = max((len(result.title) for result in results), default=0)
    for result in results:
        mark = "ok  " if result.passed else "FAIL"
        yield f"{mark}  {result.title:<{width}}  {result.turns:>3} turns  {result.seconds * 1000:>6.0f} ms"
        if verbose:
            yield from (f"        {line}" for line in result.transcript)
    for result in results:
        yield from _failed(result)
    for problem in problems:
        yield f"cannot read {problem}"
    passed = sum(result.passed for result in results)
    unread = f", {len({problem.path for problem in problems})} files cannot be read" if problems else ""
    yield ""
    yield f"{passed} of {len(results)} passed{unread} in {seconds:.1f} s"


def _failed(result: Result) -> Iterator[str]:
    if result.passed:
        return
    yield ""
    yield f"FAIL  {result.title}"
    shown = 0
    for failure in result.failures:
        yield from (f"        {line}" for line in failure.so_far[shown:])
        shown = max(shown, len(failure.so_far))
        yield f"   ✗ {result.path}:{failure.line} {failure.place}: {failure.detail}"


def junit(path: Path, results: Sequence[Result], problems: Sequence[Problem], seconds: float) -> None:
    """Writes the run as JUnit XML; what cannot be read is an error."""
    failed = sum(not result.passed for result in results)
    counts = {"tests": len(results) + len(problems), "failures": failed, "errors": len(problems)}
    attributes = {key: str(value) for key, value in counts.items()}
    suite = ElementTree.Element("testsuite", {"name": "dialogues", "time": f"{seconds:.3f}", **attributes})
    for result in results:
        named = {"name": result.title, "classname": str(result.path), "time": f"{result.seconds:.3f}"}
        case = ElementTree.SubElement(suite, "testcase", named)
        if not result.passed:
            first = {"message": _printable(result.failures[0].detail)}
            ElementTree.SubElement(case, "failure", first).text = _printable("\n".join(_failed(result)))
        ElementTree.SubElement(case, "system-out").text = _printable("\n".join(result.transcript))
    for problem in problems:
        case = ElementTree.SubElement(suite, "testcase", {"name": problem.key, "classname": str(problem.path)})
        ElementTree.SubElement(case, "error", {"message": str(problem)})
    root = ElementTree.Element("testsuites")
    root.append(suite)
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _printable(text: str) -> str:
    """XML has no place for control characters, and customers send them."""
    return "".join(
        letter if letter in "\n\t" or (letter >= " " and letter not in "\ufffe\uffff") else "�" for letter in text
    )
