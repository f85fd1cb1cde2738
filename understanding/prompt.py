"""The prompt of the model understander: its text is a file, its data go in as JSON that cannot close its delimiters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from domain.business import Business
from domain.ports import Situation

_FILE = Path(__file__).parent / "prompts" / "understand.md"
_USER = "=== user ==="
_HISTORY = 6
_LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Prompt:
    """A versioned prompt. `system` holds the rules and the business, `user` the situation and the messages."""

    version: str
    system: Template
    user: Template

    def render(self, texts: Sequence[str], situation: Situation) -> list[tuple[str, str]]:
        """Messages as (role, text). What is the same for every turn of a business comes first, for provider caches."""
        return [
            ("system", self.system.substitute(business=_json(_business(situation.business)))),
            (
                "user",
                self.user.substitute(
                    situation=_json(_situation(situation)), messages=_json([text[:_LONGEST_TEXT] for text in texts])
                ),
            ),
        ]


def load(path: Path = _FILE) -> Prompt:
    """Reads a prompt file: a version line, the system part, the user part."""
    version, _, text = path.read_text(encoding="utf-8").partition("\n")
    system, _, user = text.partition(_USER)
    return Prompt(version.removeprefix("version:").strip(), Template(system.strip()), Template(user.strip()))


def _json(value: object) -> str:
    """JSON in which no text can open or close a tag."""
    return json.dumps(value, ensure_ascii=False, default=str).replace("<", "\\u003c").replace(">", "\\u003e")


def _business(business: Business) -> dict[str, Any]:
    return {
        "name": business.name,
        "languages": business.spoken,
        "timezone": business.timezone,
        "hours": {
            day: [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in spans] for day, spans in business.hours.items()
        },
        "services": [{"id": one.id, "name": one.name, "also": one.aliases} for one in business.services],
        "professionals": [{"id": one.id, "name": one.name} for one in business.professionals],
        "products": [{"id": one.id, "name": one.name, "also": one.aliases} for one in business.products],
        "zones": [zone.name for zone in business.delivery.zones] if business.delivery else [],
        "payment": business.payment.methods if business.payment else [],
    }


def _situation(situation: Situation) -> dict[str, Any]:
    local = situation.now.astimezone(situation.business.zone)
    return {
        "now": f"{local:%A} {local.isoformat(timespec='minutes')}",
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
