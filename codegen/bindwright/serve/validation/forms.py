"""Form bodies: urlencoded pairs and multipart parts, read as an object of texts and bytes.

OpenAPI 3.2.0, "Encoding Object"; RFC 7578 and RFC 2046, 5.1.
"""

from __future__ import annotations

from collections.abc import Callable
from email.message import Message
from email.parser import HeaderParser
from typing import Any
from urllib.parse import quote, unquote_plus

from attrs import evolve, frozen

from bindwright.ir.model import (
    Api,
    Array,
    Content,
    Map,
    Object,
    Parameter,
    Part,
    Property,
    Scalar,
    Union,
    Use,
)
from bindwright.runtime.http.request.parameter_styles import separator_of
from bindwright.runtime.http.response.parts import TRANSFER_ENCODING, without_transfer_encoding
from bindwright.serve.validation import parameter_styles as styles
from bindwright.serve.validation.coerce import coerce
from bindwright.serve.validation.exploded import Place, is_borrowed
from bindwright.serve.validation.json_text import json_value
from bindwright.serve.validation.json_values import Checker
from bindwright.serve.values import member_use, shapes, type_of
from bindwright.standards.media_types import Kind, kind_of


@frozen
class BodyPart:
    """One part of a multipart body."""

    name: str
    content_type: str | None
    filename: str | None
    data: bytes
    transfer_encoding: str = ""


Xml = Callable[[str, bytes], Any]


def urlencoded(api: Api, content: Content, body: bytes, xml: Xml | None = None) -> Any:
    """The JSON object that a form's pairs stand for, by each property's style or media type.

    `xml` gives the JSON value of a property's XML.
    """
    pairs = styles.pairs(body.decode("latin-1"))
    use = _discriminated(api, content.use, {name: unquote_plus(text) for name, text in pairs})
    members: dict[str, Any] = {}
    for name in _names(api, use, [name for name, _ in pairs]):
        if (kind := _encoding_kind(content.parts, name)) is not None and (
            texts := [unquote_plus(text) for pair_name, text in pairs if pair_name == name]
        ):
            members[name] = _of_media(api, member_use(api, use, name), name, texts, kind, xml)
            continue
        parameter = _parameter(name, member_use(api, use, name), content.parts)
        if (json_object := _json_object(api, parameter, pairs, content.parts)) is not None:
            members[name] = json_object
            continue
        for shape in shapes(api, parameter.use):
            value = styles.from_pairs(parameter, pairs, shape, _members(api, parameter.use))
            if value is not styles.ABSENT:
                value = styles.parted(value, parameter.inner_separators)
                value = coerce(api, _json_or_text(value, shape), parameter.use)
                if shape != "object" or not _is_borrowed(api, use, content.parts, name, value):
                    members[name] = value
                break
    return members


def _discriminated(api: Api, use: Use | None, texts: dict[str, str]) -> Use:
    """The type that a form's discriminator leads to, whose members it has; else the documented one."""
    if use is None:
        return Use(type="any")
    type_ = type_of(api, use)
    discriminator = type_.discriminator if isinstance(type_, Object | Union) else None
    goal = (
        type_.mapping.get(texts.get(discriminator, ""))
        if isinstance(type_, Object | Union) and discriminator
        else None
    )
    return Use(type=goal) if goal in api.types else use


def _encoding_kind(parts: list[Part], name: str) -> Kind | None:
    """What a property's texts are, where its encoding says JSON or XML and no style (OpenAPI 3.1.1, 4.8.15.1.2)."""
    part = next((part for part in parts if part.name == name), None)
    if part is None or part.content_type is None or part.style is not None:
        return None
    kind = kind_of(part.content_type.partition(",")[0])
    return kind if kind in ("json", "xml") else None


def _of_media(api: Api, use: Use, name: str, texts: list[str], kind: Kind, xml: Xml | None) -> Any:
    """A property's value of texts in JSON or XML: a list is one text of JSON, or has one for each item."""
    values = [_of_text(name, text, kind, xml) for text in texts]
    type_ = type_of(api, use)
    if not isinstance(type_, Array) or (len(values) == 1 and _is_whole(api, values[0], type_)):
        return values[-1]
    return values


def _of_text(name: str, text: str, kind: Kind, xml: Xml | None) -> Any:
    """The value of a text; the text itself where it is no such one, which its type refuses."""
    if kind == "xml":
        return text if xml is None else xml(name, text.encode())
    try:
        return json_value(text)
    except ValueError:
        return text


