"""A worker process made to be killed: `python -m tests.twins.doomed_worker URL FOLDER turn|delivery NOW`.

It works like any other until its turn has written a booking, or its provider has been asked to send. Then it touches a
file `reached` in FOLDER and waits for the end. With the file there already, it works to the end instead.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta
from pathlib import Path

from domain.business import Business, load_all
from domain.clock import StandingClock
from domain.messages import Destination, Outgoing, Sent
from domain.ports import Pending, Unit
from engine.turn import Answer
from engine.worker import Pace, Worker
from persistence.database import Database
from persistence.lanes import Lanes
from persistence.wakeup import Wakeup
from tests.twins.engine import Engine, SilentChannel, said

BUSINESSES = Path(__file__).parent.parent.parent / "businesses"


class Trap:
    """The place where the process waits to be killed."""

    def __init__(self, file: Path) -> None:
        self._file, self._armed = file, not file.exists()

    async def step_in(self) -> None:
        if self._armed:
            self._file.touch()
            await asyncio.Event().wait()


class DoomedChannel(SilentChannel):
    """Keeps what it sent in a file, which survives the process."""

    def __init__(self, file: Path, trap: Trap) -> None:
        super().__init__()
        self._file, self._trap = file, trap

    async def send(
        self, message: Outgoing, destination: Destination, callback: str, reply_to: str | None = None
    ) -> Sent:
        await self._trap.step_in()
        with self._file.open("a") as file:
            file.write(f"{message.text}\n")
        return Sent(callback)


async def main(url: str, folder: Path, kind: str, now: str) -> None:
    clock = StandingClock(datetime.fromisoformat(now))
    database = await Database.open(url)
    trap = Trap(folder / "reached")
    engine = Engine(database, load_all(BUSINESSES), clock)

    async def books(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
        start = now + timedelta(days=1)
        await unit.records.bookings.book("corte-feminino", "ana", start, start + timedelta(hours=1), "once")
        if kind == "turn":
            await trap.step_in()
        return said("marcado")

    engine.channel = DoomedChannel(folder / "sent", trap if kind == "delivery" else Trap(folder))
    async with Wakeup(url) as wakeup:
        engine.lanes = Lanes(database, wakeup)
        pace = Pace(lease=1.0, longest_rest=0.2)
        worker = Worker(engine.lanes, engine.runner(books).run, engine.deliverer().run, _nothing, pace)
        worker.stop_on_signals()
        await worker.run()
    await database.close()


async def _nothing() -> None: ...


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4]))
