"""Plays one dialogue from its first turn to the state it leaves behind, in a world of its own."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from domain.business import Business
from domain.clock import StandingClock
from domain.errors import ProsaError
from domain.ports import Row, Understander
from evals import expect, seeding, world
from evals.by_hand import Answers, ByHand
from evals.format import Agent, Dialogue, System, Turn
from evals.model import Faults, Sources, asks_models, minded
from evals.perturb import NOISES
from evals.play import Played, Player
from evals.reading import Script
from evals.report import Failure, Result
from evals.tape import Mode, Tape, inserted
from evals.walk import Edge
from evals.world import Lent
from persistence.copies import Copies
from understanding.providers import Config


@dataclass(frozen=True, slots=True)
class Stage:
    """What all dialogues of a run share.

    `agent` is the id of the person at the desk; `model` the configured one; `tapes` where recordings are, and whether
    they are made or used; `by_hand` answers that take the model's place, by dialogue.
    """

    copies: Copies
    businesses: Mapping[str, Business]
    agent: str
    local: Understander
    model: Config | None = None
    tapes: tuple[Mode, Path] | None = None
    by_hand: Mapping[str, Answers] = field(default_factory=dict)

    def tape(self, dialogue: Dialogue, variant: str) -> Tape | None:
        """The recording of a dialogue that asks models; repetitions share one."""
        if self.tapes is None or not asks_models(dialogue):
            return None
        return inserted(*self.tapes, dialogue.id, variant if variant in NOISES else "")


@dataclass(slots=True)
class _Record:
    """What was said and what failed, while it plays."""

    lines: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    walked: frozenset[Edge] = frozenset()
    stale: tuple[str, ...] = ()

    def fail(self, place: str, line: int, details: Sequence[str]) -> None:
        self.failures += [Failure(place, line, detail, tuple(self.lines)) for detail in details]


async def play(script: Script, stage: Stage, lent: Lent, variant: str = "") -> Result:
    """Plays a dialogue on a database, emptied first. A turn that fails does not stop it."""
    began = time.perf_counter()
    record = _Record()
    try:
        await _play(script, stage, lent, record, stage.tape(script.dialogue, variant))
    except ProsaError as error:
        record.fail("the world", script.lines[0], [f"{type(error).__name__}: {error}"])
    seconds = time.perf_counter() - began
    return Result(
        script.path,
        script.name,
        variant,
        seconds,
        len(script.dialogue.turns),
        tuple(record.failures),
        tuple(record.lines),
        record.walked,
        record.stale,
    )


async def _play(script: Script, stage: Stage, lent: Lent, record: _Record, tape: Tape | None) -> None:
    dialogue, clock, faults = script.dialogue, StandingClock(script.dialogue.clock), Faults()
    business = stage.businesses[dialogue.business]
    async with AsyncExitStack() as stack:
        await stage.copies.empty(lent.url, stage.businesses)
        written = ByHand(stage.by_hand[dialogue.id]) if dialogue.id in stage.by_hand else None
        sources = Sources(stage.model, written, tape)
        mind = await stack.enter_async_context(minded(dialogue, stage.local, faults, sources, clock))
        here = await stack.enter_async_context(world.opened(lent, dialogue, business, mind, clock))
        await seeding.seed(here, dialogue.seed)
        player = Player(here, faults, stage.agent, tape)
        for number, turn in enumerate(dialogue.turns):
            played = await player.play(turn)
            record.lines += _told(turn, played)
            wrong = [*expect.after_turn(turn.expect, played), *_taken(tape)]
            record.fail(f"turn {number + 1}", script.lines[number], wrong)
        record.walked = here.walked
        record.stale = tuple(tape.end()) if tape is not None else ()
        wrong = [*await expect.at_end(dialogue.end, here), *(written.left() if written is not None else ())]
        record.fail("end", script.end, wrong)


def _taken(tape: Tape | None) -> list[str]:
    """What is wrong with the recording since it was looked at last."""
    if tape is None:
        return []
    problems, tape.problems = tape.problems, []
    return problems


def _told(turn: Turn, played: Played) -> list[str]:
    """The turn as a transcript."""
    lines = [f"({turn.after} later)"] if turn.after else []
    lines += [f"system: {_plain(turn.system)}"] if turn.system else []
    lines += [f"agent: {_plain(turn.agent)}"] if turn.agent and not turn.agent.reply else []
    for row in played.said:
        lines += f"{row['role']}: {_text(row)}".replace("\n", f"\n{' ' * len(row['role'])}  ").splitlines()
    understood = ", ".join(played.read.get("intents", ()))
    tools = ", ".join(call["tool"] for call in played.read.get("tools", ()))
    if turn.user:
        lines.append(
            f"  · intents {understood or '–'} · tools {tools or '–'} · asks {played.asks} · owner {played.owner}"
        )
    return lines


def _text(row: Row) -> str:
    if row["message"]:
        return expect.shown(row["message"])
    kind = row["content"].get("kind", "text")
    return row["text"] if kind == "text" else f"({kind}) {row['text']}"


def _plain(what: Agent | System) -> str:
    given = what.model_dump(mode="json", exclude_unset=True, by_alias=True)
    return ", ".join(f"{key}: {value}" for key, value in given.items())
