"""A whole message: its clauses' commands looked at together, where one makes another clear or needless."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Ask, Command, Correct, Deny, Fill, Smalltalk, Start, Unclear, Wait
from domain.ports import Reading, Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import wanted
from understanding.local.reading.clause.answered import FREE_TEXT
from understanding.local.reading.draft import Draft
from understanding.local.reading.outcome import sold_or_booked

_WORDY = ("procedure", "preferred_period")


def reading(draft: Draft, said: Sequence[Fact], spoken: str, situation: Situation) -> Reading:
    """The draft as a reading. Nothing at all was understood of a message that has words: say so."""
    commands = draft.commands
    if not commands:
        commands = [Unclear(())]
        draft.add("out_of_scope", 0.2)
    if any(isinstance(command, Start | Ask) and command not in draft.beside for command in commands):
        commands = [each for each in commands if each not in draft.beside]  # "my bus is stuck... will you wait?"
        commands = _without_guesses(commands, situation)
    commands = _not_denied(_not_waited_for(commands, situation), situation)
    if any(isinstance(command, Fill) and command.slot == "unlisted" for command in commands):
        commands = [each for each in commands if not (isinstance(each, Ask) and each.about.get("unlisted"))]
    commands = _without_look_ups(commands)
    commands = sold_or_booked.told(_own_appointment(commands, draft.own), situation)
    commands = _counted_nothing(_not_booked(_not_priced(commands)))
    commands = _of_the_last_named(_once(commands), said)
    commands = _with_the_thing(_after_start(commands), said)
    started = [command.flow for command in commands if isinstance(command, Start)]
    main = sorted(dict.fromkeys([*started, *draft.intents]), key=lambda name: name in wanted.COURTEOUS)
    confidence = 0.2 if any(isinstance(command, Unclear) for command in commands) else draft.confidence
    return Reading(tuple(commands), tuple(main), spoken, round(confidence, 3))


def _without_guesses(commands: Sequence[Command], situation: Situation) -> list[Command]:
    """ "A golden é boa? Quanto custa?": what was not understood begins no order beside a question."""
    guessed = any(isinstance(command, Unclear) for command in commands)
    begun = situation.flow is not None or any(isinstance(command, Start) for command in commands)
    things = ("items", "service") if guessed and not begun else ()
    return [
        command
        for command in commands
        if not isinstance(command, Unclear) and not (isinstance(command, Fill) and command.slot in things)
    ]


def _without_look_ups(commands: Sequence[Command]) -> list[Command]:
    """ "My booking with Ana? can we push it back", "card when he shows up": no look-up beside what is done with it."""
    starts = [each.flow for each in commands if isinstance(each, Start)]
    told = {each.slot for each in commands if isinstance(each, Fill)}
    dropped = [Start("my_bookings")] if {"reschedule", "cancel_booking"} & set(starts) else []
    if "order" in starts and told & {"items", "quantity"}:
        dropped.append(Start("order_status"))
    if "order_status" in starts and not told:
        dropped.append(Start("book"))
    return [each for each in commands if each not in dropped]


def _not_waited_for(commands: Sequence[Command], situation: Situation) -> list[Command]:
    """ "Ah, wait. I can come after all": who goes on to say something else asks for no time; a yes still waits."""
    calling_off = situation.flow in ("cancel_booking", "cancel_order")
    goes_on = any(
        isinstance(each, Start | Ask | Correct | Fill) or (calling_off and each == Deny()) for each in commands
    )
    return [each for each in commands if not (goes_on and isinstance(each, Wait))]


def _not_denied(commands: Sequence[Command], situation: Situation) -> list[Command]:
    """ "I don't want to cancel, just to know how long it takes": where nothing was asked, the no answers nothing."""
    idle = situation.flow is None and situation.asks == "none" and not situation.options
    goes_on = any(isinstance(each, Start | Ask | Correct) for each in commands)
    return [each for each in commands if not (idle and goes_on and each == Deny())]


def _once(commands: Sequence[Command]) -> list[Command]:
    """A datum told over several sentences is one: who and how many are said first, the rest belongs together."""
    told: dict[str, list[str]] = {}
    for command in commands:
        if isinstance(command, Fill) and command.slot in FREE_TEXT:
            told.setdefault(command.slot, []).append(str(command.value))
    joined = {slot: ". ".join(values) if slot in _WORDY else values[0] for slot, values in told.items()}
    kept = [command for command in commands if not (isinstance(command, Fill) and command.slot in joined)]
    return [*kept, *(Fill(slot, value) for slot, value in joined.items())]


def _of_the_last_named(commands: Sequence[Command], said: Sequence[Fact]) -> list[Command]:
    """ "Tem a golden? Se tiver quero 2": a number without a noun is of the one product named before it."""
    named = {fact.value["product"] for fact in said if fact.kind == "product" and not fact.value["alternatives"]}
    counted = [command for command in commands if isinstance(command, Fill) and command.slot == "items"]
    fills = {command.slot for command in commands if isinstance(command, Fill)}
    if "quantity" not in fills or len(named) != 1:
        return list(commands)
    if told := {line["quantity"] for each in counted for line in each.value if line["quantity"]}:
        again = [Fill("quantity", each) for each in told]  # "I forgot treats. Three packs": said of them already
        named_at = list(commands).index(counted[0])  # "just one, and add a ball": of what was spoken of before
        return [each for place, each in enumerate(commands) if each not in again or place < named_at]
    line = {"product": named.pop(), "mode": "set", "alternatives": ()}
    return [
        Fill("items", [{**line, "quantity": command.value}])
        if isinstance(command, Fill) and command.slot == "quantity"
        else command
        for command in commands
    ]


def _own_appointment(commands: Sequence[Command], own: Sequence[Command]) -> list[Command]:
    """ "Eu tinha uma escova na quinta, dá pra passar pra sexta?": which appointment is moved; alone, what is booked."""
    if not own:
        return list(commands)
    changed = next((each for each in commands if each in (Start("reschedule"), Start("cancel_booking"))), None)
    if changed is None:
        told = any(not isinstance(each, Smalltalk | Unclear) for each in commands)
        courteous = [each for each in commands if told or not isinstance(each, Unclear)]
        return courteous if told else [*courteous, Start("my_bookings")]
    place = list(commands).index(changed) + 1
    return [*commands[:place], *own, *commands[place:]]


def _not_priced(commands: Sequence[Command]) -> list[Command]:
    """ "Vocês fazem canal? Qual o valor?": what is not done here has no price, and the list was not asked for."""
    unlisted = next(
        (n for n, each in enumerate(commands) if isinstance(each, Ask) and each.about.get("unlisted")), None
    )
    if unlisted is None:
        return list(commands)
    return [
        each
        for place, each in enumerate(commands)
        if not (place > unlisted and isinstance(each, Ask) and each.topic == "prices" and each.about.keys() <= {"text"})
    ]


def _not_booked(commands: Sequence[Command]) -> list[Command]:
    """ "Vou viajar na Páscoa. Vocês têm hotelzinho pra gato?": what is not done here is not booked either."""
    told = {each.slot for each in commands if isinstance(each, Fill)}
    unlisted = any(isinstance(each, Ask) and each.about.get("unlisted") for each in commands)
    if not unlisted or Start("book") not in commands or not told <= {"time"}:
        return list(commands)
    return [each for each in commands if each != Start("book") and not isinstance(each, Fill)]


def _counted_nothing(commands: Sequence[Command]) -> list[Command]:
    """ "O número é 460, não 640": numbers of a house count no things."""
    housed = any(isinstance(command, Fill) and command.slot == "house" for command in commands)
    return [each for each in commands if not (housed and isinstance(each, Fill) and each.slot == "quantity")]


def _with_the_thing(commands: Sequence[Command], said: Sequence[Fact]) -> list[Command]:
    """ "Vocês cortam cabelo de criança? Queria marcar": the booking is for the one service the message named."""
    named = [fact.value for fact in said if fact.kind == "service" and not fact.negated]
    told = {getattr(command, "slot", None) for command in commands}
    if Start("book") not in commands or "service" in told or not named or any(each != named[0] for each in named):
        return list(commands)
    place = list(commands).index(Start("book")) + 1
    return [*commands[:place], Fill("service", named[0]), *commands[place:]]


def _after_start(commands: Sequence[Command]) -> list[Command]:
    """ "Me chamo Paulo, quero fazer clareamento": facts said before their flow begins belong to it."""
    starts = [place for place, command in enumerate(commands) if isinstance(command, Start)]
    if not starts:
        return list(commands)
    early = [command for command in commands[: starts[0]] if isinstance(command, Fill | Correct)]
    first = [command for command in commands[: starts[0] + 1] if command not in early]
    return [*first, *early, *commands[starts[0] + 1 :]]
