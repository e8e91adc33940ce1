"""Operations: parameters, bodies and responses."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Struct, field

from bindwright.ir.model.api_info import Server
from bindwright.ir.model.markers import ON_DEMAND
from bindwright.ir.model.paging import Pagination, Polling
from bindwright.ir.model.source import Degraded, Json, Names, SourcePlace
from bindwright.ir.model.uses import Use
from bindwright.ir.model.xml import XmlRoot
from bindwright.standards.media_types import Kind


class Parameter(Struct, kw_only=True):
    """A parameter with its style and explode settled (2.0's ``collectionFormat`` included)."""

    name: str
    words: list[str] = field(default_factory=list)
    """What it is to be called: no other parameter of the operation has the same. Absent: what stands between the
    underscores of `name`."""
    location: Literal["path", "query", "header", "cookie", "querystring"]
    use: Use
    required: bool = False
    style: str = "form"
    explode: bool = True
    inner_separators: list[str] = field(default_factory=list)
    """What stands between the items of a list in the list, of one in that, and so on (2.0's ``collectionFormat`` of
    ``items``); a list for which there is none is JSON."""
    allow_reserved: bool = False
    allow_empty: bool = False
    content: str | None = None
    doc: str = ""
    deprecated: bool = False
    names: Names = field(default_factory=dict)
    """As of a `Type`."""
    place: Annotated[SourcePlace, ON_DEMAND] = field(default_factory=SourcePlace)


class Part(Struct, kw_only=True):
    """One property's entry of an ``encoding`` (form and multipart bodies)."""

    name: str
    content_type: str | None = None
    style: str | None = None
    explode: bool | None = None
    inner_separators: list[str] = field(default_factory=list)
    """As of a `Parameter`."""
    allow_reserved: bool = False
    headers: list[Parameter] = field(default_factory=list)


class Content(Struct, kw_only=True):
    """One media type of a body."""

    media_type: str
    kind: Kind | None = None
    """How the body is read and written. Always there once the IR is settled."""
    use: Use | None = None
    root: XmlRoot | None = None
    """The root element of the body, where its media type is XML."""
    item_use: Use | None = None
    """``itemSchema`` of 3.2."""
    parts: list[Part] = field(default_factory=list)
    positional: bool = False
    """The parts of a ``multipart`` body have no names, but are the items of a list (OpenAPI 3.2.0, "Encoding By
    Position")."""
    prefix_parts: list[Part] = field(default_factory=list)
    """``prefixEncoding``: of the first parts, one each, without names."""
    item_part: Part | None = None
    """``itemEncoding``: of the parts behind them, without a name."""
    examples: list[Json] = field(default_factory=list)
    example_names: list[str] = field(default_factory=list)
    """Names of `examples`, one each, in the same order; ``""`` where an example has none."""


class Body(Struct, kw_only=True):
    """A request body."""

    contents: list[Content]
    required: bool = False
    doc: str = ""
    name: str | None = None
    """2.0: the name of the body parameter."""


class Link(Struct, kw_only=True):
    """A ``link`` of a response."""

    name: str
    operation: str | None = None
    parameters: dict[str, Json] = field(default_factory=dict)
    body: Json = None
    doc: str = ""


class Response(Struct, kw_only=True):
    """One response: ``status`` is ``"200"``, ``"4XX"`` or ``"default"``."""

    status: str
    doc: str = ""
    contents: list[Content] = field(default_factory=list)
    headers: list[Parameter] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


class Operation(Struct, kw_only=True):
    """One operation. ``id`` is unique and stable: ``"GET /pets/{id}"``, with the fragment of the path key."""

    id: str
    method: str
    path: str
    """Path template without the fragment of its key."""
    fragment: str = ""
    operation_id: str | None = None
    """As the document gives it, even where it clashes."""
    words: list[str] = field(default_factory=list)
    """What it is to be called: no other operation of the API has the same."""
    callback: str | None = None
    """The name of the callback that it stands in."""
    names: Names = field(default_factory=dict)
    """As of a `Type`."""
    tags: list[str] = field(default_factory=list)
    summary: str = ""
    doc: str = ""
    deprecated: bool = False
    parameters: list[Parameter] = field(default_factory=list)
    body: Body | None = None
    responses: list[Response] = field(default_factory=list)
    security: list[dict[str, list[str]]] | None = None
    """As the document says, with schemes of tokens that it wants together as alternatives, for they share one header;
    null: nothing. `requirements` is what follows."""
    servers: list[Server] = field(default_factory=list)
    callbacks: list[Operation] = field(default_factory=list)
    requirements: list[dict[str, list[str]]] = field(default_factory=list)
    """What has to be fulfilled, one of them: names of security schemes with their scopes. Those of the document where
    the operation says nothing; an empty one: nothing has to be."""
    pages: Pagination | None = None
    """How its pages follow each other."""
    polling: Polling | None = None
    """How its state is watched."""
    pagination: Annotated[Json, ON_DEMAND] = None
    """``x-pagination``, or what the signs of paging tell, as written; `pages` is what is meant."""
    poll: Annotated[Json, ON_DEMAND] = None
    """``x-poll``, as written; `polling` is what is meant."""
    place: Annotated[SourcePlace, ON_DEMAND] = field(default_factory=SourcePlace)
    degraded: list[Degraded] = field(default_factory=list)
    extensions: Annotated[dict[str, Json], ON_DEMAND] = field(default_factory=dict)
