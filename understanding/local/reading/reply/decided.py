"""Makes a reading's decision the one that was replied to a summary, beside what its clauses ask for."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import (
    Affirm,
    Ask,
    Cancel,
    Command,
    Correct,
    Deny,
    Fill,
    Human,
    OptIn,
    OptOut,
    Reject,
    Repeat,
    Smalltalk,
    Start,
    Unclear,
    Wait,
)
from domain.ports import Situation
from understanding.local.reading.draft import Draft
from understanding.local.reading.intent_groups import QUESTIONS
from understanding.local.reading.reply import refused_part
from understanding.local.reading.reply.doubts import CANCELLING
from understanding.local.reading.reply.replied import SAID, Reply
from understanding.local.text.words import fold

_SAID_WITH_FACTS = 0.3
"""How sure a yes must be that words say and facts stand beside: what they change is summed up again."""
_MOVED_INSTEAD = 0.7
"""How sure a change must be at a cancellation: it is moved instead, which is summed up before it is done."""
_FIRM, _CHANGES, _BESIDE_IT, _BEYOND_DOUBT = 0.6, 0.9, 0.7, 0.97
_SPECIFIC = (Fill, Correct, Reject)
_WISHES = (Start, Ask, Human, OptIn, OptOut, Repeat)
_BESIDE = (Affirm, Ask, Smalltalk, Unclear)
_ANOTHER = {"book": ("order",), "order": ("book",)}
_OF_IT = {
    "book": ("service", "time", "professional", "earliest", "latest", "excluded"),
    "order": ("items", "quantity", "delivery", "zone", "address", "payment", "change_for"),
}
_LOOKED_UP = (Start("order_status"), Start("my_bookings"))
_COURTESY = ("greet", "thanks", "goodbye")
_WHEN = ("time", "same_hour", "earliest", "latest", "shift", "excluded", "professional")
_TELLING = (*_WHEN, "more", "payment", "change_for", "delivery")


def settle(draft: Draft, reply: Reply, situation: Situation) -> None:
    """Makes the draft's decision the one that was replied; facts told beside a no or a pause say what is meant."""
    if situation.flow == "reschedule" and Start("cancel_booking") in draft.commands:
        return  # "you know what, just cancel it": asked once more before it goes
    if reply.kind == "aside":
        draft.commands = [each for each in draft.commands if isinstance(each, Ask)] or [Smalltalk("other")]
        return
    specific = [each for each in draft.commands if isinstance(each, _SPECIFIC)]
    new = situation.flow not in CANCELLING
    refused = new and Cancel() in draft.commands and not reply.booked
    kind = _kind(draft, reply, situation)
    if kind == "yes" and (not refused or Affirm() in draft.commands):
        asked = [each for each in draft.commands if isinstance(each, Ask) and reply.asks]
        begun = [each for each in draft.commands if isinstance(each, Start) and specific]
        _decide(draft, "affirm", reply, Affirm(), *begun, *specific, *asked)
    elif kind == "no" and (refusal := _refusal(specific, reply, situation, refused=refused)):
        _decide(draft, "forget" if Cancel() in refusal else "deny", reply, *refusal)
    elif kind == "other" and reply.confidence >= _BESIDE_IT and not reply.plain:
        kept = [each for each in draft.commands if each != Affirm() and not _is_told_beside(each, draft, reply)]
        draft.commands = kept or [Smalltalk("other")]
    elif kind == "question" and reply.outweighs and _only_asks(draft):
        _decide(draft, "faq", reply, Ask("faq", {"text": reply.words}))
    elif kind == "hold" and (not reply.names or reply.outweighs) and not _puts_right(draft, specific, reply):
        _decide(draft, "wait", reply, Wait())
    elif _agrees_and_begins_another(draft, reply, situation):
        return  # "sim pro banho, e o shampoo eu retiro": the yes stands
    else:
        if refused or not reply.plain or reply.agrees < (_SAID_WITH_FACTS if specific else SAID):
            draft.commands = [each for each in draft.commands if not isinstance(each, Affirm)]
        _ask_what(draft, reply, situation)


