"""Who calls: signing in for a token, and reading the token of every later request."""

from __future__ import annotations

from typing import Annotated, Literal

import structlog
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel

from api.parts import of
from api.problems import documented
from domain.errors import Forbidden
from persistence.database import PLATFORM
from persistence.users import User

log = structlog.get_logger("auth")
router = APIRouter(prefix="/api/v1/auth", tags=["auth"])


class AccessToken(BaseModel):
    """Send it as `Authorization: Bearer …`."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"
    expires_in: int


@router.post("/token", summary="Sign in", responses=documented(401, 429, 503))
async def sign_in(request: Request, form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> AccessToken:
    """An OAuth2 password form (`username` is the email address) for an access token."""
    parts = of(request)
    caller = request.client.host if request.client else "unknown"
    attempt = ("sign-in", caller, form.username.strip().lower()[:254])
    if not await parts.limiter.allows(*attempt):
        raise HTTPException(429, "Too many failed attempts. Try again in a minute.", {"Retry-After": "60"})
    user = await parts.users.find(form.username.replace("\x00", ""))
    matches = await parts.passwords.matches(form.password, user.password_hash if user else None)
    if user is None or not matches or user.disabled:
        await parts.limiter.count(*attempt)
        log.warning("sign-in refused", caller=caller)
        raise HTTPException(401, "The email address or the password is wrong.", {"WWW-Authenticate": "Bearer"})
    log.info("signed in", user=user.id)
    token = parts.tokens.issue(user.id, user.session_version)
    return AccessToken(access_token=token, expires_in=int(parts.tokens.lifetime.total_seconds()))


_bearer = OAuth2PasswordBearer("/api/v1/auth/token", scheme_name="OAuth2")


async def signed_in(request: Request, bearer: Annotated[str, Depends(_bearer)]) -> User:
    """The user behind the token; 401 when it is not valid any more."""
    token = of(request).tokens.read(bearer)
    user = await of(request).users.get(token.user) if token else None
    if token is None or user is None or user.disabled or user.session_version != token.session:
        raise HTTPException(401, "Sign in again.", {"WWW-Authenticate": "Bearer"})
    return user


SignedIn = Annotated[User, Depends(signed_in)]


async def administrator(user: SignedIn) -> User:
    """The same, for administrators only."""
    if user.role != "admin":
        raise Forbidden("Only an administrator may do this.")
    return user


Administrator = Annotated[User, Depends(administrator)]


def scope(user: User, tenant: str | None = None) -> str:
    """The tenant whose rows a user may see: their own; for the platform's people the wanted one, or all ("*")."""
    if user.tenant == PLATFORM:
        return tenant or PLATFORM
    if tenant not in (None, user.tenant):
        raise Forbidden("You see your own business only.")
    return user.tenant
