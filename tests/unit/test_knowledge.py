"""The business's own answers: found however they are asked, and never where the business says nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.business import Business, load
from persistence.memory import Shop
from tools.toolbox import Toolbox
from understanding.local import topics

BUSINESSES = Path(__file__).parents[2] / "businesses"
WORDINGS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("questions_in_other_words.yaml").read_text(encoding="utf-8")
)
TUESDAY = datetime.fromisoformat("2026-03-10T10:00:00-03:00")


def business(name: str) -> Business:
    return load(BUSINESSES / f"{name}.yaml")


def toolbox(name: str, now: datetime = TUESDAY) -> Toolbox:
    return Toolbox(business(name), Shop(business(name)).records(), now, topics=topics.about)


async def found(name: str, question: str, language: str = "pt-BR") -> list[str]:
    answer = await toolbox(name).call("search_knowledge", {"question": question, "language": language})
    return [passage["id"] for passage in answer["passages"]]


ASKED = [
    ("studio-aurora", "tem estacionamento?", "parking"),
    ("pet-feliz", "posso trocar um produto q comprei ontem?", "exchange"),
    ("pet-feliz", "dá pra devolver uma coisa que comprei na semana passada?", "exchange"),
    ("pet-feliz", "can I exchange something I bought last week?", "exchange"),
    ("pet-feliz", "puedo cambiar lo que compré ayer?", "exchange"),
    ("cryptolock", "o que a ferramenta bloqueia?", "blocks"),
    ("cryptolock", "what does the tool block?", "blocks"),
    ("cryptolock", "¿qué bloquea la herramienta?", "blocks"),
    ("studio-aurora", "onde posso parar o carro?", "parking"),
    ("studio-aurora", "tem vaga pra carro aí", "parking"),
    ("studio-aurora", "tem estacionameto?", "parking"),
    ("studio-aurora", "is there parking?", "parking"),
    ("studio-aurora", "¿hay aparcamiento?", "parking"),
    ("studio-aurora", "vocês cortam cabelo de criança?", "kids"),
    ("studio-aurora", "atendem meu filho?", "kids"),
    ("studio-aurora", "do you accept kids?", "kids"),
    ("studio-aurora", "e se eu chegar atrasada?", "late"),
    ("studio-aurora", "do you cut children's hair?", "kids"),
    ("studio-aurora", "posso cancelar de graça?", "cancellation"),
    ("studio-aurora", "vou me atrasar 10 minutos", "late"),
    ("studio-aurora", "qual a política de cancelamento?", "cancellation"),
    ("studio-aurora", "posso desmarcar até quando?", "cancellation"),
    ("studio-aurora", "vcs tem vale presente?", "gift"),
    ("studio-aurora", "do you sell gift cards?", "gift"),
    ("studio-aurora", "qual a senha do wifi?", "wifi"),
    ("studio-aurora", "tem internet?", "wifi"),
    ("studio-aurora", "tem wi-fi ai", "wifi"),
    ("studio-aurora", "que produtos vocês usam?", "products"),
    ("studio-aurora", "vocês usam formol?", "products"),
    ("studio-aurora", "posso levar meu cachorro?", "pets"),
    ("studio-aurora", "can I bring my dog?", "pets"),
    ("studio-aurora", "puedo llevar a mi perro?", "pets"),
    ("studio-aurora", "aceita cartão?", "payment"),
    ("studio-aurora", "parcelam em quantas vezes?", "payment"),
    ("studio-aurora", "Oi, tudo bem? Tem estacionamento?", "parking"),
    ("pet-feliz", "posso trocar um produto?", "exchange"),
    ("pet-feliz", "como faço pra devolver?", "exchange"),
    ("pet-feliz", "vocês vacinam?", "vaccine"),
    ("pet-feliz", "aplicam vacina antirrábica?", "vaccine"),
    ("pet-feliz", "vocês buscam meu cachorro em casa?", "taxi"),
    ("pet-feliz", "como funciona o táxi dog?", "taxi"),
    ("pet-feliz", "quanto custa o táxi dog?", "taxi"),
    ("pet-feliz", "vocês levam troco?", "payment"),
    ("pet-feliz", "posso devolver a ração?", "exchange"),
    ("pet-feliz", "como funciona a entrega?", "delivery"),
    ("clinica-sorriso", "vocês aceitam convênio?", "insurance"),
    ("clinica-sorriso", "atendem Amil?", "insurance"),
    ("clinica-sorriso", "o clareamento dói?", "pain"),
    ("clinica-sorriso", "quanto custa a avaliação?", "evaluation"),
    ("cryptolock", "o que é o PSPM?", "what"),
    ("cryptolock", "what is pspm", "what"),
    ("cryptolock", "o que ele bloqueia?", "blocks"),
    ("cryptolock", "quanto custa?", "price"),
    ("cryptolock", "quanto custa o PSPM?", "price"),
    ("cryptolock", "how much does it cost?", "price"),
]

UNKNOWN = [
    ("studio-aurora", "vocês vendem pneu?"),
    ("studio-aurora", "tem desconto para criança?"),
    ("studio-aurora", "vocês vendem ração para cachorro?"),
    ("studio-aurora", "aceitam cheque?"),
    ("studio-aurora", "aceita convênio?"),
    ("studio-aurora", "tem ar condicionado?"),
    ("studio-aurora", "posso levar minha mãe?"),
    ("studio-aurora", "qual a política de privacidade?"),
    ("studio-aurora", "vocês fazem tatuagem?"),
    ("studio-aurora", "quem descobriu o Brasil?"),
    ("studio-aurora", "onde fica a recepção?"),
    ("studio-aurora", "oi"),
    ("studio-aurora", "😀"),
    ("studio-aurora", "vocês alugam carro para casamento?"),
    ("pet-feliz", "vocês vendem pneu?"),
    ("pet-feliz", "que produtos vocês têm?"),
    ("pet-feliz", "tem gato?"),
    ("pet-feliz", "quanto custa o banho?"),
    ("pet-feliz", "quanto custa a entrega?"),
    ("studio-aurora", "vocês vendem produtos?"),
    ("pet-feliz", "vocês hospedam cachorro?"),
    ("clinica-sorriso", "quanto custa o clareamento?"),
    ("clinica-sorriso", "quero falar com o dentista"),
    ("clinica-sorriso", "fazem canal?"),
    ("cryptolock", "tem versão on-premise?"),
    ("cryptolock", "do you support gitlab?"),
]


@pytest.mark.parametrize(("name", "question", "passage"), ASKED)
async def test_a_known_question_finds_its_passage_however_it_is_asked(name: str, question: str, passage: str) -> None:
    assert (await found(name, question))[:1] == [passage]


@pytest.mark.parametrize(("name", "question"), UNKNOWN)
async def test_an_unknown_question_finds_nothing(name: str, question: str) -> None:
    assert await found(name, question) == []


@pytest.mark.parametrize(("name", "passage"), [(name, passage) for name in WORDINGS for passage in WORDINGS[name]])
async def test_other_words_in_three_languages_find_the_same_passage_and_never_a_wrong_one(
    name: str, passage: str
) -> None:
    expected = [] if passage == "unknown" else [passage]
    told = {question: (await found(name, question))[:1] for question in WORDINGS[name][passage]}
    assert {question: ids for question, ids in told.items() if ids != expected} == {}


async def test_an_answer_comes_in_the_customers_language() -> None:
    box = toolbox("cryptolock")
    answer = await box.call("search_knowledge", {"question": "o que ele bloqueia?", "language": "en"})
    assert answer["passages"][0]["answer"].startswith("It blocks")


@pytest.mark.parametrize(
    ("now", "open_now", "opens"),
    [
        ("2026-03-10T10:00:00-03:00", True, "2026-03-11T09:00:00-03:00"),
        ("2026-03-10T19:00:00-03:00", False, "2026-03-11T09:00:00-03:00"),
        ("2026-04-02T20:00:00-03:00", False, "2026-04-04T09:00:00-03:00"),
    ],
)
async def test_hours_know_now_and_skip_holidays(now: str, open_now: bool, opens: str) -> None:
    answer = await toolbox("studio-aurora", datetime.fromisoformat(now)).call("business_hours")
    assert (answer["open_now"], answer["next_opening"]) == (open_now, opens)
    assert answer["week"]["mon"] == []
    assert answer["week"]["sat"] == [{"start": "09:00", "end": "17:00"}]


async def test_a_holiday_is_told_as_one() -> None:
    answer = await toolbox("studio-aurora").call("business_hours", {"day": "2026-04-03"})
    assert (answer["open"], answer["holiday"], answer["next_open_day"]) == (False, True, "2026-04-04")


async def test_facts_come_from_the_business_and_the_shelf() -> None:
    box = toolbox("pet-feliz")
    prices: dict[str, Any] = await box.call("business_facts", {"topic": "prices"})
    delivery = await box.call("business_facts", {"topic": "delivery"})
    assert prices["products"][0] == {
        "id": "racao-golden-15",
        "name": "Ração Golden Adulto 15 kg",
        "price": "189.90",
        "stock": 12,
    }
    assert delivery["zones"][0] == {"name": "Centro", "fee": "8.00", "minutes": 60}
    assert (await box.call("business_facts", {"topic": "payment"}))["methods"] == ["pix", "card_on_delivery", "cash"]


async def test_a_question_nobody_could_answer_is_kept_for_the_owner() -> None:
    shop = Shop(business("studio-aurora"))
    box = Toolbox(shop.business, shop.records(), TUESDAY)
    await box.call("record_question", {"text": "vocês vendem pneu?", "language": "pt-BR"})
    assert [question.text for question in shop.questions] == ["vocês vendem pneu?"]
    assert "pneu" not in str(box.calls)
