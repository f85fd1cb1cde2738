"""Noise in dialogues is the noise of customers: it repeats, it changes something, it keeps what nobody could guess."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import shorthand
from evals.bursts import in_parts
from evals.format import Dialogue
from evals.keyboard import mistyped, mistyped_once
from evals.perturb import NOISES, disturbed
from evals.words import plain


def said(*texts: str, **more: Any) -> Dialogue:
    """A dialogue in which the customer says this."""
    head = {"id": "noisy", "business": "studio-aurora", "clock": "2026-03-10T10:00:00-03:00"}
    turns = [{"user": text, "expect": {"asks": "time"}} for text in texts]
    return Dialogue.model_validate({**head, "turns": turns, **more})


def texts(dialogue: Dialogue) -> list[str]:
    return [message.text for turn in dialogue.turns for message in turn.user or () if message.text]


@pytest.mark.parametrize("kind", NOISES)
def test_noise_is_the_same_every_time_and_leaves_taps_and_expectations_alone(kind: str) -> None:
    dialogue = said("Olá, vocês fazem escova amanhã às 15h, por favor? Obrigado!")
    dialogue = dialogue.model_copy(update={"turns": (*dialogue.turns, *_tap().turns)})
    noisy = disturbed(dialogue, kind)
    assert noisy is not None
    assert noisy == disturbed(dialogue, kind)
    assert texts(noisy) != texts(dialogue)
    assert [turn.expect for turn in noisy.turns] == [turn.expect for turn in dialogue.turns]
    assert noisy.turns[-1] == dialogue.turns[-1]
    assert "15h" in "".join(texts(noisy)).lower()


def _tap() -> Dialogue:
    return said("oi").model_copy(update={"turns": Dialogue.model_validate(_TAPPED).turns})


_TAPPED = {
    "id": "tap",
    "business": "studio-aurora",
    "clock": "2026-03-10T10:00:00-03:00",
    "turns": [{"user": {"button": "confirmar"}}],
}


@pytest.mark.parametrize(("kind", "text"), [("accents", "oi"), ("abbreviations", "escova"), ("split", "sim")])
def test_a_dialogue_that_has_nothing_to_disturb_is_left_out(kind: str, text: str) -> None:
    assert disturbed(said(text), kind) is None


def test_another_seed_makes_other_noise() -> None:
    dialogue = said("quero marcar escova amanhã de manhã com a Ana, pode ser?")
    assert disturbed(dialogue, "typos", 1) == disturbed(dialogue, "typos", 1)
    assert len({str(disturbed(dialogue, "typos", seed)) for seed in range(5)}) > 1


def test_a_short_dialogue_gets_at_least_one_typo() -> None:
    noisy = disturbed(said("oi", "sim", "isso mesmo"), "typos")
    assert noisy is not None
    assert texts(noisy)[:2] == ["oi", "sim"]


def test_the_street_an_order_is_expected_to_hold_stays_as_it_was_written() -> None:
    end = {"orders": [{"delivery": {"method": "delivery", "address": "Rua das Palmeiras 55"}}]}
    for number in range(30):
        dialogue = said("entrega na Rua das Palmeiras 55, pagamento no dinheiro", id=f"n{number}", end=end)
        noisy = disturbed(dialogue, "typos")
        assert noisy is not None
        assert "Rua das Palmeiras 55" in texts(noisy)[0]


@given(st.integers())
def test_a_typo_spares_digits_links_short_words_and_their_first_letters(seed: int) -> None:
    text = "quero 12h no dia 13/03 em joana@site.com pra Ana vir sim"
    wrong = mistyped_once(text, random.Random(seed))
    changed = [(a, b) for a, b in zip(text.split(), wrong.split(), strict=True) if a != b]
    assert len(changed) == 1
    (before, after) = changed[0]
    assert before == "quero"
    assert after[0] == "q"
    assert abs(len(after) - len(before)) <= 1


def test_about_one_letter_in_fifty_is_mistyped() -> None:
    words = ["quero", "marcar", "escova", "amanhã", "depois", "almoço", "cliente", "preferido"]
    chance = random.Random(7)
    wrong = sum(mistyped(word, chance) != word for _ in range(2000) for word in words)
    share = wrong / sum(len(word) for _ in range(2000) for word in words)
    assert 0.015 < share < 0.025


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("você tem hoje?", "vc tem hj[?]"),
        ("Também quero beleza que porque", "t(b|bm) qro blz q pq"),
        ("obrigada, por favor", "obg(da)?, pfv?"),
        ("amanhã ou depois de amanhã", "(amnh?) ou dps de \\1"),
        ("muda para 16h", "muda p/ 16h"),
        ("para, não quero", "para, [nñ] qro"),
        ("você@quero.com", "você@quero.com"),
        ("tomorrow please", "tm(rw|r) pl[sz]"),
        ("el viernes también", "el vie tm?b"),
    ],
)
def test_words_are_shortened_as_people_do_and_each_in_one_way(text: str, short: str) -> None:
    for seed in range(8):
        assert re.fullmatch(short, shorthand.shortened(text, shorthand.habit(random.Random(seed))))


@given(st.integers())
def test_a_thought_sent_in_parts_keeps_its_words_and_their_order(seed: int) -> None:
    text = "oi! quero corte e escova com a Ana amanhã às 15h, pode ser? se não, qualquer hora serve"
    parts = in_parts(text, random.Random(seed))
    assert 2 <= len(parts) <= 4
    assert re.findall(r"\w+", plain(" ".join(parts))) == re.findall(r"\w+", plain(text))


@pytest.mark.parametrize(
    "text",
    [
        "às 3 e meia",
        "entre segunda e quarta",
        "entrega na Rua Minas, 4, Centro",
        "vinte e dois",
        "sim",
        "cancela o horário de hoje ao meio-dia",
    ],
)
def test_what_belongs_together_is_sent_together(text: str) -> None:
    assert all(in_parts(text, random.Random(seed)) == [text] for seed in range(20))
