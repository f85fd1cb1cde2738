"""What LangGraph's dev server loads: the graph that langgraph.json names plays turns, and shows itself whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command

ROOT = Path(__file__).parents[2]
Made = Callable[[dict[str, Any]], Any]


@pytest.fixture(scope="module")
def prosa() -> Made:
    """The function langgraph.json points at, loaded from its file as the dev server does."""
    path, _, name = json.loads((ROOT / "langgraph.json").read_text())["graphs"]["prosa"].partition(":")
    spec = spec_from_file_location("loaded_studio", ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    made: Made = getattr(module, name)
    return made


def chat(prosa: Made, business: str | None = None) -> tuple[Any, dict[str, Any]]:
    """A compiled graph with a memory, and the configuration of one thread."""
    chosen = {"business": business} if business else {}
    config = {"configurable": {"thread_id": f"thread-{business}", **chosen}}
    return prosa(config).compile(checkpointer=InMemorySaver()), config


def written(text: str) -> dict[str, Any]:
    return {"events": [{"kind": "customer", "content": {"kind": "text", "text": text}}]}


async def test_a_turn_is_answered_from_the_business_that_was_chosen(prosa: Made) -> None:
    graph, config = chat(prosa, "pet-feliz")
    state = await graph.ainvoke(written("quanto custa a areia higiênica?"), config)
    assert "24,90" in state["replies"][0]["text"]


async def test_turns_of_a_thread_remember_each_other(prosa: Made) -> None:
    graph, config = chat(prosa, "studio-aurora")
    await graph.ainvoke(written("quero marcar uma manicure"), config)
    state = await graph.ainvoke(written("esquece"), config)
    assert (state["dialogue"]["stack"], len(state["history"])) == ([], 4)


async def test_a_person_is_waited_for_and_gives_the_conversation_back(prosa: Made) -> None:
    graph, config = chat(prosa)
    waiting = await graph.ainvoke(written("quero falar com um atendente"), config)
    (interrupt,) = waiting["__interrupt__"]
    assert interrupt.value["action_requests"][0]["name"] == "answer_customer"
    decisions = [{"type": "respond", "message": "Oi, aqui é a Paula"}, {"type": "approve"}]
    state = await graph.ainvoke(Command(resume={"decisions": decisions}), config)
    assert "__interrupt__" not in state
    assert state["history"][-1] == {"role": "agent", "text": "Oi, aqui é a Paula", "at": ""}


def test_the_picture_shows_every_node_and_the_ways_between_them(prosa: Made) -> None:
    graph, _ = chat(prosa)
    edges = {(edge.source, edge.target) for edge in graph.get_graph().edges}
    assert {
        ("__start__", "understand"),
        ("understand", "look_up"),
        ("understand", "act"),
        ("look_up", "act"),
        ("act", "reply"),
        ("reply", "human"),
        ("human", "understand"),
        ("human", "act"),
    } <= edges
