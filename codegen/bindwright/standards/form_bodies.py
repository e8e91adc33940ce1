"""What bodies of forms say, whatever their boundaries and escapes are.

WHATWG URL, 5.1 (urlencoded); RFC 2046, 5.1 and RFC 7578 (multipart).
"""

from __future__ import annotations

import base64
from email.message import Message
from email.parser import HeaderParser
from typing import Any
from urllib.parse import unquote_plus


def fields_of(body: bytes) -> list[list[str]]:
    """Names and values of an urlencoded form, in their order."""
    pairs = (pair.partition("=") for pair in body.decode("utf-8", "replace").split("&") if pair)
    return [[unquote_plus(name), unquote_plus(value)] for name, _, value in pairs]


def parts_of(body: bytes, content_type: str) -> list[dict[str, Any]]:
    """``name``, ``type`` (without parameters) and ``body`` of each part; octets that are no UTF-8 are ``{"base64": …}``.

    Raises:
        ValueError: there is no boundary, or the body does not end with it.
    """
    header = Message()
    header["content-type"] = content_type
    boundary = header.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        raise ValueError("the media type has no boundary")
    _, *rest = (b"\r\n" + body).split(b"\r\n--" + boundary.encode("latin-1"))
    if not rest or not rest[-1].startswith(b"--"):
        raise ValueError("the body does not end with its boundary")
    return [_part(part) for part in rest[:-1]]


def _part(part: bytes) -> dict[str, Any]:
    head, _, data = part.partition(b"\r\n\r\n")
    headers = HeaderParser().parsestr(head.lstrip(b" \t").removeprefix(b"\r\n").decode("utf-8", "replace"))
    name = headers.get_param("name", header="content-disposition")
    try:
        text: Any = data.decode()
    except UnicodeDecodeError:
        text = {"base64": base64.b64encode(data).decode()}
    # A part that says nothing is text (RFC 7578, 4.4).
    return {"name": name if isinstance(name, str) else "", "type": headers.get_content_type(), "body": text}
