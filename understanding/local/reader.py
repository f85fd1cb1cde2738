"""The local understander: clauses, facts and intents become commands, in milliseconds and for nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import zip_longest

from domain.business import Business
from domain.commands import (
    Affirm,
    Ask,
    Cancel,
    Command,
    Correct,
    Fill,
    Reject,
    Smalltalk,
    Start,
    Unclear,
)
from domain.ports import Reading, Situation
from understanding.local import intents
from understanding.local.facts import fact as facts
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.fact import Fact
from understanding.local.feelings import alarm
from understanding.local.reading import (
    appointments,
    asides,
    context,
    corrections,
    followups,
    listed,
    owned,
    provisos,
    second_thoughts,
    topics,
    verdicts,
    wanted,
)
from understanding.local.reading.answered import FREE_TEXT
from understanding.local.reading.heard import Heard
from understanding.local.text import addressing, clauses, language
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern
from understanding.local.text.mending import Mending
from understanding.local.text.words import fold

_LONGEST = 4000
_WORDY = ("procedure", "preferred_period")
_OF_WHAT_IS_DROPPED = ("cancel_booking", "cancel_order", "unclear", "out_of_scope")
"""Behind "esquece" these say it once more: "vou no horário que tá"."""


@dataclass(slots=True)
class _Draft:
    """A reading in the making. `answered`: one of the business's texts answers what was asked so far."""

    commands: list[Command] = field(default_factory=list)
    intents: list[str] = field(default_factory=list)
    confidence: float = 1.0
    conditional: bool = False
    own: list[Command] = field(default_factory=list)
    cancels: bool = False
    answered: bool = False

    def add(self, intent: str, confidence: float, *commands: Command) -> None:
        self.intents.append(intent)
        self.confidence = min(self.confidence, confidence)
        self.commands.extend(command for command in commands if command not in self.commands)

    def take_note(self, *, thanked: bool) -> None:
        """ "Ok, obrigada", "ok, e que horas fecham?": no yes to what was offered beside the answer."""
        others: list[Command] = [command for command in self.commands if not isinstance(command, Affirm)]
        if thanked and not others:
            others = [Smalltalk("thanks")]
        self.commands = others or self.commands


class LocalUnderstander:
    """Reads with rules, a small classifier and the business's own catalogue. Holds one catalogue a business."""

    def __init__(self) -> None:
        self._catalogues: dict[str, Catalogue] = {}
        self._mendings: dict[str, Mending] = {}

    def prepare(self, businesses: Iterable[Business], now: datetime) -> None:
        """Loads weights, lexicons and catalogues now, so that no customer waits for a file."""
        for business in businesses:
            for spoken in ("pt-BR", "en", "es"):
                self.understand(
                    "? amanhã tomorrow mañana 10:00 !", Situation(business, now.astimezone(business.zone), spoken)
                )

    async def read(self, texts: Sequence[str], situation: Situation) -> Reading:
        """Turns a turn's messages into commands."""
        return self.understand("\n".join(texts)[:_LONGEST], situation)

    def understand(self, text: str, situation: Situation) -> Reading:
        """The same for one text, without waiting."""
        business = situation.business
        text = unicodedata.normalize("NFC", text)  # one letter, one place: spans count on it
        own_only = situation.asks == "address" or situation.asks in FREE_TEXT
        mending = self._mending(business)
        spoken = _spoken(text, situation, mending.own, datum=own_only)
        text = mending.mend(text, spoken, own_only=own_only)
        situation = replace(situation, language=spoken)
        draft = _Draft()
        if not own_only:
            told = addressing.without(text)
            text = provisos.without(told, situation)
            draft.conditional = text != told  # what comes first leaves the summary undecided
            text = corrections.settled(text)
            text = second_thoughts.settled(text, situation, self._catalogue(business))
        called = alarm.person_needed(text, business, spoken)
        if called is not None:
            return Reading((called,), (("complaint" if called.reason == "complaint" else "human"),), spoken)
        said = corrections.put_right(facts.gather(text, spoken, situation, self._catalogue(business)), text)
        if not any(letter.isalnum() for letter in text):
            draft.add(*context.gesture(text))
        notes = verdicts.only_acknowledges(text, situation)
        parts = clauses.split(text, spoken)
        for clause, behind in zip_longest(parts, parts[1:]):
            inside = [fact for fact in said if clause.start <= fact.start < clause.end]
            if behind is not None and followups.leads_on(clause, inside, behind, said, situation):
                continue
            announced = not inside and corrections.only_announces(fold(clause.text))
            if announced and asides.aside(clause, situation) is None:
                continue
            draft.cancels |= has("cancels", fold(clause.text))
            draft.conditional |= situation.asks == "confirm" and has("conditional", fold(clause.text).strip())
            _read_clause(clause, [*inside, *_carried(clause, inside, said)], spoken, situation, draft)
            situation = _begun(draft, situation)
        if notes:
            draft.take_note(thanked=has("thanks", fold(text)))
        draft.commands = owned.joined(text, draft.commands, situation)
        draft.commands = alarm.weighed(draft.commands, text, spoken)
        return _finished(draft, said, spoken, situation)

    def _catalogue(self, business: Business) -> Catalogue:
        if business.id not in self._catalogues:
            self._catalogues[business.id] = Catalogue(business)
        return self._catalogues[business.id]

    def _mending(self, business: Business) -> Mending:
        if business.id not in self._mendings:
            self._mendings[business.id] = Mending(business)
        return self._mendings[business.id]


