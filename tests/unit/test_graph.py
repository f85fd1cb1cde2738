"""What a conversation promises, whatever understood the words."""

from __future__ import annotations

from domain.commands import (
    Affirm,
    Ask,
    Cancel,
    Correct,
    Deny,
    Fill,
    Human,
    OptIn,
    OptOut,
    Repeat,
    Smalltalk,
    Start,
    Unclear,
)
from tests.twins.conversation import Conversation, at, options, text

TOMORROW_15 = "2026-03-11T15:00:00-03:00"
TOMORROW_16 = "2026-03-11T16:00:00-03:00"


async def asked_to_confirm(conversation: Conversation) -> None:
    await conversation.says(Start("book"), Fill("service", "corte-feminino"), Fill("time", at(TOMORROW_15)))


async def test_nothing_is_booked_without_a_yes_to_the_summary() -> None:
    conversation = Conversation()
    result = await conversation.says(
        Start("book"), Fill("service", "corte-feminino"), Fill("time", at(TOMORROW_15)), Affirm()
    )
    assert result.asks == "confirm"
    assert "book_appointment" not in conversation.tools
    assert conversation.shop.book == []


async def test_a_yes_books_once_and_a_second_yes_books_nothing() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    done = await conversation.says(Affirm())
    again = await conversation.says(Affirm())
    assert "✅" in text(done)
    assert "✅" not in text(again)
    assert len(conversation.shop.book) == 1


async def test_a_yes_with_a_change_is_a_new_summary_not_a_yes() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    changed = await conversation.says(Affirm(), Fill("time", at(TOMORROW_16)))
    assert changed.asks == "confirm"
    assert "16:00" in text(changed)
    assert conversation.shop.book == []


async def test_a_yes_that_repeats_the_time_is_a_yes() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    await conversation.says(Affirm(), Fill("time", at(TOMORROW_15)))
    assert len(conversation.shop.book) == 1


async def test_a_time_alone_keeps_the_day_and_a_day_alone_keeps_the_time() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    hour = await conversation.says(Fill("time", at("2026-03-10T17:00:00-03:00", has_date=False)))
    assert "11/03, às 17:00" in text(hour)
    day = await conversation.says(Fill("time", at("2026-03-13T00:00:00-03:00", has_time=False, grain="day")))
    assert "13/03, às 17:00" in text(day)


async def test_a_question_in_the_middle_is_answered_and_the_step_said_once() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    result = await conversation.says(Ask("prices", {"service": ["escova"]}))
    assert "R$ 60,00" in text(result)
    assert text(result).count("Posso marcar?") == 1
    assert result.asks == "confirm"
    assert len(result.replies) == 1


async def test_a_slot_taken_while_confirming_is_apologised_for_and_others_are_offered() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    rival = conversation.shop.records("rival")
    for number, professional in enumerate(("ana", "bruno")):
        start = conversation.now.fromisoformat(TOMORROW_15)
        await rival.bookings.book(
            "corte-feminino", professional, start, conversation.now.fromisoformat(TOMORROW_16), f"rival-{number}"
        )
    result = await conversation.says(Affirm())
    assert result.asks == "time"
    assert options(result)
    assert len(conversation.shop.book) == 2


async def test_a_second_flow_returns_to_the_first() -> None:
    conversation = Conversation("pet-feliz")
    await conversation.says(Start("book"), Fill("service", "tosa"))
    await conversation.says(Start("order"), Fill("items", [{"product": "bola", "quantity": 4, "mode": "set"}]))
    await conversation.says(Fill("delivery", "pickup"), Fill("payment", "pix"))
    result = await conversation.says(Affirm())
    assert "place_order" in conversation.tools
    assert result.flow == "book"
    assert result.asks == "time"


async def test_never_mind_drops_only_the_flow_on_top() -> None:
    conversation = Conversation("pet-feliz")
    await conversation.says(Start("book"), Fill("service", "tosa"))
    await conversation.says(Start("order"), Fill("items", [{"product": "bola", "quantity": 4, "mode": "set"}]))
    result = await conversation.says(Cancel())
    assert result.flow == "book"


