"""The local understander: clauses, facts and intents become commands, in milliseconds and for nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest

from domain.business import Business
from domain.commands import Ask, Command, Human, Start
from domain.ports import Reading, Situation
from understanding.local import topics
from understanding.local.acts import may_complain
from understanding.local.classifier import pauses
from understanding.local.facts import fact as facts
from understanding.local.facts.catalogue import Catalogue
from understanding.local.facts.fact import Fact
from understanding.local.feelings import alarm
from understanding.local.reading.act import midway, own_acts, unheard
from understanding.local.reading.clause import (
    acts,
    among,
    announced,
    companions,
    context,
    followups,
    one_clause,
    owned,
    received,
    regrets,
)
from understanding.local.reading.clause.answered import FREE_TEXT
from understanding.local.reading.draft import Draft
from understanding.local.reading.message import (
    at_the_door,
    beside_the_yes,
    chatter,
    comes_by,
    composed,
    corrections,
    datum,
    every,
    given_up,
    letters,
    one_more,
    one_of_mine,
    openings,
    other_business,
    plainly,
    possessed,
    proposed_hours,
    second_thoughts,
    series,
    several,
    staying,
    told_before,
    two_acts,
)
from understanding.local.reading.outcome import (
    bound_for,
    errands,
    feast_days,
    just_ordered,
    of_appointments,
    of_this_order,
    own_orders,
    the_rest,
    whole,
)
from understanding.local.reading.reply import asides, conditions, decided, replied, verdicts
from understanding.local.reading.topic import sorts
from understanding.local.text import addressing, clauses, fillers, language, machine
from understanding.local.text.cues import has
from understanding.local.text.mending import Mending
from understanding.local.text.words import fold

Told = tuple[str, list[Fact]]
"""A text and the facts found in it."""
_LONGEST = 4000
_ONE_DATUM = ("address", "email", "time")


class LocalUnderstander:
    """Reads with rules, a small classifier and the business's own catalogue. Holds one catalogue a business."""

    def __init__(self) -> None:
        self._catalogues: dict[str, Catalogue] = {}
        self._mendings: dict[str, Mending] = {}

    def prepare(self, businesses: Iterable[Business], now: datetime) -> None:
        """Loads weights, lexicons and catalogues now, so that no customer waits for a file."""
        topics.about("?")
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
        text = machine.without(unicodedata.normalize("NFC", text))  # one letter, one place: spans count on it
        own_only = situation.asks == "address" or situation.asks in FREE_TEXT
        mending = self._mending(business)
        spoken = _spoken(text, situation, mending.own, datum=own_only)
        text = mending.mend(text, spoken, own_only=own_only, place=situation.asks == "delivery")
        situation = replace(situation, language=spoken)
        draft = Draft()
        text = text if own_only else self._put_right(pauses.restored(text, spoken), situation)
        text = fillers.without(text, spoken[:2], under_way=bool(situation.history))
        text = text if own_only else self._as_meant(text, situation)
        unread = text, situation
        if not own_only:
            text, situation, draft.mine = one_of_mine.told(text, situation, self._catalogue(business))
            text = _counted(text, situation, draft)
        if (settled := _for_a_person(text, situation)) is not None:
            return settled
        said = self._facts(text, situation)
        if (short := letters.put_short(text, said, situation)) != text:
            text, said = letters.without_story(text, said, short, self._facts(short, situation))
        text = datum.told(chatter.left_out(text, said, situation), said, situation)
        text = datum.together(text, said, situation)
        text, said = at_the_door.apart(text, said, situation, draft)
        text, said = comes_by.apart(text, said, situation)
        own = possessed.told(text, said, situation)
        said = proposed_hours.told(text, said, situation, own=own)
        asked = text, said
        text, said = _left_to_read(text, said, situation, draft)
        reply = replied.heard(text, said, situation)
        text = conditions.asked(text, said, situation)
        before, situation = situation, _read_clauses(text, said, situation, draft)
        if verdicts.only_acknowledges(text, before, asks=any(isinstance(each, Ask) for each in draft.commands)):
            draft.take_note(thanked=has("thanks", fold(text)))
        draft.commands = _with_others(draft, text, said, before)
        draft.commands = possessed.marked(_as_it_stands(draft.commands, text, before, situation), own=own)
        if reply is not None:
            decided.settle(draft, reply, before)
            draft.commands = every.without_a_yes(draft.commands)
        midway.settle(draft, *asked, before)
        at_the_door.added(draft, text)
        draft.commands = self._as_things_stand(draft.commands, (text, said), asked, before)
        if unheard.settle(draft, *asked, before) and Start("order") not in draft.commands:
            draft.commands = self._as_things_stand(draft.commands, asked, asked, before)
        draft.commands = one_of_mine.named(draft.commands, asked[0], draft.mine)
        own_acts.settle(draft, *unread, self._catalogue(business))
        return whole.reading(draft, said, spoken, situation)

    def _as_things_stand(self, commands: list[Command], read: Told, asked: Told, situation: Situation) -> list[Command]:
        """The commands in the light of what was just ordered, is being ordered, or stands booked."""
        commands = the_rest.taken_off(commands, *read, situation)
        commands = just_ordered.changed(commands, *read, situation)
        commands = of_this_order.told(commands, *read, situation)
        return of_appointments.told(commands, *asked, situation, self._catalogue(situation.business))

    def _as_meant(self, text: str, situation: Situation) -> str:
        """The text put plainly, without address and apologies."""
        text = openings.without(text, situation, self._catalogue(situation.business))
        text = plainly.put(text, situation, self._catalogue(situation.business))
        return asides.without_awaiting(addressing.without(text), situation)

    def _put_right(self, text: str, situation: Situation) -> str:
        """Only what is meant at last: before apologies and openings are left out, which mark what was a slip."""
        return second_thoughts.settled(corrections.settled(text), situation, self._catalogue(situation.business))

    def _facts(self, text: str, situation: Situation) -> list[Fact]:
        found = facts.gather(text, situation.language, situation, self._catalogue(situation.business))
        return corrections.put_right(found, text)

    def _catalogue(self, business: Business) -> Catalogue:
        if business.id not in self._catalogues:
            self._catalogues[business.id] = Catalogue(business)
        return self._catalogues[business.id]

    def _mending(self, business: Business) -> Mending:
        if business.id not in self._mendings:
            self._mendings[business.id] = Mending(business)
        return self._mendings[business.id]


