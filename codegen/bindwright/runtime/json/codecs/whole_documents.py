"""Whole documents read in one compiled function: msgspec reads the struct in C, the function moves it into models.

Nested models, lists and maps of models, and unions that a discriminator tells apart are moved in line: a call
for each object would cost as much as moving it.

msgspec takes the last of two members with one name, where RFC 8259, 4, leaves open what a reader does and we refuse.
So quotation marks are counted: each name and each string has two, and the function knows how many of them it has
moved. An escaped mark within a string adds to the count and nothing takes from it, and so does a name that stands
twice: equal counts leave no room for one. Where they differ, or something stands in the document that the function
does not look into, the struct is written again and the documents are compared (`same_names`).
"""

from __future__ import annotations

import gc

import msgspec
from msgspec import UNSET as NOT_THERE

from bindwright.runtime.compile.source import FunctionSource
from bindwright.runtime.json.codecs.garbage import LARGE, pause_collector
from bindwright.runtime.json.codecs.guard import Guard, Reader
from bindwright.runtime.json.codecs.json_structs import StructTyper
from bindwright.runtime.json.codecs.model_codec import ModelCodec, absent_expression, instance, tag_constant
from bindwright.runtime.json.codecs.read_plans import (
    Typed,
    document_place,
    marks_of,
    quick_reader,
    value_reader,
)
from bindwright.runtime.json.decoding.compile_reader import ReaderCompiler
from bindwright.runtime.json.plan.members import ObjectMember, keeps_extra
from bindwright.runtime.json.plan.registry import Registry, StructTag
from bindwright.runtime.json.text.descriptions import step
from bindwright.runtime.json.text.parse import same_names
from bindwright.runtime.shapes import Shape, members_of
from bindwright.runtime.value_types import Function, JsonValue, Place, PythonValue

_encode = msgspec.json.Encoder().encode
_encode_any = msgspec.json.Encoder(enc_hook=float).encode
MOST_MODELS = 24
"""Models that one function moves in line: compiling is linear in its lines, and a first document is not to wait."""


def document_reader(
    shape: Shape, registry: Registry, profile: str, typing: StructTyper, decode: Function, guard: Guard
) -> Reader:
    """A function from a document to the value.

    Args:
        shape: the root: a model, a list or a map.
        registry: the codecs.
        profile: the conventions of the root.
        typing: the types of the struct's places.
        decode: reads the struct.
        guard: reads what deviates.
    """
    place = document_place(shape, registry, profile, typing)
    if place is not None:
        return _accelerated(place, decode, guard)
    source = FunctionSource(f"json read {shape.name or shape.kind} whole")
    mover = _Mover(source, registry, profile)
    name = source.bind(guard, "guard")
    with source.function("read(data)"):
        with source.block(f"if {name}.wary"):
            source.line(f"return {name}.carefully(data)")
        source.line(f"paused = len(data) > {LARGE} and {source.bind(pause_collector, 'pause_collector')}()")
        with source.block("try"):
            source.line(f"s = v = {source.bind(decode, 'decode')}(data)")
            if shape.nullable:
                with source.block("if s is None"):
                    source.line("return None")
            source.line("n = 0")
            count = mover.value(shape, "v", "", typing)
            if mover.counts:
                with source.block(f"if data.count(b'\"') != n + {count}"):
                    source.line(f"{source.bind(prove, 'prove')}(data, s)")
            else:
                source.line(f"{source.bind(prove, 'prove')}(data, s)")
            source.line("return v")
        with source.block("except Exception"):  # whatever it is, the general way says it better
            source.line(f"return {name}.give_up(data)")
        with source.block("finally"), source.block("if paused"):
            source.line(f"{source.bind(gc.enable, 'resume_collector')}()")
    return source.compile("read")


def _accelerated(place: Place, decode: Function, guard: Guard) -> Reader:
    """The same with the accelerator: nothing is compiled, what msgspec read is followed in C."""
    read_value = value_reader(place, prove)

    def read(data: bytes) -> PythonValue:
        if guard.wary:
            # What `carefully` would do, without its calls: a stream of documents with unknown members comes here.
            if guard.remaining > 0:
                guard.remaining -= 1
                return guard.general(data)
            return guard.carefully(data)
        paused = len(data) > LARGE and pause_collector()
        try:
            return read_value(decode(data), data)
        except Exception:  # whatever it is, the general way says it better
            return guard.give_up(data)
        finally:
            if paused:
                gc.enable()

    return quick_reader(place, decode, prove, guard, read)