def _spoken(text: str, situation: Situation, named: frozenset[str], *, datum: bool) -> str:
    """The message's language: the first message of a conversation sets it more easily than a later one."""
    default = situation.business.locale
    unknown = not situation.history and situation.language == default
    return language.detect(text, "" if unknown else situation.language, default, named=named, datum=datum)


def _begun(draft: _Draft, situation: Situation) -> Situation:
    """The situation for the next clause: a flow that this message begins takes its facts too."""
    started = next((command.flow for command in reversed(draft.commands) if isinstance(command, Start)), None)
    if started is None and Cancel() in draft.commands:
        return replace(situation, flow=None, asks="none", slots={}, options=())  # "esquece, quero só um shampoo"
    if started is None or started == situation.flow:
        return situation
    return replace(
        situation, flow=started, asks="time" if started in ("book", "reschedule") else "items", slots={}, options=()
    )


def _carried(clause: Clause, inside: Sequence[Fact], said: Sequence[Fact]) -> list[Fact]:
    """ "Tem escova? Quanto é?", "e pra hoje?": a question without a thing is about the one named before it."""
    if inside and not (clause.asks and all(fact.kind == "time" for fact in inside)):
        return []
    if not clause.asks and not has("question_start", fold(clause.text)) and not has("price", fold(clause.text)):
        return []
    return [fact for fact in said if fact.kind in ("service", "product") and fact.end <= clause.start][-1:]


def _read_clause(clause: Clause, said: list[Fact], spoken: str, situation: Situation, draft: _Draft) -> None:
    if situation.asks == "confirm" and (clause.first or pattern("but").match(fold(clause.text))):
        draft.commands = [command for command in draft.commands if not isinstance(command, Affirm)]  # "sim, mas…"
    if _only_courtesy(clause, situation, draft):
        return
    if _of_what_was_before(clause, said, situation, draft) or _says_it_again(clause, said, draft):
        return
    _read_alone(Heard(clause, said, situation), intents.rank(clause.text, spoken, situation.asks), draft)


def _read_alone(heard: Heard, ranked: list[tuple[str, float]], draft: _Draft) -> None:
    clause, said, situation = heard.clause, list(heard.said), heard.situation
    name, confidence = topics.corrected(heard, ranked)
    if owned.answers(heard, name, confidence):
        draft.add("faq", 0.9, *wanted.commands("faq", clause, said, situation, ranked))
        draft.answered = True
        return
    if clause.yes and situation.asks == "confirm" and verdicts.adds_nothing(clause, said, situation, ranked):
        return
    answered = context.answer(clause, said, situation, ranked)
    if answered is not None:
        draft.add(answered.intent, answered.confidence, *answered.commands)
        return
    if (Cancel() in draft.commands and name in _OF_WHAT_IS_DROPPED) or _asks_the_fee(name, heard, draft):
        return
    draft.add(name, confidence, *wanted.commands(name, clause, said, situation, ranked))


def _asks_the_fee(name: str, heard: Heard, draft: _Draft) -> bool:
    """ "Entregam no Centro? Quanto é?": the fee is told with the zone."""
    places = any(isinstance(command, Ask) and command.topic == "delivery" for command in draft.commands)
    return name == "prices" and places and not heard.kinds & {"service", "product"}


def _says_it_again(clause: Clause, said: Sequence[Fact], draft: _Draft) -> bool:
    """Whether a clause says no more than the one before it.

    "Never mind, I'll go" says that all stays as it is; "my plan is Amil, *do you take it?*" asks what is answered.
    """
    stays = Cancel() in draft.commands and not said and has("keeps_it", fold(clause.text))
    return stays or (draft.answered and owned.asks_it_again(clause))


def _of_what_was_before(clause: Clause, said: Sequence[Fact], situation: Situation, draft: _Draft) -> bool:
    """Takes a clause that only an appointment, a question or a list makes clear. Returns whether it is one."""
    inside = [fact for fact in said if clause.start <= fact.start < clause.end]
    if own := appointments.told(clause, inside, situation):
        draft.own.extend(own)
        draft.intents.append("inform")
        return True
    if (again := followups.asked_again(clause, inside, situation)) is not None:
        draft.add(again.topic, 0.9, again)
        return True
    if chosen := (
        listed.wanted(clause, inside, situation)
        or followups.taken(clause, inside, situation)
        or followups.narrowed(clause, inside, situation)
    ):
        draft.add(next(each.flow for each in chosen if isinstance(each, Start)), 0.9, *chosen)
    return bool(chosen)


