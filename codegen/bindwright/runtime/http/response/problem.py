"""The server's own words in the body of an error: short, on one line, safe to show."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from bindwright.runtime.errors import BindwrightError
from bindwright.runtime.http.model.text import text_of
from bindwright.standards.media_types import kind_of, sniff
from bindwright.standards.terminal import escape_controls

_MAX_BODY = 1 << 20
"""Bytes of a body that is searched for a message."""
_MAX_MESSAGE = 300
"""Characters of a message."""
_MAX_DEPTH = 6
_MAX_ITEMS = 3
"""Messages of a list that are shown."""
_KEYS = (
    "detail",
    "message",
    "error_description",
    "errormessage",
    "error_message",
    "msg",
    "faultstring",
    "description",
    "reason",
    "error",
    "errors",
    "errormessages",
    "fault",
    "title",
)
"""Members that hold messages, best first: RFC 9457, RFC 6749, FastAPI, Spring, AWS, Google, GitHub, Jira."""
_ELEMENT = re.compile(
    r"<(?:[\w.-]+:)?(message|detail|faultstring|text|description|reason|title)(?:\s[^<>]*)?>([^<>]+)<",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^<>]*>([^<>]*)<", re.IGNORECASE)


def message_of(body: bytes, content_type: str) -> str:
    """What the server says went wrong, on one line of at most 300 characters; ``""`` where it says nothing."""
    if not body or len(body) > _MAX_BODY or b"\0" in body:
        return ""
    try:
        text = text_of(body, content_type)
    except BindwrightError:
        return ""
    format_ = kind_of(content_type) if content_type else None
    if format_ != "text" or sniff(body) is not None:
        format_ = sniff(body) or format_
    return _short(_of_format(text, format_))


def _of_format(text: str, format_: str | None) -> str:
    if format_ == "json":
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return text
        return _message(value) or text
    if format_ == "xml":
        match = _ELEMENT.search(text)
        return html.unescape(match[2]) if match else ""
    if text.lstrip()[:1] == "<":  # a page for people, of a proxy as a rule
        match = _TITLE.search(text)
        return html.unescape(match[1]) if match else ""
    return text


def _message(value: Any, depth: int = 0) -> str:
    if isinstance(value, str):
        return value
    if depth > _MAX_DEPTH:
        return ""
    if isinstance(value, list):
        messages = [message for item in value[:_MAX_ITEMS] if (message := _message(item, depth + 1))]
        return "; ".join(messages) + ("; …" if len(value) > _MAX_ITEMS and messages else "")
    if not isinstance(value, Mapping):
        return ""
    members = {str(name).lower(): member for name, member in value.items()}
    message = next((text for key in _KEYS if (text := _message(members.get(key), depth + 1))), "")
    if not message:
        return _of_fields(value, depth)
    title = members.get("title")
    if isinstance(title, str) and title and title != message and "detail" in members:
        return f"{title}: {message}"
    place = members.get("loc")  # FastAPI: the path to the wrong member
    if isinstance(place, list) and place:
        return f"{'.'.join(map(str, place))}: {message}"
    return message


def _of_fields(value: Mapping[Any, Any], depth: int) -> str:
    """Django REST framework: the names of fields, each with its messages."""
    if depth > 1 or not all(isinstance(member, (str, list)) for member in value.values()):
        return ""
    messages = [
        f"{name}: {message}"
        for name, member in list(value.items())[:_MAX_ITEMS]
        if (message := _message(member, depth + 1))
    ]
    return "; ".join(messages)


def _short(text: str) -> str:
    text = escape_controls(" ".join(text[: 4 * _MAX_MESSAGE].split()), lines=False)
    return text if len(text) <= _MAX_MESSAGE else f"{text[: _MAX_MESSAGE - 1]}…"
