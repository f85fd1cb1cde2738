"""The mind of a dialogue: who reads its messages, answers its open questions, words its replies; and its faults.

The local understander needs no model. With `cascade` and `model` the configured providers answer, or their recordings
do; whenever the dialogue asks for a fault, a twin on the loopback interface does, through the real client as well.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from domain.business import Business
from domain.clock import Clock
from domain.errors import NoProvider
from domain.ports import ModelAnswer, ModelMessage, Models, Purpose, Understander
from evals.format import Dialogue
from evals.tape import Tape
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


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a model's answers come from: configured providers, or what is written by hand; a `tape` stands before."""

    config: Config | None = None
    by_hand: Models | None = None
    tape: Tape | None = None


@dataclass(frozen=True, slots=True)
class Mind:
    """Who understands; which models answer open questions, and which word replies. None: that is done without."""

    understander: Understander
    models: Models | None = None
    voice: Models | None = None


class FaultyModels:
    """Models that have faults when told to. `real` None: nobody configured one, so that there is never an answer."""

    def __init__(self, real: Models | None, twin: Models, server: OpenAiServer, faults: Faults) -> None:
        self._real, self._twin, self._server, self._faults = real, twin, server, faults

    async def ask(
        self, business: Business, purpose: Purpose, messages: Sequence[ModelMessage], **options: Any
    ) -> ModelAnswer:
        """See `domain.ports.Models`."""
        if self._faults.down:
            self._server.script(Failure(500))
        elif self._faults.answer is not None:
            self._server.script(Text(self._faults.answer))
        elif self._real is not None:
            return await self._real.ask(business, purpose, messages, **options)
        else:
            raise NoProvider("no model is configured")
        return await self._twin.ask(business, purpose, messages, **options)


def asks_models(dialogue: Dialogue) -> bool:
    """Whether it may ask a model at all."""
    return dialogue.understander != "local" or dialogue.voice


@asynccontextmanager
async def minded(
    dialogue: Dialogue, local: Understander, faults: Faults, sources: Sources, clock: Clock
) -> AsyncIterator[Mind]:
    """The mind a dialogue asks for; `faults` may change while it is used."""
    if not asks_models(dialogue):
        yield Mind(local)
        return
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(OpenAiServer())
        twin = Providers(Config((Endpoint("openai", "twin", server.url),), retries=0), clock)
        stack.push_async_callback(twin.close)
        real = sources.by_hand
        if real is None and sources.config is not None:
            providers = real = Providers(sources.config, clock)
            stack.push_async_callback(providers.close)
        models = FaultyModels(sources.tape.before(real) if sources.tape is not None else real, twin, server, faults)
        voice, name = models if dialogue.voice else None, dialogue.understander
        if name == "local":
            yield Mind(local, voice=voice)
        else:
            yield Mind(Cascade(local, ModelUnderstander(models), Patience(clock), name), models, voice)
