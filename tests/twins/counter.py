"""A shop in memory and the toolbox at its counter, for tests of what tools do."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from domain.business import load_all
from domain.errors import Impossible
from persistence.memory import Shop
from tools.toolbox import Toolbox

BUSINESSES = load_all(Path(__file__).parents[2] / "businesses")
TUESDAY = datetime.fromisoformat("2026-03-10T10:00:00-03:00")


def box(shop: Shop, customer: str = "maria", now: datetime = TUESDAY) -> Toolbox:
    """The toolbox of one customer."""
    return Toolbox(shop.business, shop.records(customer), now)


async def refusal(toolbox: Toolbox, tool: str, **arguments: Any) -> Impossible:
    """What a tool says when the world says no."""
    with pytest.raises(Impossible) as caught:
        await toolbox.call(tool, arguments)
    return caught.value