async def test_never_mind_after_the_booking_asks_before_it_cancels() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    await conversation.says(Affirm())
    asked = await conversation.says(Cancel())
    assert asked.flow == "cancel_booking"
    assert asked.asks == "confirm"
    assert "cancel_appointment" not in conversation.tools
    await conversation.says(Deny())
    assert [entry.booking.status for entry in conversation.shop.book] == ["confirmed"]


async def test_a_tap_on_an_old_message_changes_nothing() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    await conversation.says(Fill("time", at(TOMORROW_16)))
    result = await conversation.taps("sim~1")
    assert "anterior" in text(result)
    assert conversation.shop.book == []


async def test_the_tap_on_the_current_message_counts() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    await conversation.taps("sim~1")
    assert len(conversation.shop.book) == 1


async def test_a_person_waits_on_an_interrupt_and_the_bot_is_silent() -> None:
    conversation = Conversation()
    called = await conversation.says(Human())
    silent = await conversation.says(text="alguém aí?")
    assert called.owner == "person"
    assert silent.replies == ()
    assert silent.owner == "person"


async def test_the_bot_answers_again_after_the_person_returns_the_conversation() -> None:
    conversation = Conversation()
    await conversation.says(Human())
    await conversation.happens("agent_replied", {"text": "Oi, aqui é a Paula"})
    conversation.handoff = None
    await conversation.happens("returned", {"outcome": "agreed on Friday"})
    result = await conversation.says(Smalltalk("greet"))
    assert result.owner == "bot"
    assert result.replies


async def test_what_the_person_agreed_is_known_to_whoever_reads_the_next_words() -> None:
    conversation = Conversation()
    await conversation.says(Human())
    conversation.handoff = None
    await conversation.happens("returned", {"outcome": "agreed on Friday"})
    await conversation.says(Smalltalk("greet"))
    told = [(line["role"], line["text"]) for line in conversation.understander.situations[-1].history]
    assert ("agent", "agreed on Friday") in told


async def test_words_after_the_return_in_the_same_turn_are_answered() -> None:
    conversation = Conversation()
    await conversation.says(Human())
    conversation.handoff = None
    conversation.understander.next = (Ask("address"),)
    result = await conversation.happens("returned", {}, "customer", {"kind": "text", "text": "onde fica?"})
    assert "Acácias" in text(result)


async def test_a_person_who_steps_in_silences_the_bot() -> None:
    conversation = Conversation()
    await conversation.says(Smalltalk("greet"))
    conversation.handoff = {"id": "takeover", "status": "assigned", "agent": "paula"}
    await conversation.happens("agent_claimed", {}, "agent_replied", {"text": "oi"})
    assert (await conversation.says(Start("book"))).replies == ()


async def test_a_failed_turn_goes_to_a_person_with_an_apology() -> None:
    conversation = Conversation()
    result = await conversation.happens("failed", {"error": "ValueError"})
    assert result.owner == "person"
    assert "problema" in text(result)


async def test_two_clarifications_that_fail_call_a_person() -> None:
    conversation = Conversation()
    assert (await conversation.says(Unclear())).asks == "clarify"
    assert (await conversation.says(Unclear())).asks == "clarify"
    assert (await conversation.says(Unclear())).owner == "person"


async def test_an_unknown_question_is_recorded_and_a_person_offered() -> None:
    conversation = Conversation()
    result = await conversation.says(Ask("faq", {"text": "vocês vendem pneus?"}))
    assert conversation.shop.questions
    assert options(result) == ["pessoa", "nao"]
    assert (await conversation.says(Affirm())).owner == "person"


async def test_two_unknown_questions_are_both_recorded_and_said_to_be_unknown_once() -> None:
    conversation = Conversation()
    result = await conversation.says(
        Ask("faq", {"text": "vocês vendem pneus?"}), Ask("faq", {"text": "tem heliponto?"}), Ask("address")
    )
    assert [question.text for question in conversation.shop.questions] == ["vocês vendem pneus?", "tem heliponto?"]
    assert text(result).count("não sei") == 1


async def test_opting_out_stops_everything_and_writing_again_opts_in() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    out = await conversation.says(OptOut())
    assert out.flow is None
    assert (await conversation.records.customers.profile()).opted_out
    await conversation.says(OptIn())
    assert not (await conversation.records.customers.profile()).opted_out


