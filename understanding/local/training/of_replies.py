"""The reply classifier as a subject: whether an answer to a summary is a yes, a no, a pause, a change, a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from understanding.local import replies
from understanding.local.classifier import weights
from understanding.local.classifier.reply_features import SUMMARIES, Summary, features
from understanding.local.text.language import LOCALES
from understanding.local.training import utterances
from understanding.local.training.assess import answered, confusions, curve, winner
from understanding.local.training.subjects import Judged, Kept, Subject
from understanding.local.training.utterances import Utterance

_PRECISIONS = (0.98, 0.99)
_LOCALE = {locale[:2]: locale for locale in LOCALES}
_ALWAYS = {
    "wait": "hold",
    **dict.fromkeys(("human", "complaint", "out_of_scope", "smalltalk"), "other"),
    **dict.fromkeys(("greet", "opt_in", "opt_out"), "other"),
    **dict.fromkeys(("prices", "hours", "address", "payment", "delivery", "faq"), "question"),
    **dict.fromkeys(("catalog", "my_bookings", "order_status"), "question"),
}  # fmt: skip
"""Intents whose messages are the same reply to whatever was summed up."""
_UNRELATED = ("other", "summary")
_TO_A_SUMMARY = {"affirm": "yes", "deny": "no", "forget": "no", "change_order": "change", "reschedule": "change"}
_TO: Mapping[str, Summary] = {to: to for to in SUMMARIES}


def _beside() -> list[Utterance]:
    """The intents' messages, as replies; and what has nothing to do with one summary, as a reply to the other."""
    found = [one._replace(to="cancellation") for one in utterances.replies() if (one.label, one.to) == _UNRELATED]
    for one in utterances.messages():
        if one.label in _ALWAYS:
            found += [one._replace(label=_ALWAYS[one.label], to=to) for to in ("summary", "cancellation")]
        elif one.label in _TO_A_SUMMARY:
            found.append(one._replace(label=_TO_A_SUMMARY[one.label], to="summary"))
    return found


def _seen(utterance: Utterance) -> set[str]:
    return features(utterance.text, _TO[utterance.to], _LOCALE[utterance.language])


def _curves(judged: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """Of each label's chance, as a reply to each kind of summary."""
    return {
        f"{to}.{label}": curve([(one.chances[label], one.utterance.label == label) for one in _of(judged, to=to)])
        for to in _TO
        for label in replies.REPLIES
    }


def _report(judged: Sequence[Judged]) -> str:
    """Accuracy of each label and coverage of the yes, in each language, and the commonest confusions."""
    lines = [
        line for to in _TO for language in sorted(_LOCALE) for line in _told(_of(judged, to, language), to, language)
    ]
    wrong = ((f"{one.utterance.to}: {one.utterance.label}", winner(one.chances)[0], one.utterance.text)
             for one in judged if winner(one.chances)[0] != one.utterance.label)  # fmt: skip
    return "\n".join([*lines, *confusions(wrong)])


def _told(judged: Sequence[Judged], to: str, language: str) -> Iterator[str]:
    if not judged:
        return
    shares = (
        f"{label} {_accuracy([one for one in judged if one.utterance.label == label]):.0%}" for label in replies.REPLIES
    )
    yield f"{language}, replies to a {to}: {len(judged)}, {_accuracy(judged):.1%} right ({', '.join(shares)})"
    pairs = [(one.chances["yes"], one.utterance.label == "yes") for one in judged]
    agreed = sum(right for _, right in pairs)
    heard = (f"{answered(pairs, share) * share / agreed:.1%} at {share:.0%}" for share in _PRECISIONS)
    yield f"    yes heard at a precision: {', '.join(heard)}"


def _accuracy(judged: Sequence[Judged]) -> float:
    return sum(winner(one.chances)[0] == one.utterance.label for one in judged) / (len(judged) or 1)


def _of(judged: Sequence[Judged], to: str, language: str | None = None) -> list[Judged]:
    return [one for one in judged if one.utterance.to == to and language in (None, one.utterance.language)]


SUBJECT = Subject(
    weights.REPLIES, utterances.replies, _beside, utterances.with_slips, _seen, Kept(50_000, least=8), _curves, _report
)
