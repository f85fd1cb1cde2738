"""Who calls: signing in for a token, and reading the token of every later request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

import structlog
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel

from api.parts import of
from api.problems import documented
from domain.errors import Forbidden

log = structlog.get_logger("auth")
router = APIRouter(prefix="/api/v1/auth", tags=["auth"])

PLATFORM = "*"  # the tenant of people who see every business


class AccessToken(BaseModel):
    """Send it as `Authorization: Bearer …`."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"
    expires_in: int


_bearer = OAuth2PasswordBearer("/api/v1/auth/token", scheme_name="OAuth2")


@router.post("/token", summary="Sign in", responses=documented(401, 429, 503))
async def sign_in(request: Request, form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> AccessToken:
    """An OAuth2 password form (`username` is the email address) for an access token."""
    parts = of(request)
    email = form.username.strip().lower()
    caller = request.client.host if request.client else "unknown"
    if not (await parts.limiter.allows("sign-in", email) and await parts.limiter.allows("sign-in-from", caller)):
        raise HTTPException(429, "Too many attempts. Try again in a minute.", {"Retry-After": "60"})
    user = await parts.accounts.by_email(email)
    known = user.password_hash if user else None
    if not await parts.passwords.matches(form.password, known) or user is None or user.disabled:
        raise HTTPException(401, "The email address or the password is wrong.", {"WWW-Authenticate": "Bearer"})
    token = parts.tokens.issue(user.id, user.session_version)
    return AccessToken(access_token=token, expires_in=int(parts.tokens.lifetime.total_seconds()))
