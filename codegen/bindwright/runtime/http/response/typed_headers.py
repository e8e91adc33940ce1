"""Response headers as the document types them (OpenAPI 3.2.0, "Header Object"): style ``simple``, or a media type."""

from __future__ import annotations

import json as std
from collections.abc import Callable
from typing import Any

from bindwright.runtime.errors import BindwrightError
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.message import Headers
from bindwright.runtime.http.model.operation import Parameter, Response
from bindwright.runtime.http.model.text import json_or_string
from bindwright.runtime.http.request.parameter_styles import separator_of
from bindwright.runtime.http.request.plain import parted
from bindwright.standards import header_lists
from bindwright.standards.media_types import kind_of

_TEXT = ("str", "str | None", "Any")


def typed_headers(response: Response | None, headers: Headers, codecs: BodyCodecs) -> dict[str, Any]:
    """The documented headers that are there, by the document's names; text where a value does not fit."""
    if response is None:
        return {}
    return {
        parameter.name: _value(parameter, headers, codecs)
        for parameter in response.headers
        if parameter.name in headers
    }


def _value(parameter: Parameter, headers: Headers, codecs: BodyCodecs) -> Any:
    text = headers[parameter.name]
    if parameter.type in _TEXT and parameter.content is None:
        return text
    decode = codecs.decoder("json", parameter.type, parameter.wire)
    for document in _documents(parameter, text, headers.get_all(parameter.name)):
        try:
            return decode(document())
        except (BindwrightError, ValueError):
            continue
    return text


def _documents(parameter: Parameter, text: str, values: list[str]) -> list[Callable[[], bytes]]:
    """The JSON that the text may stand for, likeliest first: a value, a string, a list, an object."""
    if parameter.content is not None and kind_of(parameter.content) == "json":
        return [text.encode]
    separator = separator_of(parameter.style)
    items = [
        item.strip(" \t")
        for value in values
        for item in (header_lists.members(value) if separator == "," else value.split(separator))
    ]
    texts = [header_lists.text_of(item) for item in items]
    if parameter.inner_separators:
        nested = [parted(item, parameter.inner_separators) for item in texts]
        return [lambda: _list(nested).encode(), lambda: std.dumps(nested).encode(), text.encode]
    return [
        text.encode,
        lambda: std.dumps(text).encode(),
        f"[{','.join(items)}]".encode,
        lambda: std.dumps(texts).encode(),
        lambda: _object(items, explode=bool(parameter.explode)),
    ]


def _list(items: Any) -> str:
    return f"[{','.join(map(_list, items))}]" if isinstance(items, list) else json_or_string(items)


def _object(items: list[str], *, explode: bool) -> bytes:
    if explode:
        pairs = [item.partition("=")[::2] for item in items]
    else:
        pairs = list(zip(items[::2], items[1::2], strict=True))
    members = ",".join(
        f"{std.dumps(header_lists.text_of(name))}:{json_or_string(header_lists.text_of(value))}"
        for name, value in pairs
    )
    return f"{{{members}}}".encode()
