"""Names of people and places in a message: the business's professionals and delivery zones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from domain.business import Business
from understanding.local.facts.match import Kind, Match
from understanding.local.text import ordinary, words
from understanding.local.text.vocabulary import IN_ONE_TONGUE, SHORTENED, STREETS, listed
from understanding.local.text.words import Word

_LEADING: dict[Kind, frozenset[str]] = {
    "professional": listed("com a o da do pela pelo with con by prefiro quero na no la el con"),
    "zone": listed("no na em pro pra para bairro in to en ate moro do da al"),
}
_INTRODUCTIONS = frozenset(
    (
        "nome e",
        "chamo",
        "sou a",
        "sou o",
        "sou",
        "aqui e a",
        "aqui e o",
        "aqui e",
        "name is",
        "llamo",
        "i am",
        "i m",
        "soy",
    )
)
_COURTESIES = listed(
    "oi ola dia tarde noite obrigado obrigada obg valeu vlw hi hello hey hola gracias thanks thank you"
)
_FUZZY_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Name:
    """What somebody or someplace is called, as folded words, and the id of who that is."""

    kind: Kind
    id: str
    words: tuple[str, ...]


def of(business: Business) -> tuple[Name, ...]:
    """The full names, and where only a part is usual, the parts."""
    found: list[Name] = []
    for person in business.professionals:
        parts = _parts(person.name)
        found.append(Name("professional", person.id, parts))
        if len(parts) > 1 and parts[0] not in IN_ONE_TONGUE:
            found.append(Name("professional", person.id, parts[:1]))
    for zone in business.delivery.zones if business.delivery else ():
        found.append(Name("zone", zone.name, _parts(zone.name)))
    return tuple(found)


def find(names: Sequence[Name], text: str) -> list[Match]:
    """Every name the text says as whole words, in a place where a name makes sense."""
    said = words.split(text)
    matches: dict[tuple[int, int], Match] = {}
    for at in range(len(said)):
        for name in names:
            span = _span(name, said, at)
            if span is None:
                continue
            score = _score(name, said, at)
            if score and span in matches:
                matches[span] = _both(matches[span], name)
            elif score:
                matches[span] = Match(name.kind, name.id, score, span, text[span[0] : span[1]])
    return list(matches.values())


def _parts(name: str) -> tuple[str, ...]:
    return tuple(_plain(word.text) for word in words.split(name) if word.text.isalnum())


def _plain(word: str) -> str:
    return SHORTENED.get(word) or IN_ONE_TONGUE.get(word, word)


def _span(name: Name, said: Sequence[Word], at: int) -> tuple[int, int] | None:
    position = at
    for part in name.words:
        while position > at and position < len(said) and said[position].text == ".":
            position += 1  # "jd. paulista"
        if position >= len(said) or not _same(_plain(said[position].text), part):
            return None
        position += 1
    return said[at].start, said[position - 1].end


def _same(word: str, part: str) -> bool:
    if word == part:
        return True
    slip = (
        len(part) >= _FUZZY_LENGTH and word not in ordinary.known() and word[:1] == part[:1] and word[-1:] == part[-1:]
    )
    return slip and OSA.distance(word, part, score_cutoff=1) <= 1


def _score(name: Name, said: Sequence[Word], at: int) -> float:
    before = [word.text for word in said[max(0, at - 3) : at]]
    if STREETS & set(before[-2:]) and before[-1:] not in (["al"], [","]):  # "al centro" is Spanish; "Main St, Centro"
        return 0.0
    if name.kind == "professional" and _introduces(before):
        return 0.0
    if name.kind == "professional" and _addressed(said, at, len(name.words)):
        return 0.0
    if len(said) <= len(name.words) + 1 or (before and before[-1] in _LEADING[name.kind]):
        return 0.95
    return 0.8


def _introduces(before: Iterable[str]) -> bool:
    ending = " " + " ".join(before)
    return any(ending.endswith(" " + introduction) for introduction in _INTRODUCTIONS)


def _addressed(said: Sequence[Word], at: int, length: int) -> bool:
    """Whether the name is only spoken to: "Bom dia, Ana!", "obrigada Ana"."""
    before = [word.text for word in said[:at] if word.text != ","]
    after = said[at + length].text if at + length < len(said) else "."
    return bool(before) and before[-1] in _COURTESIES and not after.isalnum()


def _both(match: Match, name: Name) -> Match:
    """The same words fit two names: a question to ask."""
    if name.id == match.id or name.id in match.alternatives:
        return match
    return Match(match.kind, match.id, 0.7, match.span, match.text, (*match.alternatives, name.id))
