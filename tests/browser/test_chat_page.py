"""The chat page in a real browser, before a server that is a few lines of this file."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Page, Route, async_playwright, expect

from channels.web import PAGES

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
HOST = "http://prosa.test"
POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; object-src 'none'"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no browser on this machine")


class Business:
    """What the page's server knows: answers each message with the next of `answers`."""

    def __init__(self) -> None:
        self.answers: list[dict[str, Any]] = []
        self.posted: list[dict[str, Any]] = []
        self.items: dict[str, list[dict[str, Any]]] = {}
        self.failures = 0
        self.elsewhere: list[str] = []

    async def serve(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if f"{address.scheme}://{address.netloc}" != HOST:
            self.elsewhere.append(route.request.url)
            await route.abort()
        elif address.path == "/chat/api/businesses":
            await route.fulfill(json={"items": [{"id": "pet", "name": "Pet Feliz", "persona": "Theo"}]})
        elif address.path == "/chat/api/messages":
            await route.fulfill(json=self._news(parse_qs(address.query)))
        elif address.path == "/webhooks/web":
            await route.fulfill(status=self._take(json.loads(route.request.post_data or "")), json={})
        else:
            name = address.path.removeprefix("/chat/static/")
            file = PAGES / (name if "/" not in name else "chat.html")
            headers = {"content-security-policy": POLICY, "content-type": TYPES[file.suffix]}
            await route.fulfill(body=file.read_text(), headers=headers)

    def say(self, session: str, role: str, text: str, **more: Any) -> None:
        items = self.items.setdefault(session, [])
        items.append({"seq": len(items) + 1, "role": role, "text": text, "at": "2026-03-10T10:00:00-03:00", **more})

    def _take(self, message: dict[str, Any]) -> int:
        if self.failures:
            self.failures -= 1
            return 400
        self.posted.append(message)
        self.say(message["session"], "customer", message["text"])
        if self.answers:
            self.say(message["session"], "bot", **self.answers.pop(0))
        return 200

    def _news(self, query: dict[str, list[str]]) -> dict[str, Any]:
        items = self.items.get(query["session"][0], [])[int(query["after"][0]) :]
        return {"items": items, "typing": False, "owner": "bot"}


@pytest.fixture
def business() -> Business:
    return Business()


@pytest.fixture
async def page(business: Business) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(locale="pt-BR", viewport={"width": 390, "height": 780})
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))
        await page.route("**/*", business.serve)
        await page.goto(f"{HOST}/chat")
        await page.get_by_role("link", name="Pet Feliz").click()
        yield page
        await page.unroute_all(behavior="ignoreErrors")
        await browser.close()
        assert broken == []
        assert business.elsewhere == []


async def write(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Mensagem").fill(text)
    await page.keyboard.press("Enter")


async def test_a_message_shows_at_once_and_once_and_its_answer_follows(page: Page, business: Business) -> None:
    business.answers = [{"text": "Olá! Sou o *Theo*."}]
    await write(page, "oi")
    await expect(page.get_by_role("log").locator("strong")).to_have_text("Theo")
    await expect(page.locator(".row.out")).to_have_count(1)
    await expect(page.get_by_role("img", name="lida")).to_have_count(1)


async def test_a_button_sends_its_id(page: Page, business: Business) -> None:
    business.answers = [{"text": "Confirma?", "options": [{"id": "confirm:yes", "title": "Sim"}]}]
    await write(page, "quero ração")
    await page.get_by_role("button", name="Sim").click()
    await expect(page.locator(".row.out")).to_have_count(2)
    assert (business.posted[1]["text"], business.posted[1]["choice"]) == ("Sim", "confirm:yes")


async def test_a_list_opens_a_sheet_and_sends_the_chosen_row(page: Page, business: Business) -> None:
    rows = [{"id": f"p{number}", "title": f"Ração {number}", "description": "R$ 10,00"} for number in range(5)]
    business.answers = [{"text": "Qual?", "options": rows, "menu": "Ver produtos"}]
    await write(page, "quero ração")
    await page.get_by_role("button", name="Ver produtos").click()
    sheet = page.get_by_role("dialog", name="Ver produtos")
    await expect(sheet.get_by_role("button", name="Enviar")).to_be_disabled()
    await sheet.get_by_role("radio", name="Ração 3").check()
    await sheet.get_by_role("button", name="Enviar").click()
    await expect(page.locator(".row.out")).to_have_count(2)
    assert business.posted[1]["choice"] == "p3"


async def test_markup_in_a_message_is_shown_as_text(page: Page, business: Business) -> None:
    business.answers = [{"text": "<img src=x onerror=alert(1)> *<b>x</b>* javascript:alert(1) snake_case_name"}]
    await write(page, "<script>alert(1)</script>")
    await expect(page.locator(".row.in .text")).to_contain_text("<img src=x onerror=alert(1)> <b>x</b> javascript")
    assert await page.locator(".text :is(img, script, b, a, em)").count() == 0


async def test_the_conversation_survives_a_reload_until_a_new_one_is_begun(page: Page, business: Business) -> None:
    business.answers = [{"text": "Olá!"}]
    await write(page, "oi")
    await expect(page.locator(".row.in .text")).to_have_text("Olá!")
    await page.reload()
    await expect(page.locator(".row.in .text")).to_have_text("Olá!")
    await page.get_by_role("button", name="Nova conversa").click()
    await expect(page.locator(".row .text")).to_have_count(0)
    await write(page, "oi de novo")
    await expect(page.locator(".row.out")).to_have_count(1)
    assert business.posted[0]["session"] != business.posted[1]["session"]


async def test_a_message_that_was_refused_can_be_sent_again(page: Page, business: Business) -> None:
    business.failures = 1
    await write(page, "oi")
    await page.get_by_role("button", name="Não enviada").click()
    await expect(page.get_by_role("img", name="lida")).to_have_count(1)
    await expect(page.locator(".row.out")).to_have_count(1)
    assert len(business.posted) == 1
