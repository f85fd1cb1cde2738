"""Access tokens: JWT (HS256) naming a user and the version of their sessions, good until `exp`."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

import jwt

from domain.clock import Clock


@dataclass(frozen=True, slots=True)
class Token:
    """What a valid token says. An older `session` than the user's own is a revoked one."""

    user: str
    session: int


class Tokens:
    """Issues and reads tokens; time comes from the process's clock."""

    def __init__(self, secret_key: str, clock: Clock, minutes: int) -> None:
        # A key of its own, of the length HS256 wants, however long the configured one is.
        self._key = hmac.digest(secret_key.encode(), b"prosa access token", hashlib.sha256)
        self._clock = clock
        self.lifetime = timedelta(minutes=minutes)

    def issue(self, user: str, session: int) -> str:
        """A token for a user who has just proved who they are."""
        now = self._clock.now()
        claims = {
            "sub": user,
            "ses": session,
            "iat": int(now.timestamp()),
            "exp": int((now + self.lifetime).timestamp()),
        }
        return jwt.encode(claims, self._key, algorithm="HS256")

    def read(self, token: str) -> Token | None:
        """What the token says; None when it is not ours or its time is over."""
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=["HS256"],
                options={"require": ["sub", "ses", "exp"], "verify_exp": False, "verify_iat": False},
            )
        except jwt.InvalidTokenError:
            return None
        if not isinstance(claims["exp"], int) or claims["exp"] <= self._clock.now().timestamp():
            return None
        return Token(str(claims["sub"]), int(claims["ses"]))
