"""Documents too large to hold: items read one by one, and written one by one, in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from types import TracebackType
from typing import Any, BinaryIO, Generic, Self, TypeVar, cast, overload

from attrs import evolve
from lxml import etree

from bindwright.runtime.compile.function import compiled
from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.model_styles import attrs_type, from_attrs, item_of, style_module, to_attrs
from bindwright.runtime.references import NUMBERS, ObjectNumbers
from bindwright.runtime.wire import Wire
from bindwright.runtime.xml.codec import codec_of, names_of
from bindwright.runtime.xml.decoding.context import DecodeContext, tags_of
from bindwright.runtime.xml.decoding.makers import apart_reader, reader_of
from bindwright.runtime.xml.encoding import elements
from bindwright.runtime.xml.encoding.code import WriterSource
from bindwright.runtime.xml.encoding.documents import checked_names, finisher, root_env, style_of
from bindwright.runtime.xml.encoding.error_paths import blame
from bindwright.runtime.xml.encoding.namespaces import Env, declare
from bindwright.runtime.xml.fast.layouts import ItemScanner, head_of, learn_items, odd, sample_of
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.settling import root_place
from bindwright.runtime.xml.settings import DEFAULT, XSI, Settings
from bindwright.runtime.xml.tree.byte_streams import (
    File,
    characters_of,
    chunks_of,
    split_documents,
    then_none,
)
from bindwright.runtime.xml.tree.names import local
from bindwright.runtime.xml.tree.parse import Element, check_element, said, tree_of
from bindwright.runtime.xml.tree.unknown import layout_of

T = TypeVar("T")


@overload
def iter_decode(
    file: File,
    type: type[T],
    *,
    wire: Wire | None = None,
    namespace: Any = None,
    settings: Settings | None = None,
) -> Iterator[T]: ...
@overload
def iter_decode(
    file: File,
    type: Any,
    *,
    wire: Wire | None = None,
    namespace: Any = None,
    settings: Settings | None = None,
) -> Iterator[Any]: ...
def iter_decode(
    file: File, type: Any, *, wire: Wire | None = None, namespace: Any = None, settings: Settings | None = None
) -> Iterator[Any]:  # fmt: skip
    """The items of a large document, one by one: every outermost element with the item's name.

    Args:
        file: a path, a binary file, or an iterable of bytes.
        type: the type of an item.
        wire: facts of an item's place.
        namespace: the module or mapping in which a type expression is evaluated.
        settings: as for ``decode``; ``limits.size`` does not apply.

    Raises:
        DecodeError: as ``decode`` does, when the fault is reached; items before it have been given.
    """
    settings = settings or DEFAULT
    if style_module(type) is not None:
        values = iter_decode(file, attrs_type(type), wire=wire, namespace=namespace, settings=settings)
        return (from_attrs(value, type) for value in values)
    place = root_place(type, wire=wire, names=names_of(namespace))
    chunks = characters_of(chunks_of(file), settings)
    if settings.speculate and place.kind == "model":
        return _speculated(chunks, place, settings)
    return _items(chunks, place, settings)


def _speculated(chunks: Iterator[bytes], place: XmlPlace, settings: Settings) -> Iterator[Any]:
    """Items matched as text in the layout of the first two; from where they deviate on, the parser's."""
    text = ""
    items: ItemScanner | None = None
    faults: list[Exception] = []
    chunks = _sound(chunks, faults)
    for chunk in chunks:
        text += chunk.decode()
        if (sample := sample_of(text, place)) is not None or len(text) > 1 << 20:
            items = _learnt(sample, place, settings)
            break
    if items is None:
        yield from _items(chain([text.encode()], chunks, _raised(faults)), place, settings)
        return
    position = len(items.head)
    while True:
        if not text.isascii() and odd(text) is not None:
            break
        batch: list[Any] = []
        position = items.scan(text, position, batch, [])
        yield from batch
        text, position = text[position:], 0
        if items.end in text or len(text) > 1 << 20:
            break
        following = next(chunks, None)
        if following is None:
            if not faults and items.tail(text, 0) is not None:
                return
            break
        text += following.decode()
    yield from _items(chain([(items.head + text).encode()], chunks, _raised(faults)), place, settings)


