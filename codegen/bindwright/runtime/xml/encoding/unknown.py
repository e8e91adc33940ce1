"""What is written as it comes: unknown attributes and elements, untyped values, pairs.

Everything here works with the scope as it is while writing: (default namespace, ((namespace, prefix) …)),
innermost first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import xmltodict

from bindwright.runtime.values.times import canonical_datetime, datetime_text, fraction_of
from bindwright.runtime.xml.encoding.namespaces import Env, Style
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.escape import escape_attribute, escape_text, illegal
from bindwright.runtime.xml.settings import XML
from bindwright.runtime.xml.tree.unknown import Fragment, XmlExtra


class UnknownWriter(NamedTuple):
    """How unknown elements are written."""

    escape: Callable[[str], str]
    dcs: bool
    close: str


NamespaceScope = tuple[str, tuple[tuple[str, str], ...]]


def offset_parts(value: Any) -> tuple[str, int]:
    """A DateTimeOffset's two elements: the instant in UTC with ``Z``, and the offset in minutes."""
    if not isinstance(value, dt.datetime):
        raise TypeError(f"{type(value).__name__} where datetime belongs")
    shift = value.utcoffset()
    if shift is None:
        raise ValueError("a DateTimeOffset needs an offset")
    digits = fraction_of(datetime_text(value)).rstrip("0")
    instant = canonical_datetime(dt.datetime(*value.timetuple()[:6]) - shift).partition(".")[0]
    return f"{instant}{'.' + digits if digits else ''}Z", round(shift.total_seconds() / 60)


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name[1:].partition("}") if name[0] == "{" else ("", "", name)
    return namespace, local


