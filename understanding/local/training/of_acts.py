"""The classifier of acts as a subject: what a message does while no question waits, in the state it is said in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from understanding.local.classifier import weights
from understanding.local.classifier.reply_features import features_in_state
from understanding.local.text.language import LOCALES
from understanding.local.training import utterances
from understanding.local.training.assess import answered, confusions, curve, winner
from understanding.local.training.subjects import Judged, Kept, Subject
from understanding.local.training.utterances import Utterance

_PRECISIONS = (0.9, 0.95, 0.98)
_LOCALE = {locale[:2]: locale for locale in LOCALES}
_OF_INTENTS = {
    "book": "book", "order": "order", "reschedule": "move", "cancel_booking": "cancel_booking",
    "my_bookings": "own_when", "order_status": "order_status", "change_order": "change_order",
    "cancel_order": "cancel_order", "catalog": "ask_done", "stock": "ask_done", "professionals": "ask_who",
    "prices": "ask_price", "hours": "ask_hours", "address": "ask_where", "payment": "ask_payment",
    "delivery": "ask_delivery", "faq": "ask_other", "who_are_you": "abilities", "human": "human",
    "complaint": "complaint", "opt_out": "opt_out", "repeat": "repeat", "thanks": "thanks", "goodbye": "thanks",
    "greet": "smalltalk", "smalltalk": "smalltalk", "out_of_scope": "outside", "opt_in": "opt_in",
}  # fmt: skip
"""Intents whose messages are an act of a first message."""
_AS_IT_IS = (1.0, 0.0)


def _beside() -> list[Utterance]:
    return [
        one._replace(label=_OF_INTENTS[one.label], to="new")
        for one in utterances.messages()
        if one.label in _OF_INTENTS
    ]


def _seen(one: Utterance) -> set[str]:
    return features_in_state(one.text, one.to, _LOCALE[one.language])


def _curves(judged: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """Of each act's chance; what is only learnt beside is taken as it is."""
    told = {one.utterance.label for one in judged}
    return {
        act: curve([(one.chances[act], one.utterance.label == act) for one in judged]) if act in told else _AS_IT_IS
        for act in judged[0].chances
    }


def _report(judged: Sequence[Judged]) -> str:
    """Accuracy in each state and language, how many acts are told surely, and the commonest confusions."""
    lines = [line for language in sorted(_LOCALE) for line in _told(judged, language)]
    wrong = (
        (f"{one.utterance.to}: {one.utterance.label}", winner(one.chances)[0], one.utterance.text)
        for one in judged
        if not _right(one)
    )
    return "\n".join([*lines, *confusions(wrong)])


def _told(judged: Sequence[Judged], language: str) -> Iterator[str]:
    own = [one for one in judged if one.utterance.language == language]
    for state in dict.fromkeys(one.utterance.to for one in own):
        here = [one for one in own if one.utterance.to == state]
        pairs = [(winner(one.chances)[1], _right(one)) for one in here]
        heard = (f"{answered(pairs, share) / len(here):.1%} at {share:.0%}" for share in _PRECISIONS)
        right = sum(map(_right, here)) / len(here)
        yield f"acts, {language}, {state}: {len(here)}, {right:.1%} right; told at a precision: {', '.join(heard)}"


def _right(judged: Judged) -> bool:
    return winner(judged.chances)[0] == judged.utterance.label


SUBJECT = Subject(
    weights.ACTS, utterances.acts, _beside, utterances.with_slips, _seen, Kept(60_000, least=6), _curves, _report
)
