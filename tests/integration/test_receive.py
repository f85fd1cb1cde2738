"""What a webhook brings is kept once, whole, and before the 200."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import pytest

from domain.business import Business
from domain.clock import StandingClock
from domain.errors import Unavailable
from domain.messages import Alias, Change, Content, Echo, Parsed, Renamed, StatusUpdate
from persistence.database import Database
from persistence.lanes import HOLD
from tests.twins.engine import MARIA, TENANT, Engine, message


@pytest.fixture
def engine(database: Database, businesses: Mapping[str, Business], clock: StandingClock) -> Engine:
    return Engine(database, businesses, clock)


async def kept(engine: Engine) -> list[tuple[str, str]]:
    rows = await engine.rows("SELECT kind, content ->> 'text' AS text FROM inbox ORDER BY id")
    return [(row["kind"], row["text"]) for row in rows]


async def test_a_message_sent_twice_is_kept_once_and_asks_for_one_turn(engine: Engine) -> None:
    webhook = Parsed(messages=(message("oi", "wamid.same"),))
    await engine.receiver.receive(webhook)
    await engine.receiver.receive(webhook)
    assert await kept(engine) == [("customer", "oi")]
    assert await engine.one("SELECT version FROM lanes") == 1


@pytest.mark.parametrize("known", [False, True])
async def test_a_message_sent_many_times_at_once_is_kept_once(engine: Engine, known: bool) -> None:
    if known:
        await engine.hears("antes")
    webhook = Parsed(messages=(message("oi", "wamid.same"),))
    await asyncio.gather(*(engine.receiver.receive(webhook) for _ in range(8)))
    assert (await kept(engine))[known:] == [("customer", "oi")]
    assert await engine.one("SELECT count(*) FROM customers") == 1
    assert await engine.one("SELECT version FROM lanes") == 1 + known


async def test_every_message_of_a_batch_is_kept_in_order_whoever_wrote(engine: Engine) -> None:
    joao = Alias("phone", "5521977776666")
    await engine.hears("antes")
    batch = tuple(
        message(text, sender=sender) for text, sender in [("1", MARIA), ("2", joao), ("3", MARIA), ("4", joao)]
    )
    await engine.receiver.receive(Parsed(messages=batch))
    assert [text for _, text in await kept(engine)] == ["antes", "1", "2", "3", "4"]
    assert await engine.one("SELECT count(DISTINCT conversation) FROM inbox") == 2


async def test_a_batch_with_an_old_and_a_new_message_keeps_the_new_one(engine: Engine) -> None:
    await engine.receiver.receive(Parsed(messages=(message("1", "wamid.one"),)))
    await engine.receiver.receive(Parsed(messages=(message("1", "wamid.one"), message("2", "wamid.two"))))
    assert [text for _, text in await kept(engine)] == ["1", "2"]


async def test_known_by_another_name_too_is_the_same_customer_from_then_on(engine: Engine) -> None:
    bsuid = Alias("bsuid", "BR.abc")
    await engine.hears("1")
    await engine.receiver.receive(Parsed(messages=(message("2", aliases=(bsuid, MARIA)),)))
    await engine.receiver.receive(Parsed(messages=(message("3", aliases=(bsuid,), reply_to=bsuid),)))
    assert await engine.one("SELECT count(*) FROM customers") == 1
    assert await engine.one("SELECT to_value FROM conversations") == "BR.abc"


async def test_what_a_customer_can_type_is_kept_whatever_it_is(engine: Engine) -> None:
    for text in ("", "\x00a\x00", "\ud83d", "🙂" * 3, "مرحبا", "x" * 10_000):
        await engine.hears(text)
    assert [text for _, text in await kept(engine)] == ["", "a", "?", "🙂🙂🙂", "مرحبا", "x" * 10_000]


async def test_a_name_or_advertisement_with_null_characters_loses_only_those(engine: Engine) -> None:
    await engine.receiver.receive(Parsed(messages=(message("oi", name="Ma\x00ria", referral={"body": "\x00"}),)))
    assert await engine.one("SELECT name FROM customers") == "Maria"


async def test_a_message_from_the_future_is_from_now(engine: Engine, clock: StandingClock) -> None:
    await engine.receiver.receive(Parsed(messages=(message("oi", sent_at=clock.now() + timedelta(days=9)),)))
    assert await engine.one("SELECT at FROM inbox") == clock.now()


async def test_an_advertisement_that_brought_the_customer_is_remembered(engine: Engine) -> None:
    await engine.hears("antes")
    await engine.receiver.receive(Parsed(messages=(message("oi", referral={"ctwa_clid": "click"}),)))
    await engine.hears("depois")
    assert await engine.one("SELECT referral FROM conversations") == {"ctwa_clid": "click"}


async def test_a_message_for_an_account_nobody_owns_is_set_aside(engine: Engine) -> None:
    await engine.receiver.receive(Parsed(messages=(message("oi", account="999"), message("olá"))))
    assert await kept(engine) == [("customer", "olá")]
    (stray,) = await engine.rows("SELECT account, payload FROM strays", tenant="_")
    assert (stray["account"], stray["payload"]["content"]["text"]) == ("999", "oi")


async def test_a_reaction_edit_or_deletion_is_kept_and_moves_nothing(engine: Engine) -> None:
    await engine.hears("oi")
    await engine.turns()
    changes = tuple(
        Change(kind, "whatsapp", "100000000000001", f"wamid.{kind}", "wamid.1", MARIA, "👍")
        for kind in ("reaction", "edit", "revoke")
    )
    await engine.receiver.receive(Parsed(changes=changes))
    assert [kind for kind, _ in await kept(engine)] == ["customer", "reaction", "edit", "revoke"]
    assert await engine.turns() == 0


async def test_an_answer_from_the_business_phone_gives_the_ball_to_a_person(
    engine: Engine, clock: StandingClock
) -> None:
    await engine.hears("oi")
    echoed = Echo("whatsapp", "100000000000001", "wamid.echo", MARIA, "já respondo", clock.now())
    for _ in range(2):
        await engine.receiver.receive(Parsed(echoes=(echoed,)))
    assert await kept(engine) == [("customer", "oi"), ("echoed", "já respondo")]
    assert await engine.rows("SELECT status, agent FROM handoffs") == [{"status": "assigned", "agent": None}]
    assert await engine.one("SELECT owner FROM conversations") == "agent"
    assert await engine.transcript() == [("agent", "já respondo")]
    assert await engine.turns() == 1


async def test_statuses_never_go_backwards(engine: Engine, clock: StandingClock) -> None:
    await engine.hears("oi")
    await engine.turns()
    await engine.deliveries()
    letter = str(await engine.one("SELECT id FROM outbox"))

    async def after(status: str, callback: str | None = letter) -> str:
        await engine.told(
            StatusUpdate("whatsapp", "100000000000001", "sent.1", status, clock.now(), callback)  # type: ignore[arg-type]
        )
        return (await engine.statuses())[0]

    assert await after("delivered") == "delivered"
    assert await after("sent") == "delivered"
    assert await after("failed") == "delivered"
    assert await after("read", callback=None) == "read"
    assert await after("delivered", callback="not one of ours") == "read"


async def test_a_failed_message_stays_failed_unless_it_was_delivered(engine: Engine, clock: StandingClock) -> None:
    await engine.hears("oi")
    await engine.turns()
    await engine.deliveries()
    letter = str(await engine.one("SELECT id FROM outbox"))
    for status, then in [("failed", "failed"), ("sent", "failed"), ("delivered", "delivered")]:
        update = StatusUpdate("whatsapp", "100000000000001", "sent.1", status, clock.now(), letter)  # type: ignore[arg-type]
        await engine.told(update)
        assert await engine.statuses() == [then]


async def test_a_status_of_another_business_changes_nothing(engine: Engine, clock: StandingClock) -> None:
    await engine.hears("oi")
    await engine.turns()
    letter = str(await engine.one("SELECT id FROM outbox"))
    foreign = engine.businesses["pet-feliz"].channels.accounts()["whatsapp"]
    await engine.told(StatusUpdate("whatsapp", foreign, "x", "read", clock.now(), letter))
    assert await engine.statuses() == ["queued"]


async def test_nothing_is_acknowledged_while_the_database_is_down(engine: Engine) -> None:
    await engine.database.close()
    for sender in (MARIA, Alias("phone", "5521977776666")):
        with pytest.raises(Unavailable):
            await engine.hears("oi", sender=sender)


async def test_a_tap_keeps_what_was_tapped(engine: Engine) -> None:
    tap = Content("choice", "Corte", choice="service:corte", detail={"description": "45 min"})
    await engine.receiver.receive(Parsed(messages=(message("", content=tap, quoted="wamid.0"),)))
    assert await engine.one("SELECT content FROM inbox") == {
        "kind": "choice",
        "text": "Corte",
        "choice": "service:corte",
        "detail": {"description": "45 min"},
        "quoted": "wamid.0",
    }
    assert await engine.one("SELECT tenant FROM inbox") == TENANT


async def test_a_customer_whose_number_changed_is_the_same_customer_and_nobody_new_is_made(engine: Engine) -> None:
    moved, stranger = Alias("phone", "5511933332222"), Alias("phone", "5511955554444")
    await engine.hears("oi")
    for names in ((MARIA, moved), (stranger, Alias("bsuid", "BR.stranger"))):
        renamed = Renamed("whatsapp", "100000000000001", "wamid.system", names)
        await engine.receiver.receive(Parsed(renames=(renamed,)))
    await engine.hears("é o meu número novo", sender=moved)
    assert await engine.one("SELECT count(*) FROM customers") == 1
    assert await engine.one("SELECT count(DISTINCT conversation) FROM inbox") == 1


async def test_a_changed_number_beside_messages_for_other_businesses_is_not_lost(engine: Engine) -> None:
    moved, foreign = Alias("phone", "5511933332222"), engine.businesses["pet-feliz"].channels.accounts()["whatsapp"]
    await engine.hears("oi")
    renamed = Renamed("whatsapp", "100000000000001", "wamid.system", (MARIA, moved))
    await engine.receiver.receive(Parsed(messages=(message("oi", account=foreign),), renames=(renamed,)))
    assert await engine.one("SELECT count(*) FROM identities WHERE value = '5511933332222'") == 1


async def test_an_answer_from_the_business_phone_does_not_open_the_customers_window(
    engine: Engine, clock: StandingClock
) -> None:
    echoed = Echo("whatsapp", "100000000000001", "wamid.echo", MARIA, "promoção!", clock.now())
    await engine.receiver.receive(Parsed(echoes=(echoed,)))
    assert await engine.one("SELECT last_customer_at FROM conversations") is None


async def test_a_webhook_that_arrives_while_a_turn_commits_waits_for_it_without_a_deadlock(
    engine: Engine, database: Database
) -> None:
    await engine.hears("oi")
    conversation = await engine.one("SELECT id FROM conversations")
    async with database.transaction(TENANT) as turn:
        await turn.execute(HOLD, {"conversation": conversation, "kind": "turn"})
        advertised = Parsed(messages=(message("oi de novo", referral={"ctwa_clid": "click"}),))
        arriving = asyncio.create_task(engine.receiver.receive(advertised))
        while not await engine.rows("SELECT pid FROM pg_locks WHERE NOT granted"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await turn.execute("UPDATE conversations SET updated_at = now()")
    await arriving
    assert len(await kept(engine)) == 2


async def test_a_status_whose_callback_is_no_id_of_ours_is_found_by_the_providers_id(
    engine: Engine, clock: StandingClock
) -> None:
    await engine.hears("oi")
    await engine.turns()
    await engine.deliveries()
    await engine.told(StatusUpdate("whatsapp", "100000000000001", "sent.1", "read", clock.now(), "campaign 7; ção"))
    assert await engine.statuses() == ["read"]
