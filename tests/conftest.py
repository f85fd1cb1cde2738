"""What tests stand on: one embedded Postgres, a fresh seeded database a test, the demo businesses, a standing clock."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from domain.business import Business, load_all
from domain.clock import StandingClock
from persistence import embedded
from persistence.database import Database
from persistence.migrate import upgrade
from persistence.seed import seed

ROOT = Path(__file__).parent.parent
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def businesses() -> Mapping[str, Business]:
    """The demo businesses by id."""
    return load_all(ROOT / "businesses")


@pytest.fixture
def clock() -> StandingClock:
    """Tuesday 10 March 2026, ten in the morning in São Paulo; it moves only by `advance`."""
    return StandingClock(datetime.fromisoformat("2026-03-10T10:00:00-03:00"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The url of a throw-away server's own database; the server dies with the test process, however that ends."""
    home = Path(tempfile.mkdtemp(prefix="prosa-tests-", dir="/var/tmp"))
    home.chmod(0o711)  # embedded Postgres may run as nobody
    server = embedded.start(home, {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"})
    yield server.url
    server.stop()
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def template(postgres: str, businesses: Mapping[str, Business]) -> str:
    """The name of a migrated database with the demo businesses in it, to be copied."""
    _execute(postgres, "CREATE DATABASE prosa_template")
    url = _named(postgres, "prosa_template")
    upgrade(url)

    async def fill() -> None:
        database = await Database.open(url, pool_size=1)
        await seed(database, businesses)
        await database.close()

    asyncio.run(fill())
    return "prosa_template"


@pytest.fixture
def database_url(postgres: str, template: str) -> Iterator[str]:
    """The owner's url of a fresh database: migrated, with the demo businesses, and nothing else."""
    name = f"test_{next(_numbers)}"
    _execute(postgres, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _named(postgres, name)
    _execute(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open pool on a fresh database, as the application's role."""
    database = await Database.open(database_url)
    yield database
    await database.close()


def _execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def _named(url: str, database: str) -> str:
    return url.rsplit("/", 1)[0] + f"/{database}"
