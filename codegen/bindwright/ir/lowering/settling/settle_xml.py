"""XML, settled: names, namespaces, nodes and order of every place and of every root (OpenAPI 3.2.0, XML Object).

Names come from an explicit ``xml.name``, of the place, else of the component that it refers to, also where that is
the component's key; else from the property. The key of a component names roots (and what stands for a root: an item
of a root list, an alternative). Namespaces without a prefix are inherited, as ``xmlns`` is.
"""

from __future__ import annotations

from collections.abc import Iterator

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.settling.xml_conflicts import (
    keep_distinct_attributes,
    keep_one_text,
    warn_of_members,
)
from bindwright.ir.lowering.settling.xml_contents import XmlSettler
from bindwright.ir.lowering.settling.xml_facts import settle_facts
from bindwright.ir.lowering.settling.xml_members import warn_of_shared_names
from bindwright.ir.lowering.settling.xml_profiles import PROFILES
from bindwright.ir.lowering.settling.xml_references import (
    join_choices,
    name_references,
    warn_of_alternatives,
    warn_of_enclosed_items,
    warn_of_items_alike,
    warn_of_missing_elements,
    warn_of_positions,
    warn_of_references,
    warn_of_unused_names,
)
from bindwright.ir.model import (
    AnyType,
    Api,
    Array,
    Content,
    ContentId,
    Object,
    Use,
    XmlAny,
    XmlEntries,
    XmlList,
    XmlMap,
    XmlObject,
    XmlOffset,
    XmlText,
    XmlTuple,
    XmlUnion,
)  # fmt: skip
from bindwright.ir.walks import contents_of, described_parts, operations_of, parts_of, uses_of
from bindwright.standards.media_types import kind_of


def settle_xml(context: Lowering) -> None:
    """Set the roots of types and bodies, and the contents that they lead to."""
    api = context.api
    if not has_xml(context):
        return
    if context.options.xml_references == "component":
        name_references(context.types)
    elif context.document.version == "3.2":
        warn_of_references(context)
    warn_of_missing_elements(context)
    join_choices(context)
    warn_of_alternatives(context)
    settle_facts(api, context.types)
    warn_of_positions(context)
    api.profiles = PROFILES
    settler = XmlSettler(api, context.types, reads_components=context.document.version == "3.2")
    warn_of_members(context)
    keep_one_text(context)
    keep_distinct_attributes(context)
    for type_ in list(context.types.values()):  # settling may add plain types, those of keys
        if type_.name is not None:
            type_.root = settler.root(Use(type=type_.id))
    for content in _bodies(api):
        if content.use is not None and kind_of(content.media_type) == "xml":
            content.root = settler.root(content.use)
        for use in _documents_of_parts(context, content):
            # Of a type without a name the root stands at it: it is in one place, and a part has none.
            context.types[use.type].root = settler.root(use)
    warn_of_shared_names(context)
    warn_of_unused_names(context, settler.unused, settler.alike)
    warn_of_enclosed_items(context, settler.enclosed)
    if _speaks_of_xml(context):
        warn_of_items_alike(context)
    for content_id, settled in api.xml.items():
        if isinstance(settled, (XmlOffset, XmlObject, XmlList, XmlTuple, XmlEntries)):
            settled.declares = _declares(api, content_id, frozenset())


def has_xml(context: Lowering) -> bool:
    """Whether anything of the API may stand in XML, when types are final."""
    if context.has_xml is None:
        # A document of schemas alone says nothing of formats: its types may stand in any.
        context.has_xml = not _bodies(context.api) or _speaks_of_xml(context)
    return context.has_xml


def _speaks_of_xml(context: Lowering) -> bool:
    """Whether a document says of a body, a part or a schema that it stands in XML, or how."""
    media_types = (
        media_type
        for content in _bodies(context.api)
        for media_type in (content.media_type, *(part.content_type for part in described_parts(content)))
    )
    return any(kind_of(name.partition(",")[0]) == "xml" for name in media_types if name) or any(
        map(_says_xml, context.types.values())
    )


def _says_xml(type_: AnyType) -> bool:
    if type_.xml is not None or type_.profile == "datacontract":
        return True
    return any(use.xml is not None for use in uses_of(type_))


def _bodies(api: Api) -> list[Content]:
    return [content for operation in operations_of(api) for content in contents_of(operation)]


def _documents_of_parts(context: Lowering, content: Content) -> Iterator[Use]:
    """What stands in XML in parts of a form, each item of a list by itself, and is an object without a name."""
    form = context.types[content.use.type] if content.parts and content.use is not None else None
    in_xml = {
        part.name
        for part in content.parts
        if part.content_type and kind_of(part.content_type.partition(",")[0]) == "xml"
    }
    for property_ in form.properties if isinstance(form, Object) else ():
        type_ = context.types[property_.use.type]
        use = type_.items if isinstance(type_, Array) and type_.items is not None else property_.use
        inside = context.types[use.type]
        if property_.name in in_xml and isinstance(inside, Object) and inside.root is None:
            yield use


def _declares(api: Api, content_id: ContentId, around: frozenset[ContentId]) -> list[str]:
    """The namespaces that an element declares: of what stands within; of a collection, also of what its items hold."""
    content = api.xml[content_id]
    if content_id in around or isinstance(content, (XmlText, XmlAny, XmlMap, XmlUnion)):
        return []
    if isinstance(content, XmlTuple):
        return list(dict.fromkeys(item.namespace for item in parts_of(content) if item.namespace))
    namespaces = [content.inside]
    if isinstance(content, XmlList):
        item = api.xml[content.item.content]
        if isinstance(item, XmlList | XmlEntries):  # that declares for its own items by itself
            namespaces.append(item.inside)
        else:
            namespaces += _declares(api, content.item.content, around | {content_id})
    return list(dict.fromkeys(filter(None, namespaces)))
