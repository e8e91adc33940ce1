"""Facts of XML as the runtime takes them: what differs from its defaults (decision 16)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindwright.ir import model as ir
from bindwright.targets.typescript.syntax.code import Code

Facts = dict[str, Any]


def node_facts(
    node: ir.XmlNode,
    inside: str,
    api: ir.Api,
    *,
    of: str = "",
    nil: bool = False,
    codec: Code | None = None,
) -> str | Facts:
    """Where one value stands.

    Args:
        inside: the namespace of nodes that name none.
        of: the member; empty where the node is none's.
        nil: whether null may stand there.
        codec: what stands within, where it is not what the member's codec says.
    """
    facts: Facts = {"of": of} if of else {}
    if node.name and node.name != of:
        facts["name"] = node.name
    if node.node == "none":
        within = {} if codec is None else {"codec": Code(f"() => {codec}")}
        return facts | _bare_facts(node, [inside, of], api) | within
    if node.namespace != inside:
        facts["namespace"] = node.namespace
    if node.prefix is not None:
        facts["prefix"] = node.prefix
    read = names_read(node, api)
    if node.node == "element" and read != [[node.namespace, node.name or of]]:
        facts["names"] = read
    if node.nil != nil:
        facts["nil"] = node.nil
    if node.node == "cdata":
        facts["cdata"] = True
    if codec is not None:
        facts["codec"] = Code(f"() => {codec}")
    return of if of and len(facts) == 1 else facts


def _bare_facts(node: ir.XmlNode, usual: list[str], api: ir.Api) -> Facts:
    """Of what has no element of its own, what is said of its elements; `usual`: the name that they have if nothing is."""
    facts: Facts = {}
    read = names_read(node, api)
    if read != [usual]:
        facts["names"] = read
    content = api.xml.get(node.content)
    if isinstance(content, ir.XmlList):
        type_ = api.types[content.type]
        items = type_.items if isinstance(type_, ir.Array) else None
        if content.item.nil != (items is not None and items.nullable):
            facts["nil"] = content.item.nil
    return facts | {"bare": True}


def discriminator_facts(node: ir.XmlNode, inside: str, api: ir.Api) -> str | Facts:
    """The element or attribute that tells the type; attributes have no namespace of their own."""
    is_attribute = node.node == "attribute"
    facts = node_facts(node, "" if is_attribute else inside, api, of=node.property)
    if not is_attribute:
        return facts
    return (
        ({"of": facts} if isinstance(facts, str) else facts)
        | {"attribute": True}
        | ({"qname": True} if node.qname else {})
    )


def names(expanded: list[ir.XmlName]) -> list[list[str]]:
    """Expanded names, namespace first."""
    return [[name.namespace, name.name] for name in expanded]


def names_read(node: ir.XmlNode, api: ir.Api, visited: set[ir.ContentId] | None = None) -> list[list[str]]:
    """The names of all elements that are read as what stands at a node.

    Args:
        visited: contents whose elements are in the list already, for there are many ways to what has no element.
    """
    content = api.xml.get(node.content)
    if node.node == "none":
        visited = set() if visited is None else visited
        if node.content in visited:
            return []
        visited.add(node.content)
        return [name for inner in _within(content) for name in names_read(inner, api, visited)]
    read = [[node.namespace, node.name], *names(node.also_read)]
    if isinstance(content, ir.XmlUnion) and content.by_name:
        for alternative in content.alternatives:
            read += [[alternative.namespace, alternative.name], *names(alternative.also_read)]
    return read


def is_gathered(node: ir.XmlNode, profile: str, api: ir.Api) -> bool:
    """Whether elements of a member are read at once: it has none of its own and is no list, or may be a list or something else."""
    content = api.xml.get(node.content)
    if isinstance(content, ir.XmlAny):
        # A list that is a value of any type is its element several times; .NET has no such value.
        is_value = isinstance(api.types[content.type], ir.Scalar | ir.Union)
        return is_value and node.node == "element" and profile == "openapi"
    if isinstance(content, ir.XmlUnion):
        return any(alternative.node == "none" for alternative in content.alternatives)
    return node.node == "none" and not isinstance(content, ir.XmlList)


def _within(content: ir.AnyXml | None) -> list[ir.XmlNode]:
    """The nodes that stand where that of a content would, which has none."""
    match content:
        case ir.XmlList():
            return [content.item]
        case ir.XmlTuple():
            return [*content.items, *([content.rest] if content.rest is not None else [])]
        case ir.XmlObject():
            return content.elements
        case _:
            return []


def root_facts(
    root: ir.XmlRoot | None, content: ir.AnyXml | None, profile: Code | None, api: ir.Api
) -> Facts:
    """Facts of a type's root element, and of what its content says of itself."""
    facts: Facts = {"profile": profile} if profile is not None else {}
    namespace = ""
    if root is not None:
        namespace = root.namespace
        facts["name"] = root.name
        if root.namespace:
            facts["namespace"] = root.namespace
        if root.prefix is not None:
            facts["prefix"] = root.prefix
        if root.nil:
            facts["nil"] = True
        read = names_read(root, api)
        if read != [[root.namespace, root.name]]:
            facts["names"] = read
    contract = getattr(content, "contract", None)
    own = [root.namespace, root.name] if root is not None else None
    if contract is not None and [contract.namespace, contract.name] != own:
        facts["type"] = [contract.namespace, contract.name]
    inside = getattr(content, "inside", namespace)
    if inside != namespace:
        facts["inside"] = inside
    return facts | declared_namespaces(content)


def declared_namespaces(content: object) -> Facts:
    """The namespaces that an element with a content declares, where they are not the one of what is within."""
    declares, inside = getattr(content, "declares", None), getattr(content, "inside", "")
    return {"declares": declares} if declares is not None and declares != ([inside] if inside else []) else {}


def usual_elements(type_: ir.Object) -> list[str] | None:
    """The members of an object as the runtime orders their elements if nothing is said; None where it is to be said."""
    if any(property_.use.only is not None or property_.side is not None for property_ in type_.properties):
        return None
    names = [property_.name for property_ in type_.properties]
    if type_.profile == "datacontract":
        # As JavaScript sorts, which is how .NET does: by units of UTF-16.
        return sorted(names, key=lambda name: name.encode("utf-16-be"))
    return None if type_.json_order else names


def is_by_name(content: ir.AnyXml | None) -> bool:
    """Whether the name of an element tells what it is, instead of the place where it stands."""
    return isinstance(content, ir.XmlUnion) and content.by_name


def member_nodes(type_: ir.Object) -> Mapping[str, ir.Property]:
    """The members of an object by their names."""
    return {property_.name: property_ for property_ in type_.properties}


def is_null_a_value(property_: ir.Property | None) -> bool:
    """Whether null stands for a value of a member."""
    return property_ is not None and property_.null == "value"
