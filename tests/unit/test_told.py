"""A cue names a Spanish verb once; people say it in every form."""

from __future__ import annotations

import re

import pytest

from understanding.local.text import told


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("quitar", "quita quite quiten quitala quitale quitamela quitemela quiteselo quitenmelos quitarmela quitad"),
        ("sacar", "saca saque sacame saqueme sacale saquelo saquenmela sacarlo"),
        ("agregar", "agrega agregue agregame agregueme agreguele agregamelo agregarme"),
        ("poner", "pon ponme poneme pongame ponganos ponle pongale pongamelo ponlo ponerme"),
        ("traer", "trae traeme traigame traiganme traemelo traigamela traiganmelas traernos"),
        ("hacer", "haz hazlo hace hacelo haceme haga hagalo hagamelo hagale hacerlo"),
        ("incluir", "incluye incluyeme incluya incluyame incluyamelo incluirlo"),
        ("cerrar", "cierra cerra cierralo cerralo cierrelo cierremelo cerrarlo"),
    ],
)
def test_whoever_is_spoken_to_and_whatever_hangs_on_it_it_is_the_same_verb(verb: str, said: str) -> None:
    family = re.compile(told.spelled_out(f"{{{verb}}}"))
    assert [word for word in said.split() if not family.fullmatch(word)] == []


def test_pronouns_before_the_verb_belong_to_it() -> None:
    family = re.compile(told.spelled_out("no {poner|mandar}"))
    said = ("no me lo pongas", "no lo mande", "no me los manden", "no le ponga")
    assert all(family.fullmatch(each) for each in said)


def test_a_noun_that_looks_like_a_verb_is_none() -> None:
    family = re.compile(told.spelled_out(r"\b{sacar|poner|mandar|traer}\b"))
    assert not any(family.search(each) for each in ("dos sacos", "poniente", "mandado", "traje", "saco"))
