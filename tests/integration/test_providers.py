"""Several providers, each business's in its order: who fails is followed by the next, within one deadline and budget.

The real HTTP client asks loopback twins; money is in a real Postgres.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from structlog.testing import capture_logs

from domain.business import Business, ModelProvider, ModelRules
from domain.clock import StandingClock
from domain.errors import BudgetSpent, CircuitOpen, ConfigurationError, ModelError, NoProvider, RequestRejected
from domain.ports import AnswerCache, ModelMessage, Reuse, Spending
from evals.twins.openai_server import Failure, Hang, OpenAiServer, Text
from persistence.database import Database
from persistence.model_cache import ModelCache
from persistence.spending import Spending as Spent
from understanding.endpoint import Endpoint
from understanding.providers import Config, Providers

HELLO = (ModelMessage("user", "oi"),)
PAUSE = timedelta(seconds=30)
KEY = "sk-do-not-tell"


@dataclass
class Supply:
    """Two providers, each a twin: openai first unless a business says otherwise."""

    openai: OpenAiServer
    groq: OpenAiServer
    clock: StandingClock
    opened: list[Providers] = field(default_factory=list)

    def providers(self, spending: Spending | None = None, cache: AnswerCache | None = None, **limits: Any) -> Providers:
        """A process's own. Nothing is retried unless `limits` say so."""
        endpoints = tuple(
            Endpoint(name, f"{name}-model", twin.url, KEY, Decimal("0.50"), Decimal("2.00"))
            for name, twin in (("openai", self.openai), ("groq", self.groq))
        )
        built = Providers(Config(endpoints, **{"retries": 0, **limits}), self.clock, spending, cache)
        self.opened.append(built)
        return built


@pytest.fixture
async def supply(clock: StandingClock) -> AsyncIterator[Supply]:
    async with OpenAiServer((1000, 100)) as openai, OpenAiServer((2000, 10)) as groq, AsyncExitStack() as stack:
        both = Supply(openai, groq, clock)
        yield both
        for providers in both.opened:
            stack.push_async_callback(providers.close)


@pytest.fixture
def salon(businesses: Mapping[str, Business]) -> Business:
    return businesses["studio-aurora"]


@pytest.fixture
def shop(businesses: Mapping[str, Business]) -> Business:
    return businesses["pet-feliz"]


def ruled(business: Business, *providers: ModelProvider, budget: str | None = None) -> Business:
    """The business with a model block of its own."""
    rules = ModelRules(providers=providers, budget_per_day=None if budget is None else Decimal(budget))
    return business.model_copy(update={"model": rules})


async def said(providers: Providers, business: Business, **options: Any) -> str:
    """Who answered what."""
    answer = await providers.ask(business, "answer", HELLO, **options)
    return f"{answer.usage.provider}: {answer.text}"


# ── one after the other ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_second_answers_when_the_first_fails(supply: Supply, salon: Business) -> None:
    supply.openai.script(Failure(500), Text("oi!"))
    supply.groq.script(Text("olá!"))
    providers = supply.providers()
    assert await said(providers, salon) == "groq: olá!"
    assert await said(providers, salon) == "openai: oi!"


async def test_each_business_has_its_own_order(supply: Supply, salon: Business, shop: Business) -> None:
    supply.openai.script(Text("1"))
    supply.groq.script(Text("2"))
    providers = supply.providers()
    assert await said(providers, ruled(shop, "groq", "openai")) == "groq: 2"
    assert await said(providers, salon) == "openai: 1"


async def test_a_business_is_never_read_by_a_provider_it_does_not_name(supply: Supply, shop: Business) -> None:
    supply.groq.script(Failure(500))
    with pytest.raises(ModelError, match="groq: 500"):
        await said(supply.providers(), ruled(shop, "groq"))
    with pytest.raises(NoProvider):
        await said(supply.providers(), ruled(shop, "gemini", "local"))
    assert supply.openai.requests == []


async def test_when_all_fail_the_error_names_each_and_tells_no_secret(supply: Supply, salon: Business) -> None:
    leak = f'{{"error": {{"message": "Incorrect API key provided: {KEY}. You said: oi"}}}}'
    supply.openai.script(Failure(401, leak))
    supply.groq.script(Failure(429, leak))
    providers = supply.providers()
    with capture_logs() as logs, pytest.raises(ModelError) as caught:
        await said(providers, salon)
    assert str(caught.value) == "openai: 401, groq: 429"
    assert KEY not in f"{logs}{providers._config!r}{caught.value.__cause__!r}"
    assert {line["provider"] for line in logs} == {"openai", "groq"}


async def test_a_request_one_provider_rejects_is_asked_of_the_next(supply: Supply, salon: Business) -> None:
    supply.openai.script(*[Failure(400)] * 4)
    supply.groq.script(Text("olá!"), *[Failure(413)] * 3)
    providers = supply.providers()
    assert await said(providers, salon) == "groq: olá!"
    for _ in range(3):
        with pytest.raises(RequestRejected):
            await said(providers, salon)
    assert len(supply.openai.requests) == 4  # no customer's text opens a circuit


