"""A house that sells and books: which of the two words fit that are said of both."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Affirm, Command, Fill, Start
from domain.ports import Situation

_OF_A_BOOKING = ("service", "time", "professional")


def told(commands: Sequence[Command], situation: Situation) -> list[Command]:
    """ "The same as last time" of an order where only orders stand; "when is mine? I lost track" of an appointment."""
    if Start("my_bookings") in commands and not situation.ordered:
        commands = [each for each in commands if each != Start("order_status")]
    if Start("my_bookings") in commands and not any(isinstance(each, Fill) for each in commands):
        commands = [each for each in commands if each != Start("book")]  # "when was mine? I don't remember a thing"
    details = {each.slot for each in commands if isinstance(each, Fill)}
    again = Start("book") in commands and "last" in details and not details.intersection(_OF_A_BOOKING)
    if again and situation.ordered and not situation.standing:
        kept = [each for each in commands if each not in (Start("book"), Fill("for_another", True))]
        return [Start("order"), *kept]
    if situation.asks == "confirm" and Affirm() in commands and not {"people", *_OF_A_BOOKING} & details:
        return [each for each in commands if each != Fill("together", True)]  # "yes, so I take them together"
    return list(commands)
