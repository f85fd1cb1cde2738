"""Runs dialogues: reads them, plays each in a world of its own, reports. What `prosa eval` calls."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

from domain.business import Business, load_all
from domain.clock import RunningClock
from evals import coverage, edges, export, report
from evals.edges import Edges
from evals.options import Options
from evals.perturb import NOISES, disturbed
from evals.reading import Script, read_all
from evals.report import Result, Run
from evals.run import Stage, play
from evals.tape import path_of
from evals.world import Lent
from persistence import embedded
from persistence.copies import Copies
from persistence.database import Database
from persistence.migrate import upgrade
from persistence.seed import seed
from persistence.users import Users
from understanding.local.reader import LocalUnderstander

DIALOGUES = Path(__file__).parent / "dialogues"

# Everything is thrown away at the end: nothing needs to survive a power cut.
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def run(paths: Sequence[Path], options: Options | None = None, show: Callable[[str], None] = print) -> int:
    """0: every dialogue passed. 1: one failed. 2: one cannot be read; the others are played all the same.

    Call it in the main thread. Raises ConfigurationError for an option that makes no sense.
    """
    options = options or Options()
    options.check()
    began = time.perf_counter()
    businesses = load_all(options.businesses)
    scripts, problems = read_all(paths or [DIALOGUES], businesses)
    wanted = [script for script in scripts if _wanted(script, options.only)]
    results = _results(wanted, businesses, options) if wanted else []
    seconds = time.perf_counter() - began
    stale = (*(each for result in results for each in result.stale), *_left_over(wanted, options))
    played = Run(tuple(results), tuple(problems), seconds, options.repeat, options.noises, stale)
    for line in report.printed(played, verbose=options.verbose):
        show(line)
    _tell(played, wanted, businesses, options, show, whole=not paths and not options.only)
    if problems or not results:
        return 2
    return 0 if played.passed == len(results) else 1


def _tell(
    played: Run,
    scripts: Sequence[Script],
    businesses: Mapping[str, Business],
    options: Options,
    show: Callable[[str], None],
    *,
    whole: bool,
) -> None:
    """What is covered, to people and machines. `whole`: everything was played, so that what is missing is missing."""
    covered = coverage.measure(script.dialogue for script in scripts)
    walked = Edges(edges.possible(businesses.values()), played.walked)
    if whole:
        show(str(covered))
    if whole or options.edges:
        show(str(walked))
    if options.junit is not None:
        export.junit(options.junit, played)
    if options.json is not None:
        export.as_json(options.json, played, covered, walked)


def _left_over(scripts: Sequence[Script], options: Options) -> list[str]:
    """Recordings of no dialogue at all. What only part of the dialogues would need is not told."""
    if options.replay is None or options.only:
        return []
    known = {path_of(options.replay, script.name, noise) for script in scripts for noise in ("", *NOISES)}
    return [f"{path}: no such dialogue" for path in sorted(options.replay.glob("*.json")) if path not in known]


def _wanted(script: Script, only: str) -> bool:
    return not only or only in script.name or only in str(script.path) or only in script.dialogue.tags


def _results(scripts: Sequence[Script], businesses: Mapping[str, Business], options: Options) -> list[Result]:
    with _server(options.server) as url:
        copies = Copies(url, f"evals_{secrets.token_hex(4)}")
        return asyncio.run(_play_all(scripts, businesses, options, copies))


async def _play_all(
    scripts: Sequence[Script], businesses: Mapping[str, Business], options: Options, copies: Copies
) -> list[Result]:
    """Several worlds at a time; the results in the order of the scripts."""
    variants = [each for script in scripts for each in _variants(script, options)]
    free: asyncio.Queue[Lent] = asyncio.Queue()
    async with _staged(businesses, options, copies) as stage, AsyncExitStack() as stack:
        for number in range(min(options.jobs, len(variants))):
            url = await stack.enter_async_context(copies.one(f"{copies.template}_{number}"))
            database = await Database.open(url, pool_size=2)
            stack.push_async_callback(database.close)
            free.put_nowait(Lent(url, database))

        async def one(script: Script, variant: str) -> Result:
            lent = await free.get()
            try:
                return await play(script, stage, lent, variant)
            finally:
                free.put_nowait(lent)

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(*each)) for each in variants]
    return [task.result() for task in tasks]


def _variants(script: Script, options: Options) -> Iterator[tuple[Script, str]]:
    """The dialogue as it is, as often as asked, then once with each kind of noise that changes anything in it."""
    if options.understander is not None:
        script = replace(script, dialogue=script.dialogue.model_copy(update={"understander": options.understander}))
    for number in range(options.repeat):
        yield script, f"{number + 1} of {options.repeat}" if options.repeat > 1 else ""
    for noise in options.noises:
        noisy = disturbed(script.dialogue, noise, options.seed)
        if noisy is not None:
            yield replace(script, dialogue=noisy), noise


@asynccontextmanager
async def _staged(businesses: Mapping[str, Business], options: Options, copies: Copies) -> AsyncIterator[Stage]:
    """The template: migrated, the businesses and one agent in it."""
    await copies.prepare()
    try:
        await asyncio.to_thread(upgrade, copies.template_url)
        database = await Database.open(copies.template_url, pool_size=1)
        await seed(database, businesses)
        agent = await Users(database).create("*", "agent@localhost", "Paula", "!", "agent", RunningClock().now())
        await database.close()
        yield Stage(copies, businesses, agent.id, LocalUnderstander(), options.model, options.tapes, options.hands())
    finally:
        await copies.forget()


@contextmanager
def _server(url: str | None) -> Iterator[str]:
    """A server to make databases on: the one given, or one of its own that leaves nothing behind."""
    if url is not None:
        yield url
        return
    home = Path(tempfile.mkdtemp(prefix="prosa-evals-"))
    home.chmod(0o711)  # Postgres may run as nobody
    server = embedded.start(home, _CARELESS)
    try:
        yield server.url
    finally:
        server.stop()
        shutil.rmtree(home)
