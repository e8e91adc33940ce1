"""Objects: the interface with the names of the wire, and the members of its codec."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bindwright.ir import model as ir
from bindwright.targets.prose import clean, default_text
from bindwright.targets.typescript.models.codecs import Codecs, Scope
from bindwright.targets.typescript.models.discriminators import Discriminators
from bindwright.targets.typescript.models.type_expressions import (
    TypeExpressions,
    alternatives_of,
    joined,
    with_null,
)
from bindwright.targets.typescript.models.xml_facts import (
    Facts,
    discriminator_facts,
    is_by_name,
    is_gathered,
    is_null_a_value,
    member_nodes,
    names,
    names_read,
    node_facts,
    root_facts,
    usual_elements,
)
from bindwright.targets.typescript.naming.declared import Side
from bindwright.targets.typescript.syntax.code import Code
from bindwright.targets.typescript.syntax.layout import call, in_line, value
from bindwright.targets.typescript.syntax.module import CONSTANT, Module
from bindwright.targets.typescript.syntax.text import comment, key

_INHERITED = frozenset(
    {"__proto__", "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString"}
    | {"valueOf", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"}
)  # fmt: skip
"""What all objects of JavaScript have: members of these names are read by code that looks whether they are an object's own."""


class Members:
    """The members of one object as one side has them."""

    def __init__(self, type_: ir.Object, side: Side, two_sided: bool) -> None:
        self.type, self.side, self.two_sided = type_, side, two_sided
        """`two_sided`: the type has another form on the other side."""
        self.of_side, self.beside = type_.properties, list[ir.Property]()
        """`beside`: members that the other side alone has."""
        if two_sided:
            self.of_side = [property_ for property_ in type_.properties if property_.side in (None, side)]
            self.beside = [property_ for property_ in type_.properties if property_.side not in (None, side)]

    def expected(self, property_: ir.Property) -> bool:
        """Whether a member is always there on this side, though not in every document of the type."""
        return (
            self.two_sided
            and property_.side == self.side
            and property_.required
            and property_.presence is None
        )

    def optional(self, property_: ir.Property) -> bool:
        """Whether a member may be absent."""
        return property_.presence != "always" and not self.expected(property_)