def _refusal(specific: Sequence[Command], reply: Reply, situation: Situation, *, refused: bool) -> Sequence[Command]:
    """A no to the part that is pointed at, with what is told instead, or to all of it; empty where more is told."""
    if (part := refused_part.told(fold(reply.words), situation)) is not None:
        return [part, *(each for each in specific if _tells_when(each, situation))]
    if not _refuses_all(specific, reply, situation, refused=refused):
        return []
    dropped = refused or (situation.flow not in CANCELLING and reply.drops)
    return [Cancel() if dropped else Deny(), *_kept_hour(specific, situation)]


def _kind(draft: Draft, reply: Reply, situation: Situation) -> str:
    """What is replied, in the light of what the clauses say."""
    said_so = reply.plain and all(_goes_along(each, reply) for each in draft.commands)
    again = _calls_it_off_again(draft, situation)
    if ((said_so or again) and reply.agrees >= SAID) or _takes_both(draft, situation):
        return "yes"
    return "" if reply.kind == "yes" and _wants_something_else(draft, reply, situation) else reply.kind


def _goes_along(command: Command, reply: Reply) -> bool:
    """Whether it may stand beside a yes; "send it, he's waiting" asks for no order's status."""
    return isinstance(command, _BESIDE) or (command in _LOOKED_UP and reply.awaits and reply.agrees >= SAID)


def _only_asks(draft: Draft) -> bool:
    """ "Esse saco é de 15 mesmo?": what is named is no change; "a las 12 no se puede?", "pago en efectivo" are."""
    told = [each for each in draft.commands if isinstance(each, _SPECIFIC)]
    others = [each for each in draft.commands if each not in told and not isinstance(each, Smalltalk | Unclear)]
    return bool(told) and not others and all(each.slot not in _TELLING for each in told)


def _is_told_beside(command: Command, draft: Draft, reply: Reply) -> bool:
    """What is named by who surely talks of something else, and wishes nothing: "o Thor já sente o cheiro da ração"."""
    if _is_a_day_told(command, reply):
        return not any(isinstance(each, Start) for each in draft.commands)
    wishes = any(isinstance(each, _WISHES) for each in draft.commands)
    return reply.outweighs and not wishes and isinstance(command, _SPECIFIC)


def _is_a_day_told(command: Command, reply: Reply) -> bool:
    """ "Lovely weather today": who talks of something else tells no day for what is summed up, nor surely any hour."""
    if not isinstance(command, Fill | Correct) or command.slot not in ("time", "same_hour"):
        return False
    times = command.value if isinstance(command.value, list) else []
    if reply.asks:
        return False  # "mornings are bad, got anything after lunch?"
    return reply.confidence >= _BEYOND_DOUBT or (bool(times) and not any(time["has_time"] for time in times))


def _puts_right(draft: Draft, specific: Sequence[Command], reply: Reply) -> bool:
    """How many there shall be, "espera, na verdade às 16h", "mejor pásamelo"; not "amanhã às 8 te confirmo"."""
    if any(_counts_things(each) or isinstance(each, Correct) for each in specific):
        return True
    if Start("reschedule") in draft.commands and specific:
        return True
    hours = (
        time for each in specific if isinstance(each, Fill | Correct) and each.slot == "time" for time in each.value
    )
    return reply.confidence < _CHANGES and any(time["has_time"] for time in hours)


def _refuses_all(specific: Sequence[Command], reply: Reply, situation: Situation, *, refused: bool) -> bool:
    """Whether facts beside a no tell nothing else: not "scrap that one", but "esquece, sexta eu te ligo"."""
    if not (reply.names or reply.drops) and any(isinstance(each, Fill) and each.slot == "items" for each in specific):
        return False
    if any(map(_tells_what_instead, specific)):
        return False
    return (
        reply.outweighs
        or (refused and reply.drops)
        or all(_is_which(each) or _is_as_it_stands(each, situation) for each in specific)
    )


def _tells_what_instead(command: Command) -> bool:
    """ "Não, me confundi, o outro", "não tenho preferência", "scrap that, I'll pay in cash", "é pra minha filha"."""
    if not isinstance(command, Fill | Correct):
        return False
    chosen = command in (Fill("which", "other"), Fill("professional", "any"))
    return chosen or command.slot in ("payment", "change_for", "delivery", "for_another")


