"""Promises that every channel keeps, whatever its provider. A new channel joins by one Case in CASES."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.web import Web
from channels.whatsapp import Config, WhatsApp
from domain.clock import StandingClock
from domain.errors import PayloadInvalid, SendRefused, SignatureInvalid
from domain.messages import Alias, Destination, Outgoing, Parsed
from domain.ports import Channel, Webhook
from tests.twins import meta_webhooks

NOW = datetime(2026, 3, 10, 13, tzinfo=UTC)
SECRET = "app-secret"


@dataclass(frozen=True)
class Case:
    """One channel, how its provider signs, and a webhook of one text."""

    channel: Channel
    sign: Callable[[bytes], Mapping[str, str]]
    text: Callable[[str], Any]

    def parse(self, payload: object) -> Parsed:
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        return self.channel.parse(Webhook("POST", self.sign(body), {}, body))


def _web_text(text: str) -> dict[str, str]:
    return {"session": "0b9d3a52-5df1-4d3e", "business": "studio-aurora", "id": "m1", "text": text}


def _whatsapp_text(text: str) -> dict[str, Any]:
    return meta_webhooks.text("5511987654321", text)


def _whatsapp_batch(items: list[Any]) -> dict[str, Any]:
    payload = meta_webhooks.envelope("1")
    payload["entry"][0]["changes"][0]["value"]["messages"] = items
    return payload


WHATSAPP = Case(
    WhatsApp(Config(app_secret=SECRET), StandingClock(NOW)),
    sign=lambda body: meta_webhooks.signed(body, SECRET)[1],
    text=lambda text: meta_webhooks.envelope("1", [_whatsapp_text(text)]),
)
WEB = Case(Web(StandingClock(NOW)), sign=lambda body: {}, text=_web_text)
CASES = pytest.mark.parametrize("case", [WHATSAPP, WEB], ids=lambda case: case.channel.name)

patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # machines are shared
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)


def well_formed(parsed: Parsed) -> bool:
    """Whether everything in it can be stored: named people, ids, aware times, text and detail fit for Postgres."""
    for message in parsed.messages:
        data = [message.content.text, message.content.choice, message.content.detail, message.name, message.referral]
        stored = json.dumps(data, ensure_ascii=False)
        json.loads(stored, parse_constant=lambda constant: pytest.fail(f"{constant} cannot be stored"))
        assert "\\u0000" not in stored
        assert stored.encode()
        assert message.aliases
        assert message.reply_to in message.aliases
        assert 0 < len(message.provider_id) <= 256
        assert message.sent_at.tzinfo is not None
    return True


@CASES
@patiently
@given(body=st.binary(max_size=200))
def test_no_bytes_raise_anything_but_the_two_errors(case: Case, body: bytes) -> None:
    with contextlib.suppress(SignatureInvalid, PayloadInvalid):
        assert well_formed(case.parse(body))


@CASES
@patiently
@given(payload=anything)
def test_no_json_raises_anything_but_the_two_errors(case: Case, payload: object) -> None:
    with contextlib.suppress(SignatureInvalid, PayloadInvalid):
        assert well_formed(case.parse(payload))


@CASES
@patiently
@given(text=st.text(min_size=1, max_size=300))
def test_any_text_a_customer_can_write_arrives(case: Case, text: str) -> None:
    try:
        parsed = case.parse(case.text(text))
    except PayloadInvalid:
        assert case is WEB
        assert not text.replace("\x00", "").strip()
        return
    assert well_formed(parsed)
    assert parsed.messages[0].content.text == text.replace("\x00", "")
    assert parsed.problems == ()


@patiently
@given(neighbours=st.lists(anything | st.fixed_dictionaries({"id": anything, "type": anything, "from": anything})))
def test_every_good_message_survives_bad_neighbours_in_order(neighbours: list[Any]) -> None:
    items = [_whatsapp_text("first"), *neighbours, _whatsapp_text("last")]
    parsed = WHATSAPP.parse(_whatsapp_batch(items))
    assert well_formed(parsed)
    assert [parsed.messages[0].content.text, parsed.messages[-1].content.text] == ["first", "last"]


SPOILT = st.sampled_from(
    ["text", "image", "location", "contacts", "interactive", "button", "order", "reaction", "system", "edit", "odd"]
)


@patiently
@given(kind=SPOILT, body=anything, context=anything, referral=anything, timestamp=anything)
def test_wrong_types_inside_a_message_cost_at_most_that_message(
    kind: str, body: object, context: object, referral: object, timestamp: object
) -> None:
    changes = {"type": kind, kind: body, "context": context, "referral": referral, "timestamp": timestamp}
    spoilt = {**_whatsapp_text("x"), **changes}
    parsed = WHATSAPP.parse(_whatsapp_batch([spoilt, _whatsapp_text("good")]))
    assert well_formed(parsed)
    assert parsed.messages[-1].content.text == "good"


@CASES
async def test_an_alias_of_another_channel_is_refused(case: Case) -> None:
    with pytest.raises(SendRefused):
        await case.channel.send(Outgoing("oi"), Destination(case.channel.name, "1", Alias("lid", "1@lid")), "outbox-1")


@CASES
async def test_closing_twice_is_closing_once(case: Case) -> None:
    await case.channel.close()
    await case.channel.close()


async def test_the_chat_page_takes_every_message_at_once() -> None:
    sent = await WEB.channel.send(Outgoing("oi"), Destination("web", "studio-aurora", Alias("web", "s")), "outbox-1")
    assert sent.provider_id == "outbox-1"


def test_a_tap_on_the_chat_page_carries_its_id() -> None:
    (message,) = WEB.parse({**_web_text("Sim"), "choice": "confirm:yes"}).messages
    assert (message.account, message.reply_to) == ("studio-aurora", Alias("web", "0b9d3a52-5df1-4d3e"))
    assert (message.content.kind, message.content.choice, message.content.text) == ("choice", "confirm:yes", "Sim")


def test_two_sessions_cannot_take_each_others_message_ids() -> None:
    one, other = _web_text("oi"), {**_web_text("oi"), "session": "another-session-1"}
    assert WEB.parse(one).messages[0].provider_id != WEB.parse(other).messages[0].provider_id


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ""},
        {"text": " \x00"},
        {"text": 7},
        {"text": "x" * 16_001},
        {"session": "short"},
        {"session": "a b c d e f"},
        {"business": "../x"},
        {"id": ""},
        {"id": "x" * 65},
        {"choice": ""},
        {"choice": "x" * 257},
        {"admin": True},
    ],
)
def test_the_chat_pages_shape_is_strict_and_its_errors_tell_no_text(changes: dict[str, Any]) -> None:
    with pytest.raises(PayloadInvalid) as caught:
        WEB.parse({**_web_text("segredo"), **changes})
    assert "segredo" not in str(caught.value)
