"""People who sign in: administrators add them; a password change signs them out everywhere."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from api.auth import Administrator, SignedIn, scope
from api.parts import of
from api.problems import documented
from api.shapes import Page, User
from domain.errors import NotFound
from persistence.database import PLATFORM

router = APIRouter(prefix="/api/v1/users", tags=["users"])


class NewUser(BaseModel):
    """Somebody who may sign in from now on."""

    model_config = ConfigDict(extra="forbid")

    email: Annotated[str, Field(pattern=r"^[^@\s\x00]+@[^@\s\x00]+$", max_length=254)]
    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
    password: Annotated[str, Field(min_length=8, max_length=200)]
    role: Literal["admin", "agent"] = "agent"
    tenant: str | None = Field(None, description='the business they work for; your own when left out; "*" is all')


@router.get("", summary="Who may sign in", responses=documented(401, 403, 503))
async def users(request: Request, caller: Administrator) -> Page[User]:
    """Everybody of the caller's business, or of all."""
    found = await of(request).users.all(scope(caller))
    return Page(items=[User.model_validate(user) for user in found])


@router.get("/me", summary="Who I am", responses=documented(401, 503))
async def me(caller: SignedIn) -> User:
    """The user behind the token."""
    return User.model_validate(caller)


@router.post("", status_code=201, summary="Add somebody", responses=documented(401, 403, 404, 409, 503))
async def add(request: Request, caller: Administrator, new: NewUser) -> User:
    """Adds an agent or an administrator."""
    parts = of(request)
    tenant = scope(caller, new.tenant)
    if tenant != PLATFORM and tenant not in parts.businesses:
        raise NotFound("There is no such business.")
    password_hash = await parts.passwords.hash(new.password)
    user = await parts.users.create(tenant, new.email, new.name, password_hash, new.role, parts.clock.now())
    return User.model_validate(user)