def _agrees_and_begins_another(draft: Draft, reply: Reply, situation: Situation) -> bool:
    """Whether a yes stands first, and what is told beside it belongs to another wish or is summed up already."""
    first = next((each for each in draft.commands if isinstance(each, Affirm | Start)), None)
    wishes = [each.flow for each in draft.commands if isinstance(each, Start)] or list(situation.waiting)
    if not reply.plain or first != Affirm() or not set(wishes) & set(_ANOTHER.get(situation.flow or "", ())):
        return False
    own = _OF_IT.get(situation.flow or "", ())
    told = [each for each in draft.commands if isinstance(each, Fill | Correct)]
    return any(each.slot not in own for each in told) and all(
        _is_summed_up(each, situation) for each in told if each.slot in own
    )


def _is_summed_up(command: Fill | Correct, situation: Situation) -> bool:
    """Whether it says again what the summary says: "pro banho" of the small bath."""
    values = command.value if isinstance(command.value, list) else [command.value]
    return isinstance(command, Fill) and situation.slots.get(command.slot) in values


def _calls_it_off_again(draft: Draft, situation: Situation) -> bool:
    """ "Anulala nomás", asked whether it is to be cancelled."""
    return situation.flow in CANCELLING and Start(situation.flow or "") in draft.commands


def _takes_both(draft: Draft, situation: Situation) -> bool:
    """ "Cancel both", asked of one."""
    return situation.flow in CANCELLING and all(each in draft.commands for each in (Affirm(), Fill("both", True)))


def _wants_something_else(draft: Draft, reply: Reply, situation: Situation) -> bool:
    """No word says yes, and the clauses surely ask for another thing, thank or take leave: "show my bookings"."""
    if reply.plain or reply.asks or draft.confidence < _FIRM or Affirm() in draft.commands:
        return False
    return any(
        each.kind in _COURTESY if isinstance(each, Smalltalk) else isinstance(each, _WISHES)
        for each in draft.commands
        if each != Start(situation.flow or "") and not (reply.awaits and each in _LOOKED_UP)
    )


def _ask_what(draft: Draft, reply: Reply, situation: Situation) -> None:
    """Something is to be different, nothing tells what: the summary is put aside, and it is asked."""
    told = any(not isinstance(each, Unclear | Smalltalk | Wait) for each in draft.commands)
    least = _MOVED_INSTEAD if situation.flow == "cancel_booking" else _CHANGES
    if reply.kind != "change" or reply.plain or reply.confidence < least or told:
        return
    if situation.flow == "cancel_booking":
        _decide(draft, "reschedule", reply, Start("reschedule"))
    else:
        _decide(draft, "deny", reply, Deny())


def _decide(draft: Draft, intent: str, reply: Reply, *commands: Command) -> None:
    courteous = [each for each in draft.commands if isinstance(each, Smalltalk) and each.kind in _COURTESY]
    asked = [name for name in draft.intents if name in QUESTIONS and any(isinstance(each, Ask) for each in commands)]
    draft.commands, draft.confidence = [*courteous, *commands], reply.confidence
    draft.intents = [intent, *asked]


def _tells_when(command: Command, situation: Situation) -> bool:
    """ "Esse dia não quero, quero sexta": a day other than the one summed up."""
    if not isinstance(command, Fill | Correct) or command.slot != "time":
        return False
    return any(str(time["start"])[:10] != str(situation.slots.get("start"))[:10] for time in command.value)


def _counts_things(command: Command) -> bool:
    """ "2 balls will do": so many of a thing are told."""
    if not isinstance(command, Fill) or command.slot != "items":
        return False
    return any(line.get("quantity") for line in command.value)


def _is_which(command: Command) -> bool:
    """Which of several: beside a no it is none of them, unless it is the other one."""
    return isinstance(command, Fill) and command.slot in ("booking", "which", "both") and command.value != "other"


def _kept_hour(specific: Sequence[Command], situation: Situation) -> list[Command]:
    """What tells that an appointment is not to be moved after all."""
    return [each for each in specific if situation.flow == "reschedule" and _is_as_it_stands(each, situation)]


def _is_as_it_stands(command: Command, situation: Situation) -> bool:
    """ "Pensando bem, quinta dá": the day of the appointment that was to be moved or cancelled."""
    booking = situation.slots.get("booking")
    if not booking or not isinstance(command, Fill | Correct) or command.slot not in ("time", "old_time"):
        return False
    return all(str(time["start"])[:10] == booking["start"][:10] for time in command.value)
