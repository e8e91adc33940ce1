"""Codecs of whole documents: bytes to values and back."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import attrs
import msgspec
from attrs import evolve

from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.json.codecs.default import REGISTRY
from bindwright.runtime.json.codecs.guard import Guard
from bindwright.runtime.json.codecs.json_structs import MAKING, StructTyper
from bindwright.runtime.json.codecs.places import place_reader, place_writer
from bindwright.runtime.json.codecs.read_plans import document_place
from bindwright.runtime.json.codecs.rows import SHORTEST, Rows
from bindwright.runtime.json.codecs.tree_plans import known_reader, tree_reader
from bindwright.runtime.json.codecs.whole_documents import document_reader
from bindwright.runtime.json.decoding.lenient_helpers import COLLECTOR, Collector, keep
from bindwright.runtime.json.encoding.write_plans import document_writer
from bindwright.runtime.json.plan.members import profile_of
from bindwright.runtime.json.plan.references import OBJECTS
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.json.settings import DEFAULT, Settings
from bindwright.runtime.json.text.numbers import read_untyped
from bindwright.runtime.json.text.parse import RepeatedName, octets, parse
from bindwright.runtime.json.text.surrogates import encode_with_lone_surrogates
from bindwright.runtime.leniency import record
from bindwright.runtime.model_styles import attrs_type, from_attrs, style_module, to_attrs
from bindwright.runtime.references import with_numbers, with_numbers_if_needed
from bindwright.runtime.resolve import Names
from bindwright.runtime.shapes import Shape, shape_of
from bindwright.runtime.value_types import Function, JsonValue, Namespace, PythonValue, TypeForm
from bindwright.runtime.wire import Wire

_encode = msgspec.json.Encoder().encode
_WRITTEN = frozenset({"model", "list", "map"})
"""Kinds of roots that are not written the general way alone."""


class Codec:
    """Reads and writes one type at the root of documents."""

    @property
    def is_direct(self) -> bool:
        """Whether the bytes of a model are what `writer` gives, with nothing to be done to them or before."""
        return self.shape.kind == "model"

    def __init__(self, shape: Shape, registry: Registry = REGISTRY, profile: str | None = None) -> None:
        self.shape = shape.as_document()
        self.profile = profile or profile_at(shape)
        # The root is this codec's own shape, made for it: changing it changes nobody else's.
        shape.nullable |= self.profile == "datacontract"  # its documents may be null (RULES, 2)
        self._registry = registry
        self._reader: Function | None = None
        self._writer: Function | None = None
        self._write: Callable[[PythonValue], bytes] | None = None
        self._lenient: Function | None = None
        self._lenient_writer: Function | None = None
        self.key: TypeForm = None
        """The type that this is the codec of, where the type alone tells everything."""
        self.read: Callable[[bytes], Any] = self._prepare
        """Reads bytes with the default settings; see `decode`."""
        self.read_leniently: Callable[[bytes], Any] = self._prepare_leniently
        """Reads bytes with nothing but ``values="lenient"``."""

    def decode(self, data: bytes | bytearray | memoryview | str, settings: Settings = DEFAULT) -> PythonValue:
        """The value a document stands for.

        Raises:
            DecodeError: it is no such document.
        """
        if type(data) is bytes:
            if settings is DEFAULT:
                return self.read(data)
            if settings.only_lenient:
                return self.read_leniently(data)
        text = octets(data, settings)
        if settings.values == "lenient":
            return self._decode_leniently(text, settings)
        return self.structure(parse(text, settings))

    def _prepare(self, data: bytes) -> PythonValue:
        """Reads the first document; from then on ``read`` is the fast path, where the type has one."""
        self.read = self._reader_of_bytes(self._in_full)
        compiled = self._registry.documents
        if self.key is not None and compiled.codecs.get(self.key) is self:
            compiled.readers[self.key] = self.read
        return self.read(data)

    def _prepare_leniently(self, data: bytes) -> PythonValue:
        # The same fast path as for strict reading: documents that conform cost the same.
        self.read_leniently = self._reader_of_bytes(self._in_full_leniently)
        return self.read_leniently(data)

    def _reader_of_bytes(self, in_full: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
        with MAKING:
            return self._make_reader(in_full)

    def _make_reader(self, in_full: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
        """A reader that tries the fast path, and reads in full what that does not take."""
        typing = StructTyper(self._registry, 0)
        struct_type = typing.of(self.shape, nullable=self.shape.nullable)
        # A scalar at the root is read faster by parsing it than through a struct.
        if struct_type is Any or self.shape.kind not in ("model", "list", "map"):
            return in_full
        decode = msgspec.json.Decoder(struct_type, float_hook=read_untyped).decode
        guard = Guard(in_full)

        def general(data: bytes) -> PythonValue:
            # Made for the first document that the fast way refuses, which most types never meet: documents with
            # unknown members go to the accelerator first, then row by row, then in full.
            by_tree = tree_reader(self.shape, self._registry, self.profile, self._row_by_row(in_full))
            place = document_place(self.shape, self._registry, self.profile, typing)
            guard.general = known_reader(place, self.shape, self._registry, decode, by_tree)
            return guard.general(data)

        guard.general = general
        guard.attempt = document_reader(self.shape, self._registry, self.profile, typing, decode, guard)
        return guard.attempt

    def _row_by_row(self, in_full: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
        """A reader in full in which rows that deviate cost no other row anything."""
        lenient = self._registry.beside if in_full == self._in_full_leniently else None
        rows = Rows(self.shape, self._registry, self.profile, structure=self.structure, lenient=lenient)
        if not rows.any:
            return in_full

        def read(data: bytes) -> PythonValue:
            if len(data) < SHORTEST or self._registry.references:
                return in_full(data)
            collector = Collector()
            token = COLLECTOR.set(collector)
            try:
                value = rows.read(data)
            except Exception:  # whatever it is, the general way says it better
                return in_full(data)
            finally:
                COLLECTOR.reset(token)
            return self._listed(value, collector) if collector.errors else value

        return read

    def _listed(self, value: PythonValue, collector: Collector) -> PythonValue:
        return record(value, collector.deviations())

    def _in_full(self, data: bytes) -> PythonValue:
        return self.structure(parse(octets(data, DEFAULT), DEFAULT))

    def _in_full_leniently(self, data: bytes) -> PythonValue:
        return self._decode_leniently(octets(data, DEFAULT), DEFAULT)

    def _decode_leniently(self, data: bytes, settings: Settings) -> PythonValue:
        """Read in full; of members with one name the last is read, as others do (RFC 8259, 4, leaves it open)."""
        try:
            return self.structure_leniently(parse(data, settings))
        except RepeatedName as error:
            document = parse(data, evolve(settings, unique_names=False))
            return self.structure_leniently(document, error)

    def structure(self, document: JsonValue) -> PythonValue:
        """The value that parsed JSON stands for.

        Raises:
            DecodeError: it is no such document.
        """
        if self._reader is None:
            self._reader = place_reader(self.shape, self._registry, self.profile)
        token = OBJECTS.set({}) if self._registry.references else None
        try:
            # A depth that the settings allow may still be more than Python's stack.
            return self._reader(document)
        except RecursionError:
            raise DecodeError("nesting that can be followed", "deeper nesting") from None
        finally:
            if token is not None:
                OBJECTS.reset(token)

    def structure_leniently(self, document: JsonValue, *errors: DecodeError) -> PythonValue:
        """The value that parsed JSON stands for; what does not fit is kept as it came, and listed.

        Args:
            document: the parsed JSON.
            errors: of the text, to be listed first.

        Raises:
            DecodeError: it nests too deep.
        """
        if self._lenient is None:
            self._lenient = place_reader(self.shape, self._registry.beside, self.profile)
        collector = Collector()
        collecting = COLLECTOR.set(collector)
        objects = OBJECTS.set({})
        try:
            value = keep(self._lenient, document, "")
            collector.errors += errors
        except RecursionError:
            raise DecodeError("nesting that can be followed", "deeper nesting") from None
        finally:
            OBJECTS.reset(objects)
            COLLECTOR.reset(collecting)
        if not collector.errors:
            return self._delivered(value)
        return record(self._delivered(value), collector.deviations())

    def _delivered(self, value: PythonValue) -> PythonValue:
        return value

    def encode(self, value: PythonValue, *, indent: int | None = None, settings: Settings = DEFAULT) -> bytes:
        """The document for a value.

        Args:
            indent: spaces a level; None: compact.
            settings: with ``values="lenient"`` what does not fit is written as it is.

        Raises:
            EncodeError: JSON, or the model, has no form for it.
        """
        if settings.values == "lenient":
            try:
                return self.encode(value, indent=indent)
            except EncodeError:
                return self._finished(written_bytes(self.unstructure_leniently(value)), indent)
        if not self._is_plain(value):
            return self._finished(self._general(value), indent)
        written = self.writer()(value)
        return written if indent is None else msgspec.json.format(written, indent=indent)

    def _is_plain(self, value: PythonValue) -> bool:
        """Whether a value is of just the root's type, so that `writer` may write it."""
        return (
            type(value) is self.shape.type and self.shape.kind in _WRITTEN and not self._registry.references
        )

    def _finished(self, written: bytes, indent: int | None) -> bytes:
        if self.profile == "datacontract" and not written.isascii():
            written = dotnet_escapes(written)
        return written if indent is None else msgspec.json.format(written, indent=indent)

    def writer(self) -> Callable[[PythonValue], bytes]:
        """A function from a value of just the root's type to the document, for as long as nothing has references."""
        if self._write is None:
            self._write = self._new_writer()
        return self._write

    def _new_writer(self) -> Callable[[PythonValue], bytes]:
        write = self._quickest_writer()
        return write if self.profile != "datacontract" else lambda value: self._finished(write(value), None)

    def _quickest_writer(self) -> Callable[[PythonValue], bytes]:
        """The same, but for what the profile does to the bytes."""
        general, registry = self._general, self._registry
        quick = document_writer(self.shape, registry, self.profile)
        if quick is None:
            if self.shape.kind != "model":
                return general
            plain = registry.of(self.shape.type).plainer()

            def quick(value: PythonValue) -> bytes:
                return _encode(plain(value))

        def write(value: PythonValue) -> bytes:
            try:
                written = quick(value)
            except Exception:  # what it is, the general way says
                return general(value)
            # That a model within it has references may have come out on the way.
            return written if not registry.references else general(value)

        return write

    def _general(self, value: PythonValue) -> bytes:
        return written_bytes(self.unstructure(value))

    def unstructure(self, value: PythonValue) -> PythonValue:
        """What msgspec writes for a value: dicts, lists, scalars, structs.

        Raises:
            EncodeError: see `encode`.
        """
        if self._writer is None:
            self._writer = place_writer(self.shape, self._registry, self.profile)
        return self._prepared(self._writer, value)

    def unstructure_leniently(self, value: PythonValue) -> PythonValue:
        """The same of values that need not fit: those are written by their own types.

        Raises:
            EncodeError: JSON has no form for something.
        """
        if self._lenient_writer is None:
            self._lenient_writer = place_writer(self.shape, self._registry.beside, self.profile)
        return self._prepared(self._lenient_writer, value)

    def _prepared(self, write: Function, value: PythonValue) -> PythonValue:
        try:
            return (with_numbers if self._registry.references else with_numbers_if_needed)(write, value)
        except RecursionError:
            raise EncodeError("the value contains itself, or nests too deep") from None
        except AttributeError as error:
            raise EncodeError(f"the value is not complete: {error}") from error


