"""A whole API: the root of the IR."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct, field

from bindwright.ir.model.api_info import Info, SecurityScheme, Server, Tag
from bindwright.ir.model.markers import ON_DEMAND, Mark
from bindwright.ir.model.operations import Operation
from bindwright.ir.model.source import Json, TypeId
from bindwright.ir.model.types import AnyType
from bindwright.ir.model.xml import AnyXml, ContentId, XmlProfile

IR_VERSION = 2
SCHEMA = f"urn:bindwright:ir:{IR_VERSION}"


class Api(Struct, kw_only=True):
    """A whole API."""

    schema: Annotated[str, Mark(name="$schema")] = SCHEMA
    """The address of the JSON Schema of this version."""
    ir: int = IR_VERSION
    """The version of the form. A reader refuses one that it does not know."""
    info: Info
    servers: list[Server] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    types: dict[TypeId, AnyType] = field(default_factory=dict)
    """Every type that is reachable or named, in a stable order: components first, in document order."""
    profiles: dict[str, XmlProfile] = field(default_factory=dict)
    """Conventions of the XML documents, by the profile of their root."""
    xml: dict[ContentId, AnyXml] = field(default_factory=dict)
    """What stands in the elements of XML documents, settled; empty where the API has no XML."""
    aliases: dict[TypeId, TypeId] = field(default_factory=dict)
    """Component schemas that are nothing but a reference, and the type they are another name of."""
    operations: list[Operation] = field(default_factory=list)
    webhooks: list[Operation] = field(default_factory=list)
    security_schemes: dict[str, SecurityScheme] = field(default_factory=dict)
    security: list[dict[str, list[str]]] = field(default_factory=list)
    extensions: Annotated[dict[str, Json], ON_DEMAND] = field(default_factory=dict)
