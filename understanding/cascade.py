"""The cascade: the local understander when it is sure, else a model, and the local one again when that fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import structlog

from domain.commands import Human, OptOut, Unclear
from domain.errors import ModelError, NoProvider, UselessAnswer
from domain.ports import Reading, Situation, Understander
from understanding.patience import Patience

log = structlog.get_logger("understanding")


class Cascade:
    """An understander made of two. `mode` "cascade" asks the model when the local reading is unsure, "model" always.

    A wish for a person and a wish to be left alone are honoured as the local understander reads them: they wait for
    no model. The model's failure is never the customer's: the local reading answers, and its usage tells why.
    """

    def __init__(
        self,
        local: Understander,
        model: Understander,
        patience: Patience,
        mode: Literal["cascade", "model"] = "cascade",
        threshold: float = 0.6,
    ) -> None:
        self._local, self._model, self._patience = local, model, patience
        self._mode, self._threshold = mode, threshold

    async def read(self, texts: Sequence[str], situation: Situation) -> Reading:
        """Turns a turn's messages into commands."""
        local = await self._local.read(texts, situation)
        if self._settled(local):
            return local
        names = situation.business.id, situation.conversation
        if not self._patience.lasts(*names):
            return replace(local, usage={"fallback": "answers were useless lately"})
        try:
            reading = await self._model.read(texts, situation)
        except NoProvider:
            return local
        except UselessAnswer as useless:
            self._patience.tried(*names)
            log.info("model_gave_no_reading", tenant=names[0], why=str(useless))
            return replace(local, usage={**useless.usage, "fallback": str(useless)})
        except ModelError as error:
            return replace(local, usage={"fallback": str(error)})
        self._patience.used(*names)
        return reading

    def _settled(self, local: Reading) -> bool:
        if any(isinstance(command, OptOut | Human) for command in local.commands):
            return local.confidence >= self._threshold
        unsure = local.confidence < self._threshold or not local.commands
        return self._mode == "cascade" and not unsure and not any(isinstance(one, Unclear) for one in local.commands)