def profile_at(shape: Shape) -> str:
    """The conventions a document with this root is written in."""
    if shape.root is not None and shape.root.profile:
        return shape.root.profile
    if shape.wire.profile:
        return shape.wire.profile
    if shape.kind == "model":
        return profile_of(shape.type)
    if shape.kind in ("list", "map"):
        return profile_at(shape.item)
    return "openapi"


def written_bytes(prepared: Any) -> bytes:
    """The bytes of what a writer prepared.

    Raises:
        EncodeError: a lone surrogate, or a value that is no JSON.
    """
    try:
        try:
            return _encode(prepared)
        except UnicodeEncodeError:
            return encode_with_lone_surrogates(prepared)
    except UnicodeEncodeError:
        raise EncodeError("text with a lone surrogate beside a noncharacter has no form") from None
    except RecursionError:
        raise EncodeError("the value contains itself, or nests too deep") from None
    except (TypeError, ValueError, OverflowError) as error:
        raise EncodeError(str(error)) from None


_ESCAPES = ((b"\xc2\x85", b"\\u0085"), (b"\xe2\x80\xa8", b"\\u2028"), (b"\xe2\x80\xa9", b"\\u2029"))


def dotnet_escapes(written: bytes) -> bytes:
    """Newtonsoft escapes U+0085, U+2028 and U+2029, too (RULES of the profile, 8)."""
    for raw, escaped in _ESCAPES:
        if raw[:1] in written and raw in written:  # one byte is found far sooner than several
            written = written.replace(raw, escaped)
    return written


