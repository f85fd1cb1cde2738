"""Reads dialogue files. What cannot be read is told with file, line and key."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from domain.business import Business
from evals.format import Dialogue, System
from tools.toolbox import TOOLS

Place = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file, or one dialogue of it, cannot be read. `line` counts from 1; `key` is the way to the value."""

    path: Path
    line: int
    key: str
    detail: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.key}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Script:
    """A dialogue and where it stands."""

    path: Path
    dialogue: Dialogue
    lines: tuple[int, ...]  # of each turn
    end: int  # the line of its `end`

    @property
    def name(self) -> str:
        return self.dialogue.id


def read_all(paths: Sequence[Path], businesses: Mapping[str, Business]) -> tuple[list[Script], list[Problem]]:
    """Every dialogue of these files and folders, and everything that is wrong with them."""
    scripts: list[Script] = []
    problems: list[Problem] = []
    for path in paths:
        files = sorted(path.rglob("*.y*ml")) if path.is_dir() else [path]
        if not files:
            problems.append(Problem(path, 1, "(folder)", "no dialogues in it"))
        for file in files:
            found, wrong = read(file, businesses)
            scripts += [script for script in found if all(script.path != one.path for one in scripts)]
            problems += wrong
    return scripts, problems


def read(path: Path, businesses: Mapping[str, Business]) -> tuple[list[Script], list[Problem]]:
    """The dialogues of one file, parted by `---`."""
    try:
        documents = list(_documents(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        return [], [Problem(path, 1, "(file)", f"cannot be read ({type(error).__name__})")]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        detail = str(getattr(error, "problem", None) or error)
        return [], [Problem(path, mark.line + 1 if mark else 1, "(file)", f"not YAML: {detail}")]
    if not documents:
        return [], [Problem(path, 1, "(file)", "no dialogue in it")]
    scripts: list[Script] = []
    problems: list[Problem] = []
    for node, data in documents:
        read_one = _read_one(path, node, data, businesses)
        if isinstance(read_one, Script):
            scripts.append(read_one)
        else:
            problems += read_one
    return scripts, problems


def _documents(text: str) -> Iterator[tuple[yaml.Node, object]]:
    loader = yaml.CSafeLoader(text)
    try:
        while loader.check_node():
            node = loader.get_node()
            if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
                continue  # nothing between two lines of dashes
            yield node, loader.construct_document(node)
    finally:
        loader.dispose()


def _read_one(path: Path, node: yaml.Node, data: object, businesses: Mapping[str, Business]) -> Script | list[Problem]:
    problems = [Problem(path, *oddity) for oddity in _oddities(node, "")]
    if not isinstance(data, dict):
        return [*problems, Problem(path, _line(node), "(document)", "a dialogue is a mapping of keys")]
    try:
        dialogue = Dialogue.model_validate(data)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)
        told = [
            Problem(path, *_located(node, tuple(each["loc"])), _worded(each["type"], each["msg"])) for each in wrong
        ]
        return problems + [problem for problem in told if problem.line not in {known.line for known in problems}]
    problems += [Problem(path, *_located(node, place), detail) for place, detail in _references(dialogue, businesses)]
    if problems:
        return problems
    turns = [_located(node, ("turns", number))[0] for number in range(len(dialogue.turns))]
    return Script(path, dialogue, tuple(turns), _located(node, ("end",))[0])


def _references(dialogue: Dialogue, businesses: Mapping[str, Business]) -> Iterator[tuple[Place, str]]:
    """What names something that does not exist, as (place, what is allowed)."""
    business = businesses.get(dialogue.business)
    if business is None:
        yield ("business",), f"there is no business {dialogue.business!r}; there are {', '.join(sorted(businesses))}"
        return
    for number, booking in enumerate(dialogue.seed.bookings):
        place: Place = ("seed", "bookings", number)
        if business.service(booking.service) is None:
            yield (*place, "service"), _unknown(booking.service, [service.id for service in business.services])
        if business.professional(booking.professional) is None:
            yield (*place, "professional"), _unknown(booking.professional, [one.id for one in business.professionals])
    for number, order in enumerate(dialogue.seed.orders):
        for item, line in enumerate(order.items):
            if business.product(line.product) is None:
                where: Place = ("seed", "orders", number, "items", item, "product")
                yield where, _unknown(line.product, [product.id for product in business.products])
    yield from _turn_references(dialogue, business)


def _turn_references(dialogue: Dialogue, business: Business) -> Iterator[tuple[Place, str]]:
    for number, turn in enumerate(dialogue.turns):
        place: Place = ("turns", number)
        said = [("user", one) for one in turn.user or ()] + [("meanwhile", one) for one in turn.meanwhile or ()]
        for key, message in said:
            earlier = message.duplicate_of
            if earlier is not None and (earlier > number or dialogue.turns[earlier - 1].user is None):
                yield (*place, key, "duplicate_of"), "the number of an earlier turn of the customer, from 1"
        if turn.system is not None:
            for below, told in _system_references(turn.system, business):
                yield (*place, "system", *below), told


def _system_references(system: System, business: Business) -> Iterator[tuple[Place, str]]:
    professionals = [one.id for one in business.professionals]
    services, products = [one.id for one in business.services], [one.id for one in business.products]
    if (slot := system.slot_taken) is not None:
        if slot.professional not in professionals:
            yield ("slot_taken", "professional"), _unknown(slot.professional, professionals)
        if slot.service is not None and slot.service not in services:
            yield ("slot_taken", "service"), _unknown(slot.service, services)
    yield from (
        (("tool_times_out", one), _unknown(one, sorted(TOOLS))) for one in _strange(system.tool_times_out, TOOLS)
    )
    yield from ((("stock", one), _unknown(one, products)) for one in _strange(system.stock, products))


def _strange(named: Iterable[str] | None, known: Collection[str]) -> list[str]:
    return [one for one in named or () if one not in known]


def _unknown(value: str, known: Sequence[str]) -> str:
    return f"there is no {value!r}; there are {', '.join(known) or 'none'}"


def _located(node: yaml.Node, place: Place) -> tuple[int, str]:
    """The line of a value, or of what should hold it; and the way there, without the steps that only we know."""
    line, key = _line(node), ""
    for depth, step in enumerate(place):
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == step), None)
            if found is not None:
                line, key, node = _line(found[0]), f"{key}.{step}" if key else str(step), found[1]
            elif depth == len(place) - 1 and isinstance(step, str):
                key = f"{key}.{step}" if key else step
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line, key = _line(node), f"{key}[{step}]"
    return line, key or "(document)"


def _oddities(node: yaml.Node, key: str) -> Iterator[tuple[int, str, str]]:
    """What YAML takes and nobody means: a key that stands twice (the last would win), a key without a value."""
    if isinstance(node, yaml.SequenceNode):
        for number, each in enumerate(node.value):
            yield from _oddities(each, f"{key}[{number}]")
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for name, value in node.value:
            here = f"{key}.{name.value}" if key else str(name.value)
            if name.value in seen:
                yield _line(name), here, "stands twice"
            seen.add(name.value)
            yield from _oddities(value, here)
    elif node.tag == "tag:yaml.org,2002:null":
        yield _line(node), key, "has no value"


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _worded(kind: str, message: str) -> str:
    match kind:
        case "extra_forbidden":
            return "unknown key"
        case "missing":
            return "missing"
        case _:
            return message.removeprefix("Value error, ")
