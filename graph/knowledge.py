"""What the business's own texts say: the passage that answers, or the honest word that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph import questions, recent, stack
from graph.flows.flow import Desk
from graph.people import UNCLEAR_AT_MOST
from graph.phrases import listed

_UNLISTED = ("catalog", "prices", "stock", "services")
_OFFERS = ("unknown.offer", "unlisted.offer")
UNKNOWN = ("unknown.go_on", *_OFFERS)
"""What is said where nothing is known."""
_LONGEST = 2000
_SHOWN = 40
_SHORT = 5


async def told(desk: Desk, about: Mapping[str, Any]) -> bool:
    """Says the passage that answers these words, once a turn. Returns whether there is one."""
    text = str(about.get("text") or "").strip()
    if not text:
        return False
    language = desk.dialogue["language"]
    question = {"question": text[:_LONGEST], "language": language, "of": _left_out(text, desk)}
    found = (await desk.call("search_knowledge", **question))["passages"]
    if found and not any(said.get("passage") == found[0]["id"] for said in desk.says):
        desk.say("plain", text=found[0]["answer"])
        desk.says[-1]["passage"] = found[0]["id"]
    return bool(found)


def _left_out(text: str, desk: Desk) -> str:
    """The one service that was asked about a moment ago, which so short a question is asked of: "e dói?"."""
    if len(text.split()) > _SHORT:
        return ""
    topic = recent.topic(desk.dialogue)
    services = [desk.business.service(each) for each in topic.get("service", ())] if topic.get("fresh") else []
    return services[0].name if len(services) == 1 and services[0] else ""


async def unknown(desk: Desk, topic: str, about: Mapping[str, Any]) -> None:
    """Says that it is not known, or not offered, keeps the question for the owner and offers a person."""
    text = str(about.get("text") or "").strip()
    if text:
        await desk.call("record_question", text=text[:_LONGEST], language=desk.dialogue["language"])
    if about.get("trade") and desk.business.services:
        _not_done_here(desk, str(about["trade"]))
        return
    group = "unlisted" if topic in _UNLISTED and about.get("unlisted") else "unknown"
    if stack.top(desk) is not None:
        if group == "unknown":
            desk.dialogue["unclear"] += 1
        desk.say(f"{group}.go_on")
        return
    desk.dialogue["unclear"] = min(desk.dialogue["unclear"] + 1, UNCLEAR_AT_MOST)  # by itself it calls nobody
    _offer_once(group, desk)


def _offer_once(group: str, desk: Desk) -> None:
    """Says it with the offer of a person, which several questions of one turn get once, behind the last."""
    for said in desk.says:
        if said["key"] in _OFFERS:
            said["key"] = said["key"].replace(".offer", ".go_on")
            said.pop("options", None)
    desk.says[:] = [said for said in desk.says if said["key"] != f"{group}.go_on"]
    desk.say(f"{group}.offer")
    questions.offer_person(desk)


def _not_done_here(desk: Desk, trade: str) -> None:
    """A service that is not on the list: said plainly, with what is."""
    desk.say("book.not_offered", what=trade[:_SHOWN])
    desk.say("book.offered", services=listed([service.name for service in desk.business.services]))
    if stack.top(desk) is None:
        desk.say("unknown.noted")
        questions.offer_person(desk)
