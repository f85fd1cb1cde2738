"""An answer says only what tools told: one fact more, and it is not said."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.business import load_all
from graph.evidence import Evidence, Lookup, evidence
from graph.grounding import unfounded
from persistence.memory import Shop
from tools.toolbox import Toolbox
from understanding.stated import Meaning, facts

NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")  # a Tuesday
TODAY = NOW.date()
BUSINESSES = load_all(Path(__file__).parents[2] / "businesses")
PETS = BUSINESSES["pet-feliz"]
QUESTION = "qual ração rende mais pro meu gato castrado e chega hoje?"
LOOKUPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("search_products", {"query": "ração"}),
    ("business_facts", {"topic": "delivery"}),
    ("business_hours", {}),
    ("search_knowledge", {"question": "Como funciona a entrega?"}),
)


async def looked_up(business: str, *calls: tuple[str, dict[str, Any]]) -> Evidence:
    shop = Shop(BUSINESSES[business])
    box = Toolbox(shop.business, shop.records(), NOW)
    lookups = [Lookup(arguments, await box.look(name, arguments)) for name, arguments in calls]
    return evidence(lookups, "pt-BR", shop.business, TODAY)


def wrong(answer: str, told: Evidence, question: str = QUESTION, language: str = "pt-BR") -> list[str]:
    return unfounded(answer, told, question, language, PETS, TODAY)


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        ("pt-BR", "Para gatos castrados temos a Ração para Gatos Castrados 3 kg, por R$ 74,50, com 8 em estoque."),
        ("pt-BR", "A Ração Golden Adulto 15 kg custa R$189,90; a Ração Premier Filhotes 2,5 kg, R$ 89,90."),
        ("pt-BR", "Entregamos no Centro (R$ 8,00, 60 minutos), de segunda a sexta até 18h e sábado até 13h."),
        ("pt-BR", "No Centro leva cerca de 1 hora e hoje entregamos até as 18:00. Entrega grátis acima de R$ 250,00."),
        ("en", "We have Ração para Gatos Castrados 3 kg at R$ 74.50, and deliver on Saturdays until 1pm."),
        ("es", "La Ração para Gatos Castrados 3 kg cuesta 74,50 reales y hoy entregamos hasta las 18."),
    ],
)
async def test_what_tools_told_may_be_said_in_other_words(language: str, answer: str) -> None:
    assert wrong(answer, await looked_up("pet-feliz", *LOOKUPS), language=language) == []


CAT_FOOD = "Temos a Ração para Gatos Castrados 3 kg"
INVENTED = {
    "a price": f"{CAT_FOOD} por R$ 7,45.",
    "a price in words": f"{CAT_FOOD} por doze reais.",
    "a price in other digits": f"{CAT_FOOD} por R$ ７,４５.",
    "a number of another kind": f"{CAT_FOOD} por R$ 8.",  # 8 are in stock
    "another thing's price": f"{CAT_FOOD} por R$ 189,90.",
    "a total": "Duas Ração para Gatos Castrados 3 kg saem por R$ 149,00.",
    "a discount": f"{CAT_FOOD} com 10% de desconto.",
    "a discount in words": f"{CAT_FOOD} com um bom desconto.",
    "a half": f"{CAT_FOOD} pela metade.",
    "a present": f"{CAT_FOOD} com um brinde.",
    "a guarantee": f"{CAT_FOOD}, garantida.",
    "a refund": f"{CAT_FOOD}, com reembolso.",
    "a deed": f"{CAT_FOOD} e seu pedido foi confirmado.",
    "a deed in the first person": f"{CAT_FOOD} e já reservei para você.",
    "a promise to look": f"{CAT_FOOD}; vou verificar o estoque.",
    "a time": f"{CAT_FOOD}, chega às 16h.",
    "a length": f"{CAT_FOOD}, chega em 2 dias.",
    "a length in words": f"{CAT_FOOD}, chega em vinte minutos.",
    "a date": f"{CAT_FOOD}, chega 15/03.",
    "a day": f"{CAT_FOOD}, entregamos domingo de Páscoa 5 de abril.",
    "a stock": f"{CAT_FOOD}: restam 2.",
    "a weight": "Temos a Ração para Gatos Castrados de 10 kg.",
    "instalments": f"{CAT_FOOD} em 12x.",
    "a product nobody looked up": f"{CAT_FOOD} e a Coleira Antipulgas M.",
    "a brand": f"{CAT_FOOD}; a Royal Canin também serve.",
    "a brand that begins the sentence": f"Whiskas é boa. {CAT_FOOD}.",
    "a person": f"{CAT_FOOD}, fale com a Fernanda.",
    "a phone": f"{CAT_FOOD}, ligue para (11) 98888-7777.",
    "a phone with spaces": f"{CAT_FOOD}, ligue para 1 1 9 8 8 8 8 7 7 7 7.",
    "a link": f"{CAT_FOOD}: https://pague-aqui.example/x",
    "a bare link": f"{CAT_FOOD}: pague-aqui.net",
    "an e-mail": f"{CAT_FOOD}: chefe@loja.com",
    "its own rules": f"Meu prompt diz isto. {CAT_FOOD}.",
    "markup": f"{CAT_FOOD} <script>alert(1)</script>",
    "a masked link": f"{CAT_FOOD} [aqui](pague)",
    "invisible letters": f"{CAT_FOOD} por R$ 74,\u200b50",
    "letters that turn the text round": f"{CAT_FOOD} \u202e05,47 $R",
    "nothing": " ",
    "a novel": f"{CAT_FOOD}. " * 40,
    "a bare yes": "Sim, pode!",
    "the customer's words again": "Sim, a ração que rende mais para o gato castrado chega.",
}


@pytest.mark.parametrize("answer", INVENTED.values(), ids=INVENTED.keys())
async def test_what_no_tool_told_is_found(answer: str) -> None:
    assert wrong(answer, await looked_up("pet-feliz", *LOOKUPS))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("a golden sai por R$ 50,00, né? confirma", "Sim, a Ração Golden Adulto 15 kg sai por R$ 50,00."),
        ("the sale is 70% off, right?", "Yes, Ração Golden Adulto 15 kg is 70% off."),
        ("¿la oferta es hasta el 20/03?", "Sí, Ração Golden Adulto 15 kg hasta el 20/03."),
    ],
)
async def test_the_customers_words_are_no_source(question: str, answer: str) -> None:
    assert wrong(answer, await looked_up("pet-feliz", *LOOKUPS), question)


async def test_what_a_tool_repeats_of_its_arguments_is_no_source() -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("quote_order", {"items": [{"product": "tudo por R$ 1,00", "quantity": 1}]}),
        (
            "quote_order",
            {
                "items": [{"product": "bola", "quantity": 4}],
                "delivery": {"method": "delivery", "zone": "Marte, em 5 minutos"},
            },
        ),
    ]
    told = await looked_up("pet-feliz", *calls)
    assert wrong("A Bolinha de Borracha: tudo por R$ 1,00.", told)
    assert wrong("A Bolinha de Borracha chega em Marte em 5 minutos.", told)
    assert wrong("4 unidades de Bolinha de Borracha saem por R$ 48,00.", told) == []


async def test_scores_and_ids_are_no_facts() -> None:
    told = await looked_up("pet-feliz", ("search_knowledge", {"question": "aplicam vacina nos gatos?"}))
    assert not [value for kind, value in told.facts if kind == "money"]


@given(cents=st.integers(min_value=1, max_value=9_999_999))
def test_a_price_is_said_only_if_it_was_told(cents: int) -> None:
    result = {"products": [{"name": "Ração", "price": "74.50"}, {"name": "Bola", "price": "12.00"}]}
    told = evidence([Lookup({}, result)], "pt-BR", PETS, TODAY)
    amount = Decimal(cents) / 100
    said = f"Temos por R$ {f'{amount:,.2f}'.translate(str.maketrans(',.', '.,'))}."
    assert (wrong(said, told) == []) == (amount in (Decimal("74.50"), Decimal("12.00")))


@given(number=st.integers(min_value=0, max_value=10**6), form=st.sampled_from(["{}", "{} kg", "{}%", "{}x", "R$ {}"]))
def test_a_number_alone_founds_no_amount_of_anything(number: int, form: str) -> None:
    """A count of 12 is no price, weight, share or instalment."""
    told = evidence([Lookup({}, {"stock": 12, "name": "Ração"})], "pt-BR", PETS, TODAY)
    said = f"A ração: {form.format(number)}."
    assert (wrong(said, told) == []) == (form == "{}" and number == 12)


@pytest.mark.parametrize(
    ("language", "text", "meanings"),
    [
        ("pt-BR", "vinte e cinco reais", {("money", Decimal(25))}),
        ("pt-BR", "R$ 1.329,30", {("money", Decimal("1329.30"))}),
        ("en", "R$ 1,329.30", {("money", Decimal("1329.30"))}),
        ("pt-BR", "dois mil e cem reais", {("money", Decimal(2100))}),
        ("pt-BR", "vinte por cento", {("percent", Decimal(20))}),
        ("es", "veinte por ciento", {("percent", Decimal(20))}),
        ("en", "within one hour", {("minute", Decimal(60)), ("clock", (1, 0))}),
        ("pt-BR", "às 9", {("clock", (9, 0))}),
        ("en", "at 3:30 PM", {("clock", (15, 30))}),
        ("pt-BR", "meio-dia", {("clock", (12, 0))}),
        ("pt-BR", "5 de abril", {("date", (4, 5))}),
        ("en", "March 11th", {("date", (3, 11))}),
        ("es", "mañana", {("date", (3, 11))}),
        ("es", "por la mañana", set()),
        ("pt-BR", "um banho com a equipe", set()),
        ("pt-BR", "(11) 98888-7777", {("phone", "11988887777")}),
    ],
)
def test_facts_are_read_in_three_languages(language: str, text: str, meanings: set[Meaning]) -> None:
    assert {meaning for fact in facts(text, language, TODAY) for meaning in fact.meanings} == meanings
