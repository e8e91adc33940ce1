"""What a generated client says about an operation, as data.

The sans-I/O layer builds a request from an `Operation` and a dict of arguments, and reads a response
by it; the sync and async drivers only move bytes.
Type expressions are strings such as ``"list[Pet]"``; they are evaluated on first use in the client's
``models`` package, so that importing an API costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import Factory, field, frozen

from bindwright.runtime.wire import Wire
from bindwright.standards.media_types import Kind, kind_of
from bindwright.standards.runtime_level import LEVEL

In = Literal["path", "query", "header", "cookie", "querystring"]
Style = Literal[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "tabDelimited",
    "deepObject",
    "cookie",
]


@frozen(kw_only=True)
class Content:
    """One media type of a body (OpenAPI 3.2.0, "Media Type Object")."""

    media_type: str
    kind: Kind = field(default=Factory(lambda self: kind_of(self.media_type), takes_self=True))
    """How the body is read and written: by the media type, but where the document says more than that."""
    type: str | None = None
    """Type expression; None: the body is bytes (or empty)."""
    wire: Wire | None = None
    item_type: str | None = None
    """Type expression of a streamed item (``itemSchema`` of 3.2, or known from the media type)."""
    item_wire: Wire | None = None
    parts: tuple[Part, ...] = ()
    """Form and multipart bodies: one entry a property."""
    positional: bool = False
    """Multipart bodies: the parts have no names, but are items (OpenAPI 3.2.0, "Encoding By Position")."""
    prefix_parts: tuple[Part, ...] = ()
    """Of the first parts without names, one each."""
    item_part: Part | None = None
    """Of the parts behind those."""


@frozen(kw_only=True)
class Part:
    """One property of a form or multipart body (OpenAPI 3.2.0, "Encoding Object")."""

    name: str
    content_type: str | None = None
    style: Style | None = None
    explode: bool | None = None
    inner_separators: tuple[str, ...] = ()
    """As of a `Parameter`."""
    allow_reserved: bool = False
    headers: tuple[Parameter, ...] = ()


@frozen(kw_only=True)
class Parameter:
    """One parameter (OpenAPI 3.2.0, "Parameter Object").

    The key in a call's arguments is ``name``, or ``name@location`` where two locations share a name.
    """

    name: str
    location: In
    type: str = "str"
    wire: Wire | None = None
    required: bool = False
    style: Style | None = None
    """None: the default of the location."""
    explode: bool | None = None
    """None: the default of the style."""
    inner_separators: tuple[str, ...] = ()
    """What stands between the items of lists in a list, from the outside in; a list for which there is none is JSON."""
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
    """Alternatives, each a set of (scheme, scopes); None: as the client's document says; ``((),)``: none
    needed."""
    servers: tuple[Server, ...] = ()
    """Servers of the path or operation, where they differ from the document's."""
    idempotent: bool | None = None
    """None: by the method (RFC 9110, 9.2.2)."""
    deprecated: bool = False
    stream: str | None = None
    """The boolean member of the body, or the parameter, that asks for events instead of one value; ``""``: the
    ``Accept`` header alone does. None: there are no events beside the value."""
    pagination: Pagination | None = None
    poll: Poll | None = None


