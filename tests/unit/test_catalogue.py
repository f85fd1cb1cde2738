"""The catalogue finds what customers name, and nothing when they name nothing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pytest

from domain.business import Business
from understanding.local.facts.catalogue import Catalogue


@pytest.fixture
def salon(businesses: Mapping[str, Business]) -> Catalogue:
    return Catalogue(businesses["studio-aurora"])


@pytest.fixture
def shop(businesses: Mapping[str, Business]) -> Catalogue:
    return Catalogue(businesses["pet-feliz"])


def ids(catalogue: Catalogue, text: str) -> list[str]:
    return [match.id for match in catalogue.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "quero marcar amanhã", "boa tarde", "banana", "escola", "pode confirmar", "estou sem mão de obra", "",
        "não quero esse horário, prefiro mais tarde", "👍", "quero fazer luzes", "meu nome é Ana",
        "Bom dia, Ana!", "obrigada Ana", "o pé da mesa quebrou",
    ],
)  # fmt: skip
def test_what_names_nothing_matches_nothing(salon: Catalogue, text: str) -> None:
    assert salon.find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "dois banhos, um pequeno e um grande", "tenho um york e um pastor, queria banho nos dois",
        "a bath for one small dog and one large", "baño para uno chico y otro grande",
    ],
)  # fmt: skip
def test_services_counted_apart_are_one_each(shop: Catalogue, text: str) -> None:
    found = shop.find(text)
    assert [(match.id, match.alternatives) for match in found] == [("banho-pequeno", ()), ("banho-grande", ())]


@pytest.mark.parametrize("text", ["banho pra um cachorro pequeno", "um banho no york"])
def test_one_animal_is_counted_once(shop: Catalogue, text: str) -> None:
    assert ids(shop, text) == ["banho-pequeno"]


@pytest.mark.parametrize("text", ["bolsas", "vocês buscam o cachorro em casa?", "av ipiranga 200", "2", "sim"])
def test_a_shop_does_not_sell_every_word(shop: Catalogue, text: str) -> None:
    assert shop.find(text) == []


@pytest.mark.parametrize("text", ["corte", "cortar", "cortes", "queria um corte amanhã às 15h", "peluquería"])
def test_a_bare_cut_is_either_cut(salon: Catalogue, text: str) -> None:
    (match,) = salon.find(text)
    assert {match.id, *match.alternatives} == {"corte-feminino", "corte-masculino"}


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("corte feminino", "corte-feminino"), ("quero cortar o cabelo", "corte-feminino"),
        ("men's haircut", "corte-masculino"), ("corte de pelo de hombre", "corte-masculino"),
        ("corte, é pra homem", "corte-masculino"), ("o masculino", "corte-masculino"), ("escovar", "escova"),
        ("pintar o cabelo", "coloracao"), ("hair dye", "coloracao"), ("fazer a unha", "manicure"),
        ("pintar as unhas", "manicure"), ("cortar a unha", "manicure"),
        ("pé", "pedicure"),
        ("corte pro meu filho", "corte-masculino"),
        ("women's haircut", "corte-feminino"), ("unha do pé", "pedicure"), ("maniucre", "manicure"),
        ("hidrataçao", "hidratacao"), ("coloracao", "coloracao"),
    ],
)  # fmt: skip
def test_services_are_found_by_verb_translation_and_typo(salon: Catalogue, text: str, service: str) -> None:
    (match,) = salon.find(text)
    assert (match.id, match.alternatives) == (service, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("corte masculino e manicure", ["corte-masculino", "manicure"]),
        ("manicure pedicure", ["manicure", "pedicure"]),
        ("corte masculino e feminino", ["corte-masculino", "corte-feminino"]),
        ("fazer o pé e a mão", ["pedicure", "manicure"]),
        ("quero as unhas das mãos e dos pés", ["manicure", "pedicure"]),
        ("troca a ana pelo bruno", ["ana", "bruno"]),
        ("corte feminino com a Ana", ["corte-feminino", "ana"]),
    ],
)
def test_several_things_in_one_message_are_all_found(salon: Catalogue, text: str, expected: list[str]) -> None:
    assert ids(salon, text) == expected


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("golden 15", "racao-golden-15"), ("ração 15kg", "racao-golden-15"), ("raçao golden", "racao-golden-15"),
        ("ração de gato", "racao-gatos-3"), ("comida de gato", "racao-gatos-3"), ("cat food", "racao-gatos-3"),
        ("ração de filhote", "racao-premier-filhote"), ("shampoo 500ml", "shampoo"), ("xampu", "shampoo"),
        ("duas bolinhas", "bola"), ("cat litter", "areia-4"), ("a de 15 kg", "racao-golden-15"),
        ("banho no meu cachorro, ele é grande", "banho-grande"), ("baño para perro grande", "banho-grande"),
    ],
)  # fmt: skip
def test_sizes_animals_and_translations_choose_between_products(shop: Catalogue, text: str, product: str) -> None:
    (match,) = shop.find(text)
    assert (match.id, match.alternatives) == (product, ())


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("ração", {"racao-golden-15", "racao-premier-filhote", "racao-gatos-3"}),
        ("ração de cachorro", {"racao-golden-15", "racao-premier-filhote"}),
        ("dog food", {"racao-golden-15", "racao-premier-filhote"}),
        ("dar banho", {"banho-pequeno", "banho-grande"}),
    ],
)
def test_what_fits_several_things_names_them_all(shop: Catalogue, text: str, candidates: set[str]) -> None:
    (match,) = shop.find(text)
    assert {match.id, *match.alternatives} == candidates


@pytest.mark.parametrize("text", ["no centro", "Centro", "rua das flores 123 centro"])
def test_a_zone_is_found_as_a_whole_word(shop: Catalogue, text: str) -> None:
    assert ids(shop, text) == ["Centro"]


@pytest.mark.parametrize("text", ["jd paulista", "jd. Paulista", "moro no jardim paulista"])
def test_a_shortened_zone_is_the_zone(shop: Catalogue, text: str) -> None:
    assert ids(shop, text) == ["Jardim Paulista"]


def test_a_match_shows_the_customers_own_words(shop: Catalogue) -> None:
    text = "Quero 2 RAÇÃO GOLDEN 15 kg, por favor"
    (match,) = shop.find(text)
    assert match.text == text[slice(*match.span)] == "RAÇÃO GOLDEN 15 kg"


def test_matches_never_overlap(shop: Catalogue) -> None:
    matches = shop.find("golden 15kg ração de gato bolinha areia shampoo no centro com a equipe 1 banho e tosa")
    spans = [match.span for match in matches]
    assert len(spans) == 8
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_a_business_that_sells_nothing_finds_nothing(businesses: Mapping[str, Business]) -> None:
    assert Catalogue(businesses["cryptolock"]).find("quero um corte de 15 kg, o masculino") == []


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("banho pro meu labrador", "banho-grande"), ("a bath for our german shepherd", "banho-grande"),
        ("un baño para mi husky", "banho-grande"), ("banho do shih tzu", "banho-pequeno"),
        ("bath for a chihuahua", "banho-pequeno"), ("bañar a mi yorkie", "banho-pequeno"),
        ("banho pro golden retriever", "banho-grande"),
    ],
)  # fmt: skip
def test_a_breed_tells_the_size(shop: Catalogue, text: str, service: str) -> None:
    (match,) = shop.find(text)
    assert (match.id, match.alternatives) == (service, ())


@pytest.mark.parametrize(
    "text", ["banho pro meu poodle", "a bath for my beagle", "bañar al perro", "banho do labrador pequeno"]
)
def test_a_breed_of_any_size_leaves_the_size_open(shop: Catalogue, text: str) -> None:
    (match,) = shop.find(text)
    assert {match.id, *match.alternatives} == {"banho-pequeno", "banho-grande"}


def test_words_that_tell_the_kind_outweigh_people_named_elsewhere(salon: Catalogue) -> None:
    assert ids(salon, "estou na casa da minha filha, quero um corte masculino") == ["corte-masculino"]
    assert ids(salon, "I'm at my daughter's and want a gentleman's haircut") == ["corte-masculino"]
    assert ids(salon, "corte para a minha filha") == ["corte-feminino"]


@pytest.mark.parametrize("text", ["com a equipe 2", "with team 2 please", "con el equipo 2"])
def test_a_name_made_of_words_is_said_in_ones_own_language(shop: Catalogue, text: str) -> None:
    assert ids(shop, text) == ["equipe-2"]


@pytest.mark.parametrize("text", ["qualquer equipe serve", "thank the team", "felicitaciones al equipo"])
def test_a_word_that_several_names_begin_with_names_nobody(shop: Catalogue, text: str) -> None:
    assert ids(shop, text) == []