def _only_courtesy(clause: Clause, situation: Situation, draft: _Draft) -> bool:
    """Takes what stands on a clause's edges; whether that, or a word beside the matter, was all."""
    if clause.greets:
        draft.add("greet", 1.0, Smalltalk("greet"))
    if (clause.yes or clause.no) and not asides.only_heard(clause, situation):
        draft.add("affirm" if clause.yes else "deny", 1.0, context.decision(clause.yes))
    if clause.bare or clause.settled:
        if clause.thanks:
            draft.add("thanks", 1.0, Smalltalk("thanks"))
        return True
    beside = asides.aside(clause, situation)
    if beside is not None:
        draft.add(*beside)
    return beside is not None


def _finished(draft: _Draft, said: Sequence[Fact], spoken: str, situation: Situation) -> Reading:
    """Nothing at all was understood of a message that has words: say so."""
    commands = draft.commands
    if not commands:
        commands = [Unclear(())]
        draft.add("out_of_scope", 0.2)
    if any(isinstance(command, Start | Ask) for command in commands):
        commands = [command for command in commands if not isinstance(command, Unclear)]
    if draft.conditional:  # "se tiver, pode marcar" is a yes only once the customer has the answer
        commands = [command for command in commands if not isinstance(command, Affirm)]
    if any(isinstance(command, Fill) and command.slot == "unlisted" for command in commands):
        commands = [each for each in commands if not (isinstance(each, Ask) and each.about.get("unlisted"))]
    commands = _own_appointment(_without_the_replaced(commands), draft.own)
    commands = _not_priced(commands)
    commands = _of_the_last_named(_once(_moved_instead(_without_the_lesser(commands, said), draft)), said, situation)
    commands = _with_the_thing(_after_start(commands), said)
    started = [command.flow for command in commands if isinstance(command, Start)]
    main = sorted(dict.fromkeys([*started, *draft.intents]), key=lambda name: name in wanted.COURTEOUS)
    confidence = 0.2 if any(isinstance(command, Unclear) for command in commands) else draft.confidence
    return Reading(tuple(commands), tuple(main), spoken, round(confidence, 3))


def _once(commands: Sequence[Command]) -> list[Command]:
    """A datum told over several sentences is one: who and how many are said first, the rest belongs together."""
    told: dict[str, list[str]] = {}
    for command in commands:
        if isinstance(command, Fill) and command.slot in FREE_TEXT:
            told.setdefault(command.slot, []).append(str(command.value))
    joined = {slot: ". ".join(values) if slot in _WORDY else values[0] for slot, values in told.items()}
    kept = [command for command in commands if not (isinstance(command, Fill) and command.slot in joined)]
    return [*kept, *(Fill(slot, value) for slot, value in joined.items())]


def _of_the_last_named(commands: Sequence[Command], said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "Tem a golden? Se tiver quero 2": a number without a noun is of the one product named before it."""
    named = {fact.value["product"] for fact in said if fact.kind == "product" and not fact.value["alternatives"]}
    slots = {command.slot for command in commands if isinstance(command, Fill)}
    if "quantity" not in slots or "items" in slots or len(named) != 1 or situation.slots.get("items"):
        return list(commands)
    line = {"product": named.pop(), "mode": "set", "alternatives": ()}
    return [
        Fill("items", [{**line, "quantity": command.value}])
        if isinstance(command, Fill) and command.slot == "quantity"
        else command
        for command in commands
    ]


def _without_the_lesser(commands: Sequence[Command], said: Sequence[Fact]) -> list[Command]:
    """ "Não vou poder ir, dá pra passar pra sexta?": what is moved is not cancelled too."""
    both = {Start("reschedule"), Start("cancel_booking")} <= {each for each in commands if isinstance(each, Start)}
    bookings = {fact.value for fact in said if fact.kind == "service" and isinstance(fact.value, str)}
    if not both or len(bookings) > 1:
        return list(commands)
    return [command for command in commands if command != Start("cancel_booking")]


def _moved_instead(commands: Sequence[Command], draft: _Draft) -> list[Command]:
    """ "I can't make Thursday. Any chance for Friday?": who only cannot come, and names another time, moves it."""
    kept = list(commands)
    cannot, wished = Start("cancel_booking"), Start("book")
    if draft.cancels or cannot not in kept or wished not in kept or kept.index(wished) < kept.index(cannot):
        return kept
    behind = {command.slot for command in kept[kept.index(wished) :] if isinstance(command, Fill)}
    if "service" in behind or "time" not in behind:
        return kept
    return [Start("reschedule") if each == wished else each for each in kept if each != cannot]


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


def _without_the_replaced(commands: Sequence[Command]) -> list[Command]:
    """ "Quinta não", "sexta": what another takes the place of need not be rejected too."""
    told = {command.slot for command in commands if isinstance(command, Fill | Correct)}
    return [command for command in commands if not (isinstance(command, Reject) and command.slot in told)]


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
