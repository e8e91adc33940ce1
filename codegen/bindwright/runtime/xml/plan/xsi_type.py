"""``xsi:type``: which type stands in, and what a type is called."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.resolve import COMMON, Names, evaluate
from bindwright.runtime.shapes import Shape, shape_of
from bindwright.runtime.xml.plan.places import XmlPlace, xml_name
from bindwright.runtime.xml.plan.settling import own_known_types
from bindwright.runtime.xml.settings import XSI
from bindwright.runtime.xml.tree.names import expanded, split_name
from bindwright.runtime.xml.tree.parse import Element, wrong

TYPE = f"{{{XSI}}}type"


def qname(node: Element, text: str) -> str:
    """The expanded name of a QName in content."""
    prefix, colon, name = text.strip(" \t\r\n").rpartition(":")
    if not colon:
        return expanded(node.nsmap.get(None) or "", name)
    if prefix not in node.nsmap:
        raise wrong("a declared prefix", repr(prefix), node, TYPE)
    return expanded(node.nsmap[prefix], name)


def qname_or_text(node: Element, text: str) -> str:
    """`qname` of what no type is sought by; as it stands where its prefix is not declared."""
    try:
        return qname(node, text)
    except DecodeError:
        return text


class QName(str):
    """The local part of a QName that was read, with the namespace that its prefix stood for."""

    __slots__ = ("namespace",)
    namespace: str


def qname_text(node: Element, text: str) -> QName:
    """The local part of a QName in content: what a member that is ``xsi:type`` says, whatever prefix it came with."""
    return local_part(qname(node, text))


def local_part(expanded_name: str) -> QName:
    """The local part of an expanded name, with its namespace."""
    namespace, name = split_name(expanded_name)
    value = QName(name)
    value.namespace = namespace
    return value


def known_types(pairs: tuple[Any, ...]) -> Iterator[Any]:
    """The types behind (expression, module) pairs, and those that these know themselves, as .NET imports them."""
    waiting = list(pairs)
    seen = set(waiting)
    for expression, module in waiting:  # grows while it is read
        type_ = evaluate(expression, Names(module) if module else COMMON)
        yield type_
        further = [pair for pair in own_known_types(type_) if pair not in seen]
        seen.update(further)
        waiting += further


def name_of(type_: Any, shape: Shape | None = None) -> str:
    """The expanded name of a named type."""
    shape = shape or shape_of(type_)
    xml = shape.root.xml if shape.root is not None else None
    name = (xml.name if xml else None) or shape.name or ""
    return expanded((xml.namespace if xml else None) or "", xml_name(name))


def models_at(place: XmlPlace) -> Iterator[type]:
    """The models that may stand at a place: the declared one, known ones, and those derived from it."""
    declared = place.shape.type
    yield declared
    for candidate in known_types(place.known_types):
        if isinstance(candidate, type) and issubclass(candidate, declared):
            yield candidate
    yield from _derived(declared)


def _derived(model: type) -> Iterator[type]:
    derived: list[type] = type.__subclasses__(model)
    for model_ in derived:
        if "__attrs_attrs__" in vars(model_):  # attrs leaves the class behind that it made the slotted one of
            yield model_
        yield from _derived(model_)


def model_named(place: XmlPlace, node: Element, text: str) -> type:
    """The model that an element's ``xsi:type`` names.

    Raises:
        DecodeError: no such type is known here.
    """
    type_name = qname(node, text)
    model = _model_called(place, type_name)
    if model is None and _load_package(place.shape.type):
        model = _model_called(place, type_name)
    if model is None:
        raise wrong("a type that may stand here", repr(text), node, TYPE)
    return model


def _model_called(place: XmlPlace, type_name: str) -> type | None:
    for model in models_at(place):
        shape = shape_of(model)
        if name_of(model, shape) == type_name or (
            place.profile != "datacontract"
            and expanded(place.inherited, xml_name(shape.name or "")) == type_name
        ):
            return model
    return None


_loaded: set[str] = set()
"""Packages whose models have all been imported."""


def _load_package(model: type) -> bool:
    """Import all models of a model's package, whose modules are loaded lazily: a class that nobody has used yet is
    no subclass of its base so far. True where that may have brought new ones."""
    package = sys.modules[model.__module__].__package__ or ""
    if package in _loaded or "_MODULES" not in vars(sys.modules.get(package, object)):
        return False
    _loaded.add(package)
    for name in sys.modules[package].__all__:
        getattr(sys.modules[package], name)
    return True
