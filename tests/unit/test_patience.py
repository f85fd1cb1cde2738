"""A model that never has anything useful to say is not paid for it again and again."""

from __future__ import annotations

from datetime import timedelta

from domain.clock import StandingClock
from understanding.patience import Patience

PAUSE = timedelta(minutes=10)


def tried(patience: Patience, *conversations: str, business: str = "salon") -> None:
    for conversation in conversations:
        patience.tried(business, conversation)


def test_a_conversation_rests_after_useless_answers_in_a_row(clock: StandingClock) -> None:
    patience = Patience(clock, answers=2, pause=PAUSE)
    tried(patience, "ana")
    assert patience.lasts("salon", "ana")
    tried(patience, "ana")
    assert not patience.lasts("salon", "ana")
    assert patience.lasts("salon", "bia")
    clock.advance(PAUSE)
    assert patience.lasts("salon", "ana")


def test_a_useful_answer_forgives(clock: StandingClock) -> None:
    patience = Patience(clock, answers=2)
    tried(patience, "ana")
    patience.used("salon", "ana")
    tried(patience, "ana")
    assert patience.lasts("salon", "ana")


def test_a_business_rests_when_conversation_after_conversation_met_nothing_useful(clock: StandingClock) -> None:
    patience = Patience(clock, conversations=3, pause=PAUSE)
    tried(patience, "ana", "bia", "caio")
    assert not patience.lasts("salon", "davi")
    assert patience.lasts("shop", "davi")
    clock.advance(PAUSE)
    assert patience.lasts("salon", "davi")


def test_one_customer_takes_the_model_from_nobody_else(clock: StandingClock) -> None:
    patience = Patience(clock, answers=2, conversations=3)
    tried(patience, *["ana"] * 50, "bia")
    assert patience.lasts("salon", "caio")


def test_a_useful_answer_to_anybody_keeps_the_business_awake(clock: StandingClock) -> None:
    patience = Patience(clock, conversations=3)
    tried(patience, "ana", "bia")
    patience.used("salon", "caio")
    tried(patience, "davi")
    assert patience.lasts("salon", "edu")


def test_conversations_without_a_name_are_nobodys(clock: StandingClock) -> None:
    patience = Patience(clock, answers=1, conversations=1)
    tried(patience, *[""] * 9)
    assert patience.lasts("salon", "")
