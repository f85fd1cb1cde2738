"""Everything a turn may read or write in the business's books, in one hand."""

from __future__ import annotations

from domain import ports
from persistence.binding import Binding
from persistence.bookings import Bookings
from persistence.customers import Customers
from persistence.handoffs import Handoffs
from persistence.orders import Orders
from persistence.questions import Questions


class Records:
    """The implementation of `domain.ports.Records` on one unit's connection."""

    def __init__(self, binding: Binding) -> None:
        self.bookings: ports.Bookings = Bookings(binding)
        self.orders: ports.Orders = Orders(binding)
        self.customers: ports.Customers = Customers(binding)
        self.handoffs: ports.Handoffs = Handoffs(binding)
        self.questions: ports.Questions = Questions(binding)
