"""What the interface is made of, handed in by server.py once and found again by every route."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Request

from api.limiter import Limiter
from api.metrics import Metrics, Waiting
from api.passwords import Passwords
from api.tokens import Tokens
from domain.business import Business
from domain.clock import Clock
from domain.ports import Channel
from engine.receive import Receiver
from persistence.chats import Chats
from persistence.database import Database
from persistence.desk import Desk
from persistence.users import Users


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a request may need. `address` is the public one, without a slash at its end."""

    address: str
    clock: Clock
    businesses: Mapping[str, Business]
    channels: Mapping[str, Channel]
    receiver: Receiver
    database: Database
    desk: Desk
    chats: Chats
    users: Users
    tokens: Tokens
    limiter: Limiter
    metrics: Metrics
    waiting: Waiting
    passwords: Passwords = field(default_factory=Passwords)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)  # set: requests that wait for news answer now

    def local(self, tenant: str, at: datetime) -> datetime:
        """The instant with its business's offset; as it is for a business that is no longer configured."""
        business = self.businesses.get(tenant)
        return at.astimezone(business.zone) if business else at


def of(request: Request) -> Parts:
    """The parts of the application that serves this request."""
    parts = request.app.state.parts
    assert isinstance(parts, Parts)
    return parts
