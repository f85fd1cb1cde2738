"""The `prosa` command: serve, work, chat, run dialogues, measure, look after the database and its users."""

from __future__ import annotations

import gc
import sys
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
import uvloop

import settings as knobs
from api import logs
from domain.errors import ConfigurationError, NotFound, ProsaError
from settings import Settings

if TYPE_CHECKING:  # loading persistence takes longer than most commands need
    from persistence.users import User, Users

commands = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
database = typer.Typer(no_args_is_help=True, help="The database: its schema, its businesses, its old checkpoints.")
people = typer.Typer(no_args_is_help=True, help="People who may sign in.")
classifier = typer.Typer(no_args_is_help=True, help="The local understander's intent classifier, for developers.")
commands.add_typer(database, name="db")
commands.add_typer(classifier, name="nlu")
commands.add_typer(people, name="users")

Role = Literal["admin", "agent"]
Understander = Literal["local", "cascade", "model"]
Email = Annotated[str, typer.Argument(help="The address they sign in with.")]
Password = Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)]


def app() -> None:
    """Runs a command. What went wrong on purpose is one line: 2 for a wrong setting, 1 for anything else."""
    try:
        commands()
    except ProsaError as error:
        print(f"prosa: {error}", file=sys.stderr)
        sys.exit(2 if isinstance(error, ConfigurationError) else 1)


@commands.command()
def serve(worker: Annotated[bool, typer.Option(help="Run a worker in the same process.")] = True) -> None:
    """Serves the chat page, webhooks and the REST interface."""
    _run(_serve(_settings(), worker))


@commands.command()
def worker() -> None:
    """Runs a worker alone. Any number may run, on any number of machines, on one database."""
    _run(_work(_settings()))


@commands.command()
def chat(business: Annotated[str, typer.Argument(help="A business's id.")] = "studio-aurora") -> None:
    """Chats with a business in the terminal; a number taps an option, an empty line ends it."""
    _run(_chat(_settings("WARNING"), business))


@commands.command()
def eval(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders; all dialogues when left out.")] = None,
    repeat: Annotated[int, typer.Option(min=1, help="Plays each this many times.")] = 1,
    perturb: Annotated[str, typer.Option(help="Once more with noise: typos,accents,abbreviations,case,split.")] = "",
    seed: Annotated[int, typer.Option(help="Another number makes other noise.")] = 0,
    understander: Annotated[Understander | None, typer.Option(help="Instead of what the dialogues say.")] = None,
    record: Annotated[Path | None, typer.Option(help="Keeps what the models answer in this folder.")] = None,
    by_hand: Annotated[Path | None, typer.Option(help="Records these answers, written by hand, instead.")] = None,
    replay: Annotated[Path | None, typer.Option(help="Takes models' answers from this folder; asks nobody.")] = None,
    only: Annotated[str, typer.Option("--filter", "-k", help="Those with this in id or path, or as a tag.")] = "",
    junit: Annotated[Path | None, typer.Option(help="Writes a JUnit report there.")] = None,
    json: Annotated[Path | None, typer.Option(help="Writes everything there as JSON.")] = None,
    edges: Annotated[bool, typer.Option("--edges", help="Tells which edges were not walked, in any case.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Dialogues played at a time.")] = 2,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Shows what was said.")] = False,
) -> None:
    """Plays dialogues: exits 0 when all pass, 1 when one fails, 2 when one cannot be read."""
    from evals.main import run
    from evals.options import Options
    from server import model_config

    settings = _settings("CRITICAL")  # the report tells what went wrong
    noises = tuple(kind.strip() for kind in perturb.split(",") if kind.strip())
    options = Options(
        repeat=repeat,
        noises=noises,
        seed=seed,
        understander=understander,
        junit=junit,
        json=json,
        edges=edges,
        record=record,
        by_hand=by_hand,
        replay=replay,
        only=only,
        jobs=jobs,
        verbose=verbose,
        model=model_config(settings),
        businesses=settings.prosa_businesses,
    )
    raise typer.Exit(run(paths or [], options))


@commands.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def bench(context: typer.Context) -> None:
    """Measures what must be reached: turns, ack, growth, waiting, understand, memory, start; all when none is named.

    --quick is shorter and less sure; --json FILE keeps every figure.
    """
    from bench.main import main as measure

    raise typer.Exit(measure(context.args))


@database.command()
def upgrade() -> None:
    """Brings the schema up to date; the start of a server does the same."""
    _run(_with_system("The schema is up to date."))


@database.command(name="seed")
def seed_businesses() -> None:
    """Loads the business files; the start of a server does the same. Stock is taken from them only the first time."""
    _run(_with_system("The businesses are loaded."))


@database.command()
def prune() -> None:
    """Drops the old checkpoints of all conversations that rest; workers do the same now and then."""
    _run(_prune(_settings()))


@classifier.command()
def train(check: Annotated[bool, typer.Option("--check", help="Only tells whether they are stale.")] = False) -> None:
    """Trains on the utterances and writes the weights; with --check exits 1 when they are older than what made them."""
    from understanding.local.training import train as training

    if not check:
        print(training.train())
        return
    fresh = training.is_fresh()
    print("The weights are fresh." if fresh else "The weights are stale: run `prosa nlu train`.")
    raise typer.Exit(0 if fresh else 1)


