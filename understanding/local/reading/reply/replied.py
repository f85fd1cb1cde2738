"""What a message replies to the summary it was asked to confirm: a yes, a no, a pause, a change or a question.

A trained classifier hears the message as a whole. A yes is taken from it only where it is nearly certain and nothing
makes it hang on something (`doubts.py`); a yes said in plain words may be less certain, and two weak votes make none.
Below that the summary is shown again. What the clauses ask for beside the decision (another time, one thing more, a
question) stays theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from domain.ports import Situation
from understanding.local import replies, steps
from understanding.local.classifier.reply_features import Summary
from understanding.local.facts.fact import Fact
from understanding.local.reading.reply import asides, doubts, moving, verdicts
from understanding.local.text import assenting, clauses
from understanding.local.text.cues import alternatives, has, pattern, words
from understanding.local.text.words import fold

_YES: Mapping[Summary, float] = {"summary": 0.955, "move": 0.92, "cancellation": 0.92}
"""How sure a yes must be that no plain word says."""
SAID, _WORDED = 0.6, 0.93
"""How sure a yes must be that opens with a word for it, or only holds one."""
_FEW = 3
_STRANGE = 0.98
"""How sure a yes must be that does not open so, and holds a word in which nobody agreed so far."""
_SURE = 0.7
_CERTAIN: Mapping[str, float] = {"no": 0.9, "hold": 0.95, "question": 0.9, "other": 0.97}
"""How sure each other reply must be to be heard, and to be heard beside facts that tell something else."""
_BEYOND = 0.98
"""The same where a fact is refused: "não às 15h" is a no only where all of it surely is."""
_LEAVES, _SURELY_LEAVES = 0.8, 0.9
"""How sure it must be that somebody gives up as people do before anything is summed up ("mum already bought it") to be
heard as a no, and to be no yes."""
_SAYS_SOMETHING = 3
_NAMED = ("service", "product", "professional", "payment", "delivery", "zone", "address")
_ASIDES = ("some_day", "keeps_other", "lets_that_go")
_AROUND = " .,!"
_PART = re.compile(r"[,.;!\n]+")
_QUESTION = re.compile(r"[^.;!?\n]*\?+")


@dataclass(frozen=True, slots=True)
class Reply:
    """`kind` is what is surely replied, "" when nothing is, "aside" for what changes nothing; `agrees`: how surely it
    is a yes that hangs on nothing.

    `plain`: words say yes; `booked`: they tell to leave it booked; `drops`: they tell that nothing is wanted;
    `names`: a thing, a person, a place or a way to pay is told; `outweighs`: it is certain whatever is told;
    `asks`: a question stands beside it; `awaits`: somebody waits for what was summed up; `words`: what was written.
    """

    kind: str
    confidence: float
    agrees: float
    plain: bool = False
    booked: bool = False
    drops: bool = False
    names: bool = False
    outweighs: bool = False
    asks: bool = False
    awaits: bool = False
    words: str = ""


def heard(text: str, said: Sequence[Fact], situation: Situation) -> Reply | None:
    """The reply to a summary. None where nothing is to be confirmed, and where a plain yes, no or fact says it all."""
    if situation.asks != "confirm" or _is_plain(text, said, situation):
        return None
    if (spelled_out := _spelled_out(text, said, situation)) is not None:
        return spelled_out
    to = doubts.summed_up(situation)
    named = [text[fact.start : fact.end] for fact in said]
    text = _behind_a_pause(_without_asides(text, said))
    if not any(letter.isalnum() for letter in text):
        return None
    told = _without_waiting(text)
    awaits = told != text
    decided = _beside_its_questions(told, to, situation.language)
    agrees = 0.0 if _is_doubtful(decided, to, said, situation) else _agrees(decided, to, situation.language)
    asks = "?" in text or decided != told
    plain = doubts.agrees_plainly(decided, situation)
    strange = not plain and assenting.is_strange(decided, [*named, *words("tag_words")])
    if strange and agrees < _STRANGE:
        agrees = 0.0
    plain = plain or (asks and decided != told and agrees >= _STRANGE and not strange)
    assented = pattern("assent").match(fold(decided).strip()) is not None if asks else has("assent", fold(decided))
    plain = plain or (assented and agrees >= _WORDED)
    leaves = 0.0 if plain or asks or to == "cancellation" else _leaves(text, said, situation)
    if agrees >= _YES[to] and (plain or not asks) and leaves < _SURELY_LEAVES:
        booked = doubts.is_to_be_booked(decided, situation)
        comes = has("will_be_there", fold(decided))
        return Reply("yes", agrees, agrees, plain or comes, booked, asks=asks, awaits=awaits)
    judged = dict(replies.judge(text, to, situation.language))
    judged["no"] = max(judged["no"], leaves if leaves >= _LEAVES else 0.0)
    kind = max(judged, key=judged.__getitem__)
    refuses_one = any(fact.negated for fact in said) and judged[kind] < _BEYOND
    return Reply(
        kind if kind != "yes" and judged[kind] >= _SURE else "",
        judged[kind],
        agrees,
        plain,
        drops=has("drops_it", fold(text)),
        names=any(fact.kind in _NAMED for fact in said),
        outweighs=judged[kind] >= _CERTAIN.get(kind, 1.0) and not refuses_one,
        awaits=awaits,
        words=text.strip(),
    )


def _agrees(decided: str, to: Summary, language: str) -> float:
    """How surely it is a yes; so few words as "show", "lovely, thanks" say it to a cancellation as to anything else."""
    agrees = replies.judge(decided, to, language)["yes"]
    if to == "cancellation" and len(decided.split()) <= _FEW:
        agrees = max(agrees, replies.judge(decided, "summary", language)["yes"])
    return agrees


def _is_doubtful(decided: str, to: Summary, said: Sequence[Fact], situation: Situation) -> bool:
    """Whether something keeps a yes open, so that the classifier need not be asked for one."""
    if doubts.hangs(decided, situation) or verdicts.edits(fold(decided), said, situation):
        return True
    return has("cannot_fetch", fold(decided)) if to != "cancellation" else not doubts.may_cancel(decided, situation)


def _leaves(text: str, said: Sequence[Fact], situation: Situation) -> float:
    """How surely somebody gives up as before the summary; who tells another time, or takes a thing off, does not."""
    if any(fact.kind == "time" or (fact.kind == "product" and fact.value["mode"] == "remove") for fact in said):
        return 0.0
    return steps.judge(text, situation.language).get("gives_up", 0.0)


def _spelled_out(text: str, said: Sequence[Fact], situation: Situation) -> Reply | None:
    """What set phrases decide by themselves, without the classifier."""
    if doubts.plays_a_program(text):
        return Reply("", 0.0, 0.0)
    folded = fold(text).strip(_AROUND)
    if pattern("startles").fullmatch(folded) or (not said and has("needs_no_person", folded)):
        return Reply("aside", 1.0, 0.0)
    if has("all_well", folded) or _takes_this_too(text, situation) or moving.tells_to_move(text, said, situation):
        return Reply("yes", 1.0, 1.0, plain=True)
    return None


def _is_plain(text: str, said: Sequence[Fact], situation: Situation) -> bool:
    """ "Sim", "não, obrigada", "isso, 16h com a Ana", and what is said beside the matter."""
    told = clauses.split(text, situation.language)
    return bool(told) and all(
        _is_bare(clause) or clause.settled or _is_aside(clause, situation) or _only_facts(clause, said)
        for clause in told
    )


def _takes_this_too(text: str, situation: Situation) -> bool:
    """ "O outro também", "sim, esse também", beside nothing but a yes."""
    told = [clause for clause in clauses.split(text, situation.language) if not (clause.bare and clause.yes)]
    return len(told) == 1 and pattern("this_too").fullmatch(fold(told[0].text).strip(_AROUND)) is not None


def _is_bare(clause: clauses.Clause) -> bool:
    return clause.bare and (clause.yes or clause.no or clause.greets or clause.thanks)


def _is_aside(clause: clauses.Clause, situation: Situation) -> bool:
    """Said beside the matter; what merely sounds glad may be a yes: "órale"."""
    aside = asides.aside(clause, situation)
    return aside is not None and aside[0] != "smalltalk"


def _only_facts(clause: clauses.Clause, said: Sequence[Fact]) -> bool:
    inside = [(fact.start, fact.end) for fact in said if clause.start <= fact.start < clause.end]
    if any(fact.kind == "delivery" for fact in said):  # "send it over" agrees to what is summed up
        return False
    small = words("fillers") | words("articles")
    told = [found.span() for found in pattern("actually").finditer(fold(clause.text))]  # "en realidad el viernes"
    told = [(clause.start + start, clause.start + end) for start, end in told]
    return bool(inside) and clause.rest([*inside, *told]) <= small


def _without_asides(text: str, said: Sequence[Fact]) -> str:
    """The text without what changes nothing: "outro dia eu remarco", "deixa a sobrancelha pra lá"."""
    places = [fact.start for fact in said if fact.kind in asides.OF_THE_MATTER]
    for cue in _ASIDES:
        for found in pattern(cue).finditer(fold(text)):
            if cue == "lets_that_go" and any(found.start() <= place < found.end() for place in places):
                continue
            text = f"{text[: found.start()]}{' ' * len(found.group())}{text[found.end() :]}"
    return text


def _without_waiting(text: str) -> str:
    """ "Pode mandar, tô aqui esperando": the part that decides."""
    parts = [part for part in _PART.split(text) if any(letter.isalnum() for letter in part)]
    kept = [part for part in parts if pattern("only_waits").fullmatch(fold(part).strip(_AROUND)) is None]
    return ", ".join(kept) if kept and len(kept) < len(parts) else text


def _behind_a_pause(text: str) -> str:
    """ "Ah wait, I can come after all": what follows is what is replied."""
    pause = _pause().match(fold(text))
    rest = text[pause.end() :] if pause else ""
    told = len(rest.split()) >= _SAYS_SOMETHING or any(sign.isdecimal() for sign in rest)
    return rest if told else text


@cache
def _pause() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:(?:ah|oh|no|nao)\W+)*(?:{alternatives('waits')})\s*[,.!…]+\s*")


def _beside_its_questions(text: str, to: Summary, language: str) -> str:
    """ "Perfeito, onde fica?": what is decided beside what is asked.

    All of it where only a question stands, or "ok, but …": what is asked there comes before any yes.
    """
    if any(_objects(asked.group()) for asked in _QUESTION.finditer(text)):
        return text
    text = _without_question_behind(text)

    def decided(asked: re.Match[str]) -> str:
        before = asked.group().rpartition(",")[0]
        return before if replies.judge(before, to, language).get("yes", 0.0) >= _YES[to] else " "

    rest = _QUESTION.sub(decided, text)
    return rest if any(letter.isalnum() for letter in rest) else text


def _without_question_behind(text: str) -> str:
    """ "Yh book it, how long will it take": what stands before a question without a mark."""
    behind = _question_behind().search(fold(text)) if "?" not in text else None
    return text[: behind.start()] if behind else text


@cache
def _question_behind() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w)\s*[,.!;\n]+\s*(?:{alternatives('checkout_asks_on')})")


def _objects(asked: str) -> bool:
    """Whether the question opens with "but", behind a comma or by itself."""
    return pattern("but").match(fold(asked.rpartition(",")[2]).strip(" ¿¡")) is not None
