"""What the dialogues speak of: which of the points of docs/conversation.md, and which flows.

A dialogue says so by its tags: a point by its number (`17` or `p17`), a flow by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.format import Dialogue
from graph.flows import FLOWS

POINTS = 63  # as docs/conversation.md numbers them
NOT_SHOWN = {60: "the engine sends no reminders"}  # points that no dialogue can show, and why
_POINT = re.compile(r"p?(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The points that have a dialogue and those that have none; the flows without one."""

    points: tuple[int, ...]
    missing: tuple[int, ...]
    flows_without: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"points of conversation: {len(self.points)} of {POINTS}"]
        if self.missing:
            lines.append(f"  without a dialogue: {_spans(self.missing)}")
        lines += [f"  {point} cannot have one: {why}" for point, why in NOT_SHOWN.items() if point in self.missing]
        if self.flows_without:
            lines.append(f"flows without a dialogue: {', '.join(self.flows_without)}")
        return "\n".join(lines)


def measure(dialogues: Iterable[Dialogue]) -> Coverage:
    """What these dialogues cover. A flow is covered by its tag or by a turn that expects its intent."""
    points: set[int] = set()
    flows: set[str] = set()
    for dialogue in dialogues:
        points |= {number for number in map(_number, dialogue.tags) if number is not None}
        flows |= {*dialogue.tags, *(turn.expect.intent for turn in dialogue.turns if turn.expect.intent)}
    known = tuple(sorted(number for number in points if 1 <= number <= POINTS))
    missing = tuple(number for number in range(1, POINTS + 1) if number not in points)
    return Coverage(known, missing, tuple(sorted(set(FLOWS) - flows)))


def _number(tag: str) -> int | None:
    found = _POINT.fullmatch(tag)
    return int(found[1]) if found else None


def _spans(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 → "1-3, 7"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)
