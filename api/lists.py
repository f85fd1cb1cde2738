"""What every list and detail of the interface shares: its filters, its pages, and times in the business's own zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar

from fastapi import Query, Request
from pydantic import BaseModel

from api.auth import scope
from api.parts import Parts, of
from api.shapes import Page
from persistence.pages import Filter, Listing
from persistence.users import User

Item = TypeVar("Item", bound=BaseModel)

Tenant = Annotated[str | None, Query(max_length=200, description="one business's id")]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a list."""

    tenant: Tenant = None
    customer: Annotated[
        str | None, Query(max_length=200, description="any identity of a customer (phone, …) or the id")
    ] = None
    status: Annotated[str | None, Query(max_length=40, description="a status of these things")] = None
    cursor: Annotated[str | None, Query(max_length=400, description="the `next` of the page before")] = None
    limit: Annotated[int, Query(ge=1, le=200)] = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go on in a list without filters."""

    cursor: Annotated[str | None, Query(max_length=400, description="the `next` of the page before")] = None
    limit: Annotated[int, Query(ge=1, le=200)] = 50


async def page(
    request: Request, caller: User, listing: Listing, shape: type[Item], wanted: Wanted | Place, **values: object
) -> Page[Item]:
    """One page of what the caller may see."""
    parts = of(request)
    if isinstance(wanted, Place):
        seen, filters = scope(caller), Filter(cursor=wanted.cursor, limit=wanted.limit)
    else:
        seen = scope(caller, wanted.tenant)
        filters = Filter(None, wanted.customer, wanted.status, wanted.cursor, wanted.limit)
    rows, following = await listing.page(parts.database, seen, filters, **values)
    return Page(items=[shaped(parts, shape, row) for row in rows], next=following)


async def one(request: Request, caller: User, listing: Listing, shape: type[Item], row_id: str) -> Item:
    """One thing the caller may see; 404 otherwise."""
    parts = of(request)
    return shaped(parts, shape, await listing.one(parts.database, scope(caller), row_id))


def shaped(parts: Parts, shape: type[Item], row: Mapping[str, Any]) -> Item:
    """A row as the interface shows it."""
    tenant = row["tenant"]
    local = {key: parts.local(tenant, value) if isinstance(value, datetime) else value for key, value in row.items()}
    return shape.model_validate(local)
