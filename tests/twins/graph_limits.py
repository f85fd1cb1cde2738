"""The Cloud API's rules for `POST /{phone_number_id}/messages`, as strict as Meta applies them.

https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class Violation(Exception):
    """The request breaks a rule: answered 400 with code 100."""


def check(body: Mapping[str, Any]) -> None:
    """Raises Violation for anything Meta would refuse."""
    _require(body.get("messaging_product") == "whatsapp", "messaging_product must be whatsapp")
    if body.get("status") == "read":
        _string(body.get("message_id"), "message_id", 512)
        return
    unknown = set(body) - {
        "messaging_product", "recipient_type", "to", "recipient", "type", "context", "biz_opaque_callback_data",
        "text", "interactive", "image", "document", "audio", "video", "template",
    }  # fmt: skip
    _require(not unknown, f"unknown keys {sorted(unknown)}")
    _require(body.get("recipient_type", "individual") == "individual", "recipient_type")
    _require("to" in body or "recipient" in body, "to or recipient is required")
    _string(body.get("to", body.get("recipient")), "to", 256)
    if "biz_opaque_callback_data" in body:
        _string(body["biz_opaque_callback_data"], "biz_opaque_callback_data", 512)
    if "context" in body:
        _string(_object(body["context"], "context").get("message_id"), "context.message_id", 512)
    _check_content(body)


def _check_content(body: Mapping[str, Any]) -> None:
    match body.get("type"):
        case "text":
            _string(_object(body.get("text"), "text").get("body"), "text.body", 4096)
        case "interactive":
            _check_interactive(_object(body.get("interactive"), "interactive"))
        case "image" | "document" | "audio" | "video" as kind:
            media = _object(body.get(kind), kind)
            _require(("id" in media) != ("link" in media), f"{kind}: id or link")
            _require(len(media.get("caption", "")) <= 1024, f"{kind}.caption")
        case "template":
            _string(_object(body.get("template"), "template").get("name"), "template.name", 512)
        case other:
            raise Violation(f"type {other!r}")


def _check_interactive(interactive: Mapping[str, Any]) -> None:
    kind = interactive.get("type")
    _require(kind in ("button", "list"), f"interactive.type {kind!r}")
    body = _object(interactive.get("body"), "interactive.body")
    _string(body.get("text"), "interactive.body.text", 1024 if kind == "button" else 4096)
    for part in ("header", "footer"):
        if part in interactive:
            _string(_object(interactive[part], part).get("text"), f"interactive.{part}.text", 60)
    action = _object(interactive.get("action"), "interactive.action")
    if kind == "button":
        _check_buttons(_array(action.get("buttons"), "buttons", 3))
    else:
        _string(action.get("button"), "action.button", 20)
        _check_sections(_array(action.get("sections"), "sections", 10))


def _check_buttons(buttons: Sequence[Any]) -> None:
    replies = [_object(_object(button, "button").get("reply"), "button.reply") for button in buttons]
    _require(all(button.get("type") == "reply" for button in buttons), "button.type must be reply")
    for reply in replies:
        _string(reply.get("id"), "button.reply.id", 256)
        _string(reply.get("title"), "button.reply.title", 20)
    _distinct([reply["id"] for reply in replies], "button ids")
    _distinct([reply["title"] for reply in replies], "button titles")


def _check_sections(sections: Sequence[Any]) -> None:
    if len(sections) > 1:
        for section in sections:
            _string(_object(section, "section").get("title"), "section.title", 24)
    rows = [row for section in sections for row in _array(_object(section, "section").get("rows"), "rows", 10)]
    _array(rows, "rows", 10)
    for row in rows:
        _string(_object(row, "row").get("id"), "row.id", 200)
        _string(row.get("title"), "row.title", 24)
        if "description" in row:
            _string(row["description"], "row.description", 72)
    _distinct([row["id"] for row in rows], "row ids")
    _distinct([row["title"] for row in rows], "row titles")


def _require(truth: bool, rule: str) -> None:
    if not truth:
        raise Violation(rule)


def _string(value: object, name: str, limit: int) -> None:
    _require(isinstance(value, str) and bool(value.strip()), f"{name} must be a text that is not empty")
    _require(len(str(value)) <= limit, f"{name} is longer than {limit}")


def _object(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Violation(f"{name} must be an object")
    return value


def _array(value: object, name: str, limit: int) -> Sequence[Any]:
    if not isinstance(value, list) or not 1 <= len(value) <= limit:
        raise Violation(f"{name} must be 1 to {limit} items")
    return value


def _distinct(values: Sequence[str], name: str) -> None:
    _require(len(set(values)) == len(values), f"{name} must differ")
