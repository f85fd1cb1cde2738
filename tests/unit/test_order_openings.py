"""An order opened in any of many ways holds what was said: the product, how many, and how it is brought and paid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import pytest

from domain.business import load
from domain.commands import Command, Fill, Start
from domain.ports import Situation
from understanding.local.reader import LocalUnderstander

NOW = datetime.fromisoformat("2026-03-10T10:00:00-03:00")
PAID = {"card": "card_on_delivery", "cash": "cash", "pix": "pix", None: None}


class Ways(NamedTuple):
    """The parts of an opening. Lists of different lengths turn at different speeds, so that all meet."""

    asking: list[str]
    numbers: list[tuple[str, int]]
    things: list[tuple[str, str]]
    brought: list[tuple[str, str | None]]
    paid: list[tuple[str, str | None]]


EN = Ways(
    ["I'd like {}", "Can I get {}", "Could you send me {}", "I need {}", "Hi! {} please", "I'll take {}", "Give me {}",
     "Can you deliver {}", "Put me down for {}", "Would you send over {}", "I ran out, can you bring me {}"],
    [("one", 1), ("two", 2), ("three", 3), ("2", 2), ("10", 10), ("a couple of", 2), ("half a dozen", 6),
     ("thirteen", 13), ("twenty-five", 25)],
    [("bags of Golden", "racao-golden-15"), ("sacks of the Golden dog food", "racao-golden-15"),
     ("packs of puppy food", "racao-premier-filhote"), ("packets of food for neutered cats", "racao-gatos-3"),
     ("bags of cat litter", "areia-4"), ("rubber balls", "bola"), ("bottles of dog shampoo", "shampoo"),
     ("packets of dog treats", "petisco")],
    [("", None), (", to be delivered to Rua Bahia 300, Centro", "Rua Bahia 300"), ("; I'll pick it up", "pickup")],
    [("", None), (" and I'll pay cash", "cash"), (". I'll pay with Pix", "pix"), (", card on delivery", "card"),
     (". Card when it gets here", "card")],
)  # fmt: skip
ES = Ways(
    ["Quiero {}", "hola, me mandan {}", "Mandame {}", "Me podés mandar {}", "Necesito {}", "Dame {}", "Me llevo {}",
     "Buenas! Quería encargar {}", "¿Me envían {}?", "Ponme {}", "{} por favor", "Me quedé sin nada, mandame {}"],
    [("dos", 2), ("tres", 3), ("cuatro", 4), ("siete", 7), ("2", 2), ("10", 10), ("un par de", 2),
     ("media docena de", 6), ("trece", 13)],
    [("bolsas de Golden", "racao-golden-15"), ("bolsas de ração golden", "racao-golden-15"),
     ("paquetes de alimento para gatos castrados", "racao-gatos-3"), ("bolsas de arena para el gato", "areia-4"),
     ("pelotas de goma", "bola"), ("botes de champú", "shampoo"), ("paquetes de galletitas para perro", "petisco"),
     ("bolsitas de bifinho", "petisco")],
    [("", None), (" a la calle Flores 22, Centro", "calle Flores 22"), (" a domicilio", "delivery"),
     (" y paso a buscarlo", "pickup"), (", lo retiro yo", "pickup")],
    [("", None), (" y pago con tarjeta", "card"), (", pago en efectivo", "cash"), (", con pix", "pix")],
)  # fmt: skip
PT = Ways(
    ["Quero {}", "Oi, me manda {}", "Me vê {}", "Preciso de {}", "Pode mandar {}", "Bom dia, queria pedir {}", "{}",
     "Separa {} pra mim", "anota aí {}", "acabou aqui, manda {}"],
    [("dois", 2), ("três", 3), ("quatro", 4), ("2", 2), ("10", 10), ("um par de", 2), ("meia dúzia de", 6)],
    [("sacos de golden", "racao-golden-15"), ("pacotes de ração de filhote", "racao-premier-filhote"),
     ("pacotes de ração pra gato castrado", "racao-gatos-3"), ("sacos de areia sanitária", "areia-4"),
     ("frascos de xampu", "shampoo"), ("pacotinhos de bifinho", "petisco")],
    [("", None), (" pra entregar na Rua Bahia 300, Centro", "Rua Bahia 300"), (" pra retirar", "pickup")],
    [("", None), (" no cartão", "card"), (", pago em dinheiro", "cash"), (", no pix", "pix")],
)  # fmt: skip
WAYS = {"en": EN, "es": ES, "pt-BR": PT}
EACH = 120


@cache
def understander() -> LocalUnderstander:
    return LocalUnderstander()


def openings(ways: Ways) -> Iterator[tuple[str, set[tuple[str, object]]]]:
    """Openings with the facts they hold."""
    turning = zip(*(cycle(part) for part in ways), strict=False)
    for asking, number, thing, brought, paid in islice(turning, EACH):
        (many, quantity), (noun, product) = number, thing
        text = asking.format(f"{many} {noun}") + brought[0] + paid[0]
        facts: set[tuple[str, object]] = {("items", (product, quantity)), ("payment", PAID[paid[1]])}
        place = "delivery" if brought[1] in ("pickup", "delivery") else "address"
        yield text, {fact for fact in facts | {(place, brought[1])} if fact[1]}


def told(commands: tuple[Command, ...]) -> set[tuple[str, object]]:
    """The facts that were heard, the products with their numbers."""
    filled = [command for command in commands if isinstance(command, Fill)]
    lines = {("items", (line["product"], line["quantity"])) for each in filled if each.slot == "items"
             for line in each.value}  # fmt: skip
    return lines | {(each.slot, each.value) for each in filled if each.slot in ("payment", "address", "delivery")}


@pytest.mark.parametrize("language", WAYS)
def test_no_number_product_place_or_payment_of_an_opening_is_lost(language: str) -> None:
    business = load(Path("businesses/pet-feliz.yaml"))
    lost = []
    for text, facts in openings(WAYS[language]):
        reading = understander().understand(text, Situation(business, NOW, language))
        heard = told(reading.commands)
        others = {fact for fact in heard - facts if fact[0] == "items"}
        if Start("order") not in reading.commands or facts - heard or others:
            lost.append((text, facts - heard, others))
    assert not lost
