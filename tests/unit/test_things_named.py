"""What customers call the things of a trade, in three languages: found, and nothing found where nothing is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.business import Business, load
from understanding.local.facts.catalogue import Catalogue
from understanding.local.text.mending import Mending

LOCALES = {"pt": "pt-BR", "en": "en", "es": "es"}
AMONG = {"pt": "quero {} amanhã", "en": "can I get {} tomorrow?", "es": "hola, cuánto sale {}?"}
"""A sentence of each language that a thing may stand in."""
BARBER = """
id: fade-house
name: Fade House
locale: en
persona: {name: Max, tone: brief}
timezone: America/New_York
hours: {mon: ["09:00-18:00"]}
services:
  - {id: cut, name: Haircut, minutes: 30, price: "20.00"}
  - {id: beard, name: Beard trim, minutes: 20, price: "15.00"}
"""
SHOP = """
id: bunny-and-co
name: Bunny & Co
locale: en
persona: {name: Max, tone: brief}
timezone: America/New_York
hours: {mon: ["09:00-18:00"]}
products:
  - {id: hay, name: Rabbit food 2 kg, price: "9.00", stock: 5}
  - {id: dog, name: Dog food 10 kg, price: "30.00", stock: 5}
  - {id: leash, name: Collar, price: "7.00", stock: 5}
"""


@cache
def written() -> Mapping[str, Any]:
    data: Mapping[str, Any] = yaml.safe_load(Path("tests/unit/things_named.yaml").read_text(encoding="utf-8"))
    return data


@cache
def catalogue(name: str) -> tuple[Catalogue, Mending]:
    business = load(Path(f"businesses/{name}.yaml"))
    return Catalogue(business), Mending(business)


def named(name: str, text: str, language: str) -> list[frozenset[str]]:
    """The things found in a message as the reader finds them; what is only like something counts for nothing."""
    things, mending = catalogue(name)
    mended = mending.mend(text, LOCALES[language])
    found = [match for match in things.find(mended, LOCALES[language]) if match.kind in ("service", "product")]
    return list(dict.fromkeys(frozenset((match.id, *match.alternatives)) for match in found if not match.near))


def phrases(text: str) -> Iterator[str]:
    return (phrase.strip() for phrase in text.split(";"))


def missed(name: str, frame: Mapping[str, str]) -> tuple[int, list[str]]:
    """How many phrases were tried, and those that named something else or nothing."""
    tried, wrong = 0, []
    for expected, languages in written()[name]["named"].items():
        wanted = [frozenset(each.split("+")) for each in expected.split(",")]
        for language, text in languages.items():
            for phrase in phrases(text):
                tried += 1
                found = named(name, frame[language].format(phrase), language)
                if found != wanted and not (len(found) == 1 == len(wanted) and found[0] < wanted[0]):
                    wrong.append(f"{phrase} [{language}]: {[sorted(each) for each in found]}, not {expected}")
    return tried, wrong


@pytest.mark.parametrize("name", ["studio-aurora", "pet-feliz", "clinica-sorriso"])
@pytest.mark.parametrize(
    ("frame", "least"), [(dict.fromkeys(AMONG, "{}"), 0.97), (AMONG, 0.95)], ids=["alone", "among"]
)
def test_nearly_every_way_to_name_a_thing_is_understood(name: str, frame: Mapping[str, str], least: float) -> None:
    tried, wrong = missed(name, frame)
    assert 1 - len(wrong) / tried >= least, "\n".join(wrong)


@pytest.mark.parametrize("name", ["studio-aurora", "pet-feliz", "clinica-sorriso"])
@pytest.mark.parametrize("language", ["pt", "en", "es"])
def test_what_only_sounds_like_a_thing_names_none(name: str, language: str) -> None:
    found = {phrase: named(name, phrase, language) for phrase in phrases(written()[name]["nothing"])}
    assert {phrase: things for phrase, things in found.items() if things} == {}


@pytest.fixture
def barber(tmp_path: Path) -> Business:
    (tmp_path / "barber.yaml").write_text(BARBER, encoding="utf-8")
    return load(tmp_path / "barber.yaml")


@pytest.fixture
def shop(tmp_path: Path) -> Business:
    (tmp_path / "shop.yaml").write_text(SHOP, encoding="utf-8")
    return load(tmp_path / "shop.yaml")


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("queria cortar o cabelo", "cut"), ("un corte de pelo", "cut"), ("a quick trim", "cut"),
        ("fazer a barba", "beard"), ("recorte de barba", "beard"), ("my beard needs a trim", "beard"),
    ],
)  # fmt: skip
def test_another_business_of_a_trade_is_understood_in_every_language(barber: Business, text: str, service: str) -> None:
    assert service in {each for match in Catalogue(barber).find(text) for each in (match.id, *match.alternatives)}


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("ração de coelho", "hay"), ("comida para conejos", "hay"), ("kibble for my dog", "dog"),
        ("croquetas para perro", "dog"), ("coleira pro cachorro", "leash"),
    ],
)  # fmt: skip
def test_what_one_shop_lacks_another_sells(shop: Business, text: str, product: str) -> None:
    (match,) = Catalogue(shop).find(text)
    assert (match.id, match.alternatives, match.near) == (product, (), False)


@pytest.mark.parametrize("text", ["ração de peixe", "comida para loros", "bird food"])
def test_food_for_an_animal_nobody_feeds_here_is_only_near(text: str) -> None:
    (match,) = catalogue("pet-feliz")[0].find(text)
    assert match.near


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("my son needs a haircut", "corte-masculino"), ("a haircut for my wife", "corte-feminino"),
        ("corte, é pro meu marido", "corte-masculino"), ("cortarle el pelo a mi hija", "corte-feminino"),
    ],
)  # fmt: skip
def test_whom_a_cut_is_for_tells_which(text: str, service: str) -> None:
    (match,) = catalogue("studio-aurora")[0].find(text)
    assert (match.id, match.alternatives) == (service, ())


@pytest.mark.parametrize(
    "text", ["quero um corte, minha filha me indicou vocês", "a trim please, my husband drives me"]
)
def test_people_only_spoken_of_do_not_tell_which_cut(text: str) -> None:
    (match,) = catalogue("studio-aurora")[0].find(text)
    assert {match.id, *match.alternatives} == {"corte-feminino", "corte-masculino"}
