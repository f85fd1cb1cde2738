"""Prompts: the text is a versioned file, the data go in as JSON that cannot close its delimiters."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from domain.business import Business, Product, Service
from domain.ports import ModelMessage, Situation

_FOLDER = Path(__file__).parent / "prompts"
_USER = "=== user ==="
_HISTORY = 6
_LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Prompt:
    """A versioned prompt. `system` holds the rules and what lasts, `user` what is new each time."""

    version: str
    system: Template
    user: Template

    def messages(self, **data: object) -> list[ModelMessage]:
        """The prompt with its `$names` filled in, as JSON. What is the same for every turn comes first, for providers'
        own caches."""
        told = {name: as_json(value) for name, value in data.items()}
        return [
            ModelMessage("system", self.system.substitute(told)),
            ModelMessage("user", self.user.substitute(told)),
        ]


def load(name: str) -> Prompt:
    """Reads prompts/<name>.md: a version line, the system part, the user part."""
    version, _, text = (_FOLDER / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    system, _, user = text.partition(_USER)
    number = version.removeprefix("version:").strip()
    return Prompt(f"{name}-{number}", Template(system.strip()), Template(user.strip()))


def as_json(value: object) -> str:
    """JSON in which no text can open or close a tag."""
    return json.dumps(value, ensure_ascii=False, default=str).replace("<", "\\u003c").replace(">", "\\u003e")


def understanding(prompt: Prompt, texts: Sequence[str], situation: Situation) -> list[ModelMessage]:
    """What a model is asked to understand."""
    local = situation.now.astimezone(situation.business.zone)
    return prompt.messages(
        business=_business(situation.business),
        situation={"now": f"{local:%A} {local.isoformat(timespec='minutes')}", **_situation(situation)},
        messages=_cut(texts),
    )


def question(texts: Sequence[str], situation: Situation) -> str:
    """All that the answer depends on, beside the prompt, when it names no time: of now only the day."""
    local = situation.now.astimezone(situation.business.zone)
    parts = [_business(situation.business), f"{local:%Y-%m-%d}", _situation(situation), _cut(texts)]
    return json.dumps(parts, default=str)


def _cut(texts: Sequence[str]) -> list[str]:
    return [text[:_LONGEST_TEXT] for text in texts]


def _business(business: Business) -> dict[str, Any]:
    return {
        "name": business.name,
        "languages": business.spoken,
        "timezone": business.timezone,
        "hours": {
            day: [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in spans] for day, spans in business.hours.items()
        },
        "services": [_offer(one) for one in business.services],
        "professionals": [{"id": one.id, "name": one.name} for one in business.professionals],
        "products": [_offer(one) for one in business.products],
        "zones": [zone.name for zone in business.delivery.zones] if business.delivery else [],
        "payment": business.payment.methods if business.payment else [],
    }


def _offer(one: Service | Product) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "also": one.aliases}


def _situation(situation: Situation) -> Mapping[str, Any]:
    return {
        "language": situation.language,
        "asks": situation.asks,
        "flow": situation.flow,
        "slots": dict(situation.slots),
        "options": [{"id": option.get("id"), "title": option.get("title")} for option in situation.options],
        "history": [
            {"role": entry.get("role"), "text": str(entry.get("text", ""))[:_LONGEST_TEXT]}
            for entry in situation.history[-_HISTORY:]
        ],
    }
