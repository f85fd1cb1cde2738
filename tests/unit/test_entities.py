"""Contacts, payment, delivery, addresses and references are read out of what customers write."""

from __future__ import annotations

import pytest

from understanding.local.facts import entities
from understanding.local.facts.identity import valid_cpf


def read(text: str, asks: str = "none", language: str = "pt-BR") -> list[tuple[str, object]]:
    return [(entity.kind, entity.value) for entity in entities.find(text, language, asks)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(11) 98765-4321", [("phone", "5511987654321")]),
        ("meu número é 11987654321", [("phone", "5511987654321")]),
        ("+55 11 98765 4321", [("phone", "5511987654321")]),
        ("+1 415 523 8886", [("phone", "14155238886")]),
        ("cep 01310-100", [("cep", "01310100")]),
        ("meu cpf é 529.982.247-25", [("cpf", "52998224725")]),
        ("cpf 52998224726", []),
        ("joao.silva@gmail.com", [("email", "joao.silva@gmail.com")]),
    ],
)
def test_contacts_are_read(text: str, expected: list[tuple[str, object]]) -> None:
    assert read(text) == expected


def test_a_cpf_must_have_its_check_digits() -> None:
    assert valid_cpf("52998224725")
    assert not valid_cpf("52998224724")
    assert not valid_cpf("11111111111")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("meu nome é Marina", "Marina"), ("sou a Paula", "Paula"), ("me llamo José da Silva", "José da Silva"),
        ("my name is John Smith and I want a haircut", "John Smith"), ("oi, aqui é a Marina, queria marcar", "Marina"),
        ("em nome de Ana Souza", "Ana Souza"),
    ],
)  # fmt: skip
def test_an_introduction_gives_the_name(text: str, name: str) -> None:
    assert ("name", name) in read(text)


@pytest.mark.parametrize("text", ["sou a cliente da Ana", "sou alérgica", "Marina", "I'm looking for a haircut"])
def test_not_every_word_is_a_name(text: str) -> None:
    assert read(text) == []


def test_a_bare_name_counts_when_it_was_asked_for() -> None:
    assert read("marina souza", asks="name") == [("name", "Marina Souza")]
    assert read("não sei", asks="name") == []
    assert read("quero cancelar", asks="name") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R$ 1.234,50", ("money", "1234.50")), ("50 reais", ("money", "50.00")),
        ("cinquenta reais", ("money", "50.00")), ("troco para 100", ("change_for", "100.00")),
        ("troco pra cinquenta", ("change_for", "50.00")), ("troco para uma nota de 200", ("change_for", "200.00")),
    ],
)  # fmt: skip
def test_amounts_have_two_decimals(text: str, expected: tuple[str, str]) -> None:
    assert expected in read(text)


def test_change_means_cash() -> None:
    assert ("payment", "cash") in read("troco para 100")


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("pago no pix", "pix"), ("cartão", "card_on_delivery"), ("crédito na entrega", "card_on_delivery"),
        ("tarjeta", "card_on_delivery"), ("by card on delivery", "card_on_delivery"), ("dinheiro", "cash"),
        ("em espécie", "cash"), ("cash", "cash"), ("efectivo", "cash"),
        ("no dniheiro", "cash"), ("dinhero", "cash"), ("pago no piks", "pix"), ("catrao", "card_on_delivery"),
    ],
)  # fmt: skip
def test_payment_methods_are_read_in_three_languages(text: str, method: str) -> None:
    assert read(text) == [("payment", method)]


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("retiro aí", "pickup"), ("vou buscar", "pickup"), ("busco na loja", "pickup"), ("pick up", "pickup"),
        ("I'll pick it up", "pickup"), ("paso a buscar", "pickup"), ("entrega", "delivery"),
        ("pode entregar", "delivery"), ("manda pra cá", "delivery"), ("deliver it please", "delivery"),
        ("a domicilio", "delivery"), ("picking up", "pickup"), ("paso a retirarlo", "pickup"), ("lo retiro", "pickup"),
        ("passo aí amanhã", "pickup"), ("bring it over", "delivery"), ("entrga", "delivery"),
    ],
)  # fmt: skip
def test_delivery_methods_are_read_in_three_languages(text: str, method: str) -> None:
    assert read(text) == [("delivery", method)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("rua das flores, 123", "rua das flores, 123"), ("av brasil 50 apto 12", "av brasil 50 apto 12"),
        ("é na Rua 12 de Outubro, 55, casa 2, obrigado", "Rua 12 de Outubro, 55, casa 2"),
        ("Calle Mayor 15, piso 3", "Calle Mayor 15, piso 3"), ("123 Main Street", "123 Main Street"),
        ("av. 9 de julho, 1500 às 15h", "av. 9 de julho, 1500"), ("45 Rua Silva Bueno", "45 Rua Silva Bueno"),
        ("na rua Itacolomi número cento e vinte e eu aguardo", "rua Itacolomi número cento e vinte"),
        ("calle Mayor número doce", "calle Mayor número doce"),
    ],
)  # fmt: skip
def test_a_street_with_a_number_is_an_address(text: str, address: str) -> None:
    assert read(text) == [("address", address)]


def test_words_like_those_of_paying_and_receiving_are_none_of_them() -> None:
    assert read("eu acredito que sim") == []
    assert read("pode retirar o shampoo") == []


def test_a_street_without_a_number_is_an_address_only_when_asked_for() -> None:
    assert read("rua 12 de outubro") == []
    assert read("rua das acácias", asks="address") == [("address", "rua das acácias")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pedido 1042", [("order", 1042)]), ("#1042", [("order", 1042)]), ("meu pedido 3", [("order", 3)]),
        ("quero fazer um pedido 2 golden", []), ("o primeiro", [("position", 1)]),
        ("a segunda opção", [("position", 2)]), ("o 2", [("position", 2)]), ("opção 3", [("position", 3)]),
        ("last one", [("position", -1)]), ("la primera", [("position", 1)]), ("2nd one", [("position", 2)]),
    ],
)  # fmt: skip
def test_references_are_read(text: str, expected: list[tuple[str, object]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["na segunda", "a segunda", "um segundo", "dia primeiro", "o mesmo da última vez", "2", "taxa de entrega"]
)
def test_weekdays_waits_and_dates_are_no_references(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["", "\x00", "🙂" * 50, "1" * 10_000, "rua " * 5_000, "مرحبا"])
def test_odd_text_is_no_trouble(text: str) -> None:
    assert read(text) == []
