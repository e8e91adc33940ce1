"""Response headers that the document describes, with sample values (OpenAPI 3.2.0, "Header Object")."""

from __future__ import annotations

import json
from typing import Any

from bindwright.ir.model import Api, Operation, Parameter
from bindwright.ir.model import Response as Documented
from bindwright.runtime.http.request.parameter_styles import separator_of, simple
from bindwright.runtime.http.request.plain import joined, plain
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.message import Headers
from bindwright.standards.header_lists import quoted

_TRANSPORT_FIELDS = frozenset(
    {
        "content-type",
        "content-length",
        "content-encoding",
        "transfer-encoding",
        "connection",
        "date",
        "server",
    }
)


def sampled(api: Api, operation: Operation, documented: Documented | None, seed: int) -> Headers:
    """Every documented header that does not belong to the transport."""
    headers = []
    for header in documented.headers if documented is not None else ():
        if header.name.lower() in _TRANSPORT_FIELDS:
            continue
        place = f"{operation.id} {documented.status if documented else ''} {header.name}"
        text = _text(header, Sampler(api, seed=seed).sample(header.use, place))
        if text is not None and text.replace("\t", " ").isprintable() and text.isascii():
            headers.append((header.name, text))
    return tuple(headers)


def _text(header: Parameter, value: Any) -> str | None:
    if header.content:
        return json.dumps(value)
    if value is None:
        return None
    parts, separator = joined(plain(value), tuple(header.inner_separators)), separator_of(header.style)
    code = quoted if separator == "," and not isinstance(parts, str) else str
    return simple(parts, header.explode, code, separator)