def _prefixes(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """By namespace: the innermost prefix that nothing further inside gives another meaning."""
    prefixes: dict[str, str] = {}
    hidden: set[str] = set()
    for namespace, prefix in pairs:
        if prefix not in hidden:
            hidden.add(prefix)
            prefixes.setdefault(namespace, prefix)
    return prefixes


def unknown_attributes(
    attributes: tuple[tuple[str, str], ...], outer: NamespaceScope, depth: int, dcs: bool
) -> str:
    """Attributes that the model does not know, with the declarations they need."""
    out: list[str] = []
    prefixes = _prefixes(outer[1])
    names = {prefix for _, prefix in outer[1]}
    for name, value in attributes:
        namespace, local = _split(name)
        name_text = local
        if namespace == XML:
            name_text = f"xml:{local}"
        elif namespace:
            if namespace not in prefixes:
                prefixes[namespace] = _new_prefix(names, depth, dcs)
                names.add(prefixes[namespace])
                out.append(f' xmlns:{prefixes[namespace]}="{escape_attribute(namespace)}"')
            name_text = f"{prefixes[namespace]}:{local}"
        out.append(f' {name_text}="{escape_attribute(value)}"')
    return "".join(out)


def more_attributes(extra: Any, outer: NamespaceScope, depth: int, dcs: bool) -> str:
    """Unknown attributes on a model's own element."""
    if extra.__class__ is not XmlExtra or not extra.attributes:
        return ""
    return unknown_attributes(extra.attributes, outer, depth, dcs)


def _new_prefix(names: set[str], depth: int, dcs: bool) -> str:
    number = 1
    while (name := f"d{depth}p{number}" if dcs else f"ns{number}") in names:
        number += 1
    return name


def model_with_unknown(
    extra: XmlExtra,
    text: str,
    pieces: list[str],
    tail: str,
    outer: NamespaceScope,
    depth: int,
    writer: UnknownWriter,
) -> str:
    """A model's content with the unknown elements in their places."""
    texts: dict[int, list[str]] = {}
    for index, element in extra.fragments:
        texts.setdefault(index, []).append(fragment(element, outer, depth + 1, writer))
    out = [text, *texts.pop(-1, ())]
    for index_, piece in _in_order([*pieces, tail], extra.order or ()):
        out.append(piece)
        out += texts.pop(index_, ())
    return "".join(out)


def _in_order(pieces: list[str], order: tuple[int, ...]) -> Iterator[tuple[int, str]]:
    """What is written for each member, by its index, in the order that was read; then what was not there."""
    parts: dict[int, list[str]] = {}
    for index, count in Counter(order).items():
        children = [pieces[index]] if count == 1 else children_of(pieces[index])
        parts[index] = children if len(children) == count else [pieces[index]]
    for index in order:
        if parts[index]:
            yield index, parts[index].pop(0)
    for index, piece in enumerate(pieces):
        if index not in parts:
            yield index, piece


tokens_of = re.compile(r"<!\[CDATA\[.*?\]\]>|<[^>]*>|[^<]+", re.DOTALL).findall
"""Tags, CDATA sections and texts of what we have written ourselves."""


def children_of(text: str) -> list[str]:
    """The elements, and the texts between them, of content that we have written ourselves."""
    children: list[str] = []
    level = 0
    for token in tokens_of(text):
        if level:
            children[-1] += token
        else:
            children.append(token)
        if token.startswith("</"):
            level -= 1
        elif token[0] == "<" and token[1] != "!" and not token.endswith("/>"):
            level += 1
    return children


def fragment(element: Fragment, outer: NamespaceScope, depth: int, writer: UnknownWriter) -> str:
    """An unknown element and all within."""
    namespace, local = _split(element.tag)
    default, pairs = outer
    declared: list[str] = []
    prefix = ""
    for name, uri in element.prefixes:
        if name is None:
            if uri != default:
                default = uri
                declared.append(f' xmlns="{escape_attribute(uri)}"')
        elif dict(reversed([(p, n) for n, p in pairs])).get(name) != uri and name != "xml":
            pairs = ((uri, name), *pairs)
            declared.append(f' xmlns:{name}="{escape_attribute(uri)}"')
    if namespace != default:
        existing = _prefixes(pairs).get(namespace) if namespace else None
        if existing is not None:
            prefix = existing + ":"
        elif any(name is None for name, _ in element.prefixes):
            new_prefix = _new_prefix({p for _, p in pairs}, depth, writer.dcs)
            pairs, prefix = ((namespace, new_prefix), *pairs), new_prefix + ":"
            declared.append(f' xmlns:{new_prefix}="{escape_attribute(namespace)}"')
        else:
            default = namespace
            declared.append(f' xmlns="{escape_attribute(namespace)}"')
    scope = (default, pairs)
    start = f"{prefix}{local}{''.join(declared)}{unknown_attributes(element.attributes, scope, depth, writer.dcs)}"
    content = "".join(
        writer.escape(part) if isinstance(part, str) else fragment(part, scope, depth + 1, writer)
        for part in element.content
    )
    return f"<{start}>{content}</{prefix}{local}>" if content else f"<{start}{writer.close}"


def untyped_writer(place: XmlPlace, env: Env, style: Style, named: bool) -> Callable[..., str]:
    """Writes a free-form value in xmltodict's conventions under the place's name."""
    space, default = place.namespace, env.scope.default
    prefix = None if space == default else env.scope.find(space)
    if place.prefix and space:
        prefix = place.prefix
    declared = space != default and (
        prefix is None or not isinstance(prefix, str) or env.scope.bound(prefix) != space
    )

    def write(value: Any, depth: int, passed: tuple[str, ...], *name: str) -> str:
        local = name[0] if name else place.name
        mark = prefix if isinstance(prefix, str) else (passed[prefix] if isinstance(prefix, int) else "")
        tag = f"{mark}:{local}" if mark else local
        attribute = (
            (f"@xmlns:{mark}" if mark else "@xmlns") if declared and not isinstance(prefix, int) else None
        )
        if value == {} and attribute is None:
            return f"<{tag}{style.close}"
        return "".join(
            _untyped(tag, item, attribute, space) for item in (value if isinstance(value, list) else [value])
        )

    _ = named
    return write


def _untyped(tag: str, value: Any, attribute: str | None, space: str) -> str:
    if value is None:
        value = ""
    if attribute is not None:
        value = (
            {attribute: space, **value}
            if isinstance(value, dict)
            else {attribute: space, "#text": _text(value)}
        )
    if not isinstance(value, dict):
        value = _text(value)
        text = escape_text(value)
        return f"<{tag}>{text}</{tag}>"
    out = xmltodict.unparse({tag: value}, full_document=False)
    if illegal(out) is not None:
        raise ValueError("XML 1.0 cannot carry a control character")
    return str(out)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no free-form value")
