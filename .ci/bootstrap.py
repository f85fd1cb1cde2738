"""Makes `.venv` with the locked dependencies, needing nothing but a Python ≥ 3.11 and the package index.

`--no-dev` leaves out what only developers need. What is there already stays.
Debian's python3 comes without ensurepip: then the venv is made bare and pip's own wheel, which runs unpacked, fills it.
"""

# ruff: noqa: T201, S310, UP036 — it talks to a terminal, fetches from the index, and may meet an old Python.

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
UV = ENVIRONMENT / "bin" / "uv"


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit(f"Prosa needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12")
    os.chdir(ROOT)
    if not _works(PYTHON):
        venv.create(ENVIRONMENT, with_pip=False, clear=ENVIRONMENT.exists())
    uv = _uv()
    settings = {**os.environ, "VIRTUAL_ENV": str(ENVIRONMENT), "UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT)}
    # --inexact keeps uv itself, which lives in the same environment and is not locked.
    command = [str(uv), "sync", "--frozen", "--inexact", "--python", str(PYTHON), *sys.argv[1:]]
    if subprocess.run([*command, "--quiet"], env=settings, check=False, stderr=subprocess.DEVNULL).returncode:
        # Behind a proxy with a certificate of its own only the system knows whom to trust. Two names: uv's new and old.
        trusting = {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true", **settings}
        sys.exit(subprocess.run(command, env=trusting, check=False).returncode)


def _uv() -> Path:
    if _works(UV):
        return UV
    if found := shutil.which("uv"):
        return Path(found)
    print("Installing uv into .venv …", flush=True)
    pip = [sys.executable, "-m", "pip"] if _has_pip() else [sys.executable, str(_pip_wheel())]
    if subprocess.run([*pip, "--python", str(PYTHON), "install", "--quiet", "uv"], check=False).returncode:
        sys.exit("uv could not be installed: see the lines above (is the package index reachable?)")
    return UV


def _has_pip() -> bool:
    return not subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode


def _pip_wheel() -> Path:
    """pip's wheel, which can be run as a program: `python pip.whl/pip`."""
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")
    request = urllib.request.Request(f"{index}/pip/", headers={"Accept": "application/vnd.pypi.simple.v1+json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        wheels = [file["url"] for file in json.load(answer)["files"] if file["filename"].endswith("-py3-none-any.whl")]
    path = Path(tempfile.mkdtemp()) / wheels[-1].rsplit("/", 1)[-1]
    with urllib.request.urlopen(wheels[-1], timeout=60) as answer:
        path.write_bytes(answer.read())
    return path / "pip"


def _works(program: Path) -> bool:
    return program.exists() and not subprocess.run([program, "--version"], capture_output=True, check=False).returncode


main()