@classifier.command()
def report() -> None:
    """Cross-validated accuracy, coverage at 95, 98 and 99 % precision in each language, and the confusions."""
    from understanding.local.training import train as training

    print(training.report())


@people.command()
def add(
    email: Email,
    password: Password,
    name: Annotated[str, typer.Option(help="As customers and colleagues know them.")] = "",
    role: Annotated[Role, typer.Option()] = "agent",
    tenant: Annotated[str, typer.Option(help='A business\'s id; "*" sees all.')] = "*",
) -> None:
    """Adds somebody who may sign in."""
    _run(_add(_settings("WARNING"), email, name or email.partition("@")[0], password, role, tenant))


@people.command(name="list")
def list_people() -> None:
    """Lists who may sign in."""
    _run(_list(_settings("WARNING")))


@people.command()
def passwd(email: Email, password: Password) -> None:
    """Sets a password and signs them out everywhere."""
    _run(_passwd(_settings("WARNING"), email, password))


@people.command()
def disable(email: Email) -> None:
    """Signs somebody out everywhere, for good; what they did stays in their name."""
    _run(_disable(_settings("WARNING"), email))


def _settings(log_level: str | None = None) -> Settings:
    found = knobs.load()
    logs.configure(log_level or found.log_level)
    return found


def _run(work: Coroutine[Any, Any, None]) -> None:
    # Start-up makes hundreds of thousands of objects and a turn thousands, nearly all freed by counting: looking for
    # cycles as often as Python does by default costs a tenth of either.
    gc.set_threshold(20_000, 20, 50)
    uvloop.run(work)


async def _serve(settings: Settings, with_worker: bool) -> None:
    from api import serving
    from server import build, create_app

    listening = serving.listen(settings.prosa_host, settings.port)
    settings = settings.model_copy(update={"port": listening.getsockname()[1]})
    async with build(settings) as system:
        app = create_app(system)
        _settle()
        _greet(settings)
        await serving.run(app, listening, system.worker if with_worker else None)


def _settle() -> None:
    """What was built stays: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


def _greet(settings: Settings) -> None:
    """Where everything is and how to sign in. A configured password is not repeated."""
    generated = settings.admin_password is None
    password = settings.first_password() if generated else "(ADMIN_PASSWORD)"
    kept = f"   kept in {settings.prosa_home / 'admin-password'}" if generated else ""
    print(
        f"\n  Prosa is running.\n\n"
        f"    Chat      {settings.address}/chat\n"
        f"    API       {settings.address}/docs\n"
        f"    Sign in   POST {settings.address}/api/v1/auth/token\n"
        f"              username {settings.admin_email}\n"
        f"              password {password}{kept}\n\n"
        f"  Ctrl-C stops it.\n",
        flush=True,
    )


async def _work(settings: Settings) -> None:
    from server import build

    async with build(settings) as system:
        _settle()
        system.worker.stop_on_signals()
        await system.worker.run()


async def _chat(settings: Settings, business: str) -> None:
    import asyncio

    from api.terminal import talk
    from server import build

    async with build(settings) as system, asyncio.TaskGroup() as group:
        group.create_task(system.worker.run())
        try:
            await talk(system.parts, business, lambda: input("you: "), print)
        finally:
            system.worker.stop()


async def _with_system(done: str) -> None:
    from server import build

    async with build(_settings()):
        print(done)


async def _prune(settings: Settings) -> None:
    from persistence.pruning import Pruner
    from server import build

    async with build(settings) as system:
        parts = system.parts
        await Pruner(parts.database, parts.clock, parts.businesses, timedelta(0)).prune()


async def _add(settings: Settings, email: str, name: str, password: str, role: Role, tenant: str) -> None:
    from server import build

    async with build(settings) as system:
        parts = system.parts
        if tenant != "*" and tenant not in parts.businesses:
            raise ConfigurationError("command line", "--tenant", tenant, ", ".join(("*", *sorted(parts.businesses))))
        user = await parts.users.create(
            tenant, email, name, await parts.passwords.hash(password), role, parts.clock.now()
        )
        print(f"{user.email} may sign in ({user.role}, {user.tenant}).")


async def _list(settings: Settings) -> None:
    from server import build

    async with build(settings) as system:
        for user in await system.parts.users.all("*"):
            state = " disabled" if user.disabled else ""
            print(f"{user.email}\t{user.role}\t{user.tenant}\t{user.name}{state}")


async def _passwd(settings: Settings, email: str, password: str) -> None:
    from server import build

    async with build(settings) as system:
        user = await _known(system.parts.users, email)
        await system.parts.users.set_password(user, await system.parts.passwords.hash(password))
        print(f"{user.email} has a new password and is signed out everywhere.")


async def _disable(settings: Settings, email: str) -> None:
    from server import build

    async with build(settings) as system:
        user = await _known(system.parts.users, email)
        await system.parts.users.disable(user, system.parts.clock.now())
        print(f"{user.email} may not sign in any more.")


async def _known(users: Users, email: str) -> User:
    user = await users.find(email)
    if user is None:
        raise NotFound(f"Nobody signs in as {email}.")
    return user


if __name__ == "__main__":
    app()
