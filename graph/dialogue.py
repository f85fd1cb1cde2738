"""The interpreter: runs a turn's commands against the stack of flows.

A turn goes in this order: new flows and facts first, then the questions the customer asked, then the yes or no, and at
the end the step the flow on top waits for, said once. A yes counts only for the summary the customer saw: if the same
turn changed anything, there is a new summary instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from domain.commands import (
    Affirm,
    Ask,
    Cancel,
    Command,
    Deny,
    Fill,
    Human,
    OptIn,
    OptOut,
    Repeat,
    Smalltalk,
    Start,
    Unclear,
    Wait,
)
from graph import answers, courtesy, goods, knowledge, questions, recent, stack, standing
from graph.flows import FLOWS, noted
from graph.flows.flow import Desk, Frame
from graph.intake import take_in
from graph.people import UNCLEAR_AT_MOST, call_person
from graph.state import Data
from graph.verdict import decide, give_up

_THINGS = ("service", "professional", "product", "items", "zone")


async def perform(commands: Sequence[Command], desk: Desk) -> None:
    """Runs the commands; leaves what is to be said at the desk and the new state in its dialogue."""
    if await _at_once(commands, desk):
        return
    question = desk.dialogue["question"]
    commands = await standing.moved(await _known_to_a_passage(commands, desk), desk)
    if _asks_about_a_thing(commands, desk):
        return
    commands = _dropped_before(commands, desk)
    before = deepcopy(desk.dialogue["stack"])
    changed = await take_in(commands, desk)
    if await _respond(commands, desk) and not changed:
        return
    unclear = _not_understood(commands, question, changed=changed)
    if any(isinstance(command, Cancel) for command in commands):
        await give_up(desk)
    elif not changed and unclear is None and desk.dialogue["question"] in (None, question):
        await decide(commands, desk)  # a yes beside something not understood, or to what it could not know, is no yes
    greeted = all(said["key"] == "greet.short" for said in desk.says)
    if unclear is not None and not changed and greeted:
        await _clarify(desk, unclear)
        return
    if desk.dialogue["unclear"] > UNCLEAR_AT_MOST:
        await call_person(desk, "stuck")
        return
    if changed or not any(said["key"] in knowledge.UNKNOWN for said in desk.says):
        desk.dialogue["unclear"] = 0
    _let_go(question, desk)
    await _settle(desk, before)
    if not desk.says and desk.dialogue["question"] is None:
        questions.clarify((), desk)  # asked for something that is not done here


def _not_understood(commands: Sequence[Command], question: Data | None, *, changed: bool) -> Unclear | None:
    """What was not understood; a yes or a no to "which of these?" tells none of them."""
    asked = question is not None and question["kind"] == "clarify"
    if asked and not changed and commands and all(isinstance(each, Affirm | Deny) for each in commands):
        return Unclear(())
    return next((command for command in commands if isinstance(command, Unclear)), None)


def _let_go(question: Data | None, desk: Desk) -> None:
    """An offered person whom the customer spoke past is offered no longer: a later yes is to something else."""
    if question is not None and desk.dialogue["question"] is question and question["kind"] == "human":
        desk.dialogue["question"] = None


def _dropped_before(commands: Sequence[Command], desk: Desk) -> Sequence[Command]:
    """ "Esquece, quero marcar uma escova": what was under way goes, what is wanted now begins."""
    kinds = [type(command) for command in commands]
    if Cancel not in kinds:
        return commands
    frame, behind = stack.top(desk), commands[kinds.index(Cancel) :]
    begins = any(isinstance(command, Start) for command in behind)
    ordered = frame is not None and frame["flow"] == "order" and any(_orders(command) for command in behind)
    if not begins and not ordered:
        return commands
    if frame is not None:
        stack.drop(frame, desk)
    desk.dialogue["question"] = None
    anew: list[Command] = [] if begins else [Start("order")]
    return [*anew, *(command for command in commands if not isinstance(command, Cancel))]


def _orders(command: Command) -> bool:
    """Whether it puts something in a basket."""
    if not isinstance(command, Fill) or command.slot != "items":
        return False
    return any(line.get("mode") != "remove" for line in command.value)


async def _respond(commands: Sequence[Command], desk: Desk) -> bool:
    """Answers questions and courtesy. Returns whether the customer asked for a moment, or to hear it again."""
    for command in commands:
        if isinstance(command, Ask):
            await answers.answer(command, desk)
            _remember(command, desk)
    courteous = [command for command in commands if isinstance(command, Smalltalk | Wait | Repeat)]
    courtesy.respond(courteous, desk, alone=len(courteous) == len(commands))
    name = next((each.value for each in commands if isinstance(each, Fill) and each.slot == "name"), None)
    if name and not desk.says and stack.top(desk) is None:
        desk.say("greet.name", name=name)
    return bool(desk.says) and any(isinstance(command, Wait | Repeat) for command in courteous)


def _remember(ask: Ask, desk: Desk) -> None:
    """What was asked about. A question that names nothing leaves the things spoken of before it."""
    kept = {kind: value for kind in _THINGS if (value := recent.topic(desk.dialogue).get(kind))}
    named = {kind: value for kind in _THINGS if (value := ask.about.get(kind))} or goods.extreme(ask.about, desk)
    named |= _asked_beside(named, desk)
    day = {"day": ask.about["day"]} if ask.topic == "professionals" and ask.about.get("day") else {}
    told = {**(named or kept), **day, **_asked_one_by_one(named.get("product") or (), desk)}
    desk.dialogue["topic"] = {**told, "asked": ask.topic, "turn": desk.dialogue["turns"]}


def _asked_one_by_one(products: Sequence[str], desk: Desk) -> Data:
    """ "Quanto tá a golden?", "e a areia?": a later "quero as duas" speaks of both."""
    before = recent.topic(desk.dialogue)
    known = before.get("together") or before.get("product") or ()
    if not before.get("fresh") or not known or len(products) != 1 or products[0] in known:
        return {}
    return {"together": [*known, *products]}


def _asked_beside(named: Data, desk: Desk) -> Data:
    """ "Tem areia e ração? Quanto é a ração?": several questions of one turn are about all they name."""
    before = desk.dialogue.get("topic") or {}
    if before.get("turn") != desk.dialogue["turns"]:
        return {}
    kinds = (kind for kind in ("service", "product") if kind in named and kind in before)
    return {kind: list(dict.fromkeys([*before[kind], *named[kind]])) for kind in kinds}


async def _at_once(commands: Sequence[Command], desk: Desk) -> bool:
    """What overrides everything else: leaving, coming back, a person."""
    kinds = {type(command) for command in commands}
    if OptOut in kinds:
        await desk.call("opt_out")
        desk.dialogue.update(stack=[], question=None, opted_out=True)
        desk.say("opt_out.done")
        return True
    if desk.dialogue["opted_out"]:
        await desk.call("opt_in")
        desk.dialogue["opted_out"] = False
    if OptIn in kinds and not kinds & {Start, Ask}:  # "voltei! o que ele bloqueia mesmo?" is answered
        desk.say("opt_in.done")
        return True
    for command in commands:
        if isinstance(command, Human):
            await take_in(commands, desk)
            await call_person(desk, command.reason)
            return True
    return False


async def _known_to_a_passage(commands: Sequence[Command], desk: Desk) -> list[Command]:
    """Words that were not understood, but that one of the business's own answers fits, are a question."""
    told = stack.top(desk) is not None and any(isinstance(each, Fill) for each in commands)
    if told:  # "bit steep. Leave out the ball": what was told beside it counts
        return list(commands)
    texts = [command.text for command in commands if isinstance(command, Unclear) and command.text]
    for text in texts:
        if await knowledge.told(desk, {"text": text}):
            desk.says.clear()  # said again in its place by the answer to the question
            kept = [each for each in commands if not isinstance(each, Unclear | Fill)]
            return [*kept, Ask("faq", {"text": text})]
    return list(commands)


