"""Puts a dialogue's rows into its world: appointments and orders that exist before anybody writes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from domain.messages import Alias
from evals.format import Seed, SeededOrder
from evals.world import World


async def seed(world: World, rows: Seed) -> None:
    """Writes the rows, then remembers those of other customers."""
    for booking in rows.bookings:
        await book(world, booking.customer, booking.service, booking.professional, booking.start, status=booking.status)
    for order in rows.orders:
        await _order(world, order)
    await world.remember_others()


async def book(
    world: World, phone: str, service: str, professional: str, start: datetime, status: str = "confirmed"
) -> None:
    """An appointment of whoever has this phone, at a local time."""
    now, scene = world.clock.now(), world.engine.scene
    customer = await scene.meet(Alias("phone", phone), None, now)
    await scene.book(customer, service, professional, world.instant(start), status, now)


async def _order(world: World, order: SeededOrder) -> None:
    now, scene = world.clock.now(), world.engine.scene
    customer = await scene.meet(Alias("phone", order.customer), None, now)
    prices = {product.id: product.price for product in world.business.products}
    lines = [(line.product, line.quantity, prices[line.product]) for line in order.items]
    fee = order.delivery.fee or Decimal(0)
    total = order.total if order.total is not None else sum((n * price for _, n, price in lines), fee)
    delivery = order.delivery.model_dump(mode="json", exclude_none=True)
    await scene.order(customer, lines, delivery, order.payment, order.change_for, total, order.status, now)
