"""What a schema says beside its type: prose, XML, defaults, examples, extensions; of a use and of a type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bindwright.ir.lowering.constraints import constraints
from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.keywords import CONSTRAINTS, READ, UNREAD
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.values import mapping, names_asked_for, prose, text, text_or_none, true
from bindwright.ir.lowering.xml import checked_name, namespace_name, xml_facts
from bindwright.ir.model import Entries, Type, Use

KNOWN_EXTENSIONS = frozenset(
    {
        "x-nullable",
        "x-isnullable",
        "x-bindwright-name",
        "x-enum-varnames",
        "x-enumNames",
        "x-enum-descriptions",
        "x-xml-profile",
        "x-xml-order",
        "x-dcs-type",
        "x-dcs-enum",
        "x-dcs-flags",
        "x-dcs-order",
        "x-dcs-emit-default",
        "x-dcs-dictionary",
        "x-dcs-known-types",
        "x-dcs-is-reference",
        "x-dcs-only",
    }
)
"""Extensions with a field of their own in the IR."""

_Setter = Callable[[Lowering, Use, Any, dict[str, Any], Location], None]


def _doc(context: Lowering, use: Use, value: Any, schema: dict[str, Any], location: Location) -> None:
    """Of all that says it, in whichever order it stands; what is not a reference has its title, its links, itself."""
    is_reference = "$ref" in schema
    # An inline scalar has no type of its own that could say it.
    is_plain = schema.get("type") in ("string", "integer", "number", "boolean") and "enum" not in schema
    otherwise = text(schema.get("title")) or text(schema.get("summary")) if is_reference else ""
    if is_reference or is_plain:
        use.doc = prose(schema, otherwise) or use.doc
    elif "description" in schema:
        use.doc = text(schema["description"])


def _default(context: Lowering, use: Use, value: Any, schema: dict[str, Any], location: Location) -> None:
    use.default, use.has_default = value, True


def _deprecated(context: Lowering, use: Use, value: Any, schema: dict[str, Any], location: Location) -> None:
    use.deprecated = true(value)


def _read_only(context: Lowering, use: Use, value: Any, schema: dict[str, Any], location: Location) -> None:
    use.read_only = true(value)


def _write_only(context: Lowering, use: Use, value: Any, schema: dict[str, Any], location: Location) -> None:
    use.write_only = true(value)


def _example(context: Lowering, use: Use, value: Any, schema: dict[str, Any], location: Location) -> None:
    use.examples.append(value)


def _examples(context: Lowering, use: Use, value: Any, schema: dict[str, Any], location: Location) -> None:
    use.examples.extend(value if isinstance(value, list) else [value])


def _xml(context: Lowering, use: Use, value: Any, schema: dict[str, Any], location: Location) -> None:
    use.xml = xml_facts(context, schema, location)


def _nullable(context: Lowering, use: Use, value: Any, schema: dict[str, Any], location: Location) -> None:
    use.nullable = use.nullable or true(value)


def _order(context: Lowering, use: Use, value: Any, schema: dict[str, Any], location: Location) -> None:
    if isinstance(value, int) and not isinstance(value, bool):
        use.order = value
    else:
        context.warn("invalid-extension", "`x-dcs-order` is not a whole number", location)


def _emit(context: Lowering, use: Use, value: Any, schema: dict[str, Any], location: Location) -> None:
    use.omit_default = value is False


def _only(context: Lowering, use: Use, value: Any, schema: dict[str, Any], location: Location) -> None:
    if value == "json" or value == "xml":
        use.only = value
    else:
        context.warn("invalid-extension", "`x-dcs-only` is neither `json` nor `xml`", location)


def _dictionary(context: Lowering, use: Use, value: Any, schema: dict[str, Any], location: Location) -> None:
    use.entries = entries(context, schema, location)
    if use.entries is not None:
        context.dictionaries.append((use, location))


_SETTERS: dict[str, _Setter] = {
    "description": _doc,
    "title": _doc,
    "externalDocs": _doc,
    "summary": _doc,
    "default": _default,
    "deprecated": _deprecated,
    "readOnly": _read_only,
    "writeOnly": _write_only,
    "example": _example,
    "examples": _examples,
    "xml": _xml,
    "nullable": _nullable,
    "x-nullable": _nullable,
    "x-isnullable": _nullable,
    "x-dcs-order": _order,
    "x-dcs-emit-default": _emit,
    "x-dcs-only": _only,
    "x-dcs-dictionary": _dictionary,
}


def annotate(context: Lowering, use: Use, schema: dict[str, Any], location: Location) -> Use:
    """`use` with all that its place says; constraints included."""
    for key, value in schema.items():
        setter = _SETTERS.get(key)
        if setter is not None:
            if value is not None or key == "default":
                setter(context, use, value, schema, location)
        elif key in CONSTRAINTS:
            if use.constraints is None:
                use.constraints = constraints(context, schema, location)
        elif key[:2] == "x-":
            if key not in KNOWN_EXTENSIONS:
                use.extensions[key] = value
        elif key not in READ:
            _report_unread(context, key, location)
    return use


def _report_unread(context: Lowering, key: str, location: Location) -> None:
    """Say that a keyword has no effect: nothing that a document says is dropped in silence."""
    if key in UNREAD:
        context.degrade("unread-keyword", UNREAD[key], location)
    else:
        # JSON Schema 2020-12 core, 6.5: keywords that nobody knows are annotations.
        context.note(
            "unknown-keyword",
            f"`{str(key)[:60]}` is no keyword that is known here: it has no effect",
            location,
        )


def describe(
    context: Lowering, type_: Type, schema: dict[str, Any], location: Location, *, named: bool
) -> None:
    """Set what a type itself says. Constraints, examples and extensions of inline types are on their use."""
    type_.doc = text(schema.get("description"))
    type_.title = text(schema.get("title"))
    type_.deprecated = true(schema.get("deprecated"))
    type_.externally_documented = text(mapping(schema.get("externalDocs")).get("url"))
    type_.names = names_asked_for(schema, context.options.names.get(type_.id))
    if "xml" in schema:
        type_.xml = xml_facts(context, schema, location)
    profile = schema.get("x-xml-profile", context.profile)
    type_.profile = "datacontract" if profile == "datacontract" else "openapi"
    if named:
        use = annotate(context, Use(type=type_.id), schema, location)
        type_.constraints, type_.examples, type_.extensions = use.constraints, use.examples, use.extensions
        facts = {
            key: getattr(use, key)
            for key in ("read_only", "write_only", "entries", "order", "only")
            if getattr(use, key)
        }
        if use.has_default:
            facts |= {"default": use.default, "has_default": True}
        if facts:
            context.inherited_facts[type_.id] = facts


def entries(context: Lowering, schema: dict[str, Any], location: Location) -> Entries | None:
    """``x-dcs-dictionary``: item element, its namespace, key and value elements, schema of the keys."""
    dictionary = schema.get("x-dcs-dictionary")
    if not (isinstance(dictionary, dict) and isinstance(dictionary.get("item"), str) and dictionary["item"]):
        context.warn(
            "invalid-extension", "`x-dcs-dictionary` has no `item`", location, "name the item element"
        )
        return None

    def name(member: str, default: str) -> str:
        what = f"`{member}` of `x-dcs-dictionary`"
        return checked_name(context, text_or_none(dictionary.get(member)), what, location) or default

    result = Entries(item=name("item", ""), key=name("keyName", "Key"), value=name("valueName", "Value"))
    result.namespace = namespace_name(context, dictionary.get("namespace"), location)
    if "key" in dictionary:
        result.key_use = context.use(
            context, dictionary["key"], location.down(f"/{escape('x-dcs-dictionary')}/key", "key")
        )
        context.dictionary_keys.append((result.key_use, location))
    return result
