"""The node for open questions: a model looks things up with reading tools, and its answer says only what they told.

It runs before anything is written and holds no database connection while the model thinks. Whatever goes wrong, there
is no answer in its findings, and the question is answered as if no model were there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import structlog
from langgraph.runtime import Runtime

from domain.commands import Ask, Human, OptOut, from_dict
from domain.errors import ModelError
from domain.ports import ModelMessage, summed
from graph.search import Search, Unanswered
from graph.state import Data, State, TurnContext
from understanding import prompt

SECONDS = 20.0  # of a whole look-up
A_DAY = 20  # look-ups of one conversation

_HISTORY = 6
_LONGEST_TEXT = 2000

log = structlog.get_logger("look_up")


async def look_up(state: State, runtime: Runtime[TurnContext]) -> State:
    """Answers the open questions of `reading`. Leaves `findings`, and what they took with the reading's usage."""
    context, reading, dialogue = runtime.context, state["reading"], state["dialogue"]
    assert context.models is not None, "understand comes here only when a model is there"
    business, language = context.business, dialogue["language"]
    today = context.now.astimezone(business.zone).date()
    search = Search(context.models, context.tools, business, language, today)
    texts = [text[:_LONGEST_TEXT] for event in state["events"] if (text := str(event["content"].get("text") or ""))]
    findings: Data = {"asks": [reading["commands"][place] for place in reading["open"]], "text": None}
    try:
        async with asyncio.timeout(SECONDS):
            findings["text"] = await search.answer(_question(texts, state, context), "\n".join(texts))
            findings["passages"] = search.passages
    except (Unanswered, ModelError, TimeoutError) as error:
        findings["why"] = str(error) if isinstance(error, Unanswered) else type(error).__name__
        log.info("nothing_found", business=business.id, why=findings["why"].partition(":")[0])
    spent = (replace(each, prompt=_prompt().version).as_dict() for each in search.usages)
    looks = [*_recent(dialogue, context), context.now.isoformat()]
    usage = summed([reading["usage"], *spent])
    return {"findings": findings, "reading": {**reading, "usage": usage}, "dialogue": {**dialogue, "looks": looks}}


async def open_questions(reading: Data, dialogue: Data, context: TurnContext) -> list[int]:
    """The places of the commands to look up: open by their words, or about what only a passage could tell and none
    does. None without a model, and none once this conversation has had its share of the day."""
    if context.models is None or len(_recent(dialogue, context)) >= A_DAY:
        return []
    if any(data["name"] in (Human.name, OptOut.name) for data in reading["commands"]):
        return []  # nothing else is answered then
    asks = [(place, from_dict(data)) for place, data in enumerate(reading["commands"]) if data["name"] == Ask.name]
    return [
        place
        for place, ask in asks
        if isinstance(ask, Ask) and (place in reading["open"] or await _beyond_passages(ask, dialogue, context))
    ]


async def _beyond_passages(ask: Ask, dialogue: Data, context: TurnContext) -> bool:
    text = str(ask.about.get("text") or "").strip()
    if not text or not (ask.topic == "faq" or ask.about.get("unlisted")):
        return False
    question = {"question": text[:_LONGEST_TEXT], "language": dialogue["language"]}
    return not (await context.tools.call("search_knowledge", question))["passages"]


def _recent(dialogue: Mapping[str, Any], context: TurnContext) -> list[str]:
    """When this conversation looked something up within a day: nobody uses up what a business may spend alone."""
    since = (context.now - timedelta(days=1)).isoformat()
    return [at for at in dialogue.get("looks", ()) if at > since]


def _question(texts: list[str], state: State, context: TurnContext) -> list[ModelMessage]:
    """The prompt: everything a customer or a passage wrote is data in it."""
    business, local = context.business, context.now.astimezone(context.business.zone)
    before = state["history"][: -len(state["events"])][-_HISTORY:]
    known = {
        "name": business.name,
        "currency": business.currency,
        "passages": [passage.question for passage in (*business.faq, *business.knowledge)],
    }
    situation = {
        "now": f"{local:%A} {local.isoformat(timespec='minutes')}",
        "language": state["dialogue"]["language"],
        "said before": [{"role": line["role"], "text": str(line["text"])[:_LONGEST_TEXT]} for line in before],
    }
    return _prompt().messages(business=known, situation=situation, messages=texts)


@cache
def _prompt() -> prompt.Prompt:
    return prompt.load("look_up")
