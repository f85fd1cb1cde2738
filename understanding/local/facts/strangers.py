"""Who and what is asked for and is not here: people who do not work here, services of the trade not done here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from domain.business import Business
from understanding.local.text import ordinary
from understanding.local.text.lexicon import families
from understanding.local.text.vocabulary import listed
from understanding.local.text.words import fold, singular, split

_WITH = re.compile(r"\b(?:[Cc]om [ao]|[Ww]ith|[Cc]on) (?P<name>[A-ZÀ-Ý][a-zà-ÿ]{2,})\b")
_WORKS = "tem|ta|esta|atende|trabalha|tiene|atiende|trabaja|has|works?|available|free|livre|disponivel"
_ASKED_FOR = re.compile(
    r"\b(?:com|with|con|pel[ao]|by)(?: [ao]| la| el)? (?P<name>[a-zñ]{3,})\b"
    rf"|\b(?:(?:[ao]|la|el) |is |does |esta )?(?P<free>[a-zñ]{{3,}}) (?:ainda |tambem |still |todavia )?(?:{_WORKS})\b"
)
_VAGUE = listed(
    """
    visita visit visitas sessao sessoes session sesion retorno treatment tratamiento tratamento aula aulas treino
    clase class lesson demo demonstracao reuniao ensaio exame exames exam examen consulta consultas consultation
    revisao revision raio canal lente lentes mao maos pe pes unha unhas nails nail corte cortes cortar cortinho
    haircut haircuts cut hairdo banho banhos banhinho bath wash bano pintar dye coloring coloracao tinte hidratar
    hidratacao escova escovar conserto reparo manutencao instalacao limpeza cleaning limpieza inspection peluqueria
    make spa grooming groom tosa tosar trim
    """
)
"""Words of services that name no one service, or that a catalogue means otherwise."""


class Stranger(NamedTuple):
    """The word as the customer wrote it, and its place."""

    word: str
    start: int
    end: int


def person(text: str, business: Business) -> Iterator[Stranger]:
    """Somebody asked for by name: "com a Joana", "o marcos tem horário?". Those who work here are told apart later."""
    if not business.professionals:
        return
    if found := _WITH.search(text):
        yield Stranger(found["name"], found.start("name"), found.end("name"))
        return
    for found in _ASKED_FOR.finditer(fold(text)):
        span = found.span("name" if found["name"] else "free")
        if text[slice(*span)].lower() in ordinary.listed("names"):
            yield Stranger(text[slice(*span)].title(), *span)
            return


def service(text: str, taken: Sequence[tuple[int, int]]) -> Stranger | None:
    """A service that some businesses of the trade do ("luzes"), outside the places that mean something here."""
    for word in split(text):
        plain = word.text.replace("ñ", "n")
        if {plain, singular(plain)} & _trades() and not any(start <= word.start < end for start, end in taken):
            return Stranger(text[word.start : word.end].lower(), word.start, word.end)
    return None


@cache
def _trades() -> frozenset[str]:
    """The words for services of any trade that say which one it is."""
    return frozenset(word for word, family in families().items() if family == "@service") - _VAGUE