def _counted(text: str, situation: Situation, draft: Draft) -> str:
    """The text without what tells how many of them are meant."""
    text, draft.series = series.first_of(text, situation)
    text, draft.every = every.told(text if among.chooses(situation) else several.counted(text), situation)
    return text


def _for_a_person(text: str, situation: Situation) -> Reading | None:
    """What is read no further: who wants work or sells something, and who needs a person at once."""
    if (kept := other_business.told(text, situation)) is not None:
        return Reading(tuple(kept), ("faq",), situation.language)
    called = alarm.person_needed(text, situation.business, situation.language)
    if called is None or (called.reason == "complaint" and not may_complain(text, situation.language)):
        return None
    return Reading((called,), ("complaint" if called.reason == "complaint" else "human",), situation.language)


def _spoken(text: str, situation: Situation, named: frozenset[str], *, datum: bool) -> str:
    """The message's language: the first message of a conversation sets it more easily than a later one."""
    default = situation.business.locale
    unknown = not situation.history and situation.language == default
    return language.detect(text, "" if unknown else situation.language, default, named=named, datum=datum)


def _left_to_read(text: str, said: list[Fact], situation: Situation, draft: Draft) -> tuple[str, list[Fact]]:
    """What the clauses are to tell: without other wishes, what is only told beside, and times that are no wish."""
    said = received.with_way(said, text, situation)
    text = two_acts.parted(text, said, situation)
    text, said = staying.apart(text, said, situation)
    text, said, draft.alone = every.alone(text, said, situation)
    text, said, draft.others = several.apart(text, said, situation)
    if (words := given_up.dropped(text, said, situation)) is not None:
        text, said = words, []
    text, said = beside_the_yes.left_aside(text, said, situation)
    joined, said = told_before.joined(text, said, situation)
    told_on = joined != text and has("moves_to", fold(joined))
    text, said = composed.composed(joined, said, situation)
    moved = acts.only_moved(text, said, situation)
    draft.stands = told_on or (moved != text and not acts.asks_whether(fold(text)))
    kept = [fact for fact in said if fact.start == fact.end or moved[fact.start : fact.end].strip()]
    return moved, kept  # "mas deixa a escova" stays


def _with_others(draft: Draft, text: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The commands with the wishes beside the first one, and what a yes is to."""
    commands = several.added(draft.commands, said, draft.others, situation)
    commands = one_more.like_the_last(commands, said, text, situation)
    commands = errands.both(commands, said, situation)
    commands = own_orders.added_to(commands, said, situation)
    commands = companions.for_another(commands, text, situation)
    commands = bound_for.told(commands, text, said, situation)
    if draft.series:
        commands = series.told(commands, situation)
    if draft.every:
        commands = every.agreed(commands, text)
    return every.only_this(commands, situation.slots.get("service")) if draft.alone else commands


def _as_it_stands(commands: list[Command], text: str, before: Situation, situation: Situation) -> list[Command]:
    """The commands about what was asked about, is booked or ordered already; a person called where it hurts."""
    commands = followups.of_those_asked_about(text, commands, situation)
    commands = sorts.for_that_animal(text, commands, situation.business)
    commands = owned.joined(text, commands, situation)
    commands = own_orders.cancelled(text, commands, before)
    commands = regrets.moved(commands, text, before)
    commands = feast_days.hours(commands, text, situation)
    wishes = any(isinstance(each, Start | Ask) for each in commands)
    if wishes and Human("complaint") in commands and not may_complain(text, situation.language, wishes=True):
        commands = [each for each in commands if each != Human("complaint")]
    return alarm.weighed(commands, text, situation.language)


def _read_clauses(text: str, said: Sequence[Fact], situation: Situation, draft: Draft) -> Situation:
    """Adds what each clause asks for; returns the situation they leave."""
    if not any(letter.isalnum() for letter in text):
        draft.add(*context.gesture(text))
    uncut = [(fact.start, fact.end) for fact in said if fact.kind in _ONE_DATUM]
    parts = clauses.split(text, situation.language, uncut)
    if parts and given_up.put_right(parts[0], parts[1:], said, situation):
        del parts[0]
    for clause, behind in zip_longest(parts, parts[1:]):
        inside = [fact for fact in said if clause.start <= fact.start < clause.end]
        if behind is not None and followups.leads_on(clause, inside, behind, said, situation):
            continue
        opens = not inside and announced.only_announces(fold(clause.text))
        opens = opens and (behind is not None or not has("gives_up", fold(clause.text)))  # "scrap that"
        if opens and asides.aside(clause, situation) is None:
            continue
        draft.cancels |= has("cancels", fold(clause.text))
        facts_of_it = [*inside, *one_clause.carried(clause, inside, said, behind)]
        one_clause.read(clause, facts_of_it, situation.language, situation, draft)
        situation = one_clause.situation_behind(draft, situation)
    return situation
