"""Response headers that the document describes, with sample values (OpenAPI 3.2.0, "Header Object")."""

from __future__ import annotations

import json
from typing import Any

from bindwright.ir.model import Api, Operation, Parameter
from bindwright.ir.model import Response as Documented
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.message import Headers

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
        if text is not None and text.isprintable() and text.isascii():
            headers.append((header.name, text))
    return tuple(headers)


def _text(header: Parameter, value: Any) -> str | None:
    if header.content:
        return json.dumps(value)
    if isinstance(value, list):
        return ",".join(_scalar(item) for item in value)
    if isinstance(value, dict):
        return ",".join(f"{_scalar(k)}{'=' if header.explode else ','}{_scalar(v)}" for k, v in value.items())
    return None if value is None else _scalar(value)


def _scalar(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)
