"""What a clause answers to the bot's own question."""

from __future__ import annotations

from dataclasses import dataclass

from domain.commands import Command, Unclear

FREE_TEXT = ("name", "procedure", "preferred_period", "insurance", "company", "team_size", "email")
"""What only the customer can word."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The intent, its commands, and how sure the reading is."""

    intent: str
    commands: tuple[Command, ...]
    confidence: float = 0.95


def unsure() -> Answered:
    """It answers nothing that was asked."""
    return Answered("unclear", (Unclear(()),), 0.3)
