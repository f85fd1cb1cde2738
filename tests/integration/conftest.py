"""Customers with conversations, and the books open for one of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import pytest

from domain.business import Business
from domain.clock import StandingClock
from domain.messages import Alias
from persistence.binding import Binding
from persistence.database import Connection, Database
from persistence.identities import conversation, resolve
from persistence.records import Records


@dataclass(frozen=True)
class Chat:
    """One customer's conversation with one business."""

    tenant: str
    customer: str
    conversation: str


OpenChat = Callable[..., Awaitable[Chat]]
OpenBooks = Callable[[Chat], AbstractAsyncContextManager[Records]]


@pytest.fixture
def open_chat(database: Database, clock: StandingClock) -> OpenChat:
    """`await open_chat("studio-aurora", "5511988887777")`: a customer known by phone, with a WhatsApp conversation."""

    async def opened(tenant: str, phone: str = "5511988887777", name: str = "Ana") -> Chat:
        alias = Alias("phone", phone)
        async with database.transaction(tenant) as connection:
            customer = await resolve(connection, tenant, (alias,), name, clock.now())
            chat = await conversation(connection, tenant, customer, "whatsapp", "1", alias, clock.now())
        return Chat(tenant, str(customer), str(chat))

    return opened


@pytest.fixture
def open_books(database: Database, clock: StandingClock, businesses: Mapping[str, Business]) -> OpenBooks:
    """`async with open_books(chat) as records`: one transaction, committed at the end."""

    @asynccontextmanager
    async def opened(chat: Chat) -> AsyncIterator[Records]:
        async with database.transaction(chat.tenant) as connection:

            async def begun() -> Connection:
                return connection

            zone = businesses[chat.tenant].zone
            yield Records(Binding(begun, chat.tenant, chat.customer, chat.conversation, zone, clock))

    return opened
