"""What a property that is a mere reference is called in XML: docs/decisions/0012-xml-references.md."""

from __future__ import annotations

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.model import AnyType, Enum, Map, Object, Scalar, TypeId, XmlFacts


def name_references(types: dict[TypeId, AnyType]) -> None:
    """The setting ``xml-references = "component"``: a component without ``xml.name`` is called by its key everywhere."""
    for type_ in types.values():
        if type_.name is not None:
            type_.xml = type_.xml or XmlFacts()
            type_.xml.name = type_.xml.name or type_.name


def warn_of_missing_elements(context: Lowering) -> None:
    """Tell of members without a node of their own whose content could not be found again: maps and plain values.

    The entries of a map would stand among the members of the object around it (OpenAPI 3.2.0, "XML Node Types",
    ``none``), and nothing would tell them from its other content.
    """
    for owner in context.types.values():
        for property_ in owner.properties if isinstance(owner, Object) else ():
            type_ = context.types[property_.use.type]
            facts = (property_.use.xml, type_.xml)
            if isinstance(type_, Map | Scalar | Enum) and any(
                fact is not None and fact.node == "none" for fact in facts
            ):
                context.degrade(
                    "invalid-node-type",
                    f"`nodeType: none` of {'a map' if isinstance(type_, Map) else 'a plain value'}: it has an element",
                    Location(property_.place.file, property_.place.pointer),
                    "`nodeType: element`, or `additionalProperties` of the object around it",
                )


def warn_of_references(context: Lowering) -> None:
    """Tell where the letter of 3.2 and all other versions call an element differently, and no XML Object says which."""
    for owner in context.types.values():
        for property_ in owner.properties if isinstance(owner, Object) and owner.profile == "openapi" else ():
            use = property_.use
            type_ = context.types[use.type]
            says = use.xml is not None or (type_.xml is not None and (type_.xml.name or type_.xml.node))
            if type_.name in (None, property_.name) or says or property_.declared_in != owner.id:
                continue
            context.warn(
                "xml-reference-name",
                f"in XML, the element of `{property_.name[:60]}` is called `{property_.name[:60]}`, as in every"
                f" version; by the letter of 3.2 it would be `{(type_.name or '')[:60]}`, as what it refers to",
                Location(property_.place.file, property_.place.pointer),
                'say which: `xml: {nodeType: element}` beside the reference, or `xml-references = "component"`'
                " in the configuration",
            )
