"""Whose books are open: one tenant, customer and conversation, read and written on one unit's connection."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from domain.clock import Clock
from persistence.database import Connection


@dataclass(frozen=True, slots=True)
class Binding:
    """What every record family needs. `connection` begins the unit's transaction on its first call, and not before."""

    connection: Callable[[], Awaitable[Connection]]
    tenant: str
    customer: str
    conversation: str
    zone: ZoneInfo
    clock: Clock