def _sound(chunks: Iterator[bytes], faults: list[Exception]) -> Iterator[bytes]:
    """The chunks before a fault, which is kept: what is read ahead may have items that come first."""
    try:
        yield from chunks
    except Exception as error:
        faults.append(error)


def _raised(faults: list[Exception]) -> Iterator[bytes]:
    if faults:
        raise faults[0]
    yield from ()


def _learnt(sample: str | None, place: XmlPlace, settings: Settings) -> ItemScanner | None:
    if sample is None or (head := head_of(sample)) is None:
        return None
    try:
        root = tree_of(sample, settings)
    except DecodeError:
        return None
    tags = tags_of(place)
    if local(str(root.tag)) in map(local, tags) or any(child.tag not in tags for child in root):
        return None
    strict = evolve(settings, values="strict")
    return learn_items(place, root, head, layout_of(root), strict, apart_reader(strict))


def _items(chunks: Iterable[bytes], place: XmlPlace, settings: Settings) -> Iterator[Any]:
    read = reader_of(place, settings)
    tags = frozenset(tags_of(place))
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        attribute_defaults=False, huge_tree=False, remove_comments=True, remove_pis=True, strip_cdata=False,
    )  # fmt: skip
    inside = depth = 0
    lenient = settings.namespaces == "lenient"
    names = {tag.rpartition("}")[2] for tag in tags}
    fault = None
    for chunk in then_none(chunks):
        try:
            parser.feed(chunk) if chunk is not None else parser.close()
        except etree.XMLSyntaxError as error:
            line, column = error.position
            fault = DecodeError(said(error), path="/", line=line or None, column=column or None)
        for event, node in cast("Iterator[tuple[str, Element]]", parser.read_events()):
            matches = node.tag in tags or (lenient and str(node.tag).rpartition("}")[2] in names)
            if event == "start":
                if (
                    not depth and node.getroottree().docinfo.internalDTD is not None
                ):  # behind a prolog of many chunks
                    raise DecodeError("a document without a DTD", "<!DOCTYPE", "/")
                depth += 1
                inside += 1 if matches or inside else 0
                if depth > settings.limits.depth:
                    raise DecodeError(f"at most {settings.limits.depth} elements within each other", path="/")
                continue
            depth -= 1
            if inside == 1:
                check_element(node, settings.limits)
                yield read(node, DecodeContext(settings))
            if inside:
                inside -= 1
            if not inside:
                _forget(node)
        if fault is not None:  # behind the items that ended before it in the same chunk
            raise fault


def _forget(node: Element) -> None:
    """Free an element that has been read, and what stands before it."""
    node.clear()
    parent = node.getparent()
    if parent is not None:
        while node.getprevious() is not None:
            del parent[0]


def iter_documents(
    file: File,
    type: Any,
    *,
    wire: Wire | None = None,
    namespace: Any = None,
    settings: Settings | None = None,
) -> Iterator[Any]:
    """The values of a stream of documents, one after the other.

    Raises:
        DecodeError: as ``decode`` does, when the fault is reached.
    """
    styled = style_module(type) is not None
    codec = codec_of(attrs_type(type), wire, namespace, settings or DEFAULT)
    for document in split_documents(file, settings):
        value = codec.decode(document)
        yield from_attrs(value, type) if styled else value