def codec_of(
    type_: TypeForm,
    *,
    wire: Wire | None = None,
    namespace: Namespace = None,
    registry: Registry = REGISTRY,
) -> Codec:
    """The codec of a type: a class, an alias, ``list[Job]``, or a type expression evaluated in ``namespace``.

    Args:
        wire: facts of the place, where it is no named type.
        namespace: a module (or its name) or a mapping in which a type expression is evaluated.
        registry: whose hooks are obeyed.

    Raises:
        TypeError: the type cannot stand on the wire.
        NameError: an expression names something that is not there.
    """
    key = type_
    if wire is not None or namespace is not None:
        # Facts are no keys: they are compared by identity, and kept alive by the key.
        key = (type_, _Same(wire), namespace if isinstance(namespace, str) else _Same(namespace))
    codecs = registry.documents.codecs
    try:
        codec: Codec | None = codecs.get(key)
    except TypeError:  # what cannot be hashed
        return Codec(_shape(type_, wire, namespace), registry)
    if codec is None:
        codec = codecs[key] = _new_codec(type_, wire, namespace, registry)
        codec.key = None if key is not type_ else type_
    return codec


def _new_codec(type_: TypeForm, wire: Wire | None, namespace: Namespace, registry: Registry) -> Codec:
    style = None if isinstance(type_, str) else style_module(type_)
    if style is None:
        return Codec(_shape(type_, wire, namespace), registry)
    return StyledCodec(_shape(attrs_type(type_), wire, namespace), type_, registry)


