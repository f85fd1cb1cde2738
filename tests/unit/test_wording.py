"""Every sentence exists in every language, with the same facts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.business import load
from graph.phrases import listed, money, when
from graph.wording import LANGUAGES, templates, wording

_KEY = re.compile(
    r"""(?:\bsay\(|\bphrase\(|\btext\(|title_key=|menu=|key=|"key": )\s*"""
    r"""f?"([a-z_]+(?:\.[a-z_]+)*(?:\.\{[^"]*|\{[^"]*)?)\""""
)


def used_keys() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in Path("graph").rglob("*.py")]
    return {key for source in sources for key in _KEY.findall(source)}


def facts(template: object) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", " ".join(template) if isinstance(template, list) else str(template)))


def sentences(language: str) -> dict[str, object]:
    return {key: told for key, told in templates(language).items() if not key.startswith("joint.")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_with_the_same_facts(language: str) -> None:
    own, other = sentences("pt-BR"), sentences(language)
    assert own.keys() == other.keys()
    assert {key: facts(own[key]) for key in own} == {key: facts(other[key]) for key in own}


def test_every_sentence_the_code_says_exists() -> None:
    known = templates("pt-BR")
    missing = {
        key
        for key in used_keys()
        if not (any(each.startswith(key.split("{")[0]) for each in known) if "{" in key else key in known)
    }
    assert len(used_keys()) > 50
    assert missing == set()


def test_facts_are_worded_in_the_language_of_the_customer() -> None:
    business = load(Path("businesses/studio-aurora.yaml"))
    start = "2026-03-11T15:00:00-03:00"
    assert wording("pt-BR", business).value(when(start)) == "quarta, 11/03, às 15:00"
    assert wording("en", business).value(when(start)) == "Wednesday, 11/03, at 15:00"
    assert wording("es", business).value(when(start)) == "miércoles, 11/03, a las 15:00"
    assert wording("pt-BR", business).value(money("1234.50")) == "R$ 1.234,50"
    assert wording("pt-BR", business).value(listed(["a", "b", "c"], last="or")) == "a, b ou c"


def test_spanish_joins_words_by_their_sound() -> None:
    spanish = wording("es", load(Path("businesses/studio-aurora.yaml")))
    assert spanish.value(listed(["Centro", "Ipiranga"])) == "Centro e Ipiranga"
    assert spanish.value(listed(["agua", "hielo"])) == "agua y hielo"
    assert spanish.value(listed(["siete", "ocho"], last="or")) == "siete u ocho"


def test_braces_in_a_customers_words_are_only_words() -> None:
    business = load(Path("businesses/studio-aurora.yaml"))
    assert wording("pt-BR", business).text("plain", {"text": "{persona} {0} {{x}}"}) == "{persona} {0} {{x}}"
