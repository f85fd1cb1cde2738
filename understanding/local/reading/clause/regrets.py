"""What is said of an appointment that stands, without a word of which: another time, service or person for it.

Right after it was made an hour is enough ("na verdade melhor 11", "make it 4pm"); days later it must be put to
something that is known to both ("dá pra ser na sexta?"): whoever asks "tem horário sexta?" may want one more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.commands import Ask, Cancel, Command, Correct, Deny, Fill, Human, Smalltalk, Start, Unclear
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import lone_numbers, shifts, wanted
from understanding.local.reading.fills import fills
from understanding.local.reading.heard import Heard
from understanding.local.reading.times_told import is_of, wished
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_PAUSES = re.compile(r"[,;.!?]+")
_OF_TIMES = {"time", "earliest", "latest", "same_hour", "same_weekday", "excluded"}
_OF_ANOTHER_TIME = {"time", "professional", "same_person", "anybody", "same_hour", "same_weekday", "earliest", "latest"}
_WHO = {"professional", "anybody"}
_SURE = 0.72
_LATE = "vou me atrasar"
"""Asked of the business's own texts, whatever words the customer found for it."""
_LATE_AT_MOST = 30
_ONE_MORE = (
    "books", "one_more", "also", "right_behind", "one_more_for", "somebody_wants", "puts_in", "for_another", "a_time",
)  # fmt: skip
_NO_MOVE = (
    "books", "price", "opening", "cancels", "own_when", "also", "one_more_for", "right_behind", "runs_late",
    "lunch_break", "duration", "for_another", "has_booked",
)  # fmt: skip


