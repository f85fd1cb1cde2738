"""Passwords: argon2 in a thread (it takes tens of milliseconds of CPU), and the same work for an unknown address."""

from __future__ import annotations

import asyncio

from pwdlib import PasswordHash


class Passwords:
    """Makes and checks password hashes without holding up the event loop."""

    def __init__(self) -> None:
        self._argon2 = PasswordHash.recommended()
        self._decoy: str | None = None

    async def hash(self, password: str) -> str:
        """A new argon2id hash."""
        return await asyncio.to_thread(self._argon2.hash, password)

    async def matches(self, password: str, known: str | None) -> bool:
        """Whether the password is the one behind the hash; takes as long when there is no hash to compare with."""
        if known is None:
            self._decoy = self._decoy or await self.hash("nobody's password")
            await asyncio.to_thread(self._argon2.verify, password, self._decoy)
            return False
        return await asyncio.to_thread(self._argon2.verify, password, known)
