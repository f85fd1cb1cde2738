"""What a customer's words ask for: the only language understanders speak and flows hear.

An understander turns text into a list of these; it never acts. Each command carries its `name`, so that plain data
(`as_dict`) can be kept in a checkpoint and validated when a model wrote it (`from_dict`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a flow: book, reschedule, cancel_booking, my_bookings, order, change_order, order_status, cancel_order."""

    name: ClassVar[str] = "start"
    flow: str


@dataclass(frozen=True, slots=True)
class Fill:
    """A fact for a slot of the current flow. Shapes of `value` are listed in `SLOT_VALUES`."""

    name: ClassVar[str] = "fill"
    slot: str
    value: Any


@dataclass(frozen=True, slots=True)
class Correct:
    """A fact that replaces an earlier one ("não é quinta, é sexta"). `old` is the value taken back, when named."""

    name: ClassVar[str] = "correct"
    slot: str
    value: Any
    old: Any = None


@dataclass(frozen=True, slots=True)
class Reject:
    """The value is not wanted, everything else stands ("não quero esse"). `slot` None: what was just offered."""

    name: ClassVar[str] = "reject"
    slot: str | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give up the current flow ("esquece"). It never cancels a booking or order by itself."""

    name: ClassVar[str] = "cancel"


@dataclass(frozen=True, slots=True)
class Affirm:
    """Yes."""

    name: ClassVar[str] = "affirm"


@dataclass(frozen=True, slots=True)
class Deny:
    """No."""

    name: ClassVar[str] = "deny"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question. Topics: prices, hours, address, payment, catalog, services, professionals, delivery, stock, duration,
    total, why (why is this datum needed), faq (anything else). `about` holds what it speaks of: {"service"|"product":
    ids, "professional"|"zone": id, "day": ISO date, "weekdays": ["sat"], "now"|"holiday"|"unlisted": true,
    "text": the customer's words}."""

    name: ClassVar[str] = "ask"
    topic: str
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Human:
    """A person is wanted or needed. `reason`: asked, complaint, urgent, keyword, stuck, error, policy."""

    name: ClassVar[str] = "human"
    reason: str = "asked"


@dataclass(frozen=True, slots=True)
class Smalltalk:
    """Talk that asks for nothing.

    Kinds: greet, goodbye, thanks, how_are_you, compliment, laugh, who_are_you, which_house, abilities,
    go_ahead ("tenho uma dúvida"), dear ("tá caro"), other.
    """

    name: ClassVar[str] = "smalltalk"
    kind: str = "other"


@dataclass(frozen=True, slots=True)
class Repeat:
    """Say it again."""

    name: ClassVar[str] = "repeat"


@dataclass(frozen=True, slots=True)
class Wait:
    """The customer asks for a moment."""

    name: ClassVar[str] = "wait"


@dataclass(frozen=True, slots=True)
class OptOut:
    """No more messages, please."""

    name: ClassVar[str] = "opt_out"


@dataclass(frozen=True, slots=True)
class OptIn:
    """Messages are welcome again."""

    name: ClassVar[str] = "opt_in"


@dataclass(frozen=True, slots=True)
class Unclear:
    """Not understood. `options` are the likeliest readings (intent names), at most three, best first; `text` the
    words, when there is more to them than a thing's name: a passage may know."""

    name: ClassVar[str] = "unclear"
    options: tuple[str, ...] = ()
    text: str = ""


Command = (
    Start
    | Fill
    | Correct
    | Reject
    | Cancel
    | Affirm
    | Deny
    | Ask
    | Human
    | Smalltalk
    | Repeat
    | Wait
    | OptOut
    | OptIn
    | Unclear
)

COMMANDS: dict[str, type[Command]] = {
    kind.name: kind
    for kind in (
        Start, Fill, Correct, Reject, Cancel, Affirm, Deny, Ask, Human, Smalltalk, Repeat, Wait, OptOut, OptIn, Unclear,
    )
}  # fmt: skip

SLOT_VALUES: dict[str, str] = {
    "service": "a service id",
    "professional": 'a professional id, "any", "last" (as last time), or "other" (than whom the appointment is with)',
    "time": "a list of {kind, start, end, grain, has_date, has_time, ambiguous, why, text}: ISO datetimes with offset; "
    "kinds moment, interval, after, before",
    "excluded": "like time: what is not wanted; with `weekly` true every such weekday, a part of the day alone on each",
    "earliest": "true: the first free time will do",
    "latest": "true: the last free time of the day",
    "shift": "earlier | later: another time of the same day, before or after the one spoken of",
    "more": "a list of what is wanted beside the first service: service ids, or {service, time, professional} where "
    "something was told of it; empty: nothing",
    "people": "how many people want the service, when it is more than one",
    "together": "true: all of them at the same hour",
    "for_another": "true: this one is for somebody else than the customer's other appointments (a child, another dog)",
    "series": "true: wished for every week, the first of them is booked",
    "items": "a list of {product, quantity, mode}: a product id, a positive integer, and set | add | remove | keep",
    "another": "true: something more goes into the order, not yet told what",
    "quantity": "a positive integer for the item spoken of",
    "delta": "an integer to add to the quantity of the item spoken of (negative: take off)",
    "factor": "an integer to multiply the quantity of the item spoken of with",
    "nobody": "the name of somebody asked for who does not work here",
    "unlisted": "the customer's word for a service asked for that is not offered here",
    "not_sold": "the customer's word for a thing wanted beside others that is not sold here",
    "postpone": "minutes to move the appointment spoken of (negative: earlier)",
    "same_hour": "true: the appointment's own hour, on the day said",
    "same_weekday": "true: the appointment's own weekday and hour, in the week said",
    "both": "true: every one of the things asked about last, or summed up; false: only the one summed up first",
    "delivery": "pickup | delivery",
    "zone": "a delivery zone as written",
    "address": "a street address as written",
    "house": "the number of the house alone, as written, missing or wrong in the address told",
    "complement": "a part of the address beside the street, as written: a flat, a landmark, who takes it",
    "payment": "pix | card_on_delivery | cash | other (none of them) | several (more than one)",
    "change_for": 'an amount of money such as "100.00"; null: no change is needed',
    "old_time": "like time: when the appointment spoken of is now",
    "order_number": "the short number of an order",
    "own": 'true: the service named is that of an appointment the customer has ("my manicure"), if one stands; '
    "false: one more, beside the one that is being moved",
    "which": "first | last | other: of the customer's orders, by when they were placed; other: not the one summed up; "
    "a product id, pickup or delivery: the one that holds it, or is received so",
    "name": "the customer's name",
    "email": "the customer's e-mail",
    "option": "the id of a tapped option, or the 1-based number of a listed one",
    "last": "true: the same as last time",
    "refuse": "true: the customer will not give the datum asked for",
}


def as_dict(command: Command) -> dict[str, Any]:
    """Plain data: `{"name": …, **fields}`."""
    return {"name": command.name, **asdict(command)}


def from_dict(data: Mapping[str, Any]) -> Command:
    """The inverse of `as_dict`. Raises ValueError for an unknown name or field."""
    kind = COMMANDS.get(str(data.get("name")))
    if kind is None:
        raise ValueError(f"unknown command {data.get('name')!r}")
    known = {item.name for item in fields(kind)}
    values = {key: value for key, value in data.items() if key != "name"}
    if set(values) - known:
        raise ValueError(f"command {kind.name} has no {sorted(set(values) - known)}")
    if kind is Unclear and "options" in values:
        values["options"] = tuple(values["options"])
    return kind(**values)
