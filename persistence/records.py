"""Everything a turn may read or write in the business's books, in one hand."""

from __future__ import annotations

from persistence.binding import Binding
from persistence.bookings import Bookings
from persistence.customers import Customers
from persistence.handoffs import Handoffs
from persistence.orders import Orders
from persistence.questions import Questions


class Records:
    """The implementation of `domain.ports.Records` on one unit's connection."""

    def __init__(self, binding: Binding) -> None:
        self.bookings = Bookings(binding)
        self.orders = Orders(binding)
        self.customers = Customers(binding)
        self.handoffs = Handoffs(binding)
        self.questions = Questions(binding)
