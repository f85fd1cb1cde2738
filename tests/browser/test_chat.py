"""One journey through the chat page in a real browser, against a real server: a haircut, booked by taps."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, async_playwright, expect

from persistence.database import Database

ROOT = Path(__file__).parent.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds


@pytest.fixture
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("No chromium here: install one (apt-get install chromium), or leave tests/browser out (make test).")
    return found


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of `prosa serve` on the test's database, on a Tuesday morning."""
    knobs = {
        "DATABASE_URL": database_url,
        "PORT": "0",
        "PROSA_HOME": str(tmp_path),
        "PROSA_CLOCK": "2026-03-10T10:00:00-03:00",
        "REPLY_PAUSE_SECONDS": "0.2",
        "UNDERSTANDER": "local",
        "LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "serve"], cwd=ROOT, env={**os.environ, **knobs}, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    address = next((found[1] for line in process.stdout if (found := re.search(r"Chat +(\S+)/chat", line))), None)
    assert address is not None, "the server did not start"
    yield address
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0


@pytest.fixture
async def page(chromium: str) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = await browser.new_page(locale="pt-BR")
        yield page
        await browser.close()


async def test_a_customer_books_a_haircut_by_tapping_and_every_request_stays_on_the_host(
    server: str, page: Page, database: Database
) -> None:
    hosts: set[str] = set()
    faults: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))

    await page.goto(f"{server}/chat")
    await page.get_by_role("link", name=re.compile("Studio Aurora")).click()
    log, entry = page.get_by_role("log"), page.locator("#text")
    await entry.fill("oi! quero marcar um corte feminino amanhã às 15h com a Ana")
    await entry.press("Enter")
    await expect(log).to_contain_text("quarta, 11/03, às 15:00", timeout=PATIENCE)
    await log.get_by_role("button", name="Sim").click()
    await expect(log).to_contain_text("Marcado!", timeout=PATIENCE)

    async with database.transaction("studio-aurora") as connection:
        rows = await (await connection.execute("SELECT service, professional, status FROM bookings")).fetchall()
    assert [tuple(row.values()) for row in rows] == [("corte-feminino", "ana", "confirmed")]
    assert {host for host in hosts if host} == {urlsplit(server).netloc}
    assert faults == []
