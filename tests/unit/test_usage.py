"""A turn that asks models several times has one usage, with each call in it."""

from __future__ import annotations

from decimal import Decimal

from domain.ports import Usage, summed

READ = Usage("understand", "groq", "fast", 1000, 50, Decimal("0.0000012"), 300).as_dict()
ANSWERED = Usage("answer", "openai", "small", 2000, 80, Decimal("0.0000008"), 900).as_dict()
FREE = Usage("voice", "openai", "small", cached=True).as_dict()


def test_several_are_added_up_and_each_is_kept() -> None:
    assert summed([READ, ANSWERED, FREE]) == {
        "input_tokens": 3000,
        "output_tokens": 130,
        "latency_ms": 1200,
        "cost": "0.0000020",
        "calls": [READ, ANSWERED, FREE],
    }


def test_sums_can_be_added_up_again() -> None:
    assert summed([summed([READ, ANSWERED]), FREE]) == summed([READ, ANSWERED, FREE])


def test_one_stays_as_it_is_and_none_is_nothing() -> None:
    assert summed([{}, READ]) == READ
    assert summed([{}, {}]) == summed([]) == {}


def test_why_nobody_read_is_kept_and_is_no_call() -> None:
    total = summed([{"fallback": "groq: 500"}, ANSWERED])
    assert (total["fallback"], total["calls"], total["cost"]) == ("groq: 500", [ANSWERED], ANSWERED["cost"])
    paid = {**READ, "fallback": "malformed"}
    assert summed([paid, ANSWERED])["calls"] == [paid, ANSWERED]
