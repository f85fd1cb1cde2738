"""Anger, threats and danger are heard; ordinary words and negations are not taken for them."""

from __future__ import annotations

import pytest

from understanding.local.feelings.aim import at_us
from understanding.local.feelings.sentiment import score, urgent

_SALON = ["reclamação", "gerente", "processo", "procon", "alergia"]
_CLINIC = ["dor forte", "sangramento", "inchaço", "urgência", "emergência"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("isso é um absurdo, que falta de respeito", "pt-BR"),
        ("pessimo atendimento, nunca mais volto", "pt-BR"),
        ("Que merda de serviço!!!", "pt-BR"),
        ("quero meu dinheiro de volta", "pt-BR"),
        ("this is unacceptable, worst service ever", "en"),
        ("son unos ladrones, pésima atención", "es"),
    ],
)
def test_anger_is_below_the_handoff_line(text: str, language: str) -> None:
    assert score(text, language) < -0.5


@pytest.mark.parametrize(
    "text",
    [
        "oi, quero marcar um corte",
        "sem problema",
        "tá caro",
        "não gostei desse horário",
        "que demora, mas tudo bem",
        "errei o nome",
    ],
)
def test_ordinary_messages_stay_above_the_handoff_line(text: str) -> None:
    assert score(text, "pt-BR") >= -0.5


def test_praise_is_positive_and_its_negation_is_not() -> None:
    assert score("amei o atendimento, vocês são maravilhosos", "pt-BR") > 0.5
    assert score("o atendimento não foi bom nem legal", "pt-BR") <= 0


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("quero fazer uma reclamacao", "reclamação"),
        ("já fiz duas reclamações aí", "reclamação"),
        ("chama o GERENTE", "gerente"),
        ("tive alergia ao produto", "alergia"),
        ("vou abrir um processo", "processo"),
    ],
)
def test_a_business_keyword_is_found_in_any_spelling(text: str, keyword: str) -> None:
    assert urgent(text, _SALON, "pt-BR") == keyword


@pytest.mark.parametrize(
    "text",
    [
        "qual o processo pra marcar?",
        "não tenho alergia",
        "sem alergia nenhuma",
        "gerenteamento",
        "quero marcar um corte",
    ],
)
def test_ordinary_use_and_negation_are_no_alarm(text: str) -> None:
    assert urgent(text, _SALON, "pt-BR") is None


@pytest.mark.parametrize(
    ("text", "language", "keyword"),
    [
        ("tá doendo pra caramba", "pt-BR", "dor forte"),
        ("minha bochecha inchou", "pt-BR", "inchaço"),
        ("é urgente, por favor", "pt-BR", "urgência"),
        ("my tooth is killing me", "en", "dor forte"),
        ("it's swollen since yesterday", "en", "inchaço"),
        ("tengo un dolor de muela insoportable", "es", "dor forte"),
        ("se me infectó una muela", "es", "dor forte"),
        ("necesito atención urgente", "es", "urgência"),
        ("me pegaron un codazo y se me partió un diente", "es", "dor forte"),
    ],
)
def test_an_owners_keyword_is_heard_in_other_words(text: str, language: str, keyword: str) -> None:
    assert urgent(text, _CLINIC, language) == keyword


@pytest.mark.parametrize(
    ("text", "language", "keywords"),
    [
        ("queria saber se dói muito", "pt-BR", _CLINIC),
        ("does it hurt a lot?", "en", _CLINIC),
        ("¿el blanqueamiento duele mucho?", "es", _CLINIC),
        ("nothing urgent and nothing hurts", "en", _CLINIC),
        ("meu cachorro precisa de um banho urgente", "pt-BR", ["emergência"]),
        ("soy gerente de una posada", "es", _SALON),
    ],
)
def test_the_same_words_otherwise_meant_call_nobody(text: str, language: str, keywords: list[str]) -> None:
    assert urgent(text, keywords, language) is None


def test_keywords_of_several_words() -> None:
    assert urgent("to com uma dor forte no dente", _CLINIC, "pt-BR") == "dor forte"
    assert urgent("não é urgência, só queria saber", _CLINIC, "pt-BR") is None


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("vou no procon", "pt-BR", "legal"),
        ("vou falar com meu advogado", "pt-BR", "legal"),
        ("vou postar no reclame aqui", "pt-BR", "legal"),
        ("meu cachorro foi envenenado", "pt-BR", "health"),
        ("a gengiva tá sangrando muito", "pt-BR", "health"),
        ("estou com muita dor", "pt-BR", "health"),
        ("I will call my lawyer", "en", "legal"),
        ("my dog was poisoned", "en", "health"),
        ("los voy a denunciar", "es", "legal"),
        ("mi perro fue envenenado", "es", "health"),
    ],
)
def test_danger_and_threats_need_no_keyword(text: str, language: str, reason: str) -> None:
    assert urgent(text, [], language) == reason


@pytest.mark.parametrize(
    "text", ["não é urgente", "qual o processo de compra?", "quero um corte", "dói o clareamento?", "boa noite"]
)
def test_everyday_messages_raise_no_alarm(text: str) -> None:
    assert urgent(text, [], "pt-BR") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("SOCORRO meu cachorro comeu veneno de rato agora", "pt-BR"),
        ("meu gato tá engasgado", "pt-BR"),
        ("minha cadela tá passando mal", "pt-BR"),
        ("o dog bebeu água sanitária", "pt-BR"),
        ("my dog ate chocolate what do I do", "en"),
        ("my cat is choking", "en"),
        ("mi perro comió veneno", "es"),
        ("mi gato se atragantó", "es"),
    ],
)
def test_an_emergency_is_heard_in_everyday_words(text: str, language: str) -> None:
    assert urgent(text, [], language) == "health"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("vcs têm veneno de rato?", "pt-BR"),
        ("meu cachorro comeu toda a ração", "pt-BR"),
        ("tô passando mal, vou precisar remarcar", "pt-BR"),
        ("tive alergia ano passado, tem sem formol?", "pt-BR"),
        ("my dog ate all the food", "en"),
        ("mi perro se comió la correa", "es"),
    ],
)
def test_what_an_emergency_is_told_with_is_no_alarm_by_itself(text: str, language: str) -> None:
    assert urgent(text, ["alergia"], language) is None


@pytest.mark.parametrize(
    "text",
    ["tô com a raiz horrível, tem sábado?", "estou com o cabelo péssimo, tem vaga hoje?", "com as unhas destruídas"],
)
def test_what_is_said_ill_of_ones_own_looks_calls_nobody(text: str) -> None:
    assert score(at_us(text), "pt-BR") >= -0.5
