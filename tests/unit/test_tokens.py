"""Access tokens: ours alone are read, until their time is over on the process's clock."""

from __future__ import annotations

from datetime import timedelta

import jwt

from api.tokens import Token, Tokens
from domain.clock import StandingClock


def test_a_token_says_who_signed_in_and_which_sessions_count(clock: StandingClock) -> None:
    tokens = Tokens("a secret", clock, minutes=60)
    assert tokens.read(tokens.issue("ana", 3)) == Token("ana", 3)


def test_a_token_ends_when_its_time_is_over(clock: StandingClock) -> None:
    tokens = Tokens("a secret", clock, minutes=60)
    token = tokens.issue("ana", 1)
    clock.advance(timedelta(minutes=59))
    assert tokens.read(token) is not None
    clock.advance(timedelta(minutes=1))
    assert tokens.read(token) is None


def test_a_token_of_another_key_or_of_no_key_is_nobodys(clock: StandingClock) -> None:
    tokens = Tokens("a secret", clock, minutes=60)
    claims = {"sub": "ana", "ses": 1, "exp": int(clock.now().timestamp()) + 60}
    for foreign in (
        Tokens("another secret", clock, minutes=60).issue("ana", 1),
        jwt.encode(claims, "", algorithm="none"),
        "not.a.token",
        "",
    ):
        assert tokens.read(foreign) is None


def test_a_token_without_an_end_is_refused(clock: StandingClock) -> None:
    tokens = Tokens("a secret", clock, minutes=60)
    endless = jwt.encode({"sub": "ana", "ses": 1}, tokens._key, algorithm="HS256")
    assert tokens.read(endless) is None
