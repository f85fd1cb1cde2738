"""Words that tell apart the products a customer is to choose from: "a de gato", "castrado ele", "é filhote"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.ports import Situation
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.match import Match

Telling = tuple[list[str], int, int]


def found(text: str, catalogue: Catalogue, situation: Situation) -> Iterator[Telling]:
    """The ids each such word leaves, with its place; nothing where no choice is to be made."""
    if offered := _offered(situation):
        yield from catalogue.telling(offered, text, situation.language)


def without_likenesses(matches: Sequence[Match], catalogue: Catalogue, situation: Situation) -> list[Match]:
    """Where a choice is to be made, "cachorro grande" says for whom, "la grande" which, and neither names a bath."""
    if not _offered(situation):
        return list(matches)
    return [match for match in matches if match.kind != "service" or catalogue.names(match.text)]


def _offered(situation: Situation) -> Sequence[str]:
    offered: Sequence[str] = situation.slots.get("choice", {}).get("products", ())
    if situation.flow is None and situation.topic.get("fresh") and not situation.topic.get("service"):
        offered = situation.topic.get("product") or ()
    return offered if len(offered) > 1 else ()
