"""People who sign in: administrators and agents. Passwords arrive here hashed; the server hashes and verifies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import uuid4

from psycopg.errors import UniqueViolation
from psycopg.rows import DictRow

from domain.errors import Conflict, NotFound
from persistence.database import PLATFORM, Database

Role = Literal["admin", "agent"]

_COLUMNS = "id, tenant, email, name, password_hash, role, session_version, disabled_at IS NOT NULL AS disabled"
_BY_EMAIL = f"SELECT {_COLUMNS} FROM users WHERE email = %s"
_BY_ID = f"SELECT {_COLUMNS} FROM users WHERE id::text = %s"
_ALL = f"SELECT {_COLUMNS} FROM users ORDER BY email"
_CREATE = f"""
INSERT INTO users (id, tenant, email, name, password_hash, role, created_at) VALUES (%s, %s, %s, %s, %s, %s, %s)
RETURNING {_COLUMNS}
"""
# Whatever the person was signed in with before is worth nothing afterwards.
_PASSWORD = f"""
UPDATE users SET password_hash = %s, session_version = session_version + 1 WHERE id::text = %s RETURNING {_COLUMNS}
"""
_DISABLE = f"""
UPDATE users SET disabled_at = coalesce(disabled_at, %s), session_version = session_version + 1 WHERE id::text = %s
RETURNING {_COLUMNS}
"""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in. `tenant` "*" sees all businesses; a token of another `session_version` is revoked."""

    id: str
    tenant: str
    email: str
    name: str
    password_hash: str
    role: Role
    session_version: int
    disabled: bool


class Users:
    """The users of all businesses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, email: str) -> User | None:
        """By email, any case."""
        return await self._one(PLATFORM, _BY_EMAIL, _normal(email))

    async def get(self, user: str) -> User | None:
        """By id."""
        return await self._one(PLATFORM, _BY_ID, user)

    async def all(self, scope: str) -> Sequence[User]:
        """Everybody of one business, or of all ("*"), by email."""
        async with self._database.transaction(scope) as connection:
            return [_user(row) for row in await (await connection.execute(_ALL)).fetchall()]

    async def create(self, tenant: str, email: str, name: str, password_hash: str, role: Role, at: datetime) -> User:
        """Raises Conflict when the email is taken."""
        try:
            made = await self._one(tenant, _CREATE, uuid4(), tenant, _normal(email), name, password_hash, role, at)
        except UniqueViolation as error:
            raise Conflict("There is a user with this email already.") from error
        return _known(made)

    async def ensure_admin(self, email: str, name: str, password_hash: str, at: datetime) -> User:
        """The administrator of all businesses, made when missing. One that exists keeps name and password."""
        known = await self.find(email)
        if known is not None:
            return known
        try:
            return await self.create(PLATFORM, email, name, password_hash, "admin", at)
        except Conflict:  # another process was faster
            return _known(await self.find(email))

    async def set_password(self, user: User, password_hash: str) -> User:
        """Signs the user out everywhere."""
        return _known(await self._one(user.tenant, _PASSWORD, password_hash, user.id))

    async def disable(self, user: User, at: datetime) -> User:
        """Signs the user out everywhere, for good."""
        return _known(await self._one(user.tenant, _DISABLE, at, user.id))

    async def _one(self, scope: str, statement: str, *values: object) -> User | None:
        async with self._database.transaction(scope) as connection:
            row = await (await connection.execute(statement.encode(), values)).fetchone()
        return _user(row) if row else None


def _user(row: DictRow) -> User:
    return User(**{**row, "id": str(row["id"])})


def _known(user: User | None) -> User:
    if user is None:
        raise NotFound("There is no such user.")
    return user


def _normal(email: str) -> str:
    return email.strip().lower()