class Writer(Generic[T]):
    """Writes a list's document item by item; a context manager.

    ::

        with xml.writer(file, list[ImportJob]) as out:
            for job in jobs:
                out.write(job)
    """

    def __init__(self, file: BinaryIO, place: XmlPlace, settings: Settings, *, styled: Any = None) -> None:
        if place.kind != "list" and (
            place.rest is None or any(item.node != "element" for item in place.items)
        ):
            raise TypeError(f"{place.name} is no list")
        self._file = file
        self._place = place
        self._style = style_of(place, settings)
        self._finish = finisher(evolve(settings, declaration=False))
        with checked_names():
            self._start, self._end, self._prefixes, env = _frame(place, self._style)
            # Of a list that tells its first items by their positions, the last place is that of all which follow.
            self._items = [_ItemWriter(item, env, self._style) for item in place.inside]
        self._settings = settings
        self._count = 0
        self._styled = styled
        self._numbers = ObjectNumbers()
        """Of the whole document, also while others are written in between."""

    def __enter__(self) -> Self:
        self._numbers = ObjectNumbers()
        self._file.write(finisher(self._settings)(self._start, None))
        return self

    def write(self, item: T) -> None:
        """Write one item.

        Raises:
            EncodeError: as ``encode`` does; nothing of the item has been written.
        """
        if self._styled is not None:
            item = to_attrs(item, self._styled)
        writer = self._items[min(self._count, len(self._items) - 1)]
        token = NUMBERS.set(self._numbers)
        try:
            text = writer.text(item, self._prefixes)
        except (TypeError, ValueError, AttributeError, RecursionError, KeyError) as error:
            if isinstance(error, EncodeError):
                raise
            raise blame(writer.place, item, error) from None
        finally:
            NUMBERS.reset(token)
        self._count += 1
        self._file.write(self._finish(text, None))

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            if self._count < (fewest := self._place.fewest if self._place.positions else 0):
                raise EncodeError(f"{fewest} items or more belong here")
            self._file.write(self._finish(self._end, None))


class _ItemWriter:
    """Writes the items of one place."""

    def __init__(self, place: XmlPlace, env: Env, style: Any) -> None:
        self.place = elements.replaced(place)
        self._write = elements.function(self.place, env, style)
        self._null = elements.null_function(elements.silent(self.place), env, style)

    def text(self, item: Any, prefixes: tuple[str, ...]) -> str:
        """The element of an item.

        Raises:
            TypeError, ValueError, AttributeError: it cannot be written.
        """
        is_null = item is None and self.place.shape.nullable
        return (self._null if is_null else self._write)(item, 2, prefixes)


def _frame(place: XmlPlace, style: Any) -> tuple[str, str, tuple[str, ...], Env]:
    """The root's start tag, its end tag, the prefixes it names, and the scope within."""
    src = WriterSource(style, f"frame of <{place.name}>")
    env = root_env(place, style)
    tag, scope, _ = elements.open_tag(src, place, env, elements.contracts(place))
    if not style.dcs:
        tag.declarations.append(declare("xsi", XSI))
    src.line(
        f'return f"<{tag.text(style)}>", f"</{tag.name}>", ({"".join(prefix + ", " for prefix in scope.passed)})'
    )
    make = compiled("def write(o, d, p):\n" + "\n".join(src.lines) + "\n", "write", "xml frame", src.names)
    start, end, prefixes = make(None, 1, ())
    return start, end, prefixes, scope


def writer(
    file: BinaryIO,
    type: Any,
    *,
    wire: Wire | None = None,
    namespace: Any = None,
    settings: Settings | None = None,
) -> Writer[Any]:
    """A `Writer` of the items of a list.

    Args:
        file: a binary file.
        type: the list's type; items of a list whose first items are told by their positions are written in this order.
        wire: facts of the list's place.
        namespace: the module or mapping in which a type expression is evaluated.
        settings: as for ``encode``; indentation does not apply.

    Raises:
        TypeError: the type is no list.
    """
    place = root_place(attrs_type(type), wire=wire, names=names_of(namespace))
    return Writer(file, place, settings or DEFAULT, styled=item_of(type))
