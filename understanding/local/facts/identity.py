"""Who a customer is, in their words: phone, CEP, CPF, e-mail and name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding.local.facts.entity import Entity, cut
from understanding.local.text import ordinary, trades
from understanding.local.text.cues import has
from understanding.local.text.vocabulary import listed
from understanding.local.text.words import fold

_EMAIL = re.compile(r"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
_ABROAD = re.compile(r"\+(?!55)\d[\d\s().-]{7,16}\d")
_PHONE = re.compile(
    r"(?<![\d+])(?<!cpf )(?<!cpf: )(?:\+?55[\s-]*)?\(?0?([1-9]\d)\)?[\s.-]*"
    r"(9[\s.-]?\d{4}|[2-5]\d{3})[\s.-]?(\d{4})(?!\d)"
)
_CPF = re.compile(r"(?<!\d)\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?!\d)")
_CEP = re.compile(r"(?<!\d)\d{2}\.?\d{3}-\d{3}(?!\d)|(?<=cep )\d{8}(?!\d)|(?<=cep: )\d{8}(?!\d)|^\s*\d{8}\s*$")
_PARTICLE = r"(?:d[aeo]s?|del|de la|van|von)"
_WORD = r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})?"
_PERSON = rf"({_WORD}(?:\s+(?:{_PARTICLE}\s+)?{_WORD}){{0,3}})"
_INTRODUCED = re.compile(
    r"\b(?:meu nome (?:completo )?e|me chamo|chamo-me|(?:em|no) nome d[aeo]|my (?:full |first )?name is|name's|"
    r"mi nombre es|me llamo(?! la atencion)|a nombre de|under the name(?: of)?)\s+(?:o |a )?" + _PERSON
)
_SAID_TO_BE = re.compile(
    r"\b(?:sou [ao]|aqui (?:e|eh) [ao]|quem fala (?:e|eh) [ao]|i am|i'?m|this is|soy|"
    r"(?:les?|te|os|aqui) (?:escribe|habla|saluda))\s+" + _PERSON
)
_SAID_BARE = re.compile(r"\b(?:sou|aqui (?:e|eh)|quem fala (?:e|eh))\s+" + _PERSON)
_HERE = re.compile(
    r"(?:^|(?<=[,.!\n]))\s*(?P<who>[A-ZÀ-Þ][^\W\d_]{2,}(?: [A-ZÀ-Þ][^\W\d_]+){0,2})"
    r" (?:aqui|here|falando|speaking|por aqui)(?=\s*[,.!\n:]|$)"
)
"""As names are written: "Olá, Renata aqui, bom dia"."""
_NOT_NAMES = listed(
    """
    quero queria gostaria preciso por para pra pro com que mas and want would like please y quisiera necesito
    cliente pode posso tudo bem oi ola sim nao ok obrigado obrigada here calling tenho moro estou eu meu minha
    marcar agendar primeiro primeira mesma mesmo dona dono mae pai new not interested looking nova novo aqui hoje
    amanha the from in bom boa dia tarde noite hi hello sou nome um uma os as alergica alergico voce boy man woman
    person pessoa hola favor cancelar remarcar horario pedido sei se no yes si como qual quanto quando onde porque
    cto ceo cfo cio diretor diretora gerente dev head fundador fundadora founder socio socia engenheiro engenheira
    responsavel manager director owner lead coordenador coordenadora analista gerenta
    sure going coming nearby ready happy sorry afraid fine good great done late running seguro segura lista listo
    easy flexible fussed bothered free open available tired sick ill away out off hungry lost confused glad
    stuck tied held swamped snowed working busy
    ele ela dele dela el ella him her mim mi mesmo mesma yo quien quem
    """
)
_PARTICLES = listed("da de do das dos del la van von")
_LONGEST_NAME, _OFTEN = 60, 3


def find(folded: str, text: str, asked: bool) -> Iterator[Entity]:
    """Every personal datum. `asked`: the bot asked for the name, so a bare one counts."""
    for found in _EMAIL.finditer(folded):
        yield cut("email", found.group(), found, text)
    cpfs = list(_cpfs(folded, text))
    yield from cpfs
    yield from _phones(folded, text, cpfs)
    for found in _CEP.finditer(folded):
        yield cut("cep", _digits(found.group()), found, text)
    person = _name(folded, text) or (_bare_name(folded, text) if asked else None)
    if person:
        yield _in_full(person, text)


def valid_cpf(digits: str) -> bool:
    """Whether eleven digits carry the two check digits of a CPF."""
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    return all(_check_digit(digits[:length]) == int(digits[length]) for length in (9, 10))


def _check_digit(digits: str) -> int:
    weights = range(len(digits) + 1, 1, -1)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return total * 10 % 11 % 10


def _cpfs(folded: str, text: str) -> Iterator[Entity]:
    for found in _CPF.finditer(folded):
        digits = _digits(found.group())
        said = (
            "." in found.group() or "cpf" in folded or digits[2] != "9"
        )  # a mobile number has a 9 after its area code
        if said and valid_cpf(digits):
            yield cut("cpf", digits, found, text)


def _phones(folded: str, text: str, taken: list[Entity]) -> Iterator[Entity]:
    for found in _ABROAD.finditer(folded):
        yield cut("phone", _digits(found.group()), found, text)
    for found in _PHONE.finditer(folded):
        if all(found.end() <= other.span[0] or other.span[1] <= found.start() for other in taken):
            yield cut("phone", "55" + _digits("".join(found.groups())), found, text)


def _name(folded: str, text: str) -> Entity | None:
    for introduced in _INTRODUCED.finditer(folded):
        if person := _person(text, *introduced.span(1)):
            return person
    if here := _HERE.search(text):
        return _person(text, *here.span("who"))
    found = _SAID_TO_BE.search(folded)
    if found is None:
        bare = _SAID_BARE.search(folded)  # "sou Marcos": only a capital tells a name from "sou cliente"
        return _person(text, bare.start(1), bare.end(1)) if bare and text[bare.start(1)].isupper() else None
    # "sou a cliente da Ana": without an introduction, only a capital or the message's end tells a name from a noun
    if text[found.start(1)].isupper():
        return _person(text, found.start(1), found.end(1))
    first = found[1].split()[0]
    ends = found.end() >= len(folded.rstrip(" .!")) or _again(found[1]).match(folded, found.end()) is not None
    doing = first.endswith("ing") and found.group().startswith("i")  # "i'm keeping the other"
    return _person(text, found.start(1), found.end(1)) if ends and not doing and not _ordinary(first) else None


def _in_full(person: Entity, text: str) -> Entity:
    """ "It's Kate, Kate Morrison": the name said again with its surname."""
    again = _again(person.text).match(text, person.span[1])
    return (again and _person(text, *again.span(1))) or person


def _again(name: str) -> re.Pattern[str]:
    return re.compile(rf"[,.\n]\s*({re.escape(name)}\s+{_WORD}(?:\s+{_WORD})?)", re.IGNORECASE)


def may_be_name(folded: str) -> bool:
    """Whether it may name a person: a word that customers seldom write stands in it, and none that is no name."""
    parts = [word for word in folded.split() if word not in _PARTICLES]
    return not all(map(_ordinary, parts)) and not any(word in _NOT_NAMES or word in trades.known() for word in parts)


def _ordinary(word: str) -> bool:
    """ "I'm keeping the other": a word that customers often write is nobody's name, unless people are called so."""
    often = any(ordinary.counts(language).get(word, 0) >= _OFTEN for language in ordinary.LANGUAGES)
    return often and word not in ordinary.listed("names")


def _bare_name(folded: str, text: str) -> Entity | None:
    found = re.fullmatch(rf"\s*(?:e |eh |it's |its |es )?(?:o |a )?{_PERSON}\s*[.!]?\s*", folded)
    if found is None or found.end(1) - found.start(1) > _LONGEST_NAME or has("laugh", folded):
        return None
    person = _person(text, found.start(1), found.end(1))
    return person if person and person.span[1] == found.end(1) else None


def _person(text: str, start: int, end: int) -> Entity | None:
    """The name without the words that follow it ("Marina e queria…", "Cida marca meu pé")."""
    stop = start
    for found in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)?", text[start:end]):
        word = fold(found.group())
        if word in _NOT_NAMES or word == "e" or (stop > start and _follows(found.group(), word)):
            break
        if word not in _PARTICLES:
            stop = start + found.end()
    if stop == start:
        return None
    words = (word if word in _PARTICLES else word[:1].upper() + word[1:] for word in text[start:stop].split())
    return Entity("name", " ".join(words), (start, stop), text[start:stop])


def _follows(written: str, word: str) -> bool:
    """Whether a word behind a name is none of it: one that customers often write, in small letters."""
    return written.islower() and word not in _PARTICLES and _ordinary(word)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