@frozen(kw_only=True)
class Pagination:
    """How the pages of a list follow each other (``x-pagination``).

    Places in a response are JSON pointers (``/meta/next``) or runtime expressions of OpenAPI
    (``$response.body#/meta/next``, ``$response.header.X-Next``).
    """

    style: Literal["offset", "page", "cursor", "last", "link", "next"]
    """``last``: a value of the last item is the cursor; ``link``: the Link header with ``rel="next"``
    (RFC 8288); ``next``: the next page's URL stands in the response."""
    items: str = ""
    """Where the items stand; ``""``: the body itself is the list."""
    parameter: str | None = None
    """The parameter that is moved on: the offset, the page's number or the cursor; ``$request.body#/NextToken``
    is a member of the body."""
    size_parameter: str | None = None
    """The parameter with the page's size."""
    next: str | None = None
    """``cursor`` and ``next``: where the next cursor or URL stands; ``last``: where the cursor stands in an item."""
    more: str | None = None
    """Where a boolean says that there is another page."""
    total: str | None = None
    """Where the number of all items (or, with ``page``, nothing else) stands."""
    first: int | None = None
    """The number of the first page, or the first offset; None: the document does not say."""
    back: str | None = None
    """The parameter that asks for what stands before a cursor; a call that gives it goes through the pages
    backwards, the items of each page in the order of the server."""
    previous: str | None = None
    """With ``back``: where the cursor of the page before stands; None: at ``next`` in the first item."""


@frozen(kw_only=True)
class Poll:
    """How the state of something that takes its time is watched (``x-poll``)."""

    state: str
    """Where the state stands in the response, as in `Pagination`; ``$statusCode`` is the HTTP status."""
    done: tuple[Any, ...] = ()
    """States that mean done; empty: anything but null, absent, false and ``""``."""
    failed: tuple[Any, ...] = ()
    """States that mean failed."""
    follow: bool = False
    """The operation only starts something: its answer names the URL of the state (``Operation-Location``,
    ``Azure-AsyncOperation`` or ``Location``), which is asked until it is over."""
    progress: str | None = None
    """Where a number from 0 to 100 stands."""
    interval: float = 1.0
    """Seconds between two looks, where neither the caller nor ``Retry-After`` says."""
    timeout: float | None = 600.0
    """Seconds after which `WaitTimeout` is raised; None: never."""


@frozen(kw_only=True)
class SecurityScheme:
    """A security scheme (OpenAPI 3.2.0, "Security Scheme Object")."""

    name: str
    """Its name in the document: the key of a client's credentials."""
    kind: str
    """``apiKey``, ``http``, ``oauth2``, ``openIdConnect`` or ``mutualTLS``."""
    parameter: str | None = None
    location: str | None = None
    """``apiKey``: ``query``, ``header`` or ``cookie``."""
    scheme: str | None = None
    """``http``: the authentication scheme of RFC 9110, 16.4.1."""
    bearer_format: str | None = None
    url: str | None = None
    """``openIdConnect``: where its configuration stands."""
    flows: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    """``oauth2``: flow to its ``authorizationUrl``, ``tokenUrl``, ``refreshUrl`` and ``scopes``."""


@frozen(kw_only=True)
class Webhook:
    """A request that the server sends (OpenAPI 3.1: ``webhooks``; ``callbacks`` of an operation)."""

    name: str
    """Its key in the document; of a callback the name of the callback."""
    body: tuple[Content, ...] = ()


@frozen(kw_only=True)
class ApiSpec:
    """What a generated client says about the whole API."""

    package: str
    """The generated package; its ``models`` is the namespace of type expressions."""
    generator: str = ""
    """Version of the generator that wrote the package."""
    level: int = 1
    """Level of the runtime that the package needs; see `bindwright.standards.runtime_level`."""
    title: str = ""
    version: str = ""
    """Version of the API, for ``User-Agent``."""
    servers: tuple[Server, ...] = ()
    schemes: tuple[SecurityScheme, ...] = ()
    security: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...] = ()
    """Alternatives, as in `Operation`."""
    webhooks: tuple[Webhook, ...] = ()
    resources: Mapping[str, str] = field(factory=dict)
    """Property of the client to ``module:class`` under ``api``."""

    def __attrs_post_init__(self) -> None:
        if self.level > LEVEL:
            from bindwright import __version__

            raise ImportError(
                f"{self.package} was written by bindwright {self.generator} and needs level {self.level} of its runtime;"
                f" bindwright {__version__}, which is installed, has level {LEVEL}."
                f" pip install --upgrade 'bindwright>={self.generator}'"
            )
