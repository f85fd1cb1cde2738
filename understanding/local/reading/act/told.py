"""Which acts (see `understanding.local.acts`) the commands of a message tell."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Ask, Command, Correct, Fill, Smalltalk, Start

_OF_FLOWS = {
    "book": {"book", "lead", "add_service", "companion", "change_booking"},
    "reschedule": {"move", "change_booking"},
    "cancel_booking": {"cancel_booking"},
    "my_bookings": {"own_when", "keeps", "ask_who"},
    "order": {"order"},
    "change_order": {"change_order"},
    "order_status": {"order_status", "own_price"},
    "cancel_order": {"cancel_order"},
}
_OF_TOPICS = {
    "prices": {"ask_price"},
    "hours": {"ask_hours", "order_status"},
    "address": {"ask_where"},
    "payment": {"ask_payment"},
    "delivery": {"ask_delivery"},
    "catalog": {"ask_done", "outside"},
    "services": {"ask_done"},
    "stock": {"ask_done"},
    "professionals": {"ask_who"},
    "duration": {"ask_duration", "own_duration"},
    "total": {"own_price"},
    "why": {"ask_other"},
    "faq": {"ask_other", "late", "outside", "ask_done"},
}
_OF_TALK = {
    "thanks": {"thanks"},
    "goodbye": {"thanks"},
    "compliment": {"thanks", "smalltalk"},
    "who_are_you": {"abilities"},
    "which_house": {"abilities", "outside"},
    "go_ahead": {"abilities", "smalltalk", "ask_other"},
    "abilities": {"abilities"},
    "other": {"smalltalk", "outside"},
}
_OF_SLOTS = {
    "time": {"move"},
    "service": {"change_booking"},
    "professional": {"change_booking"},
    "more": {"add_service", "companion"},
}


_OF_OTHERS = {
    "human": {"human", "complaint"},
    "opt_out": {"opt_out"},
    "opt_in": {"opt_in"},
    "repeat": {"repeat"},
    "unclear": {"outside"},
    "affirm": {"thanks", "keeps"},
    "deny": {"thanks", "keeps", "smalltalk", "cancel_booking", "cancel_order"},
    "cancel": {"thanks", "keeps", "smalltalk", "cancel_booking", "cancel_order"},
}
HOUSE = frozenset({
    "ask_price", "ask_hours", "ask_where", "ask_payment", "ask_delivery", "ask_done", "ask_duration", "ask_who",
    "ask_other",
})  # fmt: skip
"""Questions to the house: which one it is, the things that are named tell better than the words around them."""


def acts(commands: Sequence[Command]) -> set[str]:
    """Every act that one of the commands may tell."""
    return set().union(*map(_acts, commands))


def _acts(command: Command) -> set[str]:
    match command:
        case Start(flow):
            return _OF_FLOWS.get(flow, set())
        case Ask("prices", about) if about.keys() & {"service", "product", "items"}:
            return {"ask_price", "own_price"}
        case Ask(topic):
            return _OF_TOPICS.get(topic, set())
        case Smalltalk(kind):
            return _OF_TALK.get(kind, {"smalltalk"})
        case Fill(slot) | Correct(slot):
            return _OF_SLOTS.get(slot, {"change_order"})
        case _:
            return _OF_OTHERS.get(command.name, set())
