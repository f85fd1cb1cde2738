"""Another professional than the one it is with: "com outra pessoa pode ser?", "anyone besides Ana?"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Ask, Fill
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause.answered import Answered
from understanding.local.reading.fills import fills
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has


def told(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """ "Com outra pessoa pode ser": whoever else does it; who does, where nobody else can."""
    if situation.asks == "professional" and len(situation.options) == 1 and has("with_that_one", folded):
        return Answered("inform", (Fill("option", 1), *fills(said, situation, flow=situation.flow)))
    booking = situation.slots.get("booking") or {}
    service = situation.slots.get("service") or booking.get("service")
    if situation.flow not in ("book", "reschedule") or not isinstance(service, str):
        return None
    now = situation.slots.get("professional") or situation.slots.get("with") or booking.get("professional")
    apart = None if _names_another(said, service) else _others_than(clause, folded, said, now)
    if apart is None:
        return None
    able = [person.id for person in situation.business.performers(service)]
    others = [each for each in able if each not in apart]
    if len(able) == 1:
        return Answered("professionals", (Ask("professionals", {"text": folded, "service": [service]}),))
    who = others[0] if len(others) == 1 and apart else "any"
    rest = [fact for fact in said if fact.kind not in ("professional", "anybody")]
    return Answered("inform", (Fill("professional", who), *fills(rest, situation, flow=situation.flow)))


def _names_another(said: Sequence[Fact], service: str) -> bool:
    """ "Quién más corta?" names the service under way, in words that fit several."""
    named = (fact.value for fact in said if fact.kind == "service")
    return any(service not in ([each] if isinstance(each, str) else each) for each in named)


def _others_than(clause: Clause, folded: str, said: Sequence[Fact], now: str | None) -> set[str] | None:
    """Whom it is not to be with, where somebody else is asked for: "com outra pessoa?", "anyone besides Ana?"."""
    another = (has("with_another", folded) or has("another_hand", folded)) and not _calls_one(folded)
    people = [fact for fact in said if fact.kind == "professional"]
    apart = [
        each
        for each in people
        if has("who_other_than", folded[: each.start - clause.start])
        or (another and (each.negated or each.value == now))
    ]
    refuses = has("not", folded) and not clause.asks
    if len(apart) < len(people) or not (apart or (another and not refuses)):
        return None
    return {str(fact.value) for fact in apart} | ({now} if now else set())


def _calls_one(folded: str) -> bool:
    """ "Quero falar com outra pessoa": with somebody of the team, here."""
    return has("wants_person", folded) or has("who_to_speak_with", folded)
