"""What a lead says of itself: name, company and its size, insurance. Looked for only where they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from understanding.local.facts import identity
from understanding.local.facts.entity import Entity
from understanding.local.text import cues, numerals
from understanding.local.text.vocabulary import listed
from understanding.local.text.words import fold

_PEOPLE = (
    r"(?:pessoas|devs?|desenvolvedor\w*|programador\w*|engenheir\w+|funcionari\w+|colaborador\w*|integrantes|membros|"
    r"people|persons|developers?|engineers?|employees|members|users|seats|personas|desarrollador\w*|ingenier\w+|"
    r"emplead\w+|usuarios)"
)
_ABOUT = (
    r"(?:(?:de |of )?(?:umas?|uns|cerca de|mais de|quase|por volta de|em|about|around|like|roughly|some|unas?|unos) )?"
)
_NUMBER = rf"(?P<number>\d{{1,6}}|{numerals.spoken()})"
_TEAM_SIZE = (
    re.compile(rf"(?<![\w.,@]){_NUMBER} (?:{_PEOPLE}|of us)\b"),
    re.compile(
        r"\b(?:equipe|time|empresa|team|staff|company|equipo)(?: (?!of|de|com|con)\w+){0,2} "
        rf"(?:de|com|of|con|has|have|tem|tiene|is|e|sao|somos) {_ABOUT}{_NUMBER}\b(?! (?:anos?|years?|pipelines?))"
    ),
    re.compile(
        rf"\b(?:somos|we are|we're|we have|temos|tenemos|there are) {_ABOUT}{_NUMBER}"
        r"(?=\s*(?:$|[,.;!\n]| (?:e|and|y|na|no|in|en|ao todo|total)\b))"
    ),
)
_WORD = r"[A-Z0-9][\w&.\-]*"
_NAMED = rf"(?P<name>{_WORD}(?: (?:d[aeo] |& |e )?{_WORD}){{0,3}})"
_ANY_CASE = r"(?P<name>[\w&\-]+(?: [\w&\-]+){0,3})"
_STOP = re.compile(
    r"(?:\s+|,\s*)(?:e|and|y|com|with|con|somos|temos|we|que|onde|aqui|meu|minha|my|mi|eu|i|nos|tem|has|have|is|"
    r"do ramo|equipe|time|team|equipo)\b.*|[.,;!]+$"
)
_COMPANY = (
    re.compile(
        rf"\b(?i:(?:minha |nossa |a |my |our |the |mi |nuestra )?(?:empresa|company|compañ[ií]a|startup)"
        rf"(?: (?:é|e|eh|se chama|chama|chamada|is called|is|called|es|se llama)| ?:)? (?:a |o |the |la )?){_NAMED}"
    ),
    re.compile(
        rf"\b(?i:(?:trabalho|trabajo|work|working|trabalhando|represento|falo|escrevo)(?: \w+)? "
        rf"(?:n[ao]|em|pel[ao]|para|pra|at|for|from|with|en|de) (?:a |the |la |empresa )?){_NAMED}"
    ),
    re.compile(rf"(?<=\w),? (?i:from|at|d[ao] empresa|de la empresa) {_NAMED}"),
    re.compile(rf"(?<=[A-Za-zà-ú])(?:,\s*| )(?:d[ao]|pel[ao]) {_NAMED}"),
)
_WORKS_AT = re.compile(
    r"^(?i:(?:eu )?(?:trabalho|trabajo|(?:i )?work)(?: \w+)? (?:n[ao]|em|pel[ao]|at|for|en) (?:a |the |la )?|"
    r"(?:(?:a |my |our |the )?(?:empresa|company)(?: (?:é|e|is|se chama))? (?:a |o )?)|(?:é |it's |its |es )(?:a |o )?|"
    rf"(?:d[ao]|from) ){_ANY_CASE}"
)
_SURNAMES = listed(
    """
    Silva Costa Cunha Rocha Luz Cruz Santos Nascimento Conceição Conceicao Souza Sousa Lima Oliveira Moura Almeida
    Andrade Paula Deus Jesus Carmo Rosário Vale Mata Penha Glória Graça Hora Veiga Fonseca Gama Paz Mota Motta Silveira
    Barros Castro Freitas Melo Mello Campos Moraes Morais Assis Carvalho Aguiar Azevedo Abreu Araújo Araujo Brito
    Lacerda Macedo Matos Medeiros Menezes Miranda Paiva Queiroz Rezende Toledo Vasconcelos Ribeiro Pereira Ferreira
    Rosa Vila Rua Avenida
    """
)


_SIGNED = re.compile(
    r"(?:^|[:.,;\n])\s*(?!I'?m\b|It'?s\b)"
    r"(?P<name>[A-ZÀ-Ý][a-zà-ÿ'-]+(?:\s+(?:d[aeo]s?\s+|del\s+|de la\s+)?[A-ZÀ-Ý][a-zà-ÿ'-]+){1,3})"
    r"\s*(?=[,.;!\n]|$)"
)


_CALLED = re.compile(
    r"\b(?i:nome (?:del[ea]|d[ao] (?:minha |meu )?\w+) (?:é|e|eh)|(?:his|her|(?:my|the) \w+'s) name(?: is|'s)|"
    r"nombre de (?:ella|él|el|mi \w+) es|s[ei] (?:llama|chama))\s+"
    r"(?P<name>[A-ZÀ-Ý][a-zà-ÿ'-]+(?:\s+(?:d[aeo]s?\s+|del\s+|de la\s+)?[A-ZÀ-Ý][a-zà-ÿ'-]+){0,3})"
)


def find(text: str, folded: str, language: str, asks: str) -> Iterator[Entity]:
    """The team's size and the company in a message; `asks` is what the bot waits for."""
    for pattern in _TEAM_SIZE:
        found = pattern.search(folded)
        number = numerals.value(found["number"], language) if found else None
        if found and number:
            yield Entity("team_size", str(number), found.span(), text[found.start() : found.end()])
            break
    company = _company(text, _COMPANY) or (_company(text, (_WORKS_AT,)) if asks == "company" else None)
    if company:
        yield company


