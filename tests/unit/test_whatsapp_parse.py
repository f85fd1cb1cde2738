"""What the WhatsApp channel makes of Meta's webhooks, from recorded payloads."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from channels.whatsapp import Config, WhatsApp
from domain.clock import StandingClock
from domain.errors import PayloadInvalid, SignatureInvalid
from domain.messages import Alias, Content, Parsed
from domain.ports import Webhook
from tests.twins import meta_webhooks

PAYLOADS = Path(__file__).parent.parent / "payloads" / "whatsapp"
SECRET = "app-secret"
NOW = datetime(2026, 3, 10, 13, 5, tzinfo=UTC)
SENT = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
PHONE = Alias("phone", "5511987654321")
OLD_SPELLING = Alias("phone", "551187654321")
BSUID = Alias("bsuid", "BR.4f9c2a7e1d3b8f60")
channel = WhatsApp(Config(app_secret=SECRET, verify_token="hello"), StandingClock(NOW))


def parse(payload: object) -> Parsed:
    body, headers = meta_webhooks.signed(payload, SECRET)
    return channel.parse(Webhook("POST", headers, {}, body))


def recorded(name: str) -> Parsed:
    return parse(json.loads((PAYLOADS / f"{name}.json").read_text()))


def content(name: str) -> Content:
    parsed = recorded(name)
    assert parsed.problems == ()
    return parsed.messages[0].content


def with_message(**changes: Any) -> Parsed:
    message = {"from": "5511987654321", "id": "wamid.1", "timestamp": "1773147600", "type": "text"}
    return parse(meta_webhooks.envelope("1", [{**message, "text": {"body": "oi"}, **changes}]))


def test_a_text_message_is_read_whole() -> None:
    (message,) = recorded("text").messages
    assert message.account == "100000000000001"
    assert message.provider_id == "wamid.HBgNNTUxMTk4NzY1NDMyMRUCABIYFjNFQjBDMUQx0001AA=="
    assert (message.reply_to, message.name, message.sent_at) == (PHONE, "Mariana Souza", SENT)
    assert message.aliases == (PHONE,)
    assert message.content == Content("text", "Oi, quero marcar um corte amanhã às 15h")
    assert (message.quoted, message.referral) == (None, None)


def test_a_quoted_message_an_advertisement_and_a_product_are_kept() -> None:
    assert recorded("text_quoted").messages[0].quoted == "wamid.HBgNQUOTED0001"
    referral = recorded("text_from_ad").messages[0].referral
    assert referral is not None
    assert referral["ctwa_clid"] == "ARAkLkA8rmlFeiCktEJQ"
    assert referral["welcome_message"] == {"text": "Olá! Como podemos ajudar?"}
    assert content("text_about_product").detail["referred_product"]["product_retailer_id"] == "racao-premium"


@pytest.mark.parametrize(
    ("name", "kind", "text", "facts"),
    [
        ("image", "image", "assim", {"id": "1013859600285441", "mime_type": "image/jpeg"}),
        ("video", "video", "", {"id": "1013859600285442"}),
        ("document", "document", "pedido", {"filename": "exame.pdf"}),
        ("audio_voice_note", "audio", "", {"id": "1013859600285444", "voice": True}),
        ("voice_old_type", "audio", "", {"id": "1013859600285445", "voice": True}),
        ("sticker", "sticker", "", {"mime_type": "image/webp"}),
        ("location", "location", "Praça Benedito Calixto, Pinheiros, São Paulo", {"latitude": -23.5564}),
        ("contacts", "contacts", "Ana Lima", {"contacts": [{"name": "Ana Lima", "phones": ["5511912345678"]}]}),
        ("form_reply", "text", "Mariana, 2026-03-11", {"form": "flow"}),
        ("form_reply_no_object", "text", "Rua das Flores, 10", {"response": "not json"}),
        ("interactive_missing", "unsupported", "", {"type": "interactive"}),
        ("unsupported", "unsupported", "", {"type": "poll_creation", "error": "131051"}),
        ("unknown", "unsupported", "", {"type": "unknown"}),
        ("ephemeral", "unsupported", "", {"type": "ephemeral"}),
    ],
)
def test_every_type_becomes_content(name: str, kind: str, text: str, facts: dict[str, Any]) -> None:
    found = content(name)
    assert (found.kind, found.text, found.choice) == (kind, text, None)
    assert {key: found.detail.get(key) for key in facts} == facts


@pytest.mark.parametrize(
    ("name", "choice", "title"),
    [
        ("button_reply", "confirm:yes", "Confirmar"),
        ("list_reply", "corte-feminino", "Corte feminino"),
        ("template_button", "reschedule", "Remarcar"),
    ],
)
def test_a_tap_carries_its_id_and_title(name: str, choice: str, title: str) -> None:
    found = content(name)
    assert (found.kind, found.choice, found.text) == ("choice", choice, title)


def test_a_catalogue_order_keeps_its_lines() -> None:
    found = content("order")
    line = {"product_retailer_id": "racao-premium", "quantity": 2.0, "item_price": 189.9, "currency": "BRL"}
    assert (found.kind, found.text, found.detail["product_items"]) == ("order", "entrega amanhã?", [line])


@pytest.mark.parametrize(
    ("name", "kind", "target", "text"),
    [
        ("reaction", "reaction", "wamid.HBgNOURS000001", "👍"),
        ("reaction_removed", "reaction", "wamid.HBgNOURS000001", ""),
        ("edit", "edit", "wamid.HBgNTHEIRS0001", "amanhã às 16h"),
        ("revoke", "revoke", "wamid.HBgNTHEIRS0001", ""),
    ],
)
def test_reactions_edits_and_deletions_are_changes_not_messages(name: str, kind: str, target: str, text: str) -> None:
    parsed = recorded(name)
    (change,) = parsed.changes
    assert (change.kind, change.target, change.text, change.reply_to) == (kind, target, text, PHONE)
    assert parsed.messages == ()


def test_somebody_without_a_number_is_known_and_answered_by_user_id() -> None:
    (message,) = recorded("bsuid_only").messages
    assert (message.aliases, message.reply_to, message.name) == ((BSUID,), BSUID, "Rafa")


def test_number_and_user_id_are_one_person() -> None:
    (message,) = recorded("phone_and_bsuid").messages
    assert message.aliases == (PHONE, BSUID)
    assert message.reply_to == PHONE


def test_the_ninth_digit_makes_no_second_customer_and_is_never_corrected() -> None:
    (message,) = recorded("ninth_digit").messages
    assert message.aliases == (OLD_SPELLING, PHONE)
    assert (message.reply_to, message.name) == (OLD_SPELLING, "Mariana Souza")


def test_a_new_number_names_the_same_person() -> None:
    (renamed,) = recorded("number_changed").renames
    assert renamed.aliases == (PHONE, Alias("phone", "5521998877665"), Alias("bsuid", "BR.77aa88bb99cc"))
    assert recorded("number_changed").messages == ()
    assert recorded("identity_changed").renames == ()


def test_missing_contacts_lose_nothing_but_the_name() -> None:
    (message,) = recorded("no_contacts").messages
    assert (message.reply_to, message.name) == (PHONE, None)


def test_the_owner_answering_by_phone_is_an_echo() -> None:
    (echo,) = recorded("owner_echo").echoes
    assert (echo.customer, echo.text, echo.sent_at.minute) == (PHONE, "Oi Mariana, aqui é a Ana", 1)


def test_every_message_of_a_batch_counts_in_order() -> None:
    parsed = recorded("batch")
    said = [(message.account[-1], message.content.text, message.name) for message in parsed.messages]
    assert said == [
        ("1", "um", "Mariana Souza"),
        ("1", "dois", "João"),
        ("1", "três", "Mariana Souza"),
        ("2", "quatro", None),
    ]
    assert [status.status for status in parsed.statuses] == ["read"]


def test_a_status_carries_our_own_id_back() -> None:
    (status,) = recorded("status_delivered").statuses
    assert (status.provider_id, status.status) == ("wamid.HBgNOURS000001", "delivered")
    assert status.callback == "01890a5d-ac96-774b-bcce-b302099a8057"
    assert status.at == datetime(2026, 3, 10, 13, 0, 5, tzinfo=UTC)


def test_a_failure_tells_its_code() -> None:
    (status,) = recorded("status_failed").statuses
    assert status.status == "failed"
    assert status.error is not None
    assert status.error.startswith("131047: Re-engagement message (More than 24 hours")


def test_played_is_read_and_unknown_statuses_are_told_about() -> None:
    parsed = recorded("statuses_mixed")
    assert [status.status for status in parsed.statuses] == ["sent", "delivered", "read", "read"]
    assert [line.split(": ")[1] for line in parsed.ignored] == ["status 'deleted'", "status 'warning'"]


@pytest.mark.parametrize("name", ["template_update", "group", "identity_changed"])
def test_what_is_sound_and_not_for_us_is_no_problem(name: str) -> None:
    parsed = recorded(name)
    assert len(parsed.ignored) == 1
    assert parsed == Parsed(ignored=parsed.ignored)


def test_an_error_of_the_account_is_only_a_problem_line() -> None:
    parsed = recorded("account_error")
    assert len(parsed.problems) == 1
    assert parsed == Parsed(problems=parsed.problems)


def test_problem_lines_never_tell_what_a_customer_wrote_or_their_number() -> None:
    parsed = with_message(text={"body": ["segredo", "5511987654321"]})
    assert parsed.problems == ("entry[0].changes[0].messages[0]: a text message without a text",)


NAMED: dict[str, Any] = {"id": "b", "from": "5511987654321", "type": "text"}


@pytest.mark.parametrize("bad", [None, 7, "x", [], {}, {"id": "x"}, {"from": "5511987654321"}, {"id": 1.5, "from": {}}])
def test_something_that_is_no_message_between_good_ones_costs_nothing_else(bad: object) -> None:
    assert_costs_only_itself(bad)


@pytest.mark.parametrize(
    "changes",
    [
        {"text": None},
        {"text": []},
        {"text": {"body": 7}},
        {"type": []},
        {"type": "image", "id": "b" * 5000},
        {"text": {"body": "x"}, "from": "nobody"},
    ],
)
def test_a_malformed_message_between_good_ones_costs_only_itself(changes: dict[str, Any]) -> None:
    assert_costs_only_itself({**NAMED, **changes})


def assert_costs_only_itself(bad: object) -> None:
    good = [meta_webhooks.text("5511987654321", word, id=word) for word in ("um", "dois")]
    payload = meta_webhooks.envelope("1", good)
    payload["entry"][0]["changes"][0]["value"]["messages"].insert(1, bad)
    parsed = parse(payload)
    assert [message.content.text for message in parsed.messages] == ["um", "dois"]
    assert len(parsed.problems) == 1


@pytest.mark.parametrize(
    "kind", ["image", "location", "contacts", "interactive", "button", "order", "reaction", "system"]
)
@pytest.mark.parametrize("value", [None, 7, "x", [], [[]], {"id": []}, {"phones": 7, "product_items": {"a": 1}}])
def test_wrong_types_inside_a_message_never_raise(kind: str, value: object) -> None:
    parsed = with_message(type=kind, **{kind: value})
    assert len(parsed.messages) + len(parsed.problems) + len(parsed.ignored) == 1


@pytest.mark.parametrize("level", ["entry", "changes", "value", "metadata", "messages", "contacts"])
@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [[]], [None]])
def test_wrong_types_at_any_level_never_raise(level: str, value: object) -> None:
    payload = meta_webhooks.envelope("1", [meta_webhooks.text("5511987654321", "oi")])
    change = payload["entry"][0]["changes"][0]
    holder = {"entry": payload, "changes": payload["entry"][0], "value": change}.get(level, change["value"])
    holder[level] = value
    parsed = parse(payload)
    assert len(parsed.messages) == (level == "contacts")


@pytest.mark.parametrize("stamp", ["", "soon", None, [], "-5", "99999999999999999999", 1e300, "NaN", "1893456000", "1"])
def test_a_time_that_cannot_be_is_the_clocks(stamp: object) -> None:
    assert with_message(timestamp=stamp).messages[0].sent_at == NOW


def test_what_postgres_cannot_store_is_taken_out() -> None:
    parsed = with_message(text={"body": "a\x00b\ud800c"}, referral={"body\x00": "x\x00", "n": float("inf")})
    assert parsed.messages[0].content.text == "abc"
    assert parsed.messages[0].referral == {"body": "x", "n": None}


@pytest.mark.parametrize("text", ["", "👍🏽❤️", "\u202eمرحبا", "x" * 10_000])
def test_odd_texts_are_kept_whole(text: str) -> None:
    assert with_message(text={"body": text}).messages[0].content.text == text


def test_an_endless_text_is_cut() -> None:
    assert len(with_message(text={"body": "x" * 100_000}).messages[0].content.text) == 16_000


def test_a_payload_full_of_rubbish_does_not_fill_the_log() -> None:
    assert len(parse({"object": "whatsapp_business_account", "entry": [7] * 10_000}).problems) == 51


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"[]",
        b'"x"',
        b"7",
        b"null",
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"1" * 9000,
        b" " * 5_000_000,
    ],
)
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(PayloadInvalid):
        parse(body)


@pytest.mark.parametrize("header", [None, "", "sha256=", "sha256=00", "sha1=ab", "sha256=ção\u20ac", "\udce9"])
def test_a_webhook_with_a_wrong_signature_is_refused(header: str | None) -> None:
    body, _ = meta_webhooks.signed({}, SECRET)
    with pytest.raises(SignatureInvalid):
        channel.parse(Webhook("POST", {} if header is None else {"x-hub-signature-256": header}, {}, body))


def test_the_signature_covers_the_raw_bytes() -> None:
    body, headers = meta_webhooks.signed(b'{"entry": []}', SECRET)
    assert channel.parse(Webhook("POST", headers, {}, body)).messages == ()
    with pytest.raises(SignatureInvalid):
        channel.parse(Webhook("POST", headers, {}, b'{"entry":[]}'))


def test_without_an_app_secret_every_webhook_is_refused() -> None:
    body, headers = meta_webhooks.signed({}, "")
    with pytest.raises(SignatureInvalid):
        WhatsApp(Config(), StandingClock(NOW)).parse(Webhook("POST", headers, {}, body))


def test_the_handshake_answers_the_challenge_only_to_our_token() -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "hello", "hub.challenge": "1158201444"}
    assert channel.verify(query) == "1158201444"
    for wrong in ({"hub.mode": "x"}, {"hub.verify_token": "hell\xf8"}, {"hub.verify_token": ""}):
        assert channel.verify({**query, **wrong}) is None
    assert channel.verify({}) is None
    assert WhatsApp(Config(), StandingClock(NOW)).verify({**query, "hub.verify_token": ""}) is None