def _is_borrowed(api: Api, use: Use, parts: list[Part], name: str, value: Any) -> bool:
    """Whether an optional object is made of properties that the form itself has, or another object."""
    form = type_of(api, use)
    if not isinstance(form, Object) or not isinstance(value, dict):
        return False
    places = {prop.name: _place(prop, parts) for prop in form.properties}
    place = places.pop(name, None)
    if place is None:
        return False
    return is_borrowed(api, place, value, places.values(), fits=not Checker(api).check(value, place.use))


def _place(prop: Property, parts: list[Part]) -> Place:
    parameter = _parameter(prop.name, prop.use, parts)
    exploded = parameter.style == "form" and parameter.explode
    return Place(prop.name, prop.use, required=prop.required, exploded=exploded)


def multipart(api: Api, content: Content, body: bytes, boundary: str, xml: Xml | None = None) -> Any:
    """The object of a multipart body: JSON parts decoded, texts by their type, files as bytes; of a list its items.

    `xml` gives the JSON value of a property's XML.
    """
    if content.positional:
        return _items(api, content, body_parts(body, boundary), xml)
    received = body_parts(body, boundary)
    use = _discriminated(
        api,
        content.use,
        {part.name: part.data.decode("utf-8", "replace") for part in received if part.filename is None},
    )
    members, styled_names = _styled_objects(api, content, received)
    for part in received:
        if part.name in styled_names:
            continue
        property_use = member_use(api, use, part.name)
        if xml is not None and _is_xml(part) and "scalar" not in shapes(api, property_use):
            value = xml(part.name, part.data)
            many = isinstance(type_of(api, property_use), Array)
            members[part.name] = [*members.get(part.name, []), value] if many else value
        elif isinstance(type_of(api, property_use), Array) and not _is_json(part):
            items = type_of(api, property_use)
            item = items.items if isinstance(items, Array) and items.items else Use(type="any")
            said = next((said for said in content.parts if said.name == part.name), Part(name=part.name))
            if said.content_type is None and (said.inner_separators or said.style is not None):
                members.setdefault(part.name, []).extend(_styled_items(api, part, property_use, said))
            else:
                members.setdefault(part.name, []).append(_part_value(api, part, item))
        else:
            value = _part_value(api, part, property_use)
            type_ = type_of(api, property_use)
            if isinstance(type_, Array) and not _is_whole(api, value, type_):  # a part for each item
                value = [*members.get(part.name, []), value]
            members[part.name] = value
    return members


def _items(api: Api, content: Content, parts: list[BodyPart], xml: Xml | None) -> list[Any]:
    """The items that parts without names are (OpenAPI 3.2.0, "Encoding By Position")."""
    whole = type_of(api, content.use) if content.use is not None else None
    prefix = whole.prefix if isinstance(whole, Array) else []
    further = content.item_use or (whole.items if isinstance(whole, Array) else None) or Use(type="any")
    uses = (*prefix[: len(parts)], *[further] * (len(parts) - len(prefix)))
    return [
        xml(str(index), part.data)
        if xml is not None and _is_xml(part) and "scalar" not in shapes(api, use)
        else _part_value(api, part, use)
        for index, (part, use) in enumerate(zip(parts, uses, strict=True))
    ]


def _styled_objects(api: Api, content: Content, received: list[BodyPart]) -> tuple[dict[str, Any], set[str]]:
    """Properties that are objects with a style, and the names of their parts, which are those of a query's pairs.

    OpenAPI 3.1.1, 4.8.15.1.2.
    """
    members: dict[str, Any] = {}
    names: set[str] = set()
    use = content.use or Use(type="any")
    pairs = [(part.name, quote(part.data, safe=",")) for part in received]
    for said in content.parts:
        property_use = member_use(api, use, said.name)
        if said.style is None or "object" not in shapes(api, property_use):
            continue
        parameter = _parameter(said.name, property_use, content.parts)
        value = styles.from_pairs(parameter, pairs, "object", _members(api, property_use))
        value = value if value is styles.ABSENT else coerce(api, value, property_use)
        if value is not styles.ABSENT and not _is_borrowed(api, use, content.parts, said.name, value):
            members[said.name] = value
        exploded = set(_members(api, property_use)) if said.style == "form" and said.explode else set[str]()
        exploded -= set(_members(api, use))  # properties of the form itself
        names |= {
            name
            for name, _ in pairs
            if name == said.name or name in exploded or name.startswith(said.name + "[")
        }
    return members, names


def _is_whole(api: Api, value: Any, type_: Array) -> bool:
    """Whether the value of a part is the list itself, not an item of it, which may be a list, too."""
    if not isinstance(value, list):
        return False
    item = type_of(api, type_.items or Use(type="any"))
    if not isinstance(item, Array):
        return True
    is_deeper = isinstance(type_of(api, item.items or Use(type="any")), Array)
    return not is_deeper and bool(value) and all(isinstance(inner, list) for inner in value)


