"""What the business knows of the customer, and whether it may write to them."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from domain.errors import FixArguments
from tools.tool import Desk, Nothing, Tool, WriteArguments, reading, writing


class UpdateCustomer(WriteArguments):
    key: str = Field("", description="not needed: writing the same facts twice changes nothing")
    name: str | None = Field(None, min_length=1, max_length=120)
    language: str | None = Field(None, pattern=r"^(pt-BR|en|es)$")
    address: str | None = Field(None, min_length=1, max_length=300)
    zone: str | None = Field(None, min_length=1, max_length=120)


class Consent(WriteArguments):
    key: str = Field("", description="not needed: stopping twice is stopping once")


async def customer_profile(desk: Desk, arguments: Nothing) -> dict[str, Any]:
    """The customer's name, language, address, zone and whether they stopped messages."""
    profile = await desk.records.customers.profile()
    return {
        "customer": profile.id,
        "name": profile.name,
        "language": profile.language,
        "address": profile.address,
        "zone": profile.zone,
        "opted_out": profile.opted_out,
    }


async def update_customer(desk: Desk, arguments: UpdateCustomer) -> dict[str, Any]:
    """Keeps what the customer told about themselves. What is not named stays."""
    changes = arguments.model_dump(exclude_none=True, exclude={"key"})
    if not changes:
        raise FixArguments("update_customer: at least one of name, language, address, zone")
    await desk.records.customers.update(**changes)
    return {"receipt": (await desk.records.customers.profile()).id, "updated": sorted(changes)}


async def opt_out(desk: Desk, arguments: Consent) -> dict[str, Any]:
    """The customer wants no more messages. Do it at once, without asking back."""
    await desk.records.customers.opt_out(desk.now)
    return {"receipt": (await desk.records.customers.profile()).id, "opted_out": True}


async def opt_in(desk: Desk, arguments: Consent) -> dict[str, Any]:
    """The customer wants messages again."""
    await desk.records.customers.opt_in()
    return {"receipt": (await desk.records.customers.profile()).id, "opted_out": False}


TOOLS: tuple[Tool, ...] = (
    reading(Nothing, customer_profile),
    writing(UpdateCustomer, update_customer),
    writing(Consent, opt_out),
    writing(Consent, opt_in),
)