@pytest.mark.parametrize("after", ["nan", "-1", "soon"])
async def test_a_strange_wish_to_wait_is_none(supply: Supply, shop: Business, after: str) -> None:
    supply.groq.script(Failure(503, headers={"retry-after-ms": after}), Text("olá!"))
    assert await said(supply.providers(retries=1), ruled(shop, "groq")) == "groq: olá!"


@pytest.mark.parametrize(("address", "key"), [("http://host:port/v1", KEY), ("http://localhost/v1", f"{KEY}-ção")])
def test_an_address_or_a_key_that_cannot_be_one_stops_the_start(clock: StandingClock, address: str, key: str) -> None:
    with pytest.raises(ConfigurationError, match="groq's") as caught:
        Providers(Config((Endpoint("groq", "fast", address, key),)), clock)
    assert KEY not in f"{caught.value!r} {caught.value.__cause__!r}"


async def test_a_word_in_an_error_takes_no_temperature_away(supply: Supply, shop: Business) -> None:
    supply.groq.script(*[Failure(400, '{"error": "what is the temperature?"}')] * 2, Text("olá!"))
    providers, business = supply.providers(), ruled(shop, "groq")
    with pytest.raises(RequestRejected):
        await said(providers, business)
    await said(providers, business)
    assert ["temperature" in request for request in supply.groq.requests] == [True, False, True]


async def test_only_the_last_provider_is_tried_again(supply: Supply, salon: Business) -> None:
    supply.openai.script(Failure(503))
    supply.groq.script(Failure(503, headers={"retry-after-ms": "1"}), Text("olá!"))
    assert await said(supply.providers(retries=1), salon) == "groq: olá!"
    assert (len(supply.openai.requests), len(supply.groq.requests)) == (1, 2)


# ── breakers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_each_provider_has_a_breaker_of_its_own(supply: Supply, salon: Business) -> None:
    supply.openai.script(*[Failure(500)] * 3, Text("back"))
    supply.groq.script(*[Text("here")] * 5)
    providers = supply.providers()
    for _ in range(5):
        assert await said(providers, salon) == "groq: here"
    assert len(supply.openai.requests) == 3  # spared since

    supply.clock.advance(PAUSE)
    assert await said(providers, salon) == "openai: back"


async def test_when_all_are_spared_nobody_is_asked(supply: Supply, shop: Business) -> None:
    supply.groq.script(*[Failure(500)] * 3)
    providers, business = supply.providers(), ruled(shop, "groq")
    for _ in range(3):
        with pytest.raises(ModelError):
            await said(providers, business)
    with pytest.raises(CircuitOpen):
        await said(providers, business)
    assert len(supply.groq.requests) == 3


# ── one deadline ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_provider_that_hangs_leaves_the_next_its_share_of_the_time(supply: Supply, salon: Business) -> None:
    supply.openai.script(Hang())
    supply.groq.script(Text("olá!"))
    assert await said(supply.providers(seconds=2.0), salon) == "groq: olá!"


async def test_the_deadline_holds_for_all_of_them_together(supply: Supply, salon: Business) -> None:
    supply.openai.script(Hang())
    supply.groq.script(Hang())
    async with asyncio.timeout(20):
        with pytest.raises(ModelError, match="openai: TimeoutError, groq: TimeoutError"):
            await said(supply.providers(seconds=0.2, retries=9), salon)


async def test_an_asker_in_a_hurry_opens_no_circuit(supply: Supply, shop: Business) -> None:
    providers, business = supply.providers(seconds=30), ruled(shop, "groq")
    with supply.groq.hanging():  # for as long as it takes: some of them give up before their words have arrived
        for _ in range(4):
            with pytest.raises(ModelError, match="TimeoutError"):
                await said(providers, business, seconds=0.05)
    supply.groq.script(*[Text("olá!")] * 5)  # what was left behind may still arrive and take one each
    assert await said(providers, business) == "groq: olá!"


# ── money ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_an_answer_costs_follows_its_providers_tokens_and_price(supply: Supply, salon: Business) -> None:
    supply.openai.script(Text("oi!"))
    usage = (await supply.providers().ask(salon, "answer", HELLO)).usage
    assert usage.cost == (1000 * Decimal("0.50") + 100 * Decimal("2.00")) / 1_000_000 == Decimal("0.0007")
    assert usage.as_dict() == {
        "purpose": "answer",
        "provider": "openai",
        "model": "openai-model",
        "input_tokens": 1000,
        "output_tokens": 100,
        "latency_ms": 0,
        "cost": "0.0007",
        "cached": False,
    }


