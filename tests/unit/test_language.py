"""A conversation's language is kept until a clear message says otherwise."""

from __future__ import annotations

import pytest

from understanding.local.text.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("quiero reservar para mañana", "es"),
        ("hola, tienen turno para hoy?", "es"),
        ("¿cuánto cuesta el corte de pelo?", "es"),
        ("hi, I'd like to book a haircut", "en"),
        ("do you deliver to my area?", "en"),
        ("what does it block?", "en"),
        ("I want to cancel my order", "en"),
        ("oi queria marcar um corte", "pt-BR"),
        ("vcs abrem no sabado?", "pt-BR"),
    ],
)
def test_a_clear_first_message_sets_the_language(text: str, language: str) -> None:
    assert detect(text, "", "pt-BR") == language
    assert detect(text, "pt-BR", "pt-BR") == language


@pytest.mark.parametrize("current", ["pt-BR", "en", "es"])
@pytest.mark.parametrize(
    "text", ["ok", "ok thanks", "15h", "sim", "si", "no", "👍", "", "manicure", "Golden Premier 15kg", "pix"]
)
def test_short_messages_keep_the_language(text: str, current: str) -> None:
    assert detect(text, current, "pt-BR") == current


@pytest.mark.parametrize(
    "text",
    [
        "quero um haircut com a Ana amanhã",
        "tem shampoo da Head and Shoulders?",
        "quanto custa o PSPM Pipeline Security?",
        "Rua Augusta, 500, apto 12",
        "Marina de la Cruz",
        "segue meu e-mail the.best@example.com",
    ],
)
def test_loanwords_names_and_brands_do_not_switch(text: str) -> None:
    assert detect(text, "pt-BR", "pt-BR") == "pt-BR"


def test_the_customer_may_switch_back() -> None:
    assert detect("na verdade prefiro falar em português, você pode?", "en", "pt-BR") == "pt-BR"


def test_only_allowed_languages_are_spoken() -> None:
    assert detect("quiero reservar para mañana", "pt-BR", "pt-BR", ("pt-BR", "en")) == "pt-BR"
