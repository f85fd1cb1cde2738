"""The business's voice: a model words a message again, in the persona's tone, while it is on its way.

It may change how something is said, never what: `graph/fidelity.py` decides, and the template is sent when in doubt,
when the model fails, is too slow, or today's money is spent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from domain.business import Business
from domain.clock import Clock
from domain.errors import ModelError
from domain.ports import Models, Reworded
from graph.fidelity import faithful
from understanding import prompt

_LONGEST = 700  # letters; a longer message is a list, and a list is best as it is
_LINES = 6
_SECONDS = 4.0  # of a customer's patience

log = structlog.get_logger("voice")


@dataclass(frozen=True, slots=True)
class Voice:
    """Implements `domain.ports.Voice`. `temperature` is how freely the model may speak."""

    models: Models
    businesses: Mapping[str, Business]
    clock: Clock
    temperature: float

    async def reword(self, tenant: str, text: str) -> Reworded | None:
        """The message in the persona's words; None when it goes out as it is."""
        business = self.businesses[tenant]
        if len(text) > _LONGEST or text.count("\n") >= _LINES or not any(letter.isalpha() for letter in text):
            return None
        asked = prompt.load("voice")
        persona = {"name": business.persona.name, "tone": business.persona.tone, "business": business.name}
        try:
            answer = await self.models.ask(
                business,
                "voice",
                asked.messages(persona=persona, message=text),
                temperature=self.temperature,
                seconds=_SECONDS,
            )
        except ModelError as error:
            log.info("message goes as it is", tenant=tenant, why=type(error).__name__)
            return None
        worded = answer.text.strip()
        today = self.clock.now().astimezone(business.zone).date()
        kept = not answer.refused and faithful(text, worded, business, today)
        if not kept:
            log.info("message goes as it is", tenant=tenant, why="not the same")
        return Reworded(worded if kept else text, answer.usage.as_dict(), kept)
