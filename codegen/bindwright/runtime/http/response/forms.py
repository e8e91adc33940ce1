"""Answers that are urlencoded forms, such as the tokens of some servers (OpenAPI 3.2.0, "Encoding Object").

The pairs become the JSON that they stand for, by the types of the members, which is then read as every JSON.
"""

from __future__ import annotations

import json as std
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from bindwright.runtime.http.model.text import json_or_string, text_of
from bindwright.runtime.shapes import Shape, members_of

_IS_JSON = frozenset(
    {"integer", "number", "decimal", "boolean", "null", "model", "map", "union", "literal", "enum"}
)
"""Kinds whose text in a form may be their JSON; of all others it is a string."""


def form_reader(shape: Shape, decode: Callable[[bytes], Any], content_type: str) -> Callable[[bytes], Any]:
    """What reads a form as a value of a shape, by what decodes its JSON; it raises DecodeError as that does."""

    def read(body: bytes) -> Any:
        pairs: dict[str, list[str]] = {}
        for name, text in parse_qsl(text_of(body, content_type), keep_blank_values=True):
            pairs.setdefault(name, []).append(text)
        return decode(_object(pairs, shape))

    return read


def _object(pairs: dict[str, list[str]], shape: Shape) -> bytes:
    members = (
        {member.json: member.shape for member in members_of(shape.type)} if shape.kind == "model" else {}
    )
    further = shape.item if shape.kind == "map" else None
    texts = (
        f"{std.dumps(name)}:{_value(texts, members.get(name, further))}" for name, texts in pairs.items()
    )
    return f"{{{','.join(texts)}}}".encode()


def _value(texts: list[str], shape: Shape | None) -> str:
    is_list = shape is not None and shape.kind in ("list", "tuple")
    if is_list or len(texts) > 1:
        item = shape.inner()[0] if shape is not None and is_list else shape
        return f"[{','.join(_text(text, item) for text in texts)}]"
    return _text(texts[0], shape)


def _text(text: str, shape: Shape | None) -> str:
    return json_or_string(text) if shape is not None and shape.kind in _IS_JSON else std.dumps(text)
