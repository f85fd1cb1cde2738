"""Things of the trade that are not on sale here: "uma bolinha e um osso", where no bones are sold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding.local.facts.catalogue import Catalogue
from understanding.local.text import words

_REFUSED = re.compile(r"\b(?:nao|n|sem|not|without|sin|don'?t|nem)\b[^,.;!?\n]{0,25}$")


def found(text: str, catalogue: Catalogue) -> Iterator[tuple[str, int, int]]:
    """Each as the customer calls it, with its place; not those that are refused."""
    for word in words.split(text) if catalogue.lexicon.goods else ():
        plain = words.singular(word.text)
        if plain not in catalogue.lexicon.goods or catalogue.knows(plain):
            continue
        if not _REFUSED.search(words.fold(text[: word.start])):
            yield text[word.start : word.end], word.start, word.end
