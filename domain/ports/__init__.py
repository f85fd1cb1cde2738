"""What the inner layers need from the outer ones: small Protocols, implemented in persistence/ and channels/."""

from domain.ports.books import (
    Booking,
    Bookings,
    Customers,
    Handoffs,
    Order,
    OrderDraft,
    OrderLine,
    Orders,
    Profile,
    Questions,
    Records,
)
from domain.ports.channels import Channel, Webhook
from domain.ports.engine import Event, Inbox, Lanes, Lease, Letter, Outbox, Outcome, Pending, Row, Said, Unit, Units
from domain.ports.models import Function, ModelAnswer, ModelMessage, Models, Purpose, Reuse, ToolCall, Usage, summed
from domain.ports.understanding import Reading, Situation, Understander

__all__ = [
    "Booking",
    "Bookings",
    "Channel",
    "Customers",
    "Event",
    "Function",
    "Handoffs",
    "Inbox",
    "Lanes",
    "Lease",
    "Letter",
    "ModelAnswer",
    "ModelMessage",
    "Models",
    "Order",
    "OrderDraft",
    "OrderLine",
    "Orders",
    "Outbox",
    "Outcome",
    "Pending",
    "Profile",
    "Purpose",
    "Questions",
    "Reading",
    "Records",
    "Reuse",
    "Row",
    "Said",
    "Situation",
    "ToolCall",
    "Understander",
    "Unit",
    "Units",
    "Usage",
    "Webhook",
    "summed",
]
