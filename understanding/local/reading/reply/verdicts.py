"""Whether a clause decides over what is being arranged: carries it out, drops it, or keeps only a part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.ports import Situation
from understanding.local.classifier.mentions import families
from understanding.local.facts.fact import Fact
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold

Ranked = Sequence[tuple[str, float]]

_SURE = 0.6
_EDITING = {"off", "on", "swap", "up", "down"}
_WORD = re.compile(r"[^\W\d_]+")
_DROPPING = {"opt_out", "opt_in", "cancel_order", "cancel_booking", "human"}


def only_cancels(clause: Clause, folded: str) -> bool:
    """ "Cancela" while something is being arranged: it is given up, nothing that stands is cancelled."""
    found = pattern("cancels").search(folded)
    if found is None:
        return False
    start = clause.start + found.start()
    rest = clause.rest([(start, start + len(found.group()))])
    return rest <= words("fillers") | words("articles") | words("all_of_it")


def edits(folded: str, said: Sequence[Fact], situation: Situation) -> bool:
    """ "Ok so make the litter 4": what is to be done with a thing of the order is no yes, whatever comes of it."""
    if situation.asks != "confirm" or situation.flow not in ("order", "change_order"):
        return False
    told = {family for word in _WORD.findall(folded) for family in families(word)}
    changed = any(fact.kind == "product" and fact.value["mode"] != "keep" for fact in said)
    return changed and bool(told & _EDITING or has("makes", folded))


def names_all(folded: str) -> bool:
    """ "Os dois", "meus pedidos", "cancela tudo"; not "tudo certo"."""
    found = pattern("all_orders").search(folded) or pattern("every_one").search(folded)
    if found is None:
        return False
    return has("cancels", folded) or found.group() not in words("all_of_it")


def takes_off(clause: Clause, folded: str, said: Sequence[Fact]) -> bool:
    """ "Cancela a bola do meu pedido", "I don't want the ball anymore", not "I don't want my golden order"."""
    return any(
        fact.kind == "product"
        and fact.value["mode"] == "remove"
        and pattern("order_right_before").search(folded[: fact.start - clause.start]) is None
        and pattern("order_right_behind").match(folded[fact.end - clause.start :]) is None
        for fact in said
    )


def drops_something(folded: str, ranked: Sequence[tuple[str, float]]) -> bool:
    """ "Não quero mais o pedido" gives up an order that stands, "não quero mais" only what is under way."""
    whole = pattern("gives_up").fullmatch(folded.strip(" .!,")) is not None
    return not whole and bool(ranked) and ranked[0][0] in _DROPPING and ranked[0][1] >= _SURE


def begins_anew(clause: Clause, folded: str, said: Sequence[Fact]) -> list[Fact]:
    """ "Forget that, I just want one shampoo": what is wanted instead of everything said before; empty otherwise."""
    found = pattern("gives_up").match(folded)
    if found is None or not folded[found.end() :].lstrip(" ").startswith((",", "-", "…")):
        return []
    behind = [fact for fact in said if fact.start >= clause.start + found.end()]
    wished = any(fact.kind in ("product", "service") and not fact.negated for fact in behind)
    return behind if wished and len(behind) == len(said) else []


def only_acknowledges(text: str, situation: Situation, *, asks: bool) -> bool:
    """ "Ok, obrigada", after an answer with an offer: it is taken note of, the offer is not taken.

    Nor is it by "right. so what does it stop?" (`asks`: something is asked beside it).
    """
    folded = fold(text).strip()
    if situation.flow is not None or situation.asks != "none":
        return False
    return (asks or pattern("takes_note").match(folded) is not None) and not has("wants_it", folded)
