"""Every edge a dialogue could walk, and those that none did: between the graph's nodes, and between a flow's questions.

What a flow may ask it declares itself (`Flow.asks`). The customer leads: from each question one may come to every other
of the flow, back to the same, or out. Two things narrow this: a refused summary is followed by "what should be
different?" (`clarify`), and the facts of a lead are asked in the business's order and never taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, groupby, product

from domain.business import Business
from evals.walk import GRAPH, Edge
from graph.build import builder
from graph.flows import FLOWS
from graph.flows.flow import Flow

_ENDED_BY_NO = ("cancel_booking", "cancel_order")  # a no to their summary leaves everything as it is
_ASKS_THE_BUSINESSES_LIST = "lead"


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges there are, and those that were walked. `undeclared` ones were walked and no flow speaks of them."""

    possible: tuple[Edge, ...]
    walked: frozenset[Edge]

    @property
    def missing(self) -> tuple[Edge, ...]:
        return tuple(edge for edge in self.possible if edge not in self.walked)

    @property
    def undeclared(self) -> tuple[Edge, ...]:
        return tuple(sorted(self.walked - set(self.possible)))

    def __str__(self) -> str:
        lines = []
        for title, flow in (("edges of the graph", False), ("edges of the flows", True)):
            possible = [edge for edge in self.possible if (edge[0] != GRAPH) is flow]
            missing = [edge for edge in self.missing if (edge[0] != GRAPH) is flow]
            lines.append(f"{title}: {len(possible) - len(missing)} of {len(possible)}")
            lines += _table(missing, "no dialogue walks")
        return "\n".join([*lines, *_table(self.undeclared, "walked, but declared by no flow")])


def possible(businesses: Iterable[Business]) -> tuple[Edge, ...]:
    """The graph's edges, then each flow's."""
    drawn = [(GRAPH, edge.source, edge.target) for edge in builder.compile().get_graph().edges]
    leads = [business.lead.ask for business in businesses if business.lead is not None]
    flows = [edge for flow in FLOWS.values() for edge in _of_flow(flow, leads)]
    return tuple(dict.fromkeys([*drawn, *flows]))


def _of_flow(flow: Flow, leads: Sequence[Sequence[str]]) -> Iterator[Edge]:
    asks = [each for each in flow.asks if each != "none"]
    pairs = [*product(asks, asks)]
    if flow.name == _ASKS_THE_BUSINESSES_LIST:
        asks = [each for listed in leads for each in listed]
        pairs = [pair for listed in leads for pair in combinations_with_replacement(listed, 2)]
    if "confirm" in asks and flow.name not in _ENDED_BY_NO:
        pairs += [("confirm", "clarify"), ("clarify", "end"), *(("clarify", each) for each in ("clarify", *asks))]
    pairs += [pair for each in asks for pair in (("start", each), (each, "end"))]
    if "none" in flow.asks:
        pairs.append(("start", "end"))
    order = ["start", *dict.fromkeys((*asks, "clarify")), "end"]
    for before, after in sorted(set(pairs), key=lambda pair: (order.index(pair[0]), order.index(pair[1]))):
        yield flow.name, before, after


def _table(edges: Sequence[Edge], title: str) -> Iterator[str]:
    """One line for everything that leads out of one place."""
    if not edges:
        return
    yield f"  {title}:"
    ways: Mapping[tuple[str, str], list[str]] = {
        place: [edge[2] for edge in group] for place, group in groupby(edges, key=lambda edge: edge[:2])
    }
    width = max(len(whose) for whose, _ in ways)
    whose_before = ""
    for (whose, before), afters in ways.items():
        yield f"    {whose if whose != whose_before else '':<{width}}  {before} → {', '.join(afters)}"
        whose_before = whose
