"""Whole documents: the root element, layout, declaration and encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bindwright.runtime.compile.accelerator import xml_documents
from bindwright.runtime.errors import EncodeError
from bindwright.runtime.kept import KEEPING
from bindwright.runtime.references import NUMBERS, ObjectNumbers
from bindwright.runtime.xml.encoding import containers, elements, hooked, instances, unions_and_any
from bindwright.runtime.xml.encoding.code import unknown_writer_of
from bindwright.runtime.xml.encoding.error_paths import blame
from bindwright.runtime.xml.encoding.free_content import FreeValueError, free_document, single
from bindwright.runtime.xml.encoding.kept_values import keeping
from bindwright.runtime.xml.encoding.namespaces import Env, StaticScope, Style, declare, f_text
from bindwright.runtime.xml.encoding.unknown import tokens_of
from bindwright.runtime.xml.encoding.unknown_among_items import (
    attributes_of,
    member_with_unknown,
    with_unknown_attributes,
)
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.escape import namespace_value
from bindwright.runtime.xml.settings import XSI, Settings
from bindwright.runtime.xml.tree.names import is_ncname
from bindwright.runtime.xml.tree.unknown import Layout, XmlExtra

_C = xml_documents()
Write = Callable[[Any], bytes]
WRITERS: Mapping[str, Callable[..., str]] = {
    "scalar": elements.write_scalar,
    "offset": elements.write_offset,
    "list": containers.write_list,
    "tuple": containers.write_tuple,
    "map": containers.write_map,
    "model": instances.write_model,
    "union": unions_and_any.write_union,
    "any": unions_and_any.write_any,
    "hooked": hooked.write_hooked,
}
"""What writes each kind of place."""


def style_of(place: XmlPlace, settings: Settings) -> Style:
    """The style a document is written in."""
    lenient = settings.values == "lenient"
    writers = keeping(WRITERS) if lenient else WRITERS
    if place.profile == "datacontract":
        return Style(
            "datacontract",
            settings.writer,
            settings.newline if settings.writer == "xmlwriter" else "\n",
            lenient=lenient,
            writers=writers,
        )
    if any(
        not is_ncname(prefix) or prefix in ("xml", "xmlns") or (prefix == "xsi" and namespace != XSI)
        for namespace, prefix in settings.prefixes.items()
    ):
        raise ValueError("a prefix is an NCName, and neither xml, xmlns nor another namespace's xsi")
    prefixes = tuple(sorted(settings.prefixes.items()))
    return Style("openapi", prefixes=prefixes, lenient=lenient, writers=writers)


@contextmanager
def checked_names() -> Iterator[None]:
    """While writing is compiled: names that a class declares and XML cannot have are an `EncodeError`."""
    try:
        yield
    except EncodeError:
        raise
    except ValueError as error:
        raise EncodeError(str(error), "/") from None


QuickWriter = Callable[[Any], bytes | None]
"""From a value to its element in UTF-8; None where the functions here are to write it."""


def writer_of(
    place: XmlPlace,
    settings: Settings,
    untyped: bool,
    quick_writer: Callable[[XmlPlace, Style], QuickWriter | None],
) -> Write:
    """The function that writes documents of a type.

    Args:
        place: the root's.
        settings: how documents are written.
        untyped: whether a value is any dictionary.
        quick_writer: the accelerator's way.
    """
    finish = finisher(settings)
    if untyped:
        return lambda value: finish(_untyped(value), None)
    style = style_of(place, settings)
    with checked_names():
        quick = quick_writer(place, style)
        null = root_null(place, style) if place.shape.nullable or place.kind == "any" else None
    fixed = None if settings.indent is None else Layout("\n", settings.indent)
    holds = place.kind in ("list", "map", "tuple", "scalar")
    in_full = _full_writer(place, style, holds)

    def write(value: Any) -> bytes:
        if value is None and null is not None:
            return finish(null, fixed)
        extra: XmlExtra | None = getattr(value, "_extra", None)
        if extra.__class__ is not XmlExtra:
            extra = None
        layout = extra.layout if fixed is None and extra is not None else fixed
        if quick is not None and not (holds and extra is not None) and (data := quick(value)) is not None:
            if _C.names_xsi(data):
                head = data.index(b">") + 1
                data = _with_xsi(data[:head].decode(), always=True).encode() + data[head:]
            return data if finish is _plain and layout is None else finish(data.decode(), layout)
        return finish(in_full(value, extra), layout)

    return write


def _full_writer(place: XmlPlace, style: Style, holds: bool) -> Callable[[Any, XmlExtra | None], str]:
    """What writes any value's root element, or says where that fails; compiled when it is first called."""
    make: Callable[[Any, int, tuple[str, ...]], str] | None = None

    def write(value: Any, extra: XmlExtra | None) -> str:
        nonlocal make
        if make is None:
            with checked_names():
                make = root_function(place, style)
        try:
            text = make(value, 1, ())
            return _with_kept(text, value, extra, style) if holds and extra is not None else text
        except (TypeError, ValueError, AttributeError, RecursionError, KeyError) as error:
            raise diagnosed(place, value, error) from None

    return write


