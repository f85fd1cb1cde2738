"""A conversation's language is kept until a clear message says otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from domain.business import load_all
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander
from understanding.local.text.language import detect
from understanding.local.text.mending import Mending

_OPENINGS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("openings.yaml").read_text(encoding="utf-8"))
_LOCALES = {"pt": "pt-BR", "en": "en", "es": "es"}
_BUSINESSES = load_all(Path("businesses"))
_NAMED = frozenset().union(*(Mending(business).own for business in _BUSINESSES.values()))
_OTHERS = [(one, other) for one in _LOCALES.values() for other in _LOCALES.values() if one != other]


@pytest.mark.parametrize("language", ["pt", "en", "es"])
def test_the_first_words_of_a_customer_tell_the_language(language: str) -> None:
    wrong = [text for text in _OPENINGS[language] if detect(text, "", "pt-BR", named=_NAMED) != _LOCALES[language]]
    assert len(wrong) / len(_OPENINGS[language]) <= 0.03, wrong


@pytest.mark.parametrize("default", ["en", "es"])
def test_a_business_elsewhere_hears_portuguese_all_the_same(default: str) -> None:
    wrong = [text for text in _OPENINGS["pt"] if detect(text, "", default, named=_NAMED) != "pt-BR"]
    assert len(wrong) / len(_OPENINGS["pt"]) <= 0.1, wrong


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


@pytest.mark.parametrize(
    ("text", "current"),
    [
        ("gracias", "pt-BR"),
        ("muchas gracias", "pt-BR"),
        ("hello, ainda tá aí?", "pt-BR"),
        ("una escova", "pt-BR"),
        ("corte com el Bruno", "pt-BR"),
        ("quero un corte pra mañana", "pt-BR"),
        ("a las 15", "pt-BR"),
        ("delivery", "pt-BR"),
        ("ok obrigada", "en"),
        ("bom dia!", "en"),
        ("por favor", "en"),
        ("corte feminino", "en"),
        ("cartão", "en"),
        ("escova and hidratação", "en"),
        ("Rua das Flores 12, Jardim Paulista", "en"),
        ("dos bolinhas", "es"),
        ("obrigada!", "es"),
        ("Rua das Acácias 120", "es"),
    ],
)
def test_a_borrowed_word_or_a_place_is_no_other_language(text: str, current: str) -> None:
    assert detect(text, current, "pt-BR", named=_NAMED) == current


@pytest.mark.parametrize("text", ["João da Silva", "Maria del Carmen Rodríguez", "Rua das Flores 12, ap 3, de esquina"])
@pytest.mark.parametrize("current", ["pt-BR", "en", "es"])
def test_a_name_or_an_address_that_was_asked_for_is_no_other_language(text: str, current: str) -> None:
    assert detect(text, current, "pt-BR", named=_NAMED, datum=True) == current


@pytest.mark.parametrize(("current", "language"), _OTHERS)
def test_whoever_clearly_writes_in_another_language_is_answered_in_it(current: str, language: str) -> None:
    told = {
        "pt-BR": ["quanto custa?", "e amanhã à tarde tem?", "troca pra sexta por favor", "não quero mais, obrigada"],
        "en": ["how much is it?", "I'd rather pick it up", "what about tomorrow", "do you take cards?"],
        "es": ["¿cuánto cuesta?", "las retiro yo", "mejor el jueves", "ya no quiero, gracias"],
    }
    assert [detect(text, current, "pt-BR", named=_NAMED) for text in told[language]] == [language] * 4


def test_only_the_first_message_of_a_conversation_sets_the_language_with_a_word() -> None:
    business = _BUSINESSES["pet-feliz"]
    first = Situation(business, datetime(2026, 3, 10, 13, tzinfo=UTC), "pt-BR")
    later = Situation(business, first.now, "pt-BR", history=[{"role": "customer", "text": "oi"}])
    assert LocalUnderstander().understand("gracias", first).language == "es"
    assert LocalUnderstander().understand("gracias", later).language == "pt-BR"


def test_the_customer_may_switch_back() -> None:
    assert detect("na verdade prefiro falar em português, você pode?", "en", "pt-BR") == "pt-BR"


def test_only_allowed_languages_are_spoken() -> None:
    assert detect("quiero reservar para mañana", "pt-BR", "pt-BR", ("pt-BR", "en")) == "pt-BR"
