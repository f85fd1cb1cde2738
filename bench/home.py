"""A throw-away home: an embedded Postgres of the measurement's own, gone with it, and what it spends."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from domain.business import Business, load_all
from persistence import embedded
from persistence.database import Database
from persistence.migrate import upgrade
from persistence.seed import seed

ROOT = Path(__file__).parent.parent
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Home:
    """`folder` is a PROSA_HOME, `url` its database (the owner's), `server` the pid of its Postgres."""

    folder: Path
    url: str
    server: int

    def query(self, statement: str) -> int:
        """One number from the database, as its owner, whom no policy binds."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            row = connection.execute(statement.encode()).fetchone()
        return int(row[0]) if row else 0

    @property
    def bare_url(self) -> str:
        """A second database, which holds nothing of ours."""
        return self.url.rpartition("/")[0] + "/bare"

    def wal(self) -> int:
        """Bytes of write-ahead log since ever."""
        return self.query("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")

    def cpu(self) -> float:
        """Seconds of processor time that all of Postgres has used, processes that ended included. Linux only."""
        return sum(seconds(pid, ended=pid == self.server) for pid in (self.server, *_children(self.server)))


@contextmanager
def opened() -> Iterator[Home]:
    """A migrated and seeded database under the product's own settings. Call it in the main thread."""
    folder = Path(tempfile.mkdtemp(prefix="prosa-bench-", dir="/var/tmp"))
    folder.chmod(0o711)  # embedded Postgres may run as nobody
    server = embedded.start(folder)
    try:
        upgrade(server.url)
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE bare")
        asyncio.run(_fill(server.url))
        yield Home(folder, server.url, _postmaster(server.url))
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def businesses() -> Mapping[str, Business]:
    """The demo businesses by id."""
    return load_all(ROOT / "businesses")


async def _fill(url: str) -> None:
    database = await Database.open(url, pool_size=2)
    await seed(database, businesses())
    await database.close()


def _postmaster(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as connection:
        return _parent(connection.info.backend_pid)


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name: state, parent, … (man 5 proc)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _parent(pid: int) -> int:
    return int(_stat(pid)[1])


def _children(pid: int) -> list[int]:
    found = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [one for one in found if (fields := _stat(one)) and int(fields[1]) == pid]


def seconds(pid: int, *, ended: bool = False) -> float:
    """A process's processor time; with `ended` that of children that are gone, too."""
    fields = _stat(pid)
    return sum(map(int, fields[11 : 15 if ended else 13])) / _TICK if fields else 0.0