def _with_kept(text: str, value: Any, extra: XmlExtra, style: Style) -> str:
    """A list or map that is the document, with what stood on its root and, in one of no class of its own, within."""
    if extra.inside and isinstance(value, KEEPING):
        text = member_with_unknown(text, extra.inside[0], True, ("", ()), 1, unknown_writer_of(style))
    return (
        with_unknown_attributes(text, extra.attributes, ("", ()), 1, style.dcs) if extra.attributes else text
    )


def root_function(place: XmlPlace, style: Style) -> Callable[[Any, int, tuple[str, ...]], str]:
    """The function that writes a root element."""
    write_root = elements.function(place, root_env(place, style), style)
    checked = single if not style.dcs and is_free_root(place, style) else None

    def write(value: Any, depth: int, prefixes: tuple[str, ...]) -> str:
        token = NUMBERS.set(ObjectNumbers())
        try:
            text = write_root(value if checked is None else checked(value), depth, prefixes)
        finally:
            NUMBERS.reset(token)
        return text if style.dcs else _with_xsi(text)

    return write


def is_free_root(place: XmlPlace, style: Style) -> bool:
    """Whether a free-form value may stand for the document: its type's own, or one that lenient reading kept."""
    return place.kind == "any" or (style.lenient and place.kind in ("scalar", "offset", "map"))


def root_env(place: XmlPlace, style: Style) -> Env:
    """The scope outside the root, as if what the root declares for all were there already."""
    if style.dcs:
        if place.kind == "scalar":
            return Env(StaticScope("", ()), (), 0)
        return Env(StaticScope("", ((XSI, "i"),)), (), 0, (declare("i", XSI),))
    declared = tuple(declare(f_text(prefix), namespace) for namespace, prefix in style.prefixes)
    return Env(StaticScope("", (*style.prefixes, (XSI, "xsi"))), (), 0, declared)


_after_name = re.compile(r"<[^ />]+").match


def _with_xsi(text: str, always: bool = False) -> str:
    """A root element that declares ``xsi`` where something within uses it; ``always``: it is known that it does."""
    if not always and " xsi:" not in text and "<xsi:" not in text:
        return text
    if any(name == "xmlns:xsi" for name, _ in attributes_of(text[: text.index(">")])):
        return text
    end = _after_name(text).end()  # type: ignore[union-attr]
    return f'{text[:end]} xmlns:xsi="{XSI}"{text[end:]}'


def root_null(place: XmlPlace, style: Style) -> str:
    """A root that is null: ``xsi:nil`` before the declarations in the profile (its rules, 2)."""
    name, space = place.name, namespace_value(place.namespace)
    default = f' xmlns="{space}"' if place.namespace else ""
    if place.prefix and not style.dcs:
        name, default = f"{place.prefix}:{name}", f' xmlns:{place.prefix}="{space}"'
    xsi = f' xmlns:{style.xsi}="{XSI}"'
    if not style.dcs:
        return f'<{name}{default}{xsi} xsi:nil="true"/>'
    nil = ' i:nil="true"'
    return f"<{name}{nil}{xsi}{default} />" if style.w else f"<{name}{nil}{default}{xsi}/>"


def _untyped(value: Any) -> str:
    try:
        return free_document(value)
    except RecursionError:
        raise EncodeError("the value contains itself, or is nested too deeply", "/") from None
    except FreeValueError as error:
        raise EncodeError(str(error), "/" + "/".join(error.path)) from None


def diagnosed(place: XmlPlace, value: Any, error: Exception) -> EncodeError:
    """The error of a value that could not be written, with where it stands."""
    if isinstance(error, EncodeError) and error.path != "$":
        return error
    return blame(place, value, error)


def finisher(settings: Settings) -> Callable[[str, Layout | None], bytes]:
    """Layout, declaration and encoding, by the settings."""
    name = codecs.lookup(settings.encoding).name
    unicode = name in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig")
    head = ""
    if settings.declaration or not unicode:
        head = f'<?xml version="1.0" encoding="{settings.encoding}"?>'

    if not head and name == "utf-8":
        return _plain

    def finish(text: str, layout: Layout | None) -> bytes:
        if layout is not None:
            text = laid_out(text, layout)
        if head:
            text = head + (layout.newline if layout is not None and layout.unit else "") + text
        if name == "utf-8":
            return text.encode()
        return text.encode(name, "strict" if unicode else "xmlcharrefreplace")

    return finish


def _plain(text: str, layout: Layout | None) -> bytes:
    """A document without a declaration, in UTF-8."""
    return (text if layout is None else laid_out(text, layout)).encode()


def laid_out(text: str, layout: Layout) -> str:
    """White space between elements, where elements hold nothing but elements."""
    out: list[str] = []
    opened: list[list[int]] = []
    mixed: list[bool] = []
    for token in tokens_of(text):
        if token.startswith("</"):
            children, text_within = opened.pop(), mixed.pop()
            if children and not text_within:
                for position in children:
                    out[position] = layout.newline + layout.unit * (len(opened) + 1) + out[position]
                out.append(layout.newline + layout.unit * len(opened))
        elif token[0] != "<" or token.startswith("<!["):
            mixed[-1] = True
        else:
            if opened:
                opened[-1].append(len(out))
            if not token.endswith("/>"):
                opened.append([])
                mixed.append(False)
        out.append(token)
    return "".join(out)
