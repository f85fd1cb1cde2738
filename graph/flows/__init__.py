"""Every flow, by name. Adding one is a file here, its tool in tools/, its dialogues in evals/dialogues/."""

from __future__ import annotations

from graph.flows import (
    book,
    cancel_booking,
    cancel_order,
    change_order,
    lead,
    my_bookings,
    order,
    order_status,
    reschedule,
)
from graph.flows.flow import Flow

FLOWS: dict[str, Flow] = {
    module.FLOW.name: module.FLOW
    for module in (
        book,
        reschedule,
        cancel_booking,
        my_bookings,
        order,
        change_order,
        order_status,
        cancel_order,
        lead,
    )
}
