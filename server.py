"""The composition root: builds every part from the settings, and the FastAPI application on top of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from pydantic import SecretStr

from api import VERSION, auth, books, chat, conversations, docs, handoffs, health, problems, users, webhooks
from api.front import Front
from api.limiter import Limiter
from api.metrics import CountedModels, CountedOutbox, CountedUnderstander, Metrics
from api.parts import Parts
from api.passwords import Passwords
from api.tokens import Tokens
from channels.web import PAGES, Web
from channels.whatsapp import Config, WhatsApp
from domain.business import Business, load_all
from domain.clock import Clock, RunningClock
from domain.ports import Channel, Models, Pending, Understander, Unit
from engine.attention import Attention
from engine.deliver import Deliverer
from engine.receive import Receiver
from engine.turn import Answering, TurnRunner
from engine.worker import Pace, Worker
from graph import run
from graph.build import builder
from graph.state import TurnContext
from graph.voice import Voice
from graph.wording import wording
from persistence import embedded
from persistence.chats import Chats
from persistence.cipher import serializer
from persistence.database import Database
from persistence.desk import Desk
from persistence.lanes import Lanes
from persistence.model_cache import ModelCache
from persistence.outbox import Outbox
from persistence.pruning import Pruner
from persistence.receive import Inbox
from persistence.schema import is_current
from persistence.seed import seed
from persistence.spending import Spending
from persistence.unit import Units
from persistence.users import Users
from persistence.waiting import Waiting
from persistence.wakeup import Wakeup
from settings import Settings
from tools.toolbox import Toolbox
from understanding.cascade import Cascade
from understanding.endpoint import Endpoint
from understanding.local import topics
from understanding.local.reader import LocalUnderstander
from understanding.model import ModelUnderstander
from understanding.patience import Patience
from understanding.providers import Config as ModelConfig
from understanding.providers import Providers
from understanding.wire import DIALECTS, Dialect

_REST_BEFORE_PRUNING = timedelta(minutes=10)
_SIGN_IN_FAILURES = "10/minute"

log = structlog.get_logger("server")


@dataclass(frozen=True, slots=True)
class System:
    """A running installation: what the interface is made of, and a worker that has not begun."""

    settings: Settings
    parts: Parts
    worker: Worker


@asynccontextmanager
async def build(settings: Settings) -> AsyncIterator[System]:
    """Opens the database (migrated, seeded, with its first administrator) and puts every part together.

    Call it in the main thread: an embedded Postgres lives as long as that. Raises ConfigurationError or Unavailable.
    """
    clock = RunningClock(settings.prosa_clock)
    businesses = load_all(settings.prosa_businesses)
    async with AsyncExitStack() as stack:
        url = _database_url(settings, stack)
        _migrate(url)
        database = await Database.open(url, settings.pool_size)
        stack.push_async_callback(database.close)
        await seed(database, businesses)
        lanes = Lanes(database, await stack.enter_async_context(Wakeup(url)))
        channels = _channels(settings, clock)
        for channel in channels.values():
            stack.push_async_callback(channel.close)
        metrics = Metrics()
        limiter = Limiter(_SIGN_IN_FAILURES, _secret(settings.redis_url) or None)
        stack.push_async_callback(limiter.close)
        parts = Parts(
            address=settings.address,
            clock=clock,
            businesses=businesses,
            channels=channels,
            receiver=Receiver(Inbox(database, settings.reply_pause_seconds), businesses, clock),
            database=database,
            desk=Desk(database, clock),
            chats=Chats(database),
            users=Users(database),
            tokens=Tokens(settings.key(), clock, settings.token_minutes),
            limiter=limiter,
            metrics=metrics,
            waiting=Waiting(database),
        )
        await _ensure_administrator(settings, parts.users, parts.passwords, clock)
        models = _models(settings, parts, stack)
        understander = _understander(settings, models, clock)
        attention = Attention(channels if settings.mark_read else {})
        stack.push_async_callback(attention.close)
        answering = _answering(settings, CountedUnderstander(understander, metrics), models)
        answer = metrics.timed(attention.shown(answering))
        yield System(settings, parts, _worker(settings, parts, lanes, answer, models))


def create_app(system: System) -> FastAPI:
    """The web application of a built system. Whoever built the system runs its worker and closes it."""
    app = FastAPI(
        title="Prosa",
        version=VERSION,
        description="Business conversations: webhooks in, bookings and orders out, people in between.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.parts = system.parts
    app.add_middleware(Front)
    problems.install(app)
    for part in (webhooks, auth, users, books, conversations, handoffs, health, docs):
        app.include_router(part.router)
    app.mount("/chat/static", StaticFiles(directory=PAGES), name="chat-static")
    app.include_router(chat.router)
    app.openapi = lambda: docs.describe(app)  # type: ignore[method-assign]  # FastAPI's own way to extend the document
    return app


def _database_url(settings: Settings, stack: AsyncExitStack) -> str:
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    server = embedded.start(settings.prosa_home.absolute())
    stack.callback(server.stop)
    return server.url


def _migrate(url: str) -> None:
    if not is_current(url):
        from persistence.migrate import upgrade  # loads Alembic, which nearly every start can do without

        upgrade(url)


def _channels(settings: Settings, clock: Clock) -> Mapping[str, Channel]:
    """Every provider: adding one is its module and a line here."""
    whatsapp = Config(
        access_token=_secret(settings.whatsapp_access_token),
        verify_token=_secret(settings.whatsapp_verify_token),
        app_secret=_secret(settings.app_secret),
        graph_api_url=settings.graph_api_url,
        graph_api_version=settings.graph_api_version,
    )
    channels: tuple[Channel, ...] = (WhatsApp(whatsapp, clock), Web(clock))
    return {channel.name: channel for channel in channels}


def _worker(settings: Settings, parts: Parts, lanes: Lanes, answer: Answering, models: Models | None) -> Worker:
    units = Units(parts.database, parts.clock, serializer(settings.key()))
    turns = TurnRunner(units, lanes, parts.businesses, answer, parts.clock, _apology)
    outbox = CountedOutbox(Outbox(parts.database), parts.metrics)
    voice = None
    if models is not None and settings.openai_temperature > 0:
        voice = Voice(models, parts.businesses, parts.clock, settings.openai_temperature)
    deliveries = Deliverer(outbox, lanes, parts.channels, parts.clock, settings.uncertain_grace_seconds, voice=voice)
    pruner = Pruner(parts.database, parts.clock, parts.businesses, _REST_BEFORE_PRUNING)
    pace = Pace(settings.turn_concurrency, settings.delivery_concurrency, lease=settings.lease_seconds)
    return Worker(lanes, turns.run, deliveries.run, pruner.prune, pace)


def _answering(settings: Settings, understander: Understander, models: Models | None) -> Answering:
    graph = builder.compile()
    asked = None if settings.understands_by == "local" else models

    async def answer(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> run.Answer:
        context = TurnContext(
            business=business,
            now=now,
            understander=understander,
            tools=Toolbox(business, unit.records, now, unit.looking, topics.about, pending.standing, pending.ordered),
            conversation=thread.partition(":")[2],
            handoff=pending.handoff,
            history_limit=settings.max_history_messages,
            models=asked,
        )
        return await run.answer(graph, thread, pending, context, unit.saver)

    return answer


def model_config(settings: Settings) -> ModelConfig | None:
    """The configured models; None without one."""
    endpoints = tuple(
        Endpoint(
            model.provider,
            model.name or "",
            model.address,
            _secret(model.key),
            model.price_input,
            model.price_output,
            DIALECTS.get(model.provider, Dialect()),
        )
        for model in settings.models
    )
    if not endpoints:
        return None
    return ModelConfig(endpoints, settings.openai_timeout_seconds, budget_per_day=settings.model_budget_brl_per_day)


def _models(settings: Settings, parts: Parts, stack: AsyncExitStack) -> Models | None:
    """The configured models, their money and their memory shared by all processes; None without one."""
    config = model_config(settings)
    if config is None:
        return None
    cache = None
    if settings.model_cache_seconds:
        lifetime = timedelta(seconds=settings.model_cache_seconds)
        cache = ModelCache(parts.clock, lifetime, settings.key(), _secret(settings.redis_url) or None)
        stack.push_async_callback(cache.close)
    providers = Providers(config, parts.clock, Spending(parts.database), cache)
    stack.push_async_callback(providers.close)
    _warn_of_budgets_without_prices(settings, parts.businesses.values())
    return CountedModels(providers, parts.metrics)


def _warn_of_budgets_without_prices(settings: Settings, businesses: Iterable[Business]) -> None:
    """What costs nothing spends nothing: such a budget holds nobody back."""
    budgets = [settings.model_budget_brl_per_day, *(business.model.budget_per_day for business in businesses)]
    for model in settings.models:
        if any(budgets) and model.provider != "local" and not model.price_input + model.price_output:
            log.warning("a budget without a price is never spent", provider=model.provider)


def _understander(settings: Settings, models: Models | None, clock: Clock) -> Understander:
    """The local understander, and a model behind it when one is configured and wanted."""
    local, mode = LocalUnderstander(), settings.understands_by
    if models is None or mode == "local":
        return local
    return Cascade(local, ModelUnderstander(models), Patience(clock), mode)


def _apology(business: Business) -> str:
    return wording(business.locale, business).text("human.error")


async def _ensure_administrator(settings: Settings, users: Users, passwords: Passwords, clock: Clock) -> None:
    """Makes the first administrator; a password the environment sets is the one that holds."""
    password = settings.first_password()
    known = await users.find(settings.admin_email)
    if known is None:
        await users.ensure_admin(settings.admin_email, "Administrator", await passwords.hash(password), clock.now())
    elif settings.admin_password is not None and not await passwords.matches(password, known.password_hash):
        await users.set_password(known, await passwords.hash(password))


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""
