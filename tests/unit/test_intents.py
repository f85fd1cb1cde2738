"""The intent classifier on messages it was not trained on, and on pairs that are easily taken for each other."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from understanding.local import intents
from understanding.local.classifier import weights
from understanding.local.intents import classify, rank
from understanding.local.training import of_messages, train, utterances

_UNSEEN: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("unseen_messages.yaml").read_text(encoding="utf-8")
)
_OUTSIDE: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("outside_messages.yaml").read_text(encoding="utf-8")
)
_MIDWAY: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("midway_messages.yaml").read_text(encoding="utf-8")
)
_LOCALES = {"pt": "pt-BR", "en": "en", "es": "es"}


def _judged(language: str) -> list[tuple[float, bool, str]]:
    found = []
    for intent, texts in _UNSEEN[language].items():
        for text in texts:
            winner, confidence = rank(text, _LOCALES[language])[0]
            found.append((confidence, winner == intent, f"{text!r}: {winner}, not {intent}"))
    return found


@pytest.mark.parametrize(("language", "floor"), [("pt", 0.92), ("en", 0.80), ("es", 0.80)])
def test_unseen_messages_are_understood(language: str, floor: float) -> None:
    judged = _judged(language)
    wrong = [told for _, right, told in judged if not right]
    assert 1 - len(wrong) / len(judged) >= floor, "\n".join(wrong)


@pytest.mark.parametrize("language", ["pt", "en", "es"])
def test_what_is_surely_understood_is_right(language: str) -> None:
    sure = [right for confidence, right, _ in _judged(language) if confidence >= 0.9]
    assert sure
    assert sum(sure) / len(sure) >= 0.95


@pytest.mark.parametrize(("language", "floor"), [("pt", 0.92), ("en", 0.80), ("es", 0.80)])
def test_outsiders_messages_have_the_intent_an_outsider_gives_them(language: str, floor: float) -> None:
    """Four in five are surest, and of these not one in fifty is wrong."""
    judged = sorted(
        (
            (confidence, winner == intent, f"{text!r}: {winner}, not {intent}")
            for intent, texts in _OUTSIDE[language].items()
            for text in texts
            for winner, confidence in classify(text, _LOCALES[language])[:1]
        ),
        reverse=True,
    )
    wrong = [told for _, right, told in judged if not right]
    assert 1 - len(wrong) / len(judged) >= floor, "\n".join(wrong)
    surest = judged[: round(0.8 * len(judged))]
    assert sum(right for _, right, _ in surest) / len(surest) >= 0.98, "\n".join(wrong)


def _everybodys(label: str) -> str:
    intent = intents.LEARNED_APART.get(label, label)
    return intents.FINER.get(intent, intent)


@pytest.mark.parametrize(("language", "floor"), [("pt", 0.83), ("en", 0.77), ("es", 0.80)])
def test_messages_of_running_talks_are_understood(language: str, floor: float) -> None:
    """Odd, indirect and half sentences: where the intent is not sure, it knows that it is not."""
    judged = [
        (confidence, winner == _everybodys(intent), f"{text!r}: {winner}, not {intent}")
        for intent, texts in _MIDWAY[language].items()
        for text in texts
        for winner, confidence in classify(text, _LOCALES[language])[:1]
    ]
    wrong = [told for _, right, told in judged if not right]
    assert 1 - len(wrong) / len(judged) >= floor, "\n".join(wrong)
    sure = [right for confidence, right, _ in judged if confidence >= 0.9]
    assert len(sure) >= len(judged) / 2
    assert sum(sure) / len(sure) >= 0.95, "\n".join(wrong)


def test_no_unseen_message_is_a_training_utterance() -> None:
    trained = {one.text.lower() for one in utterances.messages()}
    for told in (_UNSEEN["pt"], _OUTSIDE["pt"], *_MIDWAY.values()):
        unseen = [text for texts in told.values() for text in texts]
        copied = [text for text in unseen if text.lower() in trained]
        assert len(copied) / len(unseen) < 0.15, copied


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("quero cancelar o pedido", "cancel_order"),
        ("cancelar meu horário", "cancel_booking"),
        ("não quero cancelar", "deny"),
        ("não quero cancelar, quero remarcar", "reschedule"),
        ("não precisa remarcar, só cancela", "cancel_booking"),
        ("quanto custa o corte", "prices"),
        ("quanto tempo demora o corte?", "faq"),
        ("quanto é a entrega?", "delivery"),
        ("tem vaga amanhã?", "book"),
        ("tem vaga de emprego?", "out_of_scope"),
        ("vcs abrem sábado?", "hours"),
        ("que horas é meu horário?", "my_bookings"),
        ("onde vcs ficam", "address"),
        ("aceita pix?", "payment"),
        ("cadê meu pedido", "order_status"),
        ("quero mudar meu horário", "reschedule"),
        ("quero mudar meu pedido", "change_order"),
        ("qual a política de cancelamento?", "faq"),
        ("a atendente foi grossa comigo", "complaint"),
        ("quero falar com uma atendente", "human"),
        ("não, obrigado", "deny"),
        ("ok, obrigada", "thanks"),
        ("obrigado, até mais", "goodbye"),
        ("qual o processo pra marcar?", "book"),
        ("esquece", "forget"),
        ("kkkkk", "smalltalk"),
        ("com quem eu tô falando?", "who_are_you"),
        ("quem trabalha aí?", "professionals"),
        ("a Bia ainda trabalha com vocês?", "professionals"),
        ("até quando posso desmarcar sem pagar?", "faq"),
        ("terça então, assim que abrir, às 9", "book"),
        ("me passa o telefone da Carla", "human"),
    ],
)
def test_likely_confusions_are_told_apart(text: str, intent: str) -> None:
    assert rank(text, "pt-BR")[0][0] == intent
    assert classify(text, "pt-BR")[0][0] == intents.FINER.get(intent, intent)


def test_a_language_that_is_not_known_still_works() -> None:
    assert classify("i want to cancel my order")[0][0] == "cancel_order"
    assert classify("quiero cancelar mi cita")[0][0] == "cancel_booking"


def test_what_everybody_tells_apart_is_all_that_is_told() -> None:
    assert {intent for intent, _ in classify("vcs entregam no centro?", "pt-BR")} == set(intents.INTENTS)
    finer = {intent for intent, _ in rank("vcs entregam no centro?", "pt-BR")}
    assert finer == {*intents.INTENTS, *intents.FINER}


def test_confidences_rank_and_sum_to_one() -> None:
    ranked = classify("oi queria marcar um corte amanhã", "pt-BR")
    confidences = [confidence for _, confidence in ranked]
    assert {intent for intent, _ in ranked} == set(intents.INTENTS)
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("text", ["", "   ", "...", "!!"])
def test_a_message_without_words_has_no_intent(text: str) -> None:
    assert classify(text) == []


def test_what_the_bot_asks_for_makes_a_short_answer_likelier() -> None:
    alone = dict(classify("tudo bem", "pt-BR"))["affirm"]
    asked = dict(classify("tudo bem", "pt-BR", "confirm"))["affirm"]
    assert asked > alone


def test_a_very_long_message_is_read() -> None:
    assert classify("quero marcar um corte " * 500, "pt-BR")[0][0] == "book"


def test_the_committed_weights_are_fresh() -> None:
    assert weights.load().data_hash == train.data_hash(of_messages.SUBJECT), "run `prosa nlu train`"
    assert weights.INTENTS.stat().st_size < 3_000_000


def test_every_intent_has_enough_utterances_in_every_language() -> None:
    counts: dict[tuple[str, str], int] = {}
    for one in utterances.messages():
        counts[one.language, one.label] = counts.get((one.language, one.label), 0) + 1
    for intent in (*intents.INTENTS, *intents.FINER, *intents.LEARNED_APART):
        assert counts["pt", intent] >= 60, intent
        assert counts["en", intent] >= 30, intent
        assert counts["es", intent] >= 30, intent
