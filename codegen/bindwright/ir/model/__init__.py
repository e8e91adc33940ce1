"""The IR: an API as data, in no language's words and with no OpenAPI version left in it.

Types are referred to by id, so that cycles are only data.
It serialises to JSON and back without loss (`bindwright.ir.serialize`); ports read that.

A *use* of a type (a property, an item, a body) is a `Use`: which type, whether null is allowed, and
what the place itself says (XML facts, default, description); a *type* is what is said once.
"""

from bindwright.ir.model.api import IR_VERSION, SCHEMA, Api
from bindwright.ir.model.api_info import Info, SecurityScheme, Server, Tag
from bindwright.ir.model.json_settled import Alternative, JsonType, Reference
from bindwright.ir.model.lexical import Lexical, LexicalForm
from bindwright.ir.model.operations import Body, Content, Link, Operation, Parameter, Part, Response
from bindwright.ir.model.options import LowerOptions
from bindwright.ir.model.paging import Pagination, PagingStyle, Polling
from bindwright.ir.model.source import Degraded, Json, Names, SourcePlace, TypeId, name_asked_for
from bindwright.ir.model.types import (
    AnyType,
    Array,
    Enum,
    EnumMember,
    Map,
    Object,
    Property,
    Scalar,
    Type,
    Union,
)
from bindwright.ir.model.uses import Constraints, Entries, Node, Use, XmlFacts
from bindwright.ir.model.xml import (
    AnyXml,
    BuiltInType,
    ContentId,
    Profile,
    XmlAny,
    XmlEntries,
    XmlList,
    XmlMap,
    XmlName,
    XmlNode,
    XmlObject,
    XmlOffset,
    XmlProfile,
    XmlReference,
    XmlRoot,
    XmlText,
    XmlTuple,
    XmlUnion,
)

__all__ = [
    "IR_VERSION",
    "SCHEMA",
    "Alternative",
    "AnyType",
    "AnyXml",
    "Api",
    "Array",
    "Body",
    "BuiltInType",
    "Constraints",
    "Content",
    "ContentId",
    "Degraded",
    "Entries",
    "Enum",
    "EnumMember",
    "Info",
    "Json",
    "JsonType",
    "Lexical",
    "LexicalForm",
    "Link",
    "LowerOptions",
    "Map",
    "Names",
    "Node",
    "Object",
    "Operation",
    "Pagination",
    "PagingStyle",
    "Parameter",
    "Part",
    "Polling",
    "Profile",
    "Property",
    "Reference",
    "Response",
    "Scalar",
    "SecurityScheme",
    "Server",
    "SourcePlace",
    "Tag",
    "Type",
    "TypeId",
    "Union",
    "Use",
    "XmlAny",
    "XmlEntries",
    "XmlFacts",
    "XmlList",
    "XmlMap",
    "XmlName",
    "XmlNode",
    "XmlObject",
    "XmlOffset",
    "XmlProfile",
    "XmlReference",
    "XmlRoot",
    "XmlText",
    "XmlTuple",
    "XmlUnion",
    "name_asked_for",
]
