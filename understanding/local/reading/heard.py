"""One clause as it was heard: its words and facts, in the situation it was said in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.business import Business
from domain.ports import Situation
from understanding.local.facts.fact import WISHES, Fact
from understanding.local.text import cues
from understanding.local.text.clauses import Clause
from understanding.local.text.words import fold

ORDERING = ("order", "change_order")
_BOOKING = ("book", "reschedule", "cancel_booking", "lead")
_FITS_BOOKING = {"time", "service", "unlisted", "nobody", "professional", "name", "email", "insurance", "company",
                 "team_size", "preferred_period", *WISHES}  # fmt: skip
_FITS_ORDERING = {"product", "zone", "address", "payment", "delivery", "change_for", "as_last"}


@dataclass(frozen=True)
class Heard:
    """A clause, the facts inside it and the situation."""

    clause: Clause
    said: Sequence[Fact]
    situation: Situation

    @cached_property
    def folded(self) -> str:
        return fold(self.clause.text)

    @cached_property
    def kinds(self) -> set[str]:
        """The kinds of its facts, taken back or not."""
        return {fact.kind for fact in self.said}

    @property
    def flow(self) -> str | None:
        return self.situation.flow

    @property
    def business(self) -> Business:
        return self.situation.business

    def has(self, cue: str) -> bool:
        """Whether the words hold a cue."""
        return cues.has(cue, self.folded)

    @property
    def asked(self) -> bool:
        """It ends or begins like a question; "e barra o quê exatamente" has its word of asking behind."""
        if self.clause.asks or cues.pattern("question_start").match(self.folded) is not None:
            return True
        return self.flow is None and not self.said and cues.pattern("asks_in_place").search(self.folded) is not None

    @property
    def counts_products(self) -> bool:
        return any(fact.kind == "product" and fact.value["quantity"] and not fact.negated for fact in self.said)

    @property
    def bare(self) -> bool:
        """A thing's name and nothing else."""
        one_thing = len(self.said) == 1 and self.said[0].kind in ("service", "product") and self.said[0].role != "hint"
        return one_thing and not self.clause.asks and not self.counts_products and self.rest <= cues.words("articles")

    @property
    def only_facts(self) -> bool:
        """Nothing but facts and the small words around them."""
        return self.rest <= cues.words("fillers") | cues.words("articles")

    @cached_property
    def rest(self) -> frozenset[str]:
        """The words beside the facts."""
        return self.clause.rest([(fact.start, fact.end) for fact in self.said])

    @property
    def tells_hour(self) -> bool:
        return any(fact.kind == "time" and fact.value["has_time"] for fact in self.said)

    @property
    def only_when(self) -> bool:
        """Only a time is told, while one is settled."""
        return self.flow in ("book", "reschedule") and "time" in self.kinds and self.kinds <= {"time", *WISHES}

    @property
    def fits(self) -> bool:
        """Whether the facts are ones the flow under way can take."""
        if self.flow in _BOOKING:
            return bool(self.kinds & _FITS_BOOKING)
        if self.flow in ORDERING:
            return bool(self.kinds & _FITS_ORDERING)
        which = {"order", "product"} if self.flow == "cancel_order" else {"order"}
        return self.flow in ("cancel_order", "order_status") and bool(self.kinds & which)
