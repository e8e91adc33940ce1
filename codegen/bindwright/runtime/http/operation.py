"""What a generated client says about an operation, as data.

The sans-I/O layer builds a request from an `Operation` and a dict of arguments, and reads a response
by it; the sync and async drivers only move bytes.
Type expressions are strings such as ``"list[Pet]"``; they are evaluated on first use in the client's
``models`` package, so that importing an API costs nothing.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from bindwright.runtime.wire import Wire

In = Literal["path", "query", "header", "cookie", "querystring"]
Style = Literal[
    "matrix", "label", "simple", "form", "spaceDelimited", "pipeDelimited", "tabDelimited", "deepObject", "cookie"
]


@frozen(kw_only=True)
class Content:
    """One media type of a body (OpenAPI 3.2.0, "Media Type Object")."""

    media_type: str
    type: str | None = None
    """Type expression; None: the body is bytes (or empty)."""
    wire: Wire | None = None
    item_type: str | None = None
    """Type expression of a streamed item (``itemSchema`` of 3.2, or known from the media type)."""
    item_wire: Wire | None = None
    parts: tuple[Part, ...] = ()
    """Form and multipart bodies: one entry a property."""


@frozen(kw_only=True)
class Part:
    """One property of a form or multipart body (OpenAPI 3.2.0, "Encoding Object")."""

    name: str
    content_type: str | None = None
    style: Style | None = None
    explode: bool | None = None
    allow_reserved: bool = False
    headers: tuple[Parameter, ...] = ()


@frozen(kw_only=True)
class Parameter:
    """One parameter (OpenAPI 3.2.0, "Parameter Object"); the key in a call's arguments is `name` with `location`."""

    name: str
    location: In
    type: str = "str"
    wire: Wire | None = None
    required: bool = False
    style: Style | None = None
    """None: the default of the location."""
    explode: bool | None = None
    """None: the default of the style."""
    allow_reserved: bool = False
    allow_empty: bool = False
    content: str | None = None
    """Media type of a ``content`` parameter."""


@frozen(kw_only=True)
class Response:
    """One documented response: ``status`` is ``"200"``, ``"4XX"`` or ``"default"``."""

    status: str
    description: str = ""
    content: tuple[Content, ...] = ()
    headers: tuple[Parameter, ...] = ()


@frozen(kw_only=True)
class Server:
    """A server with its variables (name, default, allowed values)."""

    url: str
    description: str = ""
    variables: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


@frozen(kw_only=True)
class Operation:
    """One operation as the document describes it."""

    id: str
    """The public name, for errors, logs and spans: ``contact_lists.get_import_job``."""
    method: str
    path: str
    """The path template without its fragment."""
    parameters: tuple[Parameter, ...] = ()
    body: tuple[Content, ...] = ()
    body_required: bool = False
    responses: tuple[Response, ...] = ()
    security: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...] | None = None
    """Alternatives, each a set of (scheme, scopes); None: as the client's document says; ``((),)``: none needed."""
    servers: tuple[Server, ...] = ()
    """Servers of the path or operation, where they differ from the document's."""
    idempotent: bool | None = None
    """None: by the method (RFC 9110, 9.2.2)."""
    deprecated: bool = False
