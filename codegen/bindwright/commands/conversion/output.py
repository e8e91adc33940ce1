"""The writing side of a conversion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Any

from attrs import evolve

from bindwright.commands.conversion.intake import InputValues
from bindwright.runtime import Wire, Xml, json, xml
from bindwright.runtime.shapes import Shape, shape_of

Write = Callable[[Iterator[Any]], None]


def writer(write_as: str, form: str, file: IO[bytes], source: InputValues, indent: int | None) -> Write:
    """A function that writes all values to a file.

    Args:
        form: ``one`` document, one ``list``, or ``documents`` one after another.
    """
    if write_as == "xml":
        return _xml(form, file, source, indent)
    lines = form == "documents" or write_as == "jsonl"

    def write(values: Iterator[Any]) -> None:
        if form == "one" and write_as == "json":
            file.write(json.encode(next(values), source.item, indent=indent))
            return
        for piece in json.iter_encode(values, source.item, lines=lines, indent=None if lines else indent):
            file.write(piece)

    return write


def _xml(form: str, file: IO[bytes], source: InputValues, indent: int | None) -> Write:
    settings = xml.Settings(indent=None if indent is None else " " * indent)

    def write_documents(values: Iterator[Any]) -> None:
        for index, value in enumerate(values):
            file.write(b"\n" * (index > 0) + xml.encode(value, source.item, settings=settings))

    def write_list(values: Iterator[Any]) -> None:
        list_class, wire = list_type(source)
        with xml.writer(file, list_class, wire=wire, settings=settings) as out:  # type: ignore[arg-type]
            for value in values:
                out.write(value)

    return write_list if form == "list" else write_documents


def list_type(source: InputValues) -> tuple[Any, Wire | None]:
    """The list that the values stand in: the type asked for, a named list of the models, or ``list[T]``."""
    if source.expression is not source.item:
        return source.expression, None
    for name in dir(source.models):
        if not name.startswith("ArrayOf"):
            continue
        candidate = getattr(source.models, name)
        if (
            isinstance(candidate, type)
            and issubclass(candidate, list)
            and shape_of(candidate).item.type is source.item
        ):
            return candidate, None
    return list.__class_getitem__(source.item), _unnamed(shape_of(source.item))


def _unnamed(item: Shape) -> Wire | None:
    """Facts of a list without a name of its own, in .NET's manner: ``ArrayOfOrder`` with ``Order`` within."""
    root = item.root or Wire()
    if root.profile == "datacontract":  # its rules name the list
        return None
    name = root.xml.name or item.name or "item"
    return Wire(xml=Xml(name=f"ArrayOf{name}", wrapped=True), items=Wire(xml=evolve(root.xml, name=name)))
