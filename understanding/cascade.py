"""The cascade: the local understander when it is sure, else a model, and the local one again when that fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import structlog

from domain.commands import Human, OptOut, Unclear
from domain.errors import ModelError, UselessAnswer
from domain.ports import Reading, Situation, Understander
from understanding.breaker import Breaker

log = structlog.get_logger("understanding")

Outcome = Reading | UselessAnswer


class Cascade:
    """An understander made of two. `mode` "cascade" asks the model when the local reading is unsure, "model" always.

    A wish for a person and a wish to be left alone are honoured as the local understander reads them: they wait for
    no model. The model's failure is never the customer's: the local reading answers.
    """

    def __init__(
        self,
        local: Understander,
        model: Understander,
        breaker: Breaker,
        mode: Literal["cascade", "model"] = "cascade",
        threshold: float = 0.6,
    ) -> None:
        self._local, self._model, self._breaker = local, model, breaker
        self._mode, self._threshold = mode, threshold

    async def read(self, texts: Sequence[str], situation: Situation) -> Reading:
        """Turns a turn's messages into commands."""
        local = await self._local.read(texts, situation)
        if self._settled(local):
            return local
        try:
            outcome = await self._breaker.call(lambda: self._asked(texts, situation))
        except ModelError as error:
            return _fallen_back(local, str(error), {})
        if isinstance(outcome, UselessAnswer):
            return _fallen_back(local, str(outcome), outcome.usage)
        return outcome

    def _settled(self, local: Reading) -> bool:
        if any(isinstance(command, OptOut | Human) for command in local.commands):
            return local.confidence >= self._threshold
        unsure = local.confidence < self._threshold or not local.commands
        return self._mode == "cascade" and not unsure and not any(isinstance(one, Unclear) for one in local.commands)

    async def _asked(self, texts: Sequence[str], situation: Situation) -> Outcome:
        """A useless answer is returned, not raised: the provider is up, and no customer's text may open the circuit."""
        try:
            return await self._model.read(texts, situation)
        except UselessAnswer as useless:
            return useless


def _fallen_back(local: Reading, why: str, usage: dict[str, Any]) -> Reading:
    log.warning("model_gave_no_reading", why=why)
    return replace(local, usage={**usage, "fallback": why})
