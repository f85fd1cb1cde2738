"""What the intent classifier sees of a message: pieces of words, words, their families and concepts, and pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from understanding.local.text.lexicon import concepts, families
from understanding.local.text.normalise import expand
from understanding.local.text.ordinary import listed

_TOKEN = re.compile(r"[a-z]+|\d+|\?|[^\x00-\x7f]")
_TIME = re.compile(r"\b\d\d?(?::\d\d|h\d\d|h\b|hs?\b| horas?\b|pm\b|am\b)")
_DIGIT = re.compile(r"\d")
_NEGATIONS = frozenset({"nao", "no", "not", "don", "nem"})
_MARKS = {
    **dict.fromkeys(_NEGATIONS, ("!",)),
    **dict.fromkeys(("0", "00", "000"), ("#",)),
    "?": ("?",),
    "hhmm": ("@when",),
}
LETTERS_READ = 400
_CONCEPTS_PAIRED = 12


def features(text: str) -> set[str]:
    """The message as a set: pieces of a word carry their blanks (" qu", "quan"), whole words and pairs start with "=".

    Reads the first 400 letters; digits are all alike. Words of a family ("amanhã", "banho") also count as the family,
    concepts ("~cancel") and every pair of them, near or far, by themselves.
    """
    tokens = words(levelled(expand(text[:LETTERS_READ])))
    kinds = kinds_of(tokens)
    return pieces(tokens).union(phrases(tokens), phrases(kinds), triples(kinds), marked(tokens))


def levelled(expanded: str) -> str:
    """Expanded text with every hour and every digit made alike."""
    return _DIGIT.sub("0", _TIME.sub(" hhmm ", expanded))


def words(level: str) -> list[str]:
    """The words, numbers and signs that count."""
    return _TOKEN.findall(level)


def kinds_of(tokens: Sequence[str]) -> list[str]:
    """The tokens with the words of a family made alike."""
    return [_family(token) for token in tokens]


def voted(vote: str | None) -> set[str]:
    """What the rules make of the message, as one more feature."""
    return {f"#{vote}"} if vote else set()


def _family(token: str) -> str:
    """The family of a word, "@somebody" for a first name; else the word."""
    if token == "hhmm":
        return "@when"
    return families().get(token) or ("@somebody" if token in listed("names") else token)


def pieces(tokens: Sequence[str]) -> set[str]:
    """Two to five letters in a row, the blanks around a word among them."""
    return set().union(*map(_pieces, tokens))


@lru_cache(maxsize=1_000)
def _pieces(token: str) -> frozenset[str]:
    """Those of one word: most words come again and again."""
    padded = f" {token} "
    return frozenset(
        padded[start : start + size] for size in range(2, 6) for start in range(max(1, len(padded) - size + 1))
    )


def _named(token: str) -> tuple[str, ...]:
    return ("somebody",) if token in listed("names") else ()


def phrases(tokens: Sequence[str]) -> Iterator[str]:
    """Every word and every two in a row, the message's edges among them."""
    yield from (f"={token}" for token in tokens)
    previous = "^"
    if not tokens:
        return
    for token in [*(token for token in tokens if token != "?"), "$"]:
        yield f"={previous} {token}"
        previous = token


def triples(kinds: Sequence[str]) -> Iterator[str]:
    """Three in a row where a family or a negation takes part: "tem @service @when", "nao quero cancelar"."""
    for first, second, third in zip(kinds, kinds[1:], kinds[2:], strict=False):
        if first in _NEGATIONS or "@" in first + second + third:
            yield f"={first} {second} {third}"


def marked(tokens: Sequence[str]) -> Iterator[str]:
    """The concepts the words may stand for, and every pair of them."""
    table = concepts()
    heard = [kind for token in tokens for kind in (*table.get(token, ()), *_MARKS.get(token, ()), *_named(token))]
    distinct = list(dict.fromkeys(heard))
    yield from (f"~{kind}" for kind in distinct)
    yield from (f"~{one}+{other}" for one, other in combinations(sorted(distinct[:_CONCEPTS_PAIRED]), 2))
