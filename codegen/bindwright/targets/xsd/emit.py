"""The schema documents of an API: files in memory."""

from __future__ import annotations

from collections.abc import Iterator

from bindwright.ir.model import Api, XmlAny, XmlObject, XmlRoot
from bindwright.targets.xsd.schema_set import SchemaSet
from bindwright.targets.xsd.schema_types import TypeWriter


def emit(api: Api, *, tolerant: bool = False) -> dict[str, bytes]:
    """Schema documents by file name; empty where the API has no XML.

    Args:
        tolerant: for validation before reading: members in any order, unknown elements of other namespaces.
    """
    schemas = SchemaSet()
    writer = TypeWriter(api, schemas, tolerant=tolerant)
    writer.collections()
    for root in _roots(api):
        if root.node == "element":
            type_name = writer.type_name(root.content)
            writer.global_element(root.namespace, root.name, type_name)
            for node in writer.choice_by_name(root):
                writer.global_element(node.namespace, node.name, writer.type_name(node.content))
    for content in list(api.xml.values()):
        # Types that only xsi:type names have to be there, too.
        names = (
            content.derived
            if isinstance(content, XmlObject)
            else content.known
            if isinstance(content, XmlAny)
            else []
        )
        for content_id in names:
            writer.type_name(content_id)
    return dict(schemas.files())


def _roots(api: Api) -> Iterator[XmlRoot]:
    for type_ in api.types.values():
        if type_.root is not None:
            yield type_.root
    for operation in (*api.operations, *api.webhooks):
        contents = list(operation.body.contents) if operation.body is not None else []
        for response in operation.responses:
            contents += response.contents
        yield from (content.root for content in contents if content.root is not None)
