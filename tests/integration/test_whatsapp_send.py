"""The WhatsApp channel against a twin of the Graph API: shapes, limits and what each failure means."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from channels.whatsapp import Config, WhatsApp
from domain.clock import StandingClock
from domain.errors import ChannelError, ChannelPaused, SendRefused, SendRetry, SendUncertain
from domain.messages import Alias, Destination, Option, Outgoing
from tests.twins.graph_api import Drop, Garble, GraphApi, Hang, Refuse

PHONE = Destination("whatsapp", "100000000000001", Alias("phone", "5511987654321"))
BSUID = Destination("whatsapp", "100000000000001", Alias("bsuid", "BR.4f9c2a7e1d3b8f60"))


@pytest.fixture
async def twin() -> AsyncIterator[GraphApi]:
    async with GraphApi(token="token") as twin:
        yield twin


@pytest.fixture
async def channel(twin: GraphApi, clock: StandingClock) -> AsyncIterator[WhatsApp]:
    channel = WhatsApp(Config(access_token="token", graph_api_url=twin.url, timeout=0.3), clock)
    yield channel
    await channel.close()


def options(count: int, title: str = "Opção {}", description: str = "") -> tuple[Option, ...]:
    return tuple(Option(f"o{number}", title.format(number), description) for number in range(1, count + 1))


async def test_a_text_has_the_cloud_apis_shape(channel: WhatsApp, twin: GraphApi) -> None:
    sent = await channel.send(Outgoing("Olá!"), PHONE, "outbox-1", reply_to="wamid.q")
    assert sent.provider_id == twin.ids[0]
    assert twin.requests[0].path == "/v26.0/100000000000001/messages"
    assert twin.sent == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "5511987654321",
            "type": "text",
            "text": {"preview_url": False, "body": "Olá!"},
            "biz_opaque_callback_data": "outbox-1",
            "context": {"message_id": "wamid.q"},
        }
    ]


async def test_a_user_id_goes_into_recipient(channel: WhatsApp, twin: GraphApi) -> None:
    await channel.send(Outgoing("Olá!"), BSUID, "1")
    assert twin.sent[0]["recipient"] == "BR.4f9c2a7e1d3b8f60"
    assert "to" not in twin.sent[0]
    assert twin.dropped == []


async def test_another_channels_alias_is_refused_without_asking(channel: WhatsApp, twin: GraphApi) -> None:
    with pytest.raises(SendRefused):
        await channel.send(Outgoing("Olá!"), replace(PHONE, to=Alias("web", "x")), "1")
    assert twin.requests == []


async def interactive(channel: WhatsApp, twin: GraphApi, message: Outgoing) -> dict[str, Any]:
    """The interactive part of the message as it was sent; empty when it went as text."""
    await channel.send(message, PHONE, "1")
    found: dict[str, Any] = twin.sent[-1].get("interactive", {})
    return found


async def test_up_to_three_options_are_buttons(channel: WhatsApp, twin: GraphApi) -> None:
    found = await interactive(channel, twin, Outgoing("Confirma?", (Option("yes", "Sim"), Option("no", "Não"))))
    assert found == {
        "type": "button",
        "body": {"text": "Confirma?"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "yes", "title": "Sim"}},
                {"type": "reply", "reply": {"id": "no", "title": "Não"}},
            ]
        },
    }


async def test_a_menu_is_a_list(channel: WhatsApp, twin: GraphApi) -> None:
    found = await interactive(channel, twin, Outgoing("Qual?", options(2, description="R$ 90,00"), menu="Ver serviços"))
    assert found["type"] == "list"
    assert found["action"]["button"] == "Ver serviços"
    assert found["action"]["sections"][0]["rows"][0] == {"id": "o1", "title": "Opção 1", "description": "R$ 90,00"}


@pytest.mark.parametrize(
    "message",
    [
        Outgoing("Qual?", options(4)),
        Outgoing("Qual?", options(10)),
        Outgoing("x" * 2000, options(2)),
        Outgoing("Qual?", options(3, title="Um título bem comprido {}")),
        Outgoing("Qual?", options(3), menu="Um rótulo comprido demais"),
        Outgoing("Qual?", options(3, title="Opção {} " + "longa " * 3, description="d" * 200), menu="Ver"),
    ],
)
async def test_what_does_not_fit_buttons_is_a_list(channel: WhatsApp, twin: GraphApi, message: Outgoing) -> None:
    assert (await interactive(channel, twin, message))["type"] == "list"


@pytest.mark.parametrize(
    "message",
    [
        Outgoing("Qual?", options(11)),
        Outgoing("x" * 9000, options(30)),
        Outgoing("Qual?", options(2, title="Sempre o mesmo começo longo {}")),
        Outgoing("Qual?", (Option("a", "Sim"), Option("a", "Não"))),
        Outgoing("Qual?", (Option("a" * 300, "Sim"),)),
    ],
)
async def test_what_does_not_fit_a_list_is_numbered_text(channel: WhatsApp, twin: GraphApi, message: Outgoing) -> None:
    assert await interactive(channel, twin, message) == {}
    assert f"\n{len(message.options)}. {message.options[-1].title}" in twin.texts()[0]


async def test_a_text_beyond_the_limit_is_cut(channel: WhatsApp, twin: GraphApi) -> None:
    await channel.send(Outgoing("x" * 5000), PHONE, "1")
    assert twin.texts() == ["x" * 4095 + "…"]


RETRY = [1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004]
PAUSE = [131048, 368, 131031, 131042, 0, 190, 3, 10, 200, 299]
REFUSE = [100, 131008, 131009, 131021, 131026, 131030, 131047, 131049, 131050, 131051, 131062, 132001, 99999]


@pytest.mark.parametrize(
    ("code", "expected"),
    [(c, SendRetry) for c in RETRY] + [(c, ChannelPaused) for c in PAUSE] + [(c, SendRefused) for c in REFUSE],
)
async def test_the_code_decides_not_the_status(
    channel: WhatsApp, twin: GraphApi, code: int, expected: type[ChannelError]
) -> None:
    twin.script(Refuse(code, 400))
    with pytest.raises(expected, match=f"^{code}: "):
        await channel.send(Outgoing("Olá!"), PHONE, "1")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (500, SendRetry),
        (503, SendRetry),
        (429, SendRetry),
        (401, ChannelPaused),
        (400, SendRefused),
        (302, SendRefused),
    ],
)
async def test_without_a_code_the_status_decides(
    channel: WhatsApp, twin: GraphApi, status: int, expected: type[ChannelError]
) -> None:
    twin.script(Refuse(None, status))
    with pytest.raises(expected):
        await channel.send(Outgoing("Olá!"), PHONE, "1")


@pytest.mark.parametrize(
    ("header", "after"), [("7", 7.0), ("soon", None), ("-1", None), ("nan", None), ("999999999", 3600.0)]
)
async def test_the_providers_own_pause_is_kept(
    channel: WhatsApp, twin: GraphApi, header: str, after: float | None
) -> None:
    twin.script(Refuse(130429, 429, {"retry-after": header}))
    with pytest.raises(SendRetry) as caught:
        await channel.send(Outgoing("Olá!"), PHONE, "1")
    assert caught.value.after == after


@pytest.mark.parametrize("behaviour", [Hang(), Hang(taken=False), Drop(), Drop(taken=False), Garble(), Garble(b"{}")])
async def test_a_request_written_and_not_answered_is_uncertain(
    channel: WhatsApp, twin: GraphApi, behaviour: Hang | Drop | Garble
) -> None:
    twin.script(behaviour)
    with pytest.raises(SendUncertain):
        await channel.send(Outgoing("Olá!"), PHONE, "1")
    assert (await channel.send(Outgoing("De novo"), PHONE, "2")).provider_id


async def test_nobody_listening_is_a_retry(clock: StandingClock) -> None:
    channel = WhatsApp(Config(access_token="token", graph_api_url="http://127.0.0.1:1"), clock)
    with pytest.raises(SendRetry):
        await channel.send(Outgoing("Olá!"), PHONE, "1")
    await channel.close()


async def test_a_full_pool_is_a_retry(twin: GraphApi, clock: StandingClock) -> None:
    def exhausted(request: httpx.Request) -> httpx.Response:
        raise httpx.PoolTimeout("all connections are busy")

    async with httpx.AsyncClient(transport=httpx.MockTransport(exhausted)) as client:
        channel = WhatsApp(Config(access_token="token", graph_api_url=twin.url), clock, client)
        with pytest.raises(SendRetry):
            await channel.send(Outgoing("Olá!"), PHONE, "1")


@pytest.mark.parametrize(
    "changes", [{"access_token": ""}, {"access_token": "a\nb"}, {"access_token": "wrong"}, {"graph_api_url": "ftp://x"}]
)
async def test_wrong_credentials_or_address_pause_the_channel(
    twin: GraphApi, clock: StandingClock, changes: dict[str, Any]
) -> None:
    channel = WhatsApp(replace(Config(access_token="token", graph_api_url=twin.url), **changes), clock)
    with pytest.raises(ChannelPaused):
        await channel.send(Outgoing("Olá!"), PHONE, "1")
    await channel.close()


async def test_marking_as_read_shows_typing_and_never_raises(channel: WhatsApp, twin: GraphApi) -> None:
    assert await channel.mark_read("wamid.1", "100000000000001")
    assert twin.requests[0].body["typing_indicator"] == {"type": "text"}
    assert twin.marked_read == ["wamid.1"]
    twin.script()
    assert not await channel.mark_read("", "100000000000001")


def test_secrets_are_not_in_the_configs_repr() -> None:
    shown = repr(Config(access_token="abc", verify_token="abc", app_secret="abc"))
    assert "abc" not in shown