def body_parts(body: bytes, boundary: str) -> list[BodyPart]:
    """The parts between the boundaries; ValueError where the body does not end with one."""
    delimiter = b"\r\n--" + boundary.encode("latin-1")
    _, *rest = (b"\r\n" + body).split(delimiter)
    if not rest or not rest[-1].startswith(b"--"):
        raise ValueError("the multipart body does not end with its boundary")
    return [_body_part(part) for part in rest[:-1]]


def _body_part(part: bytes) -> BodyPart:
    head, _, data = part.partition(b"\r\n\r\n")
    headers: Message = HeaderParser().parsestr(
        head.lstrip(b" \t").removeprefix(b"\r\n").decode("utf-8", "replace")
    )
    named = headers.get_param("name", header="content-disposition")
    return BodyPart(
        name=named if isinstance(named, str) else "",
        content_type=headers["content-type"],
        filename=headers.get_filename(),
        data=data,
        transfer_encoding=headers.get(TRANSFER_ENCODING, ""),
    )


def _styled_items(api: Api, part: BodyPart, use: Use, said: Part) -> list[Any]:
    """The items of a list in one part: all of them, or where each has a part of its own, one."""
    text = part.data.decode("utf-8", "replace")
    whole = said.style is not None and said.explode is False
    items: list[Any] = (text.split(separator_of(said.style)) if text else []) if whole else [text]
    value = coerce(api, styles.parted(items, said.inner_separators), use)
    return value if isinstance(value, list) else [value]


def _part_value(api: Api, part: BodyPart, use: Use) -> Any:
    type_ = type_of(api, use)
    if part.transfer_encoding and not (isinstance(type_, Scalar) and _is_encoded(type_)):
        part = evolve(part, data=without_transfer_encoding(part.transfer_encoding, part.data))
    if _is_json(part) or isinstance(type_, Object | Map):
        try:
            return json_value(part.data)
        except ValueError:
            return part.data.decode("utf-8", "replace")
    if isinstance(type_, Scalar) and type_.base in ("binary", "any") and part.filename is not None:
        return part.data
    try:
        return coerce(api, part.data.decode(), use)
    except UnicodeDecodeError:
        return part.data


def _is_encoded(type_: Scalar) -> bool:
    """Whether the document describes the text that encodes a value, as JSON has it, too."""
    return type_.content_encoding is not None or type_.format == "byte"


def _is_json(part: BodyPart) -> bool:
    return kind_of(part.content_type or "") == "json"


def _is_xml(part: BodyPart) -> bool:
    return kind_of(part.content_type or "") == "xml"


def _parameter(name: str, use: Use, parts: list[Part]) -> Parameter:
    part = next((part for part in parts if part.name == name), Part(name=name))
    style = part.style or "form"
    explode = part.explode if part.explode is not None else style == "form"
    inner = part.inner_separators
    return Parameter(
        name=name, location="query", use=use, style=style, explode=explode, inner_separators=inner
    )


def _json_object(api: Api, parameter: Parameter, pairs: styles.Pairs, parts: list[Part]) -> Any:
    """An object that stands under its own name: JSON where no style says otherwise; None where none does.

    Its members may be called like other properties of the form, so that this comes before any style.
    """
    styled = any(part.name == parameter.name and part.style is not None for part in parts)
    if styled or "object" not in shapes(api, parameter.use):
        return None
    texts = [value for name, value in pairs if name == parameter.name]
    try:
        value = json_value(unquote_plus(texts[0])) if len(texts) == 1 else None
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _json_or_text(value: Any, shape: str) -> Any:
    """An object in a form without a style is JSON (OpenAPI 3.2.0, "Encoding Object", ``contentType``)."""
    if shape == "object" or not isinstance(value, str) or not value.startswith(("{", "[")):
        return value
    try:
        return json_value(value)
    except ValueError:
        return value


def _names(api: Api, use: Use, names: list[str]) -> list[str]:
    type_ = type_of(api, use)
    declared = [prop.name for prop in type_.properties] if isinstance(type_, Object) else []
    bare = [name.partition("[")[0] for name in names]
    nested = {member for name in declared for member in _members(api, member_use(api, use, name))}
    return list(dict.fromkeys([*declared, *(name for name in bare if name not in nested)]))


def _members(api: Api, use: Use) -> list[str]:
    type_ = type_of(api, use)
    return [prop.name for prop in type_.properties] if isinstance(type_, Object) else []