_UNPROVEN = -(1 << 62)
"""Marks of what proves nothing: no document has so few, so that it is compared as a whole."""


def _marks_of(value: JsonValue) -> int:
    # A mark within a text may stand in the document as \u0022, without a mark: counted, it would hide those of a name
    # that stands twice.
    if type(value) is str:
        return 2 if '"' not in value else _UNPROVEN
    written = _encode_any(value)
    return written.count(b'"') if b'\\"' not in written else _UNPROVEN


def prove(data: bytes, struct: PythonValue) -> None:
    """See that no name stands twice, by writing again what was read.

    Raises:
        ValueError: one may.
    """
    again = _encode(struct)
    if again != data and not same_names(data, again):
        raise ValueError("a name may stand twice")


class _Mover:
    """Writes the lines that turn a variable's struct into a value, and count the quotation marks of its document.

    A method that writes lines returns the marks that are there whenever the lines run; lines add to, or take
    from, ``n`` what depends on the document.
    """

    def __init__(self, source: FunctionSource, registry: Registry, profile: str) -> None:
        self.source = source
        self.registry = registry
        self.profile = profile
        self.counts = True
        """Whether all marks are counted."""
        self._models = 0
        self._open: list[type] = []

    def value(self, shape: Shape, var: str, path: str, typed: Typed) -> int:
        """Lines for a value that is there and not null."""
        if id(shape) not in typed.typed:
            # Parsed JSON of any kind: its marks are those of what is written for it.
            self.source.line(f"n += {self.source.bind(_marks_of, 'marks_of')}({var})")
        elif shape.kind == "model":
            codec = self.registry.of(shape.type)
            if isinstance(codec, ModelCodec) and self._fits(codec):
                return self._model(codec, var, None)
            self.counts = False
        elif shape.kind == "union":
            return self._union(shape, var, typed)
        elif shape.kind == "list" and shape.type is list:
            return self._list(shape, var, path, typed)
        elif shape.kind == "map" and shape.type is dict and not shape.fact("entries"):
            return self._map(shape, var, path, typed)
        elif shape.kind in ("list", "map", "tuple"):
            self.counts = False
        reading = ReaderCompiler(self.source, self.registry, self.profile)
        reading.typed = typed.typed
        reading.place(shape, var, path, nullable=False)
        return self._marks(shape, typed)

    def _marks(self, shape: Shape, typed: Typed) -> int:
        return marks_of(shape, typed)

    def _fits(self, codec: ModelCodec) -> bool:
        return self._models < MOST_MODELS and codec.model not in self._open

    def _model(self, codec: ModelCodec, var: str, tag: StructTag | None) -> int:
        """Lines that replace ``var``, a struct, by a model."""
        json_struct = codec.json_struct(0, tag)
        assert json_struct is not None
        # Open models are not moved in line within themselves: that would have no end.
        self._models += 1
        self._open.append(codec.model)
        count, values = 0, []
        struct = self.source.fresh("s")
        self.source.line(f"{struct} = {var}")
        # Each class is written in the conventions of its own document.
        profile, self.profile = self.profile, codec.profile
        for index, member in enumerate(codec.members):
            count += 2
            if tag is not None and member.name == tag.member:
                values.append((member.member, self.source.bind(tag_constant(member.shape, tag), "tag")))
                count += 2
                continue
            value, marks = self._member(member, f"{struct}.f{index}", json_struct)
            count += marks
            values.append((member.member, value))
        listed = {member.attribute for member in codec.members}
        rest = [field for field in members_of(codec.model) if field.attribute not in listed]
        instance(codec.model, self.source, values, rest, "None" if keeps_extra(codec.model) else None)
        self.source.line(f"{var} = o")
        self.profile = profile
        self._open.pop()
        return count

    def _member(self, member: ObjectMember, attribute: str, typed: Typed) -> tuple[str, int]:
        """The variable, or expression, that holds a member's value, and the marks of it that are always there."""
        shape, source = member.shape, self.source
        reading = ReaderCompiler(source, self.registry, self.profile)
        reading.typed = typed.typed
        free = reading.is_free(shape)
        marks = self._marks(shape, typed)
        # No variable for what is taken over as it is: the attribute stands in the assignment itself.
        if member.required and free and not (marks and member.nullable):
            return attribute, marks
        var, path = source.fresh("v"), step(member.name)
        source.line(f"{var} = {attribute}")
        if not member.required:
            with source.block(f"if {var} is {source.bind(NOT_THERE, 'NOT_THERE')}"):
                source.line(f"{var} = {absent_expression(source, member)}")
                source.line(f"n -= {2 if member.nullable else 2 + marks}")
            if free and not (marks and member.nullable):
                return var, marks
            if id(shape) not in typed.typed and not member.nullable:
                with source.block(f"elif {var} is None"):
                    source.line("raise ValueError")  # null where it means absent
            with source.block(f"elif {var} is not None" if member.nullable else "else"):
                self._add(self._value(shape, var, path, typed, free) - (0 if member.nullable else marks))
            return var, 0 if member.nullable else marks
        if not member.nullable:
            return var, self.value(shape, var, path, typed)
        with source.block(f"if {var} is not None"):
            self._add(self._value(shape, var, path, typed, free))
        return var, 0

    def _value(self, shape: Shape, var: str, path: str, typed: Typed, free: bool) -> int:
        return self._marks(shape, typed) if free else self.value(shape, var, path, typed)

    def _add(self, marks: int) -> None:
        if marks:
            self.source.line(f"n += {marks}")

    def _union(self, shape: Shape, var: str, typed: Typed) -> int:
        word = "if"
        for item, type_ in typed.typed.by_type.get(id(shape), ()):
            with self.source.block(f"{word} type({var}) is {self.source.bind(type_, 'case')}"):
                self._add(self.value(item, var, "", typed))
            word = "elif"
        for struct, (codec, tag) in typed.typed.tagged.get(id(shape), {}).items():
            with self.source.block(f"{word} type({var}) is {self.source.bind(struct, 'struct')}"):
                if isinstance(codec, ModelCodec) and self._fits(codec):
                    self._add(self._model(codec, var, tag))
                else:
                    self.counts = False
                    name = self.source.link("move", _tagged(codec, tag))
                    self.source.line(f"{var} = {name}({var})")
            word = "elif"
        return 0

    def _list(self, shape: Shape, var: str, path: str, typed: Typed) -> int:
        source = self.source
        if self._is_simple(shape.item, typed):
            reading = ReaderCompiler(source, self.registry, self.profile)
            reading.typed = typed.typed
            reading.place(shape, var, path, nullable=False)
            self._add_each(self._marks(shape.item, typed), var)
            return 0
        if shape.item.kind == "any" and self.registry.read_hook(shape.item.type) is None:
            source.line(f"n += {source.bind(_marks_of, 'marks_of')}({var})")
            return 0
        items, item = source.fresh("items"), source.fresh("item")
        source.line(f"{items} = []")
        # A bound method in a variable: looked up once a list, not once an item.
        source.line(f"add_{items} = {items}.append")
        with source.block(f"for {item} in {var}"):
            marks = self._item(shape.item, item, f"{path}[0]", typed)
            source.line(f"add_{items}({item})")
        self._add_each(marks, var)
        source.line(f"{var} = {items}")
        return 0

    def _is_simple(self, item: Shape, typed: Typed) -> bool:
        """Whether items are scalars that are never null."""
        return id(item) in typed.typed and not item.nullable and item.kind not in _COMPOSITE

    def _add_each(self, marks: int, var: str) -> None:
        if marks:
            self.source.line(f"n += {marks} * len({var})")

    def _item(self, shape: Shape, item: str, path: str, typed: Typed) -> int:
        """Lines for an item; the marks that each has, null or not."""
        if not shape.nullable:
            return self.value(shape, item, path, typed)
        with self.source.block(f"if {item} is not None"):
            self._add(self.value(shape, item, path, typed))
        return 0

    def _map(self, shape: Shape, var: str, path: str, typed: Typed) -> int:
        source, marks = self.source, 0
        reading = ReaderCompiler(source, self.registry, self.profile)
        reading.typed = typed.typed
        if shape.item.kind == "any" and self.registry.read_hook(shape.item.type) is None:
            source.line(f"n += {source.bind(_marks_of, 'marks_of')}({var})")
            return 0
        if reading.is_free(shape.item) and not shape.item.nullable:
            marks = self._marks(shape.item, typed)
        else:
            entries, key, item = source.fresh("entries"), source.fresh("key"), source.fresh("item")
            source.line(f"{entries} = {{}}")
            with source.block(f"for {key}, {item} in {var}.items()"):
                marks = self._item(shape.item, item, path, typed)
                source.line(f"{entries}[{key}] = {item}")
            source.line(f"{var} = {entries}")
        self._add_each(2 + marks, var)
        return 0


_COMPOSITE = frozenset({"model", "union", "list", "map", "tuple", "any"})


def _tagged(codec: PythonValue, tag: StructTag) -> PythonValue:
    return lambda: codec.mover(tag)
