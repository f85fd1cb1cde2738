"""What exists is told, and what is told exists: commands, flows, tools, sentences, decisions, folders.

The settings have the same promise in test_settings.py.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

import cli
from domain.business import load_all
from evals import coverage
from evals.reading import read_all
from graph.wording import templates
from tools.toolbox import TOOLS

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
GENERATED = ("__pycache__", "build", ".egg-info")


def commands(group: typer.Typer, name: str) -> Iterator[str]:
    """The full names of all commands: `prosa serve`, `prosa db upgrade`…"""
    for command in group.registered_commands:
        yield f"{name} {command.name or getattr(command.callback, '__name__', '')}"
    for sub in group.registered_groups:
        assert sub.typer_instance is not None
        yield from commands(sub.typer_instance, f"{name} {sub.name}")


def told_commands() -> set[str]:
    """Those of the README's table, where `prosa db upgrade\\|seed` tells two."""
    told = set()
    for words in re.findall(r"`(prosa [a-z]+(?: [a-z\\|]+)?)", README):
        *group, last = words.split()
        told |= {" ".join([*group, each]) for each in last.split("\\|")} | {" ".join(words.split()[:2])}
    return told


def code_of(folder: str) -> Iterator[ast.AST]:
    """Every node of a package's source."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def said_patterns() -> Iterator[str]:
    """What the graph's strings can spell: a plain one itself, an f-string with anything in its gaps."""
    for node in code_of("graph"):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            if any(isinstance(part, str) and re.search(r"\w", part) for part in parts):
                yield "".join(r"[\w.-]+" if part is None else re.escape(str(part)) for part in parts)


def test_every_command_is_in_the_readme() -> None:
    assert set(commands(cli.commands, "prosa")) <= told_commands()


def test_every_make_target_is_in_the_readme() -> None:
    (targets,) = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(targets.split()) <= set(re.findall(r"`make (\w+)`", README))


def test_every_folder_is_in_the_readmes_table() -> None:
    folders = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and not path.name.endswith(GENERATED)
    }
    rows = [line.split("|")[1] for line in README.splitlines() if line.startswith("| `")]
    assert folders <= {name for row in rows for name in re.findall(r"`(\w+)/`", row)}


def test_every_flow_has_a_dialogue() -> None:
    scripts, problems = read_all([ROOT / "evals" / "dialogues"], load_all(ROOT / "businesses"))
    assert problems == []
    assert coverage.measure(script.dialogue for script in scripts).flows_without == ()


def test_every_point_of_conversation_is_told() -> None:
    told = re.findall(r"^(\d+)\. ", (ROOT / "docs" / "conversation.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert told == [str(number) for number in range(1, coverage.POINTS + 1)]


def test_every_tool_a_flow_calls_exists() -> None:
    called = {
        node.args[0].value
        for node in code_of("graph")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "call"
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    assert called <= TOOLS.keys()
    assert len(called) > 15


def test_every_sentence_is_said_somewhere() -> None:
    said = re.compile("|".join(sorted(set(said_patterns()))))
    also = {"human.error"}  # said by server.py when nothing else works
    assert {key for key in templates("pt-BR") if not said.fullmatch(key)} - also == set()


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_every_decision_tells_context_options_choice_and_consequences(decision: Path) -> None:
    headings = re.findall(r"^## (.+)$", decision.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == ["Context", "Options", "Choice", "Consequences"]
