"""What came of a run, for machines: JUnit XML for a CI's pages, JSON for whatever else reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from evals.coverage import Coverage
from evals.edges import Edges
from evals.report import Result, Run, failed


def as_json(path: Path, run: Run, coverage: Coverage, edges: Edges) -> None:
    """Writes the run as JSON: each dialogue with its failures, the sums, what is covered and which edges are walked."""
    told = {
        "passed": run.passed,
        "played": len(run.results),
        "seconds": round(run.seconds, 3),
        "results": [_result(result) for result in run.results],
        "problems": [str(problem) for problem in run.problems],
        "pass_all_repeats": {"k": run.repeat, "passed": sum(run.repeated()), "dialogues": len(run.repeated())},
        "noise": {kind: _noise(run.with_noise(kind)) for kind in run.noises},
        "points": {"covered": coverage.points, "missing": coverage.missing},
        "edges": {"possible": len(edges.possible), "missing": edges.missing, "undeclared": edges.undeclared},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _result(result: Result) -> dict[str, Any]:
    return {
        "id": result.name,
        "path": str(result.path),
        "variant": result.variant,
        "passed": result.passed,
        "seconds": round(result.seconds, 3),
        "failures": [{"place": one.place, "line": one.line, "detail": one.detail} for one in result.failures],
    }


def _noise(results: list[Result]) -> dict[str, int]:
    return {"played": len(results), "passed": sum(result.passed for result in results)}


def junit(path: Path, run: Run) -> None:
    """Writes the run as JUnit XML; what cannot be read is an error."""
    tests, errors = len(run.results), len(run.problems)
    counts = {"tests": tests + errors, "failures": tests - run.passed, "errors": errors}
    attributes = {key: str(value) for key, value in counts.items()}
    suite = ElementTree.Element("testsuite", {"name": "dialogues", "time": f"{run.seconds:.3f}", **attributes})
    for result in run.results:
        named = {"name": result.title, "classname": str(result.path), "time": f"{result.seconds:.3f}"}
        case = ElementTree.SubElement(suite, "testcase", named)
        if not result.passed:
            first = {"message": _printable(result.failures[0].detail)}
            ElementTree.SubElement(case, "failure", first).text = _printable("\n".join(failed(result)))
        ElementTree.SubElement(case, "system-out").text = _printable("\n".join(result.transcript))
    for problem in run.problems:
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
