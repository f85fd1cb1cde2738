"""The bare floor: what LangGraph alone costs for a conversation of the same shape, and nothing else.

Four nodes in a row, eleven state keys, a window of forty dict messages, AsyncPostgresSaver on a pool,
`durability="exit"`. No lanes, no understanding, no business, no encryption.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypedDict

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.graph import END, START, StateGraph
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

WINDOW = 40
_WORDS = ("quero", "marcar", "corte", "amanhã", "três", "horas", "Ana", "sexta", "manhã", "puder", "obrigada", "quanto")

Message = dict[str, str]


class State(TypedDict, total=False):
    messages: list[Message]
    incoming: Message
    language: str
    intent: str
    flow: str
    slots: dict[str, str]
    asks: str
    reply: str
    turns: int
    customer: dict[str, str]
    trace: list[str]


@dataclass(frozen=True, slots=True)
class Floor:
    """Turns of a conversation that only keeps its window."""

    graph: Any
    saver: AsyncPostgresSaver

    async def turn(self, customer: int, step: int) -> None:
        """One turn; the first finds a full window."""
        config: RunnableConfig = {"configurable": {"thread_id": f"floor:{customer}"}}
        given: State = {"incoming": _message("customer", step)}
        if not step:
            given["messages"] = [_message("customer", number) for number in range(WINDOW)]
        await self.graph.ainvoke(given, config, durability="exit")

    async def prune(self, customers: Iterable[int]) -> None:
        """Keeps the last checkpoint of each."""
        await self.saver.aprune([f"floor:{customer}" for customer in customers], strategy="keep_latest")


@asynccontextmanager
async def opened(url: str, pool_size: int = 10) -> AsyncIterator[Floor]:
    """The floor on an empty database, in the library's own tables; see `prepare`."""
    options = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}
    async with AsyncConnectionPool(url, min_size=2, max_size=pool_size, open=False, kwargs=options) as pool:
        saver = AsyncPostgresSaver(pool)  # type: ignore[arg-type]  # the library names a narrower row
        yield Floor(_built(saver), saver)


async def prepare(url: str) -> None:
    """Makes the library's tables."""
    async with AsyncPostgresSaver.from_conn_string(url) as saver:
        await saver.setup()


def _built(saver: AsyncPostgresSaver) -> Any:
    graph = StateGraph(State)
    graph.add_node("understand", _understand)
    graph.add_node("act", _act)
    graph.add_node("answer", _answer)
    graph.add_node("remember", _remember)
    graph.add_edge(START, "understand")
    graph.add_edge("understand", "act")
    graph.add_edge("act", "answer")
    graph.add_edge("answer", "remember")
    graph.add_edge("remember", END)
    return graph.compile(checkpointer=saver)


async def _understand(state: State) -> State:
    return {"language": "pt-BR", "intent": "book", "trace": ["understand"]}


async def _act(state: State) -> State:
    slots = {"service": "corte", "at": f"2026-03-17 {state.get('turns', 0) % 24:02}:00"}
    return {"flow": "book", "slots": slots, "asks": "confirm", "trace": [*state["trace"], "act"]}


async def _answer(state: State) -> State:
    reply = f"{state['incoming']['text']}: posso marcar {state['slots']['service']}?"
    return {"reply": reply, "customer": {"name": "Ana", "phone": "5511900000000"}}


async def _remember(state: State) -> State:
    turns = state.get("turns", 0) + 1
    said = [state["incoming"], {**_message("bot", turns), "text": state["reply"]}]
    return {"messages": [*state.get("messages", []), *said][-WINDOW:], "turns": turns}


def _message(role: str, number: int) -> Message:
    """Words that differ: what repeats itself would be squeezed to nothing when it is stored."""
    text = " ".join(_WORDS[number * step % 97 % len(_WORDS)] for step in (3, 7, 11, 17, 23, 31, 41, 53))
    return {"role": role, "text": f"{text} {number}", "at": f"2026-03-10T13:{number % 60:02}:00+00:00"}
