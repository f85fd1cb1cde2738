"""What the log's last look hides, and what it must leave readable."""

from __future__ import annotations

import pytest

from api.logs import mask


@pytest.mark.parametrize(
    "phone", ["5511987654321", "+5511987654321", "+55 11 98765-4321", "(11) 98765-4321", "551130000001"]
)
def test_a_phone_keeps_only_its_last_digits(phone: str) -> None:
    event = mask(None, "info", {"event": f"sent to {phone}, fine", "to": phone, "deep": {"list": [phone]}})
    assert phone not in str(event)
    assert phone[-4:] in event["to"]


@pytest.mark.parametrize(
    "harmless",
    [
        "2026-03-10T10:00:00-03:00",
        "0b9d4e5a-12345678-1234-4123-8123-123456789012",
        "f3a1b2c3d4e5f60718293a4b5c6d7e8f",
        "turn 12 of 40 in 1.25 s",
        "127.0.0.1:8000",
    ],
)
def test_times_ids_and_small_numbers_stay_readable(harmless: str) -> None:
    assert mask(None, "info", {"event": harmless})["event"] == harmless


def test_words_of_customers_tokens_and_passwords_never_pass() -> None:
    event = mask(
        None,
        "info",
        {
            "event": "posted with Bearer EAAGm0PX4ZCpsBA",
            "text": "quero cortar o cabelo",
            "password": "hunter2",
            "reply": {"body": "Oi, Marina"},
            "id": "wamid.HBgNNTUxMTk4NzY1NDMyMRUCABIYFjNFQjBDMA==",
        },
    )
    for hidden in ("EAAGm0PX4ZCpsBA", "cabelo", "hunter2", "Marina", "NTUxMTk4NzY1NDMyM"):
        assert hidden not in str(event)
