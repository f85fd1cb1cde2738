"""Quantities are read in digits and words, and never out of times, prices, sizes or addresses."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from domain.business import Business
from understanding.local.facts import quantities
from understanding.local.facts.catalogue import Catalogue

Told = tuple[str, int | None, str]
"""A product, how many and the part it plays."""


@pytest.fixture
def shop(businesses: Mapping[str, Business]) -> Catalogue:
    return Catalogue(businesses["pet-feliz"])


@pytest.mark.parametrize(
    ("text", "language", "value", "mode"),
    [
        ("dois sacos", "pt-BR", 2, "set"), ("meia dúzia", "pt-BR", 6, "set"), ("uma dúzia", "pt-BR", 12, "set"),
        ("um par", "pt-BR", 2, "set"), ("2x", "pt-BR", 2, "set"), ("x3", "pt-BR", 3, "set"), ("2", "pt", 2, "set"),
        ("3 unidades", "pt-BR", 3, "set"), ("vinte e cinco", "pt-BR", 25, "set"), ("só um", "pt-BR", 1, "set"),
        ("mais um", "pt-BR", 1, "add"), ("mais dois", "pt-BR", 2, "add"), ("2 a mais", "pt-BR", 2, "add"),
        ("tira um", "pt-BR", 1, "remove"), ("em vez de 2, 3", "pt-BR", 3, "set"), ("de 2 para 3", "pt-BR", 3, "set"),
        ("não são 2, são 3", "pt-BR", 3, "set"), ("a couple of", "en", 2, "set"), ("half a dozen", "en", 6, "set"),
        ("two bags", "en", 2, "set"), ("3 more", "en", 3, "add"), ("dos bolsas", "es", 2, "set"),
        ("dos más", "es", 2, "add"),
    ],
)  # fmt: skip
def test_a_quantity_is_read_with_its_mode(text: str, language: str, value: int, mode: str) -> None:
    (quantity,) = quantities.find(text, language)
    assert (quantity.value, quantity.mode) == (value, mode)


def test_a_container_is_the_unit() -> None:
    assert [one.unit for one in quantities.find("2 sacos e três unidades")] == ["saco", "unidade"]


@pytest.mark.parametrize(
    "text",
    [
        "15 kg", "500 ml", "R$ 50", "cinquenta reais", "às 15h", "amanhã as 3", "dia 12", "12/03", "12 de março",
        "(11) 98765-4321", "rua das flores 123", "meia hora", "um momento", "um horário", "3x sem juros", "pedido 1042",
        "troco para 100", "outro dia", "uma pergunta", "opção 2", "0", "5000",
    ],
)  # fmt: skip
def test_other_numbers_are_no_quantities(text: str) -> None:
    assert quantities.find(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 golden e 1 areia", [("racao-golden-15", 2, "set"), ("areia-4", 1, "set")]),
        ("quero ração de gato e duas bolinhas", [("racao-gatos-3", None, "set"), ("bola", 2, "set")]),
        ("golden 15", [("racao-golden-15", None, "set")]),
        ("bifinho e bolinha, 2 de cada", [("petisco", 2, "set"), ("bola", 2, "set")]),
        ("golden x2", [("racao-golden-15", 2, "set")]),
        ("areia 3 e bifinho 1", [("areia-4", 3, "set"), ("petisco", 1, "set")]),
        ("golden 2 shampoo 3", [("racao-golden-15", 2, "set"), ("shampoo", 3, "set")]),
        ("golden 3, 2 shampoos", [("racao-golden-15", 3, "set"), ("shampoo", 2, "set")]),
        ("shampoo pra 2 cachorros", [("shampoo", None, "set")]),
        ("golden: 2 unidades e areia 3", [("racao-golden-15", 2, "set"), ("areia-4", 3, "set")]),
        ("meia dúzia de bolinhas", [("bola", 6, "set")]),
        ("manda 3 petiscos pro centro, troco pra 100", [("petisco", 3, "set")]),
        ("quero dois sacos daquela ração golden", [("racao-golden-15", 2, "set")]),
    ],
)
def test_products_get_their_own_quantities(shop: Catalogue, text: str, expected: list[Told]) -> None:
    assert told(shop, text, held={}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tira a areia", [("areia-4", None, "remove")]),
        ("não quero mais a areia", [("areia-4", None, "remove")]),
        ("mais uma bolinha", [("bola", 1, "add")]),
        ("outra bolinha", [("bola", 1, "add")]),
        ("as bolinhas deixa em três", [("bola", 3, "set")]),
        ("bolinha passa pra 5", [("bola", 5, "set")]),
        ("areia tira 1", [("areia-4", 1, "remove")]),
        ("em vez de 2 golden, 3", [("racao-golden-15", 3, "set")]),
        ("troca a areia por uma bolinha", [("areia-4", None, "remove"), ("bola", 1, "set")]),
        ("tira uma bolinha e coloca duas areias", [("bola", 1, "remove"), ("areia-4", 2, "set")]),
    ],
)
def test_what_is_ordered_already_is_changed(shop: Catalogue, text: str, expected: list[Told]) -> None:
    assert told(shop, text, held={"bola": 2, "areia-4": 3, "racao-golden-15": 2}) == expected


def told(shop: Catalogue, text: str, held: Mapping[str, int]) -> list[Told]:
    return [
        (line["product"], line["quantity"], line["mode"])
        for line in quantities.order_lines(text, "pt-BR", shop, held=held)
    ]


@pytest.mark.parametrize(
    ("text", "language", "product"),
    [
        ("kibble for a five-year-old dog", "en", "racao-golden-15"),
        ("food for my two-year-old cat", "en", "racao-gatos-3"),
        ("comida para mi perro de 4 añitos", "es", "racao-golden-15"),
        ("ração pro meu gato de 3 anos de idade", "pt-BR", "racao-gatos-3"),
    ],
)
def test_an_age_counts_nothing(shop: Catalogue, text: str, language: str, product: str) -> None:
    (line,) = quantities.order_lines(text, language, shop)
    assert (line["product"], line["quantity"]) == (product, None)
    assert quantities.find(text, language) == []


def test_a_number_before_a_way_to_pay_counts_nothing() -> None:
    assert quantities.find("faço um pix") == []


def test_an_ambiguous_product_keeps_its_alternatives(shop: Catalogue) -> None:
    (line,) = quantities.order_lines("2 sacos de ração", "pt-BR", shop)
    assert line["quantity"] == 2
    assert {line["product"], *line["alternatives"]} == {"racao-golden-15", "racao-premier-filhote", "racao-gatos-3"}


def test_a_message_without_products_has_no_lines(shop: Catalogue) -> None:
    assert quantities.order_lines("quero 2 banhos para amanhã", "pt-BR", shop) == []