def told(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """What a clause tells of the one just made, or of what stands; empty when it tells nothing of it."""
    if situation.flow is not None or situation.asks != "none":
        return []
    heard = Heard(clause, said, situation)
    if situation.anchor is not None and (hour := _lone_hour(clause, said, situation)):
        return hour
    if not _stands(situation) or any(heard.has(cue) for cue in _NO_MOVE):
        return []
    return _with_another(heard) or _another_time(heard)


def moved(commands: Sequence[Command], text: str, situation: Situation) -> list[Command]:
    """ "Ops, é quinta", "anything earlier?", "can it be a pedicure?": what stands, not one more."""
    if not _stands(situation):
        return list(commands)
    folded = fold(text)
    for rule in (_another_service, _shifted, _not_wanted, _confirmed, _how_long):
        if (told := rule(commands, folded, situation)) is not None:
            return [*(each for each in commands if isinstance(each, Smalltalk) and each not in told), *told]
    slots = {each.slot for each in commands if isinstance(each, Fill)}
    new = Start("book") in commands and slots and slots <= _OF_TIMES
    if not new or not situation.just_booked or any(has(cue, folded) for cue in _ONE_MORE):
        return list(commands)
    if any(pattern("will_be_there").match(part.strip()) for part in _PAUSES.split(folded)):
        return [Smalltalk("goodbye")]  # "obrigada, até sexta às 14h!"
    return [Start("reschedule") if each == Start("book") else each for each in commands]


def _stands(situation: Situation) -> bool:
    spoken_of = situation.flow is None and "order" not in str(situation.done.get("flow"))
    return situation.just_booked or (spoken_of and bool(situation.standing))


def _lone_hour(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    folded = fold(clause.text)
    if said or not (has("actually", folded) or has("make_that", folded)):
        return []
    settling = replace(situation, flow="book", asks="time")
    rest = pattern("actually").sub(" ", pattern("make_that").sub(" ", folded)).strip(" .!,?")
    number = lone_numbers.value(rest, settling)
    hour = lone_numbers.hour(number, settling) if number is not None else None
    return [Correct("time", each.value) for each in hour.commands if isinstance(each, Fill)] if hour else []


def _another_time(heard: Heard) -> list[Command]:
    """Another time and nothing else: no second one is wished for."""
    if not heard.kinds <= _OF_ANOTHER_TIME or heard.situation.known(heard.clause.text) >= _SURE:
        return []
    if "professional" in heard.kinds and heard.has("at_work"):
        return []
    just = heard.situation.just_booked
    named = not just and (heard.has("moves_to") or heard.has("moves_own"))
    if named or not (heard.asked or heard.has("comes_at_it") if just else heard.has("put_as_change")):
        return []
    if heard.has("shifts_by") and (length := shifts.minutes(heard.folded, heard.situation.language)):
        return [Start("reschedule"), Fill("postpone", length)]
    anchor = heard.situation.anchor
    times = [fact for fact in heard.said if wished(fact)]
    if heard.has("comes_by") and any(_is_soon_behind(fact, heard.situation) for fact in times):
        return [Ask("faq", {"text": _LATE})]
    others = [fact for fact in times if anchor is None or not is_of(fact.value, anchor)]
    if any(fact.value["has_time"] or not just for fact in others):
        return wanted.corrections(fills(heard.said, heard.situation, flow="reschedule"))
    if just and heard.asked and not others and not heard.has("comes_by") and (shift := _shift(heard.folded)):
        return [Start("reschedule"), Fill("shift", shift)]
    return []


def _is_soon_behind(fact: Fact, situation: Situation) -> bool:
    """ "¿Puedo llegar 17:10?", of what is booked for five: late, not another time for it."""
    start = str(situation.own.get("start") or "")
    told = str(fact.value["start"] or "")
    if not start or not fact.value["has_time"] or not told:
        return False
    late = _minutes(told) - _minutes(start)
    return 0 < late <= _LATE_AT_MOST and (not fact.value["has_date"] or told[:10] == start[:10])


def _minutes(start: str) -> int:
    return int(start[11:13]) * 60 + int(start[14:16])


def _with_another(heard: Heard) -> list[Command]:
    """ "Can Ana do it instead?", "posso trocar de profissional?": whom it is with is to be somebody else."""
    named = [fact for fact in heard.said if fact.kind == "professional" and not fact.negated]
    if not heard.kinds <= _OF_ANOTHER_TIME:
        return []
    own = heard.situation.own.get("professional")
    others = [fact for fact in named if fact.value != own]
    behind = pattern("in_place_of").search(heard.folded)
    if behind is not None:
        others = [fact for fact in others if fact.start - heard.clause.start < behind.start()]
    times = [fact for fact in heard.said if fact.kind not in _WHO]
    when = fills(times, heard.situation, flow="reschedule")
    if heard.has("another_hand") and not others:
        return [Start("reschedule"), Fill("professional", "other"), *when]
    meant = heard.has("with_them") or heard.has("instead")
    if len(others) != 1 or not own or not meant or heard.has("at_work") or times:
        return []
    return [Start("reschedule"), Fill("professional", others[0].value)]


def _another_service(commands: Sequence[Command], folded: str, situation: Situation) -> list[Command] | None:
    """ "Ops, errei, era pedicure", "mejor pedicura que manicura": what stands is to be something else."""
    own = situation.own.get("service")
    named = _services_named(commands, own)
    others = _others(named, own, situation)
    if len(others) != 1 or not own or any(has(cue, folded) for cue in (*_ONE_MORE, "price", "cancels")):
        return None
    instead = any(has(cue, folded) for cue in ("trades", "instead", "make_that", "wrong_thing"))
    if not instead and not (own in named and (Cancel() in commands or has("prefers_it", folded))):
        return None
    if any(isinstance(each, Start) and each.flow not in ("book", "reschedule") for each in commands):
        return None
    dropped = (Start, Unclear, Ask, Cancel)
    kept = [each for each in commands if not isinstance(each, dropped) and not _names_a_service(each)]
    if situation.just_booked:
        return [Start("reschedule"), Fill("service", others[0]), *kept]
    if any(each.slot == "old_time" for each in kept if isinstance(each, Fill)):
        return None
    return [Start("reschedule"), Fill("service", own), Fill("more", others), *kept]


def _services_named(commands: Sequence[Command], own: object) -> list[str]:
    """The services that are told, or asked about where they are to take its place: "pode trocar por hidratação?"."""
    told = [each for each in commands if isinstance(each, Fill | Correct) and each.slot in ("service", "more")]
    values = [each.value if isinstance(each.value, list) else [each.value] for each in told]
    values = [[own] if own in value else value for value in values]  # "meu corte", of several sorts
    asked = [each for each in commands if isinstance(each, Ask)]
    if not values and len(asked) == 1 and asked[0].topic in ("prices", "faq", "catalog"):
        values = [list(asked[0].about.get("service") or ())]
    return list(dict.fromkeys(each for value in values for each in value if isinstance(each, str)))


def _others(named: Sequence[str], own: str | None, situation: Situation) -> list[str]:
    """Those that it is not; nor its other sizes, where one word names them all."""
    others = [each for each in named if each != own]
    if own is None or own not in named or len(others) < 2:
        return others
    kind = _first_word(own, situation)
    return [each for each in others if _first_word(each, situation) != kind]


def _first_word(service: str, situation: Situation) -> str:
    found = situation.business.service(service)
    return found.name.split()[0] if found else service


def _names_a_service(command: Command) -> bool:
    return isinstance(command, Fill | Correct) and command.slot in ("service", "more", "own")


def _shifted(commands: Sequence[Command], folded: str, situation: Situation) -> list[Command] | None:
    """ "Anything earlier?", "¿algo más tarde ese día?": before or after the hour it has, on its own day."""
    shift = _shift(folded)
    told = [each for each in commands if isinstance(each, Fill)]
    several = len(situation.standing) > 1
    own = [each for each in told if (several and each.slot in ("old_time", "booking")) or each.slot == "service"]
    own = [each for each in own if several or _is_its_service(each, situation)]
    if shift is None or not all(each in own or _is_its_day(each, situation) for each in told):
        return None
    rest = [each for each in commands if not isinstance(each, Fill | Smalltalk | Deny)]
    if not rest or not all(each in (Start("reschedule"), Start("book")) or _asks_for_some(each) for each in rest):
        return None
    asked = any(isinstance(each, Ask) and each.topic == "faq" for each in rest)
    if Start("reschedule") in rest or (situation.just_booked and not told and not asked and Start("book") not in rest):
        return [Start("reschedule"), *own, Fill("shift", shift)]
    blocks = ("comes_by", *(cue for cue in _NO_MOVE if cue != "books" or not told))  # "me encaixa mais tarde no sábado"
    if not has("a_bit", folded) or any(has(cue, folded) for cue in blocks):
        return None
    return [Start("reschedule"), *own, Fill("shift", shift)]


def _shift(folded: str) -> str | None:
    if has("sooner", folded) or has("sooner_by", folded):
        return "earlier"
    return "later" if has("later", folded) else None


def _is_its_service(told: Fill, situation: Situation) -> bool:
    own = situation.own.get("service")
    return bool(own) and (own in told.value if isinstance(told.value, list) else own == told.value)


def _is_its_day(told: Fill, situation: Situation) -> bool:
    """Whether no more than the day it stands on is named."""
    start = str(situation.own.get("start") or "")[:10]
    if told.slot not in ("time", "old_time") or not start or not isinstance(told.value, list):
        return False
    return all(
        not each["has_time"] and each["grain"] == "day" and str(each["start"])[:10] == start for each in told.value
    )


def _asks_for_some(command: Command) -> bool:
    """ "¿Hay algo más temprano?", whatever it was taken for."""
    return isinstance(command, Unclear) or (isinstance(command, Ask) and command.topic in ("catalog", "stock", "faq"))


def _not_wanted(commands: Sequence[Command], folded: str, situation: Situation) -> list[Command] | None:
    """ "Actually I don't want the haircut anymore": given up is what stands; whether it goes is asked."""
    given_up = all(isinstance(each, Cancel | Deny | Smalltalk | Unclear) for each in commands)
    if not given_up or not any(isinstance(each, Cancel | Deny) for each in commands):
        return None
    every = [Fill("booking", "all")] if len(situation.standing) > 1 and has("every_one", folded) else []
    return [Start("cancel_booking"), *every] if has("no_longer_wanted", folded) else None


def _confirmed(commands: Sequence[Command], folded: str, situation: Situation) -> list[Command] | None:
    """ "Just confirming Friday at 11", "quem vai me atender?": what stands is told."""
    if has("cancels", folded) or any(has(cue, folded) for cue in ("books", "moves_to")):
        return None
    others = [each for each in commands if isinstance(each, Start) and each.flow not in ("book", "cancel_booking")]
    told = any(
        isinstance(each, Fill | Correct) and each.slot not in ("time", "old_time", "service") for each in commands
    )
    asked = any(isinstance(each, Ask) and each.topic != "professionals" for each in commands)
    if others or told or asked or any(isinstance(each, Human) for each in commands):
        return None
    stands = has("attendance", folded) and not situation.just_booked and not has("cannot_come", folded)
    return [Start("my_bookings")] if stands or has("attends_mine", folded) else None


def _how_long(commands: Sequence[Command], folded: str, situation: Situation) -> list[Command] | None:
    """ "How long will it take?": of what stands."""
    own = situation.own.get("service")
    if not own or not has("duration", folded) or any(has(cue, folded) for cue in ("runs_late", "cancels", "moves_to")):
        return None
    asked = [
        each
        for each in commands
        if isinstance(each, Ask) and each.topic == "faq" and has("duration", fold(str(each.about.get("text"))))
    ]
    if len(asked) != 1 or any(isinstance(each, Fill) and each.slot == "service" for each in commands):
        return None
    about = {**asked[0].about, "service": [own]}
    return [
        Ask("duration", about) if each is asked[0] else each for each in commands if not isinstance(each, Smalltalk)
    ]
