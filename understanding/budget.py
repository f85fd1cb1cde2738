"""What a business's models may cost a day: looked at before a call, added to after it, in the database all share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import structlog

from domain.business import Business
from domain.clock import Clock
from domain.errors import BudgetSpent, ModelError, Unavailable
from domain.ports import Spending, Usage

log = structlog.get_logger("models")


class Budget:
    """The day is the business's own. `default` is BRL for each business that does not say its own; None: no limit.

    What calls under way will cost is known only after them: together they may overdraw the budget.
    """

    def __init__(self, spending: Spending, clock: Clock, default: Decimal | None) -> None:
        self._spending, self._clock, self._default = spending, clock, default
        self._spent: dict[str, tuple[date, Decimal]] = {}  # business → the day and budget of which nothing is left

    async def check(self, business: Business) -> None:
        """Raises BudgetSpent when nothing is left for today; logged once a day, by the first on any machine."""
        own = business.model.budget_per_day
        budget = self._default if own is None else own
        if budget is None:
            return
        day = self._today(business)
        if self._spent.get(business.id) != (day, budget) and await self._has_left(business, day, budget):
            return
        self._spent[business.id] = day, budget
        raise BudgetSpent("the day's budget is spent")

    async def count(self, business: Business, usage: Usage) -> None:
        """Adds what an answer cost, committed at once: a turn that fails later has cost it all the same."""
        if not usage.cost:
            return
        try:
            await self._spending.add(business.id, self._today(business), usage.cost)
        except Unavailable:
            log.error("model_cost_not_counted", tenant=business.id, cost=f"{usage.cost:f}")

    async def _has_left(self, business: Business, day: date, budget: Decimal) -> bool:
        try:
            if await self._spending.spent(business.id, day) < budget:
                return True
            first = await self._spending.refuse(business.id, day)
        except Unavailable as error:
            raise ModelError("nobody knows what was spent") from error
        if first:
            log.warning("model_budget_spent", tenant=business.id, day=day.isoformat(), budget=f"{budget:f}")
        return False

    def _today(self, business: Business) -> date:
        return self._clock.now().astimezone(business.zone).date()
