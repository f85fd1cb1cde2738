"""What one WhatsApp message says: every `type` of the Cloud API as a Content.

https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#messages-object
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from channels.untrusted import identifier, mapping, number, plain, sequence, text
from domain.errors import PayloadInvalid
from domain.messages import Content, ContentKind

_MEDIA_FACTS = ("id", "mime_type", "sha256", "filename", "url", "voice")
_CONTACTS_LIMIT = 20
_LINES_LIMIT = 200


def read(message: Mapping[str, Any]) -> Content:
    """The content of a message object. Types nobody told us about are `unsupported`, never dropped.

    Raises PayloadInvalid for a message without a type and for a text message without a text.
    """
    kind = text(message.get("type"), 64)
    if not kind:
        raise PayloadInvalid("no type")
    reader = _READERS.get(kind)
    return reader(message) if reader else _unsupported(message)


def _text(message: Mapping[str, Any]) -> Content:
    body = mapping(message.get("text")).get("body")
    if not isinstance(body, str):
        raise PayloadInvalid("a text message without a text")
    return Content("text", text(body))


def _media(kind: ContentKind) -> Callable[[Mapping[str, Any]], Content]:
    def read_media(message: Mapping[str, Any]) -> Content:
        media = mapping(message.get(text(message.get("type"))))
        detail = {key: plain(media[key]) for key in _MEDIA_FACTS if key in media}
        if message.get("type") == "voice":  # voice notes before `audio.voice` existed
            detail["voice"] = True
        return Content(kind, text(media.get("caption")), detail=detail)

    return read_media


def _location(message: Mapping[str, Any]) -> Content:
    place = mapping(message.get("location"))
    words = [text(place.get(key), 1000).strip() for key in ("name", "address")]
    detail = {key: number(place.get(key)) for key in ("latitude", "longitude")}
    named = {key: text(place[key], 1000) for key in ("name", "address", "url") if key in place}
    return Content("location", ", ".join(word for word in words if word), detail={**detail, **named})


def _contacts(message: Mapping[str, Any]) -> Content:
    cards = [_card(mapping(card)) for card in sequence(message.get("contacts"))[:_CONTACTS_LIMIT]]
    return Content("contacts", ", ".join(card["name"] for card in cards if card["name"]), detail={"contacts": cards})


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    phones = [mapping(entry) for entry in sequence(card.get("phones"))[:_CONTACTS_LIMIT]]
    return {
        "name": text(mapping(card.get("name")).get("formatted_name"), 200),
        "phones": [text(entry.get("wa_id") or entry.get("phone"), 64) for entry in phones],
    }


def _interactive(message: Mapping[str, Any]) -> Content:
    reply = mapping(message.get("interactive"))
    for kind in ("button_reply", "list_reply"):
        if tapped := mapping(reply.get(kind)):
            detail = {"description": text(tapped["description"], 200)} if "description" in tapped else {}
            return _choice(tapped.get("id"), tapped.get("title"), detail)
    if form := mapping(reply.get("nfm_reply")):
        return _form(form)
    return _unsupported(message)


def _choice(key: object, title: object, detail: Mapping[str, Any]) -> Content:
    choice = identifier(key)
    return Content("choice" if choice else "text", text(title), choice or None, detail)


def _form(form: Mapping[str, Any]) -> Content:
    """A filled-in form (WhatsApp Flow): `response_json` is a string that may hold anything."""
    raw = form.get("response_json")
    try:
        response = plain(json.loads(raw)) if isinstance(raw, str) else plain(raw)
    except (ValueError, RecursionError):
        response = text(raw)
    answers = [text(value) for key, value in mapping(response).items() if key != "flow_token"]
    said = ", ".join(answer for answer in answers if answer) or text(form.get("body"))
    return Content("text", said, detail={"form": text(form.get("name"), 200), "response": response})


def _button(message: Mapping[str, Any]) -> Content:
    button = mapping(message.get("button"))
    if not button:
        return _unsupported(message)
    return _choice(button.get("payload"), button.get("text"), {})


def _order(message: Mapping[str, Any]) -> Content:
    order = mapping(message.get("order"))
    lines = [_line(mapping(line)) for line in sequence(order.get("product_items"))[:_LINES_LIMIT]]
    detail = {"catalog_id": text(order.get("catalog_id"), 200), "product_items": lines}
    return Content("order", text(order.get("text")), detail=detail)


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "product_retailer_id": text(line.get("product_retailer_id"), 200),
        "quantity": number(line.get("quantity")),
        "item_price": number(line.get("item_price")),
        "currency": text(line.get("currency"), 8),
    }


def _unsupported(message: Mapping[str, Any]) -> Content:
    named = text(mapping(message.get("unsupported")).get("type"), 64)
    error = mapping(next(iter(sequence(message.get("errors"))), None))
    detail = {"type": named or text(message.get("type"), 64), "error": text(error.get("code"), 32)}
    return Content("unsupported", detail={key: value for key, value in detail.items() if value})


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Content]] = {
    "text": _text,
    "image": _media("image"),
    "video": _media("video"),
    "document": _media("document"),
    "sticker": _media("sticker"),
    "audio": _media("audio"),
    "voice": _media("audio"),
    "location": _location,
    "contacts": _contacts,
    "interactive": _interactive,
    "button": _button,
    "order": _order,
}
