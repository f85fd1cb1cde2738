"""What no dialogue walks is found: among the graph's edges, and among what the flows declare they may ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from domain.business import Business
from evals.edges import Edges, possible
from evals.format import Asks
from evals.walk import GRAPH
from graph.flows import FLOWS


def test_the_edges_of_the_graph_and_of_every_flow_can_be_walked(businesses: Mapping[str, Business]) -> None:
    edges = possible(businesses.values())
    assert (GRAPH, "understand", "act") in edges
    assert (GRAPH, "reply", "human") in edges
    assert {whose for whose, _, _ in edges} == {GRAPH, *FLOWS}
    assert len(set(edges)) == len(edges)


def test_a_flow_goes_from_what_it_declares_to_what_it_declares(businesses: Mapping[str, Business]) -> None:
    book = {(before, after) for whose, before, after in possible(businesses.values()) if whose == "book"}
    assert {("start", "service"), ("time", "confirm"), ("confirm", "time"), ("time", "time"), ("time", "end")} <= book
    assert ("start", "end") not in book  # nothing is booked without a question
    assert ("time", "clarify") not in book  # only a refused summary asks what should be different
    assert {("confirm", "clarify"), ("clarify", "time")} <= book


def test_the_facts_of_a_lead_are_asked_in_the_businesss_order(businesses: Mapping[str, Business]) -> None:
    lead = {(before, after) for whose, before, after in possible(businesses.values()) if whose == "lead"}
    assert ("name", "email") in lead
    assert ("email", "name") not in lead
    assert ("procedure", "company") not in lead  # no business asks for both


def test_what_a_flow_declares_can_be_expected_by_a_dialogue() -> None:
    assert {each for flow in FLOWS.values() for each in flow.asks} <= set(get_args(Asks))


def test_what_was_not_walked_is_told_by_name_and_what_nobody_declared_too() -> None:
    there = ((GRAPH, "act", "reply"), ("book", "start", "time"), ("book", "start", "confirm"), ("book", "time", "end"))
    told = str(Edges(there, frozenset({(GRAPH, "act", "reply"), ("book", "time", "end"), ("book", "time", "tea")})))
    assert told.splitlines() == [
        "edges of the graph: 1 of 1",
        "edges of the flows: 1 of 3",
        "  no dialogue walks:",
        "    book  start → time, confirm",
        "  walked, but declared by no flow:",
        "    book  time → tea",
    ]