async def test_say_that_again_repeats_the_question_with_its_options() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    result = await conversation.says(Repeat())
    assert "Posso marcar?" in text(result)
    assert options(result) == ["sim", "nao"]
    assert result.asks == "confirm"


async def test_a_greeting_next_day_offers_to_resume_and_checks_the_time_again() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    conversation.later(hours=20)
    assert (await conversation.says(Smalltalk("greet"))).asks == "clarify"
    result = await conversation.says(Affirm())
    assert result.asks == "confirm"
    assert "check_time" in conversation.tools


async def test_a_price_that_changed_before_the_yes_gives_a_new_summary() -> None:
    conversation = Conversation("pet-feliz")
    await conversation.says(
        Start("order"),
        Fill("items", [{"product": "bola", "quantity": 4, "mode": "set"}]),
        Fill("delivery", "pickup"),
        Fill("payment", "cash"),
    )
    conversation.shop.prices["bola"] = conversation.shop.prices["bola"] + 1
    result = await conversation.says(Affirm())
    assert result.asks == "confirm"
    assert "R$ 52,00" in text(result)
    assert "mudou" in text(result)


async def test_history_and_memory_stay_bounded_over_a_long_conversation() -> None:
    conversation = Conversation()
    for _ in range(60):
        await conversation.says(Ask("address"))
    saved = await conversation.saver.aget({"configurable": {"thread_id": "tenant:conversation"}})
    assert saved is not None
    assert len(saved["channel_values"]["history"]) <= 40
    assert set(saved["channel_values"]) <= {"dialogue", "history"}


async def test_a_yes_beside_something_not_understood_is_no_yes() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    result = await conversation.says(Affirm(), Unclear(("prices",)))
    assert result.asks == "confirm"
    assert conversation.shop.book == []


async def test_a_plain_yes_takes_what_is_left_on_the_shelf() -> None:
    conversation = Conversation("pet-feliz")
    conversation.shop.stock["shampoo"] = 2
    short = await conversation.says(
        Start("order"),
        Fill("items", [{"product": "shampoo", "quantity": 3, "mode": "set"}]),
        Fill("delivery", "pickup"),
        Fill("payment", "pix"),
    )
    assert short.asks == "items"
    result = await conversation.says(Affirm())
    assert result.asks == "confirm"
    assert "R$ 59,80" in text(result)


async def test_whoever_reads_is_told_which_orders_stand_while_nothing_is_under_way() -> None:
    conversation = Conversation("pet-feliz")
    bought = [{"product": "bola", "quantity": 4, "mode": "set"}]
    await conversation.says(Start("order"), Fill("items", bought), Fill("delivery", "pickup"), Fill("payment", "cash"))
    await conversation.says(Affirm())
    conversation.later(hours=5)
    for _ in range(2):
        await conversation.says(Start("order"))
    *_, told, under_way = [situation.ordered for situation in conversation.understander.situations]
    assert [(order["items"], order["told"]) for order in told] == [
        ([{"product": "bola", "quantity": 4}], {"delivery": "pickup", "payment": "cash"})
    ]
    assert under_way == []


async def test_words_about_an_order_nobody_placed_begin_one() -> None:
    conversation = Conversation("pet-feliz")
    result = await conversation.says(
        Start("change_order"), Fill("items", [{"product": "bola", "quantity": 4, "mode": "add"}])
    )
    assert result.flow == "order"


async def test_the_kept_hour_is_the_hour_on_the_businesss_clock() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    await conversation.says(Fill("time", at("2026-03-13T00:00:00-03:00", has_time=False, grain="day")))
    await conversation.says(Affirm())
    (entry,) = conversation.shop.book
    assert entry.booking.start.isoformat() == "2026-03-13T15:00:00-03:00"


async def test_a_correction_right_after_the_booking_moves_it() -> None:
    conversation = Conversation()
    await asked_to_confirm(conversation)
    await conversation.says(Affirm())
    result = await conversation.says(Correct("time", at("2026-03-13T00:00:00-03:00", has_time=False, grain="day")))
    assert result.flow == "reschedule"


async def test_a_clinic_that_books_by_hand_hands_cancellations_to_a_person() -> None:
    conversation = Conversation("clinica-sorriso")
    result = await conversation.says(Start("cancel_booking"), Fill("old_time", at(TOMORROW_15)))
    assert result.owner == "person"