def _asks_about_a_thing(commands: Sequence[Command], desk: Desk) -> bool:
    """A thing named without saying what for, while nothing is under way: a question instead of a guess."""
    kinds = {type(command) for command in commands}
    things = [command for command in commands if isinstance(command, Fill) and command.slot in ("service", "items")]
    if Unclear not in kinds or Start in kinds or len(things) != 1 or stack.top(desk) is not None:
        return False
    if Smalltalk in kinds:
        desk.say("greet.short")
    questions.clarify_thing(things[0].slot, things[0].value, desk)
    return True


async def _settle(desk: Desk, before: Sequence[Frame] | None = None) -> None:
    """Lets the flow on top say its next step; one that has nothing more makes room for the one below.

    before: the flows as the turn found them, where what changed is to be said back.
    """
    while (frame := stack.top(desk)) is not None and desk.dialogue["question"] is None:
        if frame.pop("asked_again", False):
            return
        frame.pop("refused", None)
        if frame.pop("resumed", False):
            key = "flow.next" if frame.pop("next", False) else "flow.back"
            desk.say(key, flow={"$phrase": f"flow.name.{frame['flow']}", "with": {}})
        asked, first = frame["asks"], len(desk.says)
        frame["asks"] = await FLOWS[frame["flow"]].advance(frame, desk)
        if frame["asks"] != "none":
            if before is not None:
                noted.say_back(before, frame, asked, desk, first)
            return
        stack.remove(frame, desk)
    question = desk.dialogue["question"]
    if question is not None and question["kind"] == "handoff_now":
        await call_person(desk, question["reason"], question["note"])


async def _clarify(desk: Desk, unclear: Unclear) -> None:
    """Asks a good question; after two that did not help, a person does."""
    desk.dialogue["unclear"] += 1
    if desk.dialogue["unclear"] > UNCLEAR_AT_MOST:
        await call_person(desk, "stuck")
    elif stack.top(desk) is not None:
        desk.say("clarify.step")
        await _settle(desk)
    else:
        questions.clarify(unclear.options, desk)


def waiting_for(dialogue: Data) -> str:
    """What the bot waits for: the typed expectation of the conversation."""
    question = dialogue["question"]
    if question is not None and question["kind"] in ("clarify", "resume"):
        return "clarify"
    return str(dialogue["stack"][-1]["asks"]) if dialogue["stack"] else "none"
