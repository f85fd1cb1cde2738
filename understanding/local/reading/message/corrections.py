"""What is put right in the same breath: "escova, digo, hidratação", "quanto é a barba... quer dizer, o corte?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from understanding.local.facts.fact import Fact
from understanding.local.text.cues import alternatives, has
from understanding.local.text.words import fold

_TOLD_AGAIN = ("service", "professional", "time")
_UNKNOWN = {"unlisted": "service", "nobody": "professional"}
"""What is not here may be named by mistake as well."""
_TODAY = ("hoje", "today", "hoy")


def settled(text: str) -> str:
    """The text without the thing that a question named first and took back."""
    for found in reversed(list(_taken_back().finditer(fold(text)))):
        before = re.split(r"[.!?\n]+\s", fold(text[: found.start()]))[-1]
        if has("price", before) or has("duration", before):
            text = f"{text[: found.start()].rstrip()} {text[found.end() :]}"
    return text


def put_right(said: Sequence[Fact], text: str) -> list[Fact]:
    """The facts without those that another replaces: "quinta às 10, quer dizer, sexta" is Friday at 10."""
    folded, kept = fold(text), list(said)
    for fact in said:
        wrong = next((one for one in reversed(kept) if one.end <= fact.start and _same_kind(one, fact)), None)
        if wrong is None or fact.negated or not _between().fullmatch(folded[wrong.end : fact.start]):
            continue
        place = kept.index(fact)
        kept[place] = _completed(fact, wrong)
        kept.remove(wrong)
    return [fact for fact in kept if not (_was_mistaken(fact, kept, folded) or _is_today_beside(fact, kept, folded))]


def _was_mistaken(fact: Fact, said: Sequence[Fact], folded: str) -> bool:
    """ "O bairro é Ipiranga, falei Centro por engano": told wrong, beside one of its kind that is right."""
    if not any(other.kind == fact.kind and other != fact and not other.negated for other in said):
        return False
    return (
        _mistake_before().search(folded, 0, fact.start) is not None
        and _mistake_behind().match(folded, fact.end) is not None
    )


def _is_today_beside(fact: Fact, said: Sequence[Fact], folded: str) -> bool:
    """ "Sábado, não sexta. Minha cabeça tá ruim hoje": the day was put right in the sentence before."""
    if fact.kind != "time" or fold(str(fact.value["text"])) not in _TODAY:
        return False
    before = [other for other in said if other.kind == "time" and other.end <= fact.start]
    put_right = {other.negated for other in before} == {True, False}
    return put_right and re.search(r"[.!?\n]", folded[before[-1].end : fact.start]) is not None


@cache
def _mistake_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('mistaken_before')})\s*$")


@cache
def _mistake_behind() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{alternatives('mistaken_behind')})")


def _same_kind(wrong: Fact, right: Fact) -> bool:
    return right.kind in _TOLD_AGAIN and _UNKNOWN.get(wrong.kind, wrong.kind) == right.kind


def _completed(right: Fact, wrong: Fact) -> Fact:
    """The day or the hour that was said only with the mistake still holds."""
    if right.kind != "time" or not {right.value["kind"], wrong.value["kind"]} <= {"moment", "interval"}:
        return right
    if wrong.value["has_date"] and right.value["has_time"] and not right.value["has_date"]:
        return _at(right, day=wrong, clock=right)
    days = right.value["has_date"] and not right.value["has_time"] and right.value["grain"] == "day"
    return _at(right, day=right, clock=wrong) if days and wrong.value["has_time"] else right


def _at(right: Fact, day: Fact, clock: Fact) -> Fact:
    on = str(day.value["start"])[:10]
    start, end = (datetime.fromisoformat(f"{on}{clock.value[edge][10:]}") for edge in ("start", "end"))
    told = {**clock.value, "start": start.isoformat(), "end": max(start, end).isoformat()}
    return replace(right, value={**told, "has_date": True, "text": right.value["text"]})


@cache
def _taken_back() -> re.Pattern[str]:
    article = rf"\b(?:{alternatives('determiners')})"
    thing = rf"(?:{article} (?:(?!{article} )[^,.?!\n])+?|(?<= )[^\W\d_]{{4,}})"
    return re.compile(
        rf"{thing}[ ]*[,.?!…-]+[ ]*(?:(?:nao|no)[, ]+)?(?:(?:{alternatives('puts_right')})[,.: ]+)+(?=[^\W\d_])"
    )


@cache
def _between() -> re.Pattern[str]:
    """What stands between the mistake and what is meant: nothing but the word that puts it right."""
    startled = rf"(?:(?:{alternatives('startled')}|{alternatives('hesitates')})[\s,.!…-]+)"
    marker = rf"(?:{startled}*(?:{alternatives('puts_right')})|{startled}+(?:nao|no)(?=[\s]*[,.!…-]))"
    small = rf"(?:{alternatives('leads_to')})"
    return re.compile(rf"[\s,.;!?…()-]*(?:{marker}[\s,.:;!?…-]*)+(?:{small}[\s,]+)*")
