"""Writing a Cloud API message: one Outgoing as one request body, within the provider's limits.

https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages

What does not fit degrades and never fails: buttons become a list, a list becomes numbered text, a text is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.errors import SendRefused
from domain.messages import Alias, Destination, Option, Outgoing

TEXT_LIMIT = 4096
_BUTTONS, _BUTTON_TITLE, _BUTTON_BODY, _BUTTON_ID = 3, 20, 1024, 256
_ROWS, _ROW_TITLE, _ROW_DESCRIPTION, _ROW_ID, _MENU_LABEL = 10, 24, 72, 200, 20
_DEFAULT_MENU = "Menu"  # the same word in every language we speak


def body(message: Outgoing, destination: Destination, callback: str, reply_to: str | None) -> dict[str, Any]:
    """The JSON of `POST /{phone_number_id}/messages`. `callback` comes back in the status webhooks."""
    data: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(destination.to),
        **_content(message),
        "biz_opaque_callback_data": callback,
    }
    if reply_to:
        data["context"] = {"message_id": reply_to}
    return data


def is_cut(message: Outgoing) -> bool:
    """Whether the customer will not see the whole text."""
    return len(message.text) > TEXT_LIMIT


def _recipient(to: Alias) -> dict[str, str]:
    """A user id put in `to` is answered 200 and silently dropped: it belongs in `recipient`."""
    match to.kind:
        case "phone":
            return {"to": to.value}
        case "bsuid":
            return {"recipient": to.value}
        case _:
            raise SendRefused(f"WhatsApp cannot reach a {to.kind} alias")


def _content(message: Outgoing) -> dict[str, Any]:
    if not message.options:
        return _text(message.text)
    if not message.menu and _fit_buttons(message):
        return _interactive("button", message.text, {"buttons": [_button(option) for option in message.options]})
    if _fit_list(message.options):
        rows = [_row(option) for option in message.options]
        label = cut(message.menu or _DEFAULT_MENU, _MENU_LABEL)
        return _interactive("list", cut(message.text, TEXT_LIMIT), {"button": label, "sections": [{"rows": rows}]})
    return _text(numbered(message))


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": {"preview_url": False, "body": cut(text, TEXT_LIMIT)}}


def _interactive(kind: str, text: str, action: dict[str, Any]) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": text}, "action": action}}


def _fit_buttons(message: Outgoing) -> bool:
    return (
        len(message.options) <= _BUTTONS
        and len(message.text) <= _BUTTON_BODY
        and all(len(option.title) <= _BUTTON_TITLE for option in message.options)
        and _distinct(message.options, _BUTTON_TITLE, _BUTTON_ID)
    )


def _fit_list(options: Sequence[Option]) -> bool:
    return len(options) <= _ROWS and _distinct(options, _ROW_TITLE, _ROW_ID)


def _distinct(options: Sequence[Option], title_limit: int, id_limit: int) -> bool:
    """The provider refuses two taps of the same id or title, and empty ones."""
    titles = {cut(option.title, title_limit) for option in options}
    ids = {option.id for option in options}
    return (
        len(titles) == len(ids) == len(options)
        and all(title.strip() for title in titles)
        and all(0 < len(identity) <= id_limit for identity in ids)
    )


def _button(option: Option) -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": option.id, "title": option.title}}


def _row(option: Option) -> dict[str, Any]:
    """A title too long for a row is cut and told whole in the description."""
    description = option.description
    if len(option.title) > _ROW_TITLE:
        description = f"{option.title} · {description}" if description else option.title
    row = {"id": option.id, "title": cut(option.title, _ROW_TITLE)}
    return {**row, "description": cut(description, _ROW_DESCRIPTION)} if description else row


def numbered(message: Outgoing) -> str:
    """The options as lines of text under the message; where it is too long the text is cut, not the options."""
    lines = [
        f"{number}. {option.title}" + (f" – {option.description}" if option.description else "")
        for number, option in enumerate(message.options, 1)
    ]
    choices = cut("\n".join(lines), TEXT_LIMIT * 3 // 4)
    return f"{cut(message.text, TEXT_LIMIT - len(choices) - 2)}\n\n{choices}"


def cut(text: str, limit: int) -> str:
    """The text itself, or its beginning and an ellipsis, `limit` characters in all."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
