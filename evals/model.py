"""Who reads a dialogue's messages, and how a model is made to fail on command.

The local understander needs no model. With `cascade` and `model` the configured endpoint answers; whenever the dialogue
asks for a fault, a twin on the loopback interface does, through the real client as well.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import ModelError
from domain.ports import Reading, Situation, Understander
from evals.format import UnderstanderName
from evals.twins.openai_server import Failure, OpenAiServer, Text
from understanding.cascade import Cascade
from understanding.endpoint import Endpoint
from understanding.model import ModelUnderstander
from understanding.patience import Patience
from understanding.providers import Config, Providers


@dataclass(slots=True)
class Faults:
    """What is wrong with the model: it is down, or says this whatever it is asked. Neither: it answers as it likes."""

    down: bool = False
    answer: str | None = None


class FaultyModel:
    """A model that has faults when told to. `real` None: nobody configured one, so that it never has an answer."""

    def __init__(self, real: Understander | None, twin: Understander, server: OpenAiServer, faults: Faults) -> None:
        self._real, self._twin, self._server, self._faults = real, twin, server, faults

    async def read(self, texts: Sequence[str], situation: Situation) -> Reading:
        if self._faults.down:
            self._server.script(Failure(500))
        elif self._faults.answer is not None:
            self._server.script(Text(self._faults.answer))
        elif self._real is not None:
            return await self._real.read(texts, situation)
        else:
            raise ModelError("no model is configured")
        return await self._twin.read(texts, situation)


@asynccontextmanager
async def reader(
    name: UnderstanderName, local: Understander, faults: Faults, config: Config | None, clock: Clock
) -> AsyncIterator[Understander]:
    """The understander of this name; `faults` may change while it is used."""
    if name == "local":
        yield local
        return
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(OpenAiServer())
        faulty = Providers(Config((Endpoint("openai", "twin", server.url),), retries=0), clock)
        stack.push_async_callback(faulty.close)
        real = None
        if config is not None:
            models = Providers(config, clock)
            stack.push_async_callback(models.close)
            real = ModelUnderstander(models)
        model = FaultyModel(real, ModelUnderstander(faulty), server, faults)
        yield Cascade(local, model, Patience(clock), name)