def signed(text: str) -> Iterator[Entity]:
    """ "Quero a avaliação: Marlene Kowalski, de manhã": capitals that stand by themselves and mean nothing.

    So is whoever "se llama …", "her name is …": it is for somebody else.
    """
    for found in (*_CALLED.finditer(text), *_SIGNED.finditer(text)):
        folded = fold(found["name"])
        if not cues.has("insurance", folded) and not cues.has("pays_alone", folded) and identity.may_be_name(folded):
            yield Entity("name", found["name"], found.span("name"), found["name"])
            return


def insurance(text: str, folded: str, history: Sequence[Mapping[str, Any]], asks: str) -> tuple[str, int, int] | None:
    """The insurance named last, or that there is none, or one pointed at ("that is the one we have"), and where.

    "Tinha Amil mas perdi, pago particular": one that was, or is not to be used, is left out.
    """
    asked = asks == "insurance" and not cues.has("does_not_know", folded)
    meant = ("insurance", "pays_alone", "has_none") if asked else ("insurance", "pays_alone")
    told = [found for cue in meant for found in cues.pattern(cue).finditer(folded)]
    left = [found for found in told if not _is_left(folded, found.start())]
    if left:
        last = max(left, key=lambda found: (found.end(), -found.start()))
        return text[last.start() : last.end()].strip(), *last.span()
    pointed = cues.pattern("is_the_one_i_have").search(folded)
    if pointed is None:
        return None
    for message in reversed(history):
        told_before = str(message["text"])
        if message["role"] == "customer" and (found := cues.pattern("insurance").search(fold(told_before))):
            return told_before[found.start() : found.end()], *pointed.span()
    return None


def _is_left(folded: str, start: int) -> bool:
    return any(found.end() == start for found in cues.pattern("right_before_a_plan_left").finditer(folded))


def apart(person: Entity, company: Entity) -> Entity:
    """ "Luiz da Fintech Azul": the name ends where the company begins."""
    if not person.span[0] < company.span[0] < person.span[1]:
        return person
    kept = re.sub(
        r"[\s,]+(?:(?:d[aeo]|from|at|de la|del)(?: (?:empresa|company|firma|compa[nñ][ií]a))?)?\s*$",
        "",
        person.value[: company.span[0] - person.span[0]],
    )
    return replace(person, value=kept, span=(person.span[0], company.span[0]))


def _company(text: str, patterns: tuple[re.Pattern[str], ...]) -> Entity | None:
    for pattern in patterns:
        for found in pattern.finditer(text):
            name = _STOP.sub("", found["name"]).strip(" ,;!-")
            if len(name) > 1 and name.split()[0] not in _SURNAMES and not name.isdecimal():
                start = found.start("name")
                return Entity("company", name, (start, start + len(name)), name)
    return None