class StyledCodec(Codec):
    """Reads and writes models of another style by the facts of the attrs ones."""

    is_direct = False

    def __init__(self, shape: Shape, type_: TypeForm, registry: Registry) -> None:
        super().__init__(shape, registry)
        self._type = type_

    def decode(self, data: bytes | bytearray | memoryview | str, settings: Settings = DEFAULT) -> PythonValue:
        """See `Codec.decode`."""
        if settings.values == "lenient" or (settings is DEFAULT and type(data) is bytes):
            return super().decode(data, settings)
        return from_attrs(super().decode(data, settings), self._type)

    def _is_plain(self, value: PythonValue) -> bool:
        return False

    def _reader_of_bytes(self, in_full: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
        read, type_ = super()._reader_of_bytes(in_full), self._type

        def read_styled(data: bytes) -> PythonValue:
            value = read(data)
            return value.value if type(value) is _Delivered else from_attrs(value, type_)

        return read_styled

    def _listed(self, value: PythonValue, collector: Collector) -> PythonValue:
        return _Delivered(record(self._delivered(value), collector.deviations()))

    def _in_full_leniently(self, data: bytes) -> PythonValue:
        return _Delivered(super()._in_full_leniently(data))

    def _delivered(self, value: PythonValue) -> PythonValue:
        return from_attrs(value, self._type)

    def unstructure(self, value: PythonValue) -> PythonValue:
        """See `Codec.unstructure`."""
        return super().unstructure(to_attrs(value, self._type))

    def unstructure_leniently(self, value: PythonValue) -> PythonValue:
        """See `Codec.unstructure_leniently`."""
        return super().unstructure_leniently(to_attrs(value, self._type))


class _Delivered:
    """A value that is in its style already, with its deviations, which another conversion would lose."""

    __slots__ = ("value",)

    def __init__(self, value: PythonValue) -> None:
        self.value = value


class _Same:
    """A key that is equal for the same object only, and keeps it alive."""

    __slots__ = ("value",)

    def __init__(self, value: PythonValue) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


def _shape(type_: TypeForm, wire: Wire | None, namespace: Namespace) -> Shape:
    if isinstance(namespace, str):
        namespace = Names(namespace)
    elif namespace is not None and hasattr(namespace, "__name__"):
        namespace = Names(namespace.__name__)
    return shape_of(type_, wire=wire, names=namespace)


def encode_untyped(
    value: PythonValue,
    wire: Wire | None,
    indent: int | None,
    settings: Settings = DEFAULT,
    registry: Registry = REGISTRY,
) -> bytes:
    """The document for a value that tells its type itself.

    Raises:
        EncodeError: see `Codec.encode`.
    """
    type_ = type(value)
    if type_ not in _STRUCTURAL and _tells(type_, registry):
        codec = codec_of(type_, wire=wire, registry=registry)
        if wire is None:
            compiled = registry.documents
            compiled.by_instance[type_] = codec
            if codec.is_direct and codec.shape.type is type_ and not registry.references:
                compiled.writers[type_] = codec.writer()
        return codec.encode(value, indent=indent, settings=settings)
    writing = registry.beside if settings.values == "lenient" else registry
    numbered = with_numbers if registry.references else with_numbers_if_needed
    try:
        written = written_bytes(numbered(writing.untyped.write, value))
    except RecursionError:
        raise EncodeError("the value contains itself, or nests too deep") from None
    # A list of .NET's models is a document of .NET, too, and so is a map of them.
    items = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    if any(profile_of(type(item)) == "datacontract" for item in itertools.islice(items, 1)):
        written = dotnet_escapes(written)
    return written if indent is None else msgspec.json.format(written, indent=indent)


_STRUCTURAL = frozenset({list, tuple, dict, set, frozenset, str, int, float, bool, type(None)})


def _tells(type_: type, registry: Registry) -> bool:
    """Whether a class says by itself how it is written."""
    if registry.write_hook(type_) is not None or "__wire__" in vars(type_) or attrs.has(type_):
        return True
    return style_module(type_) is not None
