"""What is wanted of an appointment that stands, where its name alone was taken for the wish for a new one.

"Me anulan la manicura?", "necesito dar de baja mi brushing": the service is one the customer has, and the classifier
hears everything but a booking in the words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from understanding.local.reading.heard import Heard
from understanding.local.reading.intent_groups import Judged

_CALLS_OFF = ("cancel_booking", "cancel_order", "opt_out", "forget")
_TAKEN_FOR = ("book", "unclear", "opt_out", "cancel_order", "change_order", "order", "out_of_scope")
_ONE_MORE = ("books", "one_more", "also", "one_more_for", "somebody_wants", "puts_in", "for_another", "another_one")
_ENOUGH = 0.4


def act(heard: Heard, name: str, ranked: Sequence[Judged]) -> str | None:
    """`cancel_booking`, `reschedule` or `my_bookings`, where the words are of what stands; else None."""
    if name not in _TAKEN_FOR or heard.flow not in (None, "my_bookings") or any(map(heard.has, _ONE_MORE)):
        return None
    likely = dict(ranked)
    if name == "book" and (heard.asked or heard.has("wants_to_know")) and _is_looked_up(likely):
        return "my_bookings"
    if not names_own(heard):
        return None
    if heard.has("shifts_by"):
        return "reschedule"
    if heard.has("cancels") and not heard.asked:
        return "cancel_booking"
    off, moved = sum(likely.get(each, 0.0) for each in _CALLS_OFF), likely.get("reschedule", 0.0)
    if off + moved < _ENOUGH or off + moved <= 2 * likely.get("book", 0.0):
        return None
    return "cancel_booking" if heard.has("cancels") or off > moved else "reschedule"


def _is_looked_up(likely: Mapping[str, float]) -> bool:
    """ "Queria saber se ainda tô marcada com a Ana essa semana": it is asked what stands."""
    return likely.get("my_bookings", 0.0) > max(_ENOUGH, 2 * likely.get("book", 0.0))


def names_own(heard: Heard) -> bool:
    """Whether a service is named that stands booked, and no other: "ya no quiero el brushing", too."""
    services = [fact.value for fact in heard.said if fact.kind == "service"]
    own = {_service(one) for one in heard.situation.standing}
    return bool(services) and all(own & set(each if isinstance(each, list) else [each]) for each in services)


def _service(one: Mapping[str, object]) -> str:
    return str(one["service"])
