"""Delivery: every reply reaches the customer, in order, whatever the provider does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from domain.business import Business
from domain.clock import StandingClock
from domain.errors import ChannelPaused, SendRefused, SendRetry, SendUncertain
from domain.messages import StatusUpdate
from domain.ports import Pending, Unit
from engine.turn import Answer
from persistence.database import Database
from persistence.lanes import HOLD
from tests.twins.engine import TENANT, Engine, said

ACCOUNT = "100000000000001"


async def three(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
    """A turn that has three things to say."""
    return said("um", "dois", "três")


@pytest.fixture
async def engine(database: Database, businesses: Mapping[str, Business], clock: StandingClock) -> Engine:
    """Three replies wait to be sent to one customer."""
    engine = Engine(database, businesses, clock)
    await engine.hears("oi")
    await engine.turns(three)
    return engine


async def due_in(engine: Engine) -> float:
    return await engine.lanes.next_due("delivery") or 0


async def first_letter(engine: Engine) -> str:
    return str(await engine.one("SELECT id FROM outbox ORDER BY seq LIMIT 1"))


def status(word: str, clock: StandingClock, letter: str) -> StatusUpdate:
    return StatusUpdate("whatsapp", ACCOUNT, "wamid.theirs", word, clock.now(), letter)  # type: ignore[arg-type]


async def test_letters_leave_in_order_with_their_id_as_callback(engine: Engine) -> None:
    await engine.deliveries()
    assert engine.channel.sent == ["um", "dois", "três"]
    assert await engine.statuses() == ["sent"] * 3
    rows = await engine.rows("SELECT id::text AS id, provider_id FROM outbox ORDER BY seq")
    assert [row["id"] for row in rows] == engine.channel.callbacks
    assert [row["provider_id"] for row in rows] == ["sent.1", "sent.2", "sent.3"]
    assert await engine.deliveries() == 0


async def test_a_letter_is_committed_as_sending_before_the_provider_hears_of_it(engine: Engine) -> None:
    (lease,) = await engine.lanes.claim("delivery", 1, 30)
    await engine.outbox.take(lease, engine.clock.now(), worded=False)
    assert await engine.statuses() == ["sending", "queued", "queued"]


async def test_a_busy_provider_is_asked_again_later_each_time_and_order_is_kept(engine: Engine) -> None:
    engine.channel.script.extend([SendRetry("500"), SendRetry("500"), SendRetry("500")])
    for seconds in (1, 4, 16):
        await engine.deliveries()
        assert seconds - 1 < await due_in(engine) <= seconds
        assert engine.channel.sent == []
        await engine.later(seconds)
    await engine.deliveries()
    assert engine.channel.sent == ["um", "dois", "três"]
    assert await engine.one("SELECT attempts FROM lanes WHERE kind = 'delivery'") == 0


async def test_the_providers_own_waiting_time_is_kept(engine: Engine) -> None:
    engine.channel.script.append(SendRetry("429", after=42))
    await engine.deliveries()
    assert 41 < await due_in(engine) <= 42


async def test_a_new_reply_does_not_jump_a_back_off(engine: Engine) -> None:
    engine.channel.script.append(SendRetry("429", after=42))
    await engine.deliveries()
    await engine.hears("ainda aí?")
    await engine.turns()
    assert await engine.deliveries() == 0


async def test_an_uncertain_letter_waits_for_a_status_and_is_not_sent_twice(
    engine: Engine, clock: StandingClock
) -> None:
    engine.channel.script.append(SendUncertain("time-out"))
    await engine.deliveries()
    assert await engine.statuses() == ["uncertain", "queued", "queued"]
    assert 19 < await due_in(engine) <= 20
    await engine.told(status("delivered", clock, await first_letter(engine)))
    await engine.deliveries()
    assert engine.channel.sent == ["dois", "três"]
    assert await engine.statuses() == ["delivered", "sent", "sent"]


async def test_an_uncertain_letter_nobody_speaks_of_is_sent_again(engine: Engine) -> None:
    engine.channel.script.append(SendUncertain("time-out"))
    await engine.deliveries()
    await engine.later(20)
    await engine.deliveries()
    assert engine.channel.sent == ["um", "dois", "três"]
    assert await engine.statuses() == ["sent"] * 3


async def test_a_status_faster_than_the_providers_answer_counts(engine: Engine, clock: StandingClock) -> None:
    letter = await first_letter(engine)
    (lease,) = await engine.lanes.claim("delivery", 1, 30)
    await engine.outbox.take(lease, clock.now(), worded=False)
    await engine.told(status("delivered", clock, letter))
    assert not await engine.outbox.put_off(letter, lease, "uncertain", clock.now(), 20, "time-out")
    await engine.deliverer().run(lease)
    assert engine.channel.sent == ["dois", "três"]
    assert await engine.statuses() == ["delivered", "sent", "sent"]


async def test_a_refused_letter_fails_with_its_code_and_the_next_one_leaves(engine: Engine) -> None:
    engine.channel.script.append(SendRefused("not on WhatsApp", "131026"))
    await engine.deliveries()
    assert engine.channel.sent == ["dois", "três"]
    assert await engine.statuses() == ["failed", "sent", "sent"]
    assert await engine.one("SELECT error FROM outbox WHERE status = 'failed'") == "131026"


async def test_a_blocked_account_is_tried_again_after_a_minute(engine: Engine) -> None:
    engine.channel.script.append(ChannelPaused("131031"))
    await engine.deliveries()
    assert 59 < await due_in(engine) <= 60
    await engine.later(60)
    await engine.deliveries()
    assert engine.channel.sent == ["um", "dois", "três"]


async def test_a_channel_that_breaks_does_not_stop_the_lane_for_good(engine: Engine) -> None:
    engine.channel.script.append(ZeroDivisionError())
    await engine.deliveries()
    await engine.later(1)  # the back-off: the letter was in sending, nobody knows whether it left
    await engine.deliveries()
    assert await engine.statuses() == ["uncertain", "queued", "queued"]
    await engine.later(20)
    await engine.deliveries()
    assert engine.channel.sent == ["um", "dois", "três"]


async def test_outside_the_window_nothing_free_form_is_sent(engine: Engine, clock: StandingClock) -> None:
    await engine.rows("UPDATE conversations SET last_customer_at = last_customer_at - interval '24 hours 1 second'")
    await engine.deliveries()
    assert engine.channel.callbacks == []
    assert await engine.statuses() == ["failed"] * 3
    assert await engine.one("SELECT DISTINCT error FROM outbox") == "window"


async def test_who_opted_out_gets_the_confirmation_and_nothing_after_it(engine: Engine, clock: StandingClock) -> None:
    async def opts_out(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
        await unit.records.customers.opt_out(now)
        return said("Você não receberá mais mensagens.")

    await engine.hears("sair")
    await engine.turns(opts_out)
    clock.advance(timedelta(minutes=1))
    await engine.hears("oi")
    await engine.turns()
    await engine.deliveries()
    assert engine.channel.sent[-1] == "Você não receberá mais mensagens."
    assert (await engine.statuses())[-2:] == ["sent", "failed"]
    assert await engine.one("SELECT error FROM outbox WHERE status = 'failed'") == "opted_out"


async def test_a_deliverer_that_lost_its_lease_takes_nothing(engine: Engine) -> None:
    (slow,) = await engine.lanes.claim("delivery", 1, 30)
    await engine.later()
    await engine.deliveries()
    await engine.deliverer().run(slow)
    assert engine.channel.sent == ["um", "dois", "três"]


async def test_a_letter_a_day_old_is_given_up_on_any_channel(engine: Engine, clock: StandingClock) -> None:
    await engine.rows("UPDATE outbox SET channel = 'web', to_kind = 'web', to_value = 'a session'")
    clock.advance(timedelta(hours=24, seconds=1))
    await engine.deliveries()
    assert engine.channel.callbacks == []
    assert await engine.statuses() == ["failed"] * 3
    assert await engine.rows("SELECT DISTINCT error FROM outbox") == [{"error": "expired"}]


async def test_a_status_that_arrives_while_a_deliverer_looks_waits_for_it_without_a_deadlock(
    engine: Engine, clock: StandingClock, database: Database
) -> None:
    engine.channel.script.append(SendUncertain("time-out"))
    await engine.deliveries()
    letter = await first_letter(engine)
    conversation = await engine.one("SELECT DISTINCT conversation FROM outbox")
    async with database.transaction(TENANT) as deliverer:
        await deliverer.execute(HOLD, {"conversation": conversation, "kind": "delivery"})
        telling = asyncio.create_task(engine.told(status("delivered", clock, letter)))
        while not await engine.rows("SELECT pid FROM pg_locks WHERE NOT granted"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await deliverer.execute("SELECT FROM outbox WHERE id = %s FOR UPDATE", (letter,))
    await telling
    assert (await engine.statuses())[0] == "delivered"