class Objects:
    """Writes objects."""

    def __init__(self, api: ir.Api, types: TypeExpressions, codecs: Codecs) -> None:
        self.api, self.types, self.codecs = api, types, codecs
        self.discriminators = Discriminators(api, types.plan)

    def members(self, type_: ir.Object, side: Side) -> Members:
        """The members of an object as one side has them."""
        return Members(type_, side, type_.id in self.types.plan.inputs)

    # The interface

    def interface(self, type_: ir.Object, name: str, side: Side, module: Module) -> str:
        """The declaration without its comment."""
        base = self.base_of(type_)
        members = self.members(type_, side)
        inherited = {property_.name for property_ in base.properties} if base is not None else set[str]()
        lines = [
            self._member(property_, members, module)
            for property_ in members.of_side
            if property_.name not in inherited
        ]
        index = self.index(type_, members, module)
        if index:
            lines.append(f"  [name: string]: {index};\n")
        head = f"export interface {name}"
        if base is not None:
            head += f" extends {self.types.interface_name(base.id, side, module)}"
        return f"{head} {{\n{''.join(lines)}}}\n" if lines else f"{head} {{}}\n"

    def base_of(self, type_: ir.Object) -> ir.Object | None:
        """The interface that is extended: all its members are inherited as they are, and it has no others."""
        base = self.api.types.get(type_.base) if type_.base else None
        if not isinstance(base, ir.Object) or base.id not in self.types.plan.types:
            return None
        if _beyond(type_) or _beyond(base) or (base.id in self.types.plan.inputs) != (type_.id in self.types.plan.inputs):  # fmt: skip
            return None
        if any(_beyond(ancestor) for ancestor in self._ancestors(base)):
            return None
        members = member_nodes(type_)
        same = all(_is_same(property_, members.get(property_.name)) for property_ in base.properties)
        return base if same else None

    def _ancestors(self, type_: ir.Object) -> Iterator[ir.Object]:
        seen = {type_.id}
        base = self.api.types.get(type_.base) if type_.base else None
        while isinstance(base, ir.Object) and base.id not in seen:
            seen.add(base.id)
            yield base
            base = self.api.types.get(base.base) if base.base else None

    def _member(self, property_: ir.Property, members: Members, module: Module) -> str:
        text = self.types.use(property_.use, members.side, module)
        if property_.null == "value":
            text = with_null(text)
        mark = "?" if members.optional(property_) else ""
        paragraphs = [clean(property_.use.doc)]
        if property_.use.has_default:
            paragraphs.append(default_text(property_.use.default).replace("``", "`"))
        tags = ["@deprecated"] if property_.use.deprecated else []
        return f"{comment(paragraphs, 2, tags)}  {key(property_.name)}{mark}: {text};\n"

    def index(self, type_: ir.Object, members: Members, module: Module) -> str:
        """The type of members without names: with those that have one, which TypeScript asks for."""
        if not _beyond(type_):
            return ""
        uses = [use for use in (type_.additional, *(use for _, use in type_.pattern_additional)) if use]
        parts = [self.types.use(use, members.side, module) for use in uses]
        for property_ in members.of_side:
            text = self.types.use(property_.use, members.side, module)
            parts.append(with_null(text) if property_.null == "value" else text)
        if any(members.optional(property_) for property_ in members.of_side):
            parts.append("undefined")
        return joined(part for text in parts for part in alternatives_of(text))

    # The codec

    def codec(self, type_: ir.Object, name: str, content: ir.ContentId | None, scope: Scope) -> Code:
        """The expression of an object's codec."""
        members = self.members(type_, scope.side)
        nodes = self._contents_of(content)
        written = {
            property_.name: self._codec_of(property_, members, nodes.get(property_.name), scope)
            for property_ in members.of_side
        }
        facts = self._facts(type_, content, scope)
        options = self._options(type_, members, nodes, scope)
        is_plain = not options and _INHERITED.isdisjoint(written)
        arguments: list[Any] = [written]
        if facts or not is_plain:
            arguments.append(facts)
        if options:
            arguments.append(options)
        constructor = scope.module.runtime("object" if is_plain else "objectWith")
        typed = self._type_arguments(type_, name, scope)
        said = self.discriminators.facts(type_, scope.module)
        if not said:
            return call(f"{constructor}{typed}", arguments, 0, CONSTANT + len(name))
        return call(
            scope.module.runtime("telling"),
            [call(f"{constructor}{typed}", arguments, 0, 0), said],
            0,
            CONSTANT + len(name),
        )

    def _type_arguments(self, type_: ir.Object, name: str, scope: Scope) -> str:
        """The interface, and the type where that is another one."""
        interface = self.types.interface_name(type_.id, scope.side, scope.module)
        return scope.module.type_arguments(*([lambda: interface] + [lambda: name] * (interface != name)))

    def variant(self, type_: ir.Object, name: str, content: ir.ContentId, scope: Scope) -> Code:
        """The codec of an object with another content in XML than that of its name."""
        facts = self._facts(type_, content, scope)
        return call(scope.module.runtime("variant"), [Code(name), facts])

    def _contents_of(self, content: ir.ContentId | None) -> dict[str, ir.ContentId]:
        node = self.api.xml.get(content) if content is not None else None
        if not isinstance(node, ir.XmlObject):
            return {}
        nodes = [*node.attributes, *node.elements, *([node.text] if node.text is not None else [])]
        return {part.property: part.content for part in nodes}

    def _codec_of(
        self, property_: ir.Property, members: Members, content: ir.ContentId | None, scope: Scope
    ) -> Code:
        codec = self.codecs.use(property_.use, content, scope)
        runtime = scope.module.runtime
        if property_.null == "value" and not property_.use.nullable:
            codec = Code(f"{runtime('nullable')}({codec})")
        if members.expected(property_):
            return Code(f"{runtime('expected')}({codec})")
        settings: dict[str, Any] = {}
        if property_.presence == "zero":
            settings["zero"] = _json_text(property_.zero)
        if property_.use.only is not None:
            settings["only"] = property_.use.only
        if not members.optional(property_) and not settings:
            return codec
        constructor = "conditional" if property_.conditional else "optional"
        return Code(f"{runtime(constructor)}({codec}{f', {in_line(settings)}' if settings else ''})")

    def _options(
        self, type_: ir.Object, members: Members, nodes: dict[str, ir.ContentId], scope: Scope
    ) -> dict[str, Any]:
        """What else the codec knows of JSON."""
        options: dict[str, Any] = {}
        if members.beside:
            options["beside"] = {
                property_.name: self._codec_of(property_, members, nodes.get(property_.name), scope)
                for property_ in members.beside
            }
            options["order"] = type_.json_order or [property_.name for property_ in type_.properties]
        elif type_.json_order:
            options["order"] = type_.json_order
        elif any(property_.name.isdigit() for property_ in type_.properties):
            options["order"] = [property_.name for property_ in type_.properties]
        if type_.unknown == "reject":
            options["closed"] = True
        if type_.additional is not None:
            options["additional"] = self.codecs.use(type_.additional, self._additional(nodes, type_), scope)
        if type_.pattern_additional:
            contents = self._patterns(type_)
            options["patterns"] = [
                [pattern, self.codecs.use(use, content, scope)]
                for (pattern, use), content in zip(type_.pattern_additional, contents, strict=True)
            ]
        if type_.discriminator is not None and type_.mapping:
            options["discriminator"] = type_.discriminator
            options["mapping"] = self._mapping(type_.mapping, scope)
        if type_.reference is not None:
            attributes = [type_.reference.id, type_.reference.ref]
            options["sharing"] = call(scope.module.runtime("sharing"), attributes)
        return options

    def _additional(self, nodes: dict[str, ir.ContentId], type_: ir.Object) -> ir.ContentId | None:
        main = self.codecs.contents.main(type_.id)
        content = self.api.xml.get(main) if main is not None else None
        if isinstance(content, ir.XmlObject) and content.additional is not None:
            return content.additional.content
        return None

    def _patterns(self, type_: ir.Object) -> list[ir.ContentId | None]:
        main = self.codecs.contents.main(type_.id)
        content = self.api.xml.get(main) if main is not None else None
        if isinstance(content, ir.XmlObject) and content.patterns:
            return [node.content for node in content.patterns]
        return [None] * len(type_.pattern_additional)

    def _mapping(self, mapping: dict[str, ir.TypeId], scope: Scope) -> Code:
        before, scope.deferred = scope.deferred, True
        codecs = {
            name: self.codecs.type(target, self.codecs.contents.main(target), scope)
            for name, target in mapping.items()
        }
        scope.deferred = before
        return Code(f"() => ({value(codecs)})")

    # Facts of XML

    def _facts(self, type_: ir.Object, content: ir.ContentId | None, scope: Scope) -> Facts:
        node = self.api.xml.get(content) if content is not None else None
        if not isinstance(node, ir.XmlObject):
            return {}
        is_main = content == self.codecs.contents.main(type_.id)
        profile = self.codecs.profile(type_.id, scope)
        facts = root_facts(type_.root if is_main else None, node, profile, self.api)
        properties = member_nodes(type_)
        main = self._contents_of(self.codecs.contents.main(type_.id))
        before, scope.deferred = scope.deferred, True

        def written(part: ir.XmlNode, inside: str) -> str | Facts:
            property_ = properties.get(part.property)
            codec = None
            inlined = part.node == "none" and not isinstance(self.api.xml.get(part.content), ir.XmlList)
            if property_ is not None and (inlined or main.get(part.property) != part.content):
                codec = self.codecs.type(property_.use.type, part.content, scope, property_.use.lexical)
            nil = codec is None and is_null_a_value(property_)
            if inlined:
                codec = call(scope.module.runtime("inlined"), [codec])
            facts = node_facts(part, inside, self.api, of=part.property, nil=nil, codec=codec)
            if isinstance(facts, str):
                return facts
            facts = {"of": part.property} | facts
            return _required(facts, self.api.xml.get(part.content)) if inlined else facts

        facts |= self._elements(type_, node, [written(part, node.inside) for part in node.elements], scope)
        features = self._features(type_, node, written, scope)
        scope.deferred = before
        return facts | ({"features": features} if features else {})

    def _elements(
        self, type_: ir.Object, node: ir.XmlObject, elements: list[str | Facts], scope: Scope
    ) -> Facts:
        """The members that are elements, where they are not all of them in the usual order."""
        by_name = any(is_by_name(self.api.xml.get(part.content)) for part in node.elements)
        called = [name for part in node.elements for name in {name for _, name in names_read(part, self.api)}]
        if len(set(called)) < len(called) or any(
            is_gathered(part, type_.profile, self.api) for part in node.elements
        ):
            return {"elements": call(scope.module.runtime("shared"), [elements])}
        if (
            by_name
            or len(elements) != len(type_.properties)
            or not all(isinstance(element, str) for element in elements)
        ):
            return {"elements": call(scope.module.runtime("nodes"), [elements])}
        return {} if elements == usual_elements(type_) else {"elements": elements}

    def _features(self, type_: ir.Object, node: ir.XmlObject, written: Any, scope: Scope) -> list[Code]:
        runtime = scope.module.runtime
        is_inherited = not _INHERITED.isdisjoint(property_.name for property_ in type_.properties)
        features = [Code(runtime("inherited"))] if is_inherited else []
        plain = [part for part in node.attributes if not part.qname]
        if plain:
            features.append(call(runtime("attributes"), [[written(part, "") for part in plain]]))
        for part in node.attributes:
            if part.qname:
                features.append(call(runtime("typeAttribute"), [written(part, part.namespace)]))
        if node.text is not None:
            features.append(call(runtime("content"), [written(node.text, node.inside)]))
        if node.additional is not None or node.patterns:
            others = None if node.additional is None else node_facts(node.additional, node.inside, self.api)
            patterns = [node_facts(pattern, node.inside, self.api) for pattern in node.patterns]
            features.append(call(runtime("additional"), [others, patterns] if patterns else [others]))
        if node.discriminator is not None:
            facts = discriminator_facts(node.discriminator, node.inside, self.api)
            mapping = self._content_mapping(node.mapping, scope)
            features.append(call(runtime("byDiscriminator"), [facts, mapping]))
        if node.derived:
            types = [self.api.xml[content].type for content in node.derived]
            features.append(call(runtime("derived"), [self.codecs.deferred(types, node.derived, scope)]))
        if node.reference is not None:
            reference = node.reference
            said = dict(zip(("id", "ref"), names([reference.id, reference.ref]), strict=True))
            prefix = {"prefix": reference.prefix} if reference.prefix else {}
            features.insert(0, call(runtime("reference"), [said | prefix]))
        return features

    def _content_mapping(self, mapping: dict[str, ir.ContentId], scope: Scope) -> Code:
        codecs = {
            name: self.codecs.type(self.api.xml[content].type, content, scope)
            for name, content in mapping.items()
        }
        return Code(f"() => ({value(codecs)})")


def _required(facts: Facts, content: ir.AnyXml | None) -> Facts:
    """Facts of what has no element of its own and is no list: without elements it is an empty array, or missing."""
    if isinstance(content, ir.XmlTuple) and content.fewest == 0:
        return facts
    return {name: fact for name, fact in facts.items() if name != "bare"}


def _beyond(type_: ir.Object) -> bool:
    """Whether an object has members that are not named."""
    return type_.additional is not None or bool(type_.pattern_additional)


def _is_same(property_: ir.Property, derived: ir.Property | None) -> bool:
    """Whether a member of a base is the same member in the object that is derived from it."""
    return (
        derived is not None
        and derived.use.type == property_.use.type
        and derived.use.nullable == property_.use.nullable
        and (derived.presence, derived.null, derived.side) == (property_.presence, property_.null, property_.side)
    )  # fmt: skip


def _json_text(value_: ir.Json) -> str:
    import json

    return json.dumps(value_, default=str)