async def test_a_spent_budget_stops_all_processes_until_the_next_day(
    supply: Supply, salon: Business, database: Database
) -> None:
    here, there = (supply.providers(Spent(database), budget_per_day=Decimal("0.0014")) for _ in range(2))
    supply.openai.script(*[Text("oi!")] * 3)
    for providers in (here, there):
        await said(providers, salon)
    with capture_logs() as logs:
        for providers in (here, there, here):
            with pytest.raises(BudgetSpent):
                await said(providers, salon)
    assert [line["event"] for line in logs] == ["model_budget_spent"]
    assert len(supply.openai.requests) == 2

    supply.clock.advance(timedelta(hours=14))  # midnight in São Paulo
    assert await said(here, salon) == "openai: oi!"


async def test_no_business_spends_anothers_money(
    supply: Supply, salon: Business, shop: Business, database: Database
) -> None:
    providers = supply.providers(Spent(database), budget_per_day=Decimal("0.0007"))
    supply.openai.script(*[Text("oi!")] * 3)
    await said(providers, salon)
    with pytest.raises(BudgetSpent):
        await said(providers, salon)
    assert await said(providers, shop) == "openai: oi!"
    assert await said(providers, ruled(salon, budget="100")) == "openai: oi!"


async def test_a_budget_of_nothing_asks_nobody(supply: Supply, salon: Business, database: Database) -> None:
    with pytest.raises(BudgetSpent):
        await said(supply.providers(Spent(database)), ruled(salon, budget="0"))
    assert supply.openai.requests == []


async def test_while_nobody_knows_what_was_spent_nothing_is(supply: Supply, salon: Business, database_url: str) -> None:
    database = await Database.open(database_url)
    await database.close()
    supply.openai.script(Text("oi!"))
    providers = supply.providers(Spent(database))
    with pytest.raises(ModelError):
        await said(providers, ruled(salon, budget="1"))
    assert supply.openai.requests == []
    assert await said(providers, salon) == "openai: oi!"  # without a budget there is nothing to know


# ── the same question again ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def cache(clock: StandingClock) -> ModelCache:
    return ModelCache(clock, timedelta(minutes=10), "secret")


async def test_the_same_question_is_paid_once_while_the_answer_is_kept(
    supply: Supply, salon: Business, cache: ModelCache, database: Database
) -> None:
    providers = supply.providers(Spent(database), cache)
    supply.openai.script(Text("oi!"), Text("oi de novo!"))
    first = await providers.ask(salon, "answer", HELLO)
    again = await providers.ask(salon, "answer", HELLO)
    assert (again.text, again.usage.cached, again.usage.cost) == (first.text, True, Decimal(0))
    assert (again.usage.input_tokens, again.usage.model) == (0, "openai-model")

    supply.clock.advance(timedelta(minutes=10))
    assert await said(providers, salon) == "openai: oi de novo!"
    assert await Spent(database).spent(salon.id, supply.clock.now().date()) == 2 * first.usage.cost


async def test_a_kept_answer_serves_when_the_money_is_spent_and_all_are_down(
    supply: Supply, salon: Business, cache: ModelCache, database: Database
) -> None:
    providers = supply.providers(Spent(database), cache, budget_per_day=Decimal("0.0001"))
    supply.openai.script(Text("oi!"))
    await said(providers, salon)
    assert await said(providers, salon) == "openai: oi!"


@pytest.mark.parametrize(
    "other",
    [
        {"purpose": "voice"},
        {"messages": (ModelMessage("user", "tchau"),)},
        {"messages": (ModelMessage("system", "oi"),)},
        {"temperature": 0.7},
    ],
    ids=lambda other: next(iter(other)),
)
async def test_another_question_gets_another_answer(
    supply: Supply, salon: Business, cache: ModelCache, other: Mapping[str, Any]
) -> None:
    providers = supply.providers(cache=cache)
    supply.openai.script(Text("1"), Text("2"))
    same: dict[str, Any] = {"purpose": "answer", "messages": HELLO}
    await providers.ask(salon, **same)
    assert (await providers.ask(salon, **{**same, **other})).text == "2"


async def test_businesses_and_models_never_share_answers(
    supply: Supply, salon: Business, shop: Business, cache: ModelCache
) -> None:
    providers = supply.providers(cache=cache)
    supply.openai.script(Text("1"), Text("2"))
    supply.groq.script(Text("3"))
    assert await said(providers, salon) == "openai: 1"
    assert await said(providers, shop) == "openai: 2"
    assert await said(providers, ruled(salon, "groq")) == "groq: 3"


async def test_the_asker_says_what_makes_a_question_the_same_and_which_answers_last(
    supply: Supply, salon: Business, cache: ModelCache
) -> None:
    providers = supply.providers(cache=cache)
    supply.openai.script(Text("passes"), Text("lasts"))
    reuse = Reuse("greeting", lambda answer: answer.text == "lasts")
    texts = []
    for minute in range(3):
        asked = [ModelMessage("user", f"oi, são 10:0{minute}")]
        texts.append((await providers.ask(salon, "understand", asked, reuse=reuse)).text)
    assert texts == ["passes", "lasts", "lasts"]
