"""The order book: stock moves with the order, never below zero, and every write happens once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from domain.business import Business
from domain.clock import StandingClock
from domain.errors import Impossible
from domain.messages import Parsed
from domain.ports import Order, OrderDraft, OrderLine, Pending, Records, Unit
from engine.turn import Answer
from persistence.database import Database
from tests.integration.conftest import OpenBooks, OpenChat
from tests.twins.engine import Engine, message, said


def draft(*lines: tuple[str, int], payment: str = "pix") -> OrderDraft:
    items = tuple(OrderLine(product, quantity, Decimal("10.00")) for product, quantity in lines)
    total = sum((line.price * line.quantity for line in items), Decimal(0))
    delivery = {"method": "delivery", "zone": "Centro", "address": "Rua A, 1", "fee": "8.00"}
    return OrderDraft(items, delivery, payment, None, total)


async def stock(books: Records, product: str) -> int:
    return (await books.orders.shelf())[product][1]


async def test_an_order_takes_its_stock_and_reads_back_as_placed(open_chat: OpenChat, open_books: OpenBooks) -> None:
    chat = await open_chat("pet-feliz")
    wanted = draft(("racao-golden-15", 2), ("bola", 1))
    async with open_books(chat) as books:
        placed = await books.orders.place(wanted, "a")
    async with open_books(chat) as books:
        assert list(await books.orders.mine()) == [placed]
        assert (await stock(books, "racao-golden-15"), await stock(books, "bola")) == (10, 39)
    assert (placed.items, placed.delivery, placed.total) == (wanted.items, wanted.delivery, Decimal("30.00"))
    assert placed.created_at.isoformat() == "2026-03-10T10:00:00-03:00"


async def test_stock_never_falls_below_zero_when_many_buy_at_once(open_chat: OpenChat, open_books: OpenBooks) -> None:
    async def buy(number: int) -> Order | Impossible:
        chat = await open_chat("pet-feliz", f"551198888{number:04}")
        try:
            async with open_books(chat) as books:
                return await books.orders.place(draft(("racao-premier-filhote", 2), ("bola", 1)), "a" + str(number))
        except Impossible as refusal:
            return refusal

    outcomes = await asyncio.gather(*(buy(number) for number in range(6)))
    refused = [outcome for outcome in outcomes if isinstance(outcome, Impossible)]
    assert [refusal.facts for refusal in refused] == [{"product": "racao-premier-filhote", "stock": 1}] * 4
    async with open_books(await open_chat("pet-feliz")) as books:
        assert (await stock(books, "racao-premier-filhote"), await stock(books, "bola")) == (1, 38)


async def test_the_same_key_orders_once_even_when_it_emptied_the_shelf(
    open_chat: OpenChat, open_books: OpenBooks
) -> None:
    chat = await open_chat("pet-feliz")
    placed = []
    for _ in range(2):
        async with open_books(chat) as books:
            placed.append(await books.orders.place(draft(("racao-premier-filhote", 5)), "a"))
    assert placed[0] == placed[1]


async def test_the_same_key_takes_stock_once(open_chat: OpenChat, open_books: OpenBooks) -> None:
    chat = await open_chat("pet-feliz")
    for _ in range(2):
        async with open_books(chat) as books:
            await books.orders.place(draft(("bola", 5)), "a")
    async with open_books(chat) as books:
        assert (await stock(books, "bola"), len(await books.orders.mine())) == (35, 1)


async def test_a_changed_order_gives_back_and_takes_only_the_difference(
    open_chat: OpenChat, open_books: OpenBooks
) -> None:
    chat = await open_chat("pet-feliz")
    async with open_books(chat) as books:
        placed = await books.orders.place(draft(("racao-golden-15", 2), ("bola", 1)), "a")
    for _ in range(2):
        async with open_books(chat) as books:
            changed = await books.orders.change(
                placed.id, draft(("racao-golden-15", 3), ("petisco", 1), payment="cash"), "b"
            )
    assert [(line.product, line.quantity) for line in changed.items] == [("racao-golden-15", 3), ("petisco", 1)]
    assert (changed.number, changed.payment, changed.total) == (placed.number, "cash", Decimal("40.00"))
    async with open_books(chat) as books:
        assert [await stock(books, p) for p in ("racao-golden-15", "bola", "petisco")] == [9, 40, 19]


async def test_a_change_the_shelf_cannot_serve_changes_nothing(open_chat: OpenChat, open_books: OpenBooks) -> None:
    async with open_books(await open_chat("pet-feliz")) as books:
        placed = await books.orders.place(draft(("bola", 1)), "a")
        with pytest.raises(Impossible, match="out_of_stock"):
            await books.orders.change(placed.id, draft(("coleira-m", 1)), "b")
        with pytest.raises(Impossible, match="out_of_stock"):
            await books.orders.place(draft(("no-such-thing", 1)), "c")
        assert list(await books.orders.mine()) == [placed]


async def test_a_cancelled_order_gives_its_stock_back_once(open_chat: OpenChat, open_books: OpenBooks) -> None:
    async with open_books(await open_chat("pet-feliz")) as books:
        placed = await books.orders.place(draft(("bola", 4)), "a")
        for key in ("b", "c"):
            assert (await books.orders.cancel(placed.id, key)).status == "cancelled"
        assert await stock(books, "bola") == 40
        with pytest.raises(Impossible, match="too_late"):
            await books.orders.change(placed.id, draft(("bola", 1)), "d")


async def test_an_order_on_its_way_is_too_late_to_cancel(
    open_chat: OpenChat, open_books: OpenBooks, database: Database
) -> None:
    chat = await open_chat("pet-feliz")
    async with open_books(chat) as books:
        placed = await books.orders.place(draft(("bola", 4)), "a")
    async with database.transaction("pet-feliz") as connection:
        await connection.execute("UPDATE orders SET status = 'on_the_way'")
    async with open_books(chat) as books:
        with pytest.raises(Impossible, match="too_late"):
            await books.orders.cancel(placed.id, "b")
        with pytest.raises(Impossible, match="not_found"):
            await books.orders.cancel("1001", "b")


async def test_what_is_neither_received_nor_cancelled_stands_newest_first(
    open_chat: OpenChat, open_books: OpenBooks, database: Database, clock: StandingClock
) -> None:
    chat, before = await open_chat("pet-feliz"), clock.now() - timedelta(seconds=1)
    async with open_books(chat) as books:
        placed = [await books.orders.place(draft(("bola", 1)), key) for key in "abcd"]
        await books.orders.cancel(placed[3].id, "e")
    async with database.transaction("pet-feliz") as connection:
        for order, status in ((placed[0], "on_the_way"), (placed[1], "delivered")):
            await connection.execute("UPDATE orders SET status = %s WHERE id = %s", [status, order.id])
    async with open_books(chat) as books:
        assert [order.id for order in await books.orders.standing(before)] == [placed[2].id, placed[0].id]
        assert await books.orders.standing(clock.now()) == []
    async with open_books(await open_chat("pet-feliz", "5511977776666")) as books:
        assert await books.orders.standing(before) == []


async def test_a_turn_starts_with_the_orders_that_stand(
    database: Database, businesses: Mapping[str, Business], clock: StandingClock
) -> None:
    engine, known = Engine(database, businesses, clock), []

    async def orders(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
        known.append(pending.ordered)
        await unit.records.orders.place(draft(("bola", len(known))), f"{len(known)}")
        return said("Anotado.")

    for _ in range(3):
        await engine.receiver.receive(Parsed(messages=(message("bolinha", account="100000000000002"),)))
        await engine.turns(orders)
    assert [[line.quantity for order in each for line in order.items] for each in known] == [[], [1], [2, 1]]
