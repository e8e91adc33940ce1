"""Compiling readers: from parsed JSON, or from a typed struct, to the values of a model's members."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import uuid
from collections.abc import Callable
from functools import partial
from inspect import isabstract
from typing import Any

from bindwright.runtime.compile.source import FunctionSource
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.json.decoding import lenient_helpers as lenient
from bindwright.runtime.json.decoding import read_helpers as readers
from bindwright.runtime.json.decoding.keys import key_reader
from bindwright.runtime.json.plan.place_types import PlaceTypes
from bindwright.runtime.json.plan.registry import CodecOfModel, Registry, StructTag
from bindwright.runtime.shapes import Shape, shape_of
from bindwright.runtime.value_types import Function
from bindwright.runtime.values.by_name import named_index
from bindwright.runtime.values.known_times import reading_lines
from bindwright.standards.numbers import RANGES

_STRINGS = {
    "datetime": (readers.DATETIME, "read_datetime"), "date": (readers.DATE, "read_date"),
    "time": (readers.TIME, "read_time"), "uuid": (readers.UUID, "read_uuid"),
}  # fmt: skip
_BYTES = {
    "base64url": readers.BASE64URL, "hex": readers.HEX, "base16": readers.HEX, "hexBinary": readers.HEX,
}  # fmt: skip


class ReaderCompiler:
    """Writes the lines that turn a local variable's JSON value into a member's value.

    ``typed`` variables come from a struct: their JSON types are checked, in C, already.
    """

    def __init__(self, source: FunctionSource, registry: Registry, profile: str) -> None:
        self.source = source
        self.registry = registry
        self.profile = profile
        self.typed = PlaceTypes()
        """Shapes (by id) that stand in the struct, with their type there."""

    def function(self, shape: Shape, hint: str = "read", *, nullable: bool | None = None) -> str:
        """The name of a function of one argument that reads such a value."""
        name = self.source.fresh(hint)
        with self.source.function(f"{name}(v)"):
            self._lines(shape, "v", "", nullable=shape.nullable if nullable is None else nullable)
            self.source.line("return v")
        return name

    def place(self, shape: Shape, var: str, path: str, *, nullable: bool) -> None:
        """Lines that replace ``var`` by its value, or keep it where the registry is lenient."""
        if not self.registry.lenient:
            self._lines(shape, var, path, nullable=nullable)
        elif not self._items_are_free(shape):
            name = self.function(shape, "value", nullable=nullable)
            self.source.line(f"{var} = {self.source.bind(lenient.keep, 'keep')}({name}, {var}, {path!r})")

    def _lines(self, shape: Shape, var: str, path: str, *, nullable: bool) -> None:
        if nullable and shape.kind not in ("any", "null"):
            if self.is_free(shape):
                return
            with self.source.block(f"if {var} is not None"):
                self._value(shape, var, path)
        else:
            self._value(shape, var, path)

    def is_free(self, shape: Shape) -> bool:
        """Whether a typed value needs no lines at all."""
        if id(shape) not in self.typed or self.registry.read_hook(shape.type) is not None:
            return False
        if isinstance(self.typed[id(shape)], type) and issubclass(
            self.typed[id(shape)], (enum.Enum, dt.date)
        ):
            return True  # made by msgspec
        form = shape.fact("format") or ""
        if shape.kind == "integer" and self.typed[id(shape)] is int and form in RANGES:
            return False  # whose bounds msgspec does not know
        if shape.kind == "string" and form == "char" and self.profile == "datacontract":
            return False
        return shape.kind in ("string", "number", "boolean", "integer", "literal") and not is_named(shape)

    def _value(self, shape: Shape, var: str, path: str) -> None:
        if (hook := self.registry.read_hook(shape.type)) is not None:
            self._hooked(hook, shape, var, path)
            return
        # One method a kind of shapes, which `Kind` in shapes.py lists.
        getattr(self, "_" + shape.kind)(shape, var, path)
        if is_named(shape):
            self.source.line(f"{var} = {self.source.bind(shape.type, 'build')}({var})")

    def _hooked(self, hook: Callable[[Any, Any], Any], shape: Shape, var: str, path: str) -> None:
        name = self.source.bind(readers.hooked(hook, shape.type), "hook")
        self.source.line(f"{var} = {name}({var}, {path!r})")

    def _wrong(self, expected: str, var: str, path: str) -> str:
        return f"raise {self.source.bind(readers.wrong, 'wrong')}({expected!r}, {var}, {path!r})"

    def _check(self, condition: str, expected: str, var: str, path: str) -> None:
        with self.source.block(f"if {condition}"):
            self.source.line(self._wrong(expected, var, path))

    # scalars

    def _string(self, shape: Shape, var: str, path: str) -> None:
        if id(shape) not in self.typed:
            self._check(f"type({var}) is not str", "a string", var, path)
        if self.profile == "datacontract" and shape.fact("format") == "char":
            self._check(f"len({var}) != 1 or {var} > '\\uffff'", "one character", var, path)

    def _integer(self, shape: Shape, var: str, path: str) -> None:
        # ``int`` without a format has no range: documents use it for numbers of any size.
        minimum, high = RANGES.get(shape.fact("format") or "", (None, None))
        words = "an integer" if minimum is None else f"an integer ({shape.fact('format')})"
        typed = id(shape) in self.typed
        if not typed:
            self._whole_number(var, words, path)
        if minimum is not None and (not typed or self.typed[id(shape)] is int):
            self._check(f"not {minimum} <= {var} <= {high}", words, var, path)

    def _whole_number(self, var: str, words: str, path: str) -> None:
        if self.profile == "datacontract":  # Newtonsoft refuses 5.0
            self._check(f"type({var}) is not int", words, var, path)
            return
        with self.source.block(f"if type({var}) is not int"):
            integral = self.source.bind(readers.integral, "integral")
            self.source.line(f"{var} = {integral}({var}, {words!r}, {path!r})")

    def _number(self, shape: Shape, var: str, path: str) -> None:
        if id(shape) in self.typed:
            return
        other = readers.dotnet_number if self.profile == "datacontract" else readers.number
        # The common types first; what is neither (`NumberText`, a wrong type) goes into a function.
        with self.source.block(f"if type({var}) is not float and type({var}) is not int"):
            self.source.line(f"{var} = {self.source.bind(other, 'number')}({var}, {path!r})")

    def _decimal(self, shape: Shape, var: str, path: str) -> None:
        if self.typed.get(id(shape), str) is not str:
            self.source.line(f"{var} = {self.source.bind(readers.raw_decimal, 'raw_decimal')}({var})")
        elif self.registry.lenient or self.profile == "datacontract":  # Newtonsoft takes both
            self._call(readers.read_decimal, "read_decimal", var, path)
        elif shape.fact("quoted"):
            self._call(readers.quoted_decimal, "quoted_decimal", var, path)
        else:
            self._call(readers.plain_decimal, "plain_decimal", var, path)

    def _boolean(self, shape: Shape, var: str, path: str) -> None:
        if id(shape) not in self.typed:
            self._check(f"{var} is not True and {var} is not False", "true or false", var, path)

    def _null(self, shape: Shape, var: str, path: str) -> None:
        self._check(f"{var} is not None", "null", var, path)

    def _any(self, shape: Shape, var: str, path: str) -> None:
        pass

    def _call(self, function: Any, hint: str, var: str, path: str) -> None:
        self.source.line(f"{var} = {self.source.bind(function, hint)}({var}, {path!r})")

    def _datetime(self, shape: Shape, var: str, path: str) -> None:
        if self.is_free(shape):
            return
        reader, hint = _STRINGS[shape.kind]
        if hasattr(shape.type, "parse"):
            reader = readers.scalar(shape.type.parse, f"a {shape.kind}")
        elif shape.kind == "datetime" and id(shape) in self.typed:
            for line in reading_lines(var, var, self.source.bind):
                self.source.line(line)
            return
        self._call(reader, hint, var, path)

    _date = _time = _datetime

    def _uuid(self, shape: Shape, var: str, path: str) -> None:
        if id(shape) in self.typed:  # a string, and an error goes the general way
            self.source.line(f"{var} = {self.source.bind(readers.parse_uuid, 'parse_uuid')}({var})")
            return
        self._call(lenient.read_uuid if self.registry.lenient else readers.UUID, "read_uuid", var, path)

    def _duration(self, shape: Shape, var: str, path: str) -> None:
        self._call(
            readers.TIMESPAN if self.profile == "datacontract" else readers.DURATION,
            "read_duration",
            var,
            path,
        )

    def _bytes(self, shape: Shape, var: str, path: str) -> None:
        base64 = lenient.read_base64 if self.registry.lenient else readers.BASE64
        self._call(_BYTES.get(shape.fact("format") or "", base64), "read_bytes", var, path)

    def _enum(self, shape: Shape, var: str, path: str) -> None:
        if self.is_free(shape):
            return
        enum_type = shape.type
        base = str if issubclass(enum_type, str) else int if issubclass(enum_type, int) else None
        if base is None:
            self._call(
                readers.float_member(enum_type)
                if issubclass(enum_type, float)
                else readers.mixed_member(enum_type),
                "member",
                var,
                path,
            )
            return
        if id(shape) not in self.typed:
            if base is str:
                self._check(f"type({var}) is not str", "a string", var, path)
            else:
                self._whole_number(var, "an integer", path)
        # A dict lookup costs a tenth of calling the enumeration.
        members = self.source.bind(readers.members(enum_type), "members")
        other = self.source.bind(readers.other_member, "other_member")
        build = self.source.bind(enum_type, "kind")
        otherwise = f"{other}({build}, {var}, {path!r})"
        self.source.line(f"{var} = {members}[{var}] if {var} in {members} else {otherwise}")

    def _literal(self, shape: Shape, var: str, path: str) -> None:
        if id(shape) in self.typed:
            return
        self._call(readers.literal(shape.literals, is_open=shape.is_open), "literal", var, path)

    # what holds other values

    def _mover(self, shape: Shape) -> str | None:
        """The name of a function from a model's struct to the model."""
        if shape.kind != "model" or id(shape) not in self.typed:
            return None
        name = self.source.link("move", self.registry.of(shape.type).mover)
        return name

    def _model(self, shape: Shape, var: str, path: str) -> None:
        if (move := self._mover(shape)) is not None:
            self.source.line(f"{var} = {move}({var})")
            return
        name = self.source.link("read", self.registry.of(shape.type).reader)
        self._inside(f"{var} = {name}({var})", path)

    def _inside(self, line: str, path: str) -> None:
        """A line whose errors are seen from here."""
        if not path:
            self.source.line(line)
            return
        with self.source.block("try"):
            self.source.line(line)
        with self.source.block(f"except {self.source.bind(DecodeError, 'DecodeError')} as error"):
            self.source.line(f"raise {self.source.bind(readers.within, 'within')}(error, {path!r}) from None")

    def _list(self, shape: Shape, var: str, path: str) -> None:
        if id(shape) not in self.typed:
            self._check(f"type({var}) is not list", "an array", var, path)
        if self._items_are_free(shape.item):
            return
        if id(shape) in self.typed and (move := self._mover(shape.item)) is not None:
            null = "None if v is None else " if shape.item.nullable else ""
            self.source.line(f"{var} = [{null}{move}(v) for v in {var}]")
            return
        name = self.function(shape.item, "item")
        if id(shape) in self.typed:
            self.source.line(f"{var} = [{name}(v) for v in {var}]")
        elif self.registry.lenient:
            strict = self.source.link("strict", lambda: self._strict_reader(shape.item))
            keep = self.source.bind(lenient.keep_items, "keep_items")
            self.source.line(f"{var} = {keep}({name}, {strict}, {var}, {path!r})")
        else:
            self.source.line(f"{var} = {self.source.bind(readers.each, 'each')}({name}, {var}, {path!r})")

    def _strict_reader(self, shape: Shape) -> Function:
        source = FunctionSource(f"json read {shape.name or shape.kind}")
        name = ReaderCompiler(source, self.registry.strict, self.profile).function(shape)
        return source.compile(name)

    def _items_are_free(self, item: Shape) -> bool:
        return self.is_free(item) or (item.kind == "any" and self.registry.read_hook(item.type) is None)

    def _tuple(self, shape: Shape, var: str, path: str) -> None:
        self._check(f"type({var}) is not list", "an array", var, path)
        items = shape.inner()
        # An array may be shorter (JSON Schema 2020-12 core, 10.3.1.1), but for a minItems of its own.
        checks = shape.fact("checks")
        least_items = min((checks.min_items or 0) if checks is not None else 0, len(items))
        words = (
            f"an array of {len(items)}" if least_items == len(items) else f"an array of at most {len(items)}"
        )
        self._check(f"not {least_items} <= len({var}) <= {len(items)}", words, var, path)
        if least_items < len(items):
            readers_ = [self.function(item, "part") for item in items]
            names = f"({', '.join(readers_)}{',' if readers_ else ''})"
            if self.registry.lenient:
                self.source.line(
                    f"{var} = {self.source.bind(lenient.keep_parts, 'keep_parts')}({names}, {var}, {path!r})"
                )
            else:
                self.source.line(
                    f"{var} = {self.source.bind(readers.parts, 'parts')}({names}, {var}, {path!r})"
                )
            return
        parts = []
        for index, item in enumerate(items):
            part = self.source.fresh("part")
            self.source.line(f"{part} = {var}[{index}]")
            self.place(item, part, f"{path}[{index}]", nullable=item.nullable)
            parts.append(part)
        self.source.line(f"{var} = ({', '.join(parts)}{',' if parts else ''})")

    def _map(self, shape: Shape, var: str, path: str) -> None:
        typed = id(shape) in self.typed
        if not typed:
            self._check(f"type({var}) is not dict", "an object", var, path)
        if shape.wire.by_name:
            self._by_name(shape, var, path)
        elif not self._items_are_free(shape.item):
            name = self.function(shape.item, "value")
            if typed:
                self.source.line(f"{var} = {{k: {name}(v) for k, v in {var}.items()}}")
            else:
                each = lenient.keep_values if self.registry.lenient else readers.each_value
                self.source.line(f"{var} = {self.source.bind(each, 'each_value')}({name}, {var}, {path!r})")
        if (key := key_shape(shape)) is not None:
            read = self.source.bind(key_reader(key, self.profile), "key")
            each_key = lenient.keep_keys if self.registry.lenient else readers.each_key
            self.source.line(f"{var} = {self.source.bind(each_key, 'each_key')}({read}, {var}, {path!r})")

    def _by_name(self, shape: Shape, var: str, path: str) -> None:
        """Values of a map whose names tell what they are."""
        functions = [self.function(item, "value") for item in (*shape.named_items(), shape.item)]
        read = lenient.keep_named_values if self.registry.lenient else readers.each_named_value
        index_of = self.source.bind(partial(named_index, shape), "index_of")
        each = self.source.bind(read, "each_named_value")
        self.source.line(f"{var} = {each}(({', '.join(functions)}), {index_of}, {var}, {path!r})")

    def _union(self, shape: Shape, var: str, path: str) -> None:
        if id(shape) in self.typed.tagged:
            move = self.source.link("move", lambda: _union_mover(self.typed.tagged[id(shape)]))
            self.source.line(f"{var} = {move}({var})")
            return
        if id(shape) in self.typed.by_type:
            word = "if"
            for item, type_ in self.typed.by_type[id(shape)]:
                with self.source.block(f"{word} type({var}) is {self.source.bind(type_, 'case')}"):
                    self.place(item, var, path, nullable=False)
                word = "elif"
            return
        make = self.registry.make
        compile_union = make.lenient_union_reader if self.registry.lenient else make.union_reader
        name = self.source.link("union", lambda: compile_union(shape, self.registry, self.profile))
        self._inside(f"{var} = {name}({var})", path)


def _union_mover(structs: dict[type, tuple[CodecOfModel, StructTag]]) -> Function:
    """From an alternative's struct to its model."""
    movers = {struct: codec.mover(tag) for struct, (codec, tag) in structs.items()}
    return lambda struct: movers[type(struct)](struct)


_PLAIN: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (float,), "decimal": (decimal.Decimal,),
    "uuid": (uuid.UUID,), "bytes": (bytes,), "list": (list,), "tuple": (tuple,), "map": (dict,),
}  # fmt: skip


def is_named(shape: Shape) -> bool:
    """Whether the value is to be made an instance of a class of its own: ``class Sku(str)``."""
    plain = _PLAIN.get(shape.kind)
    return (
        plain is not None
        and shape.type not in plain
        and isinstance(shape.type, type)
        and not isabstract(shape.type)
    )


def key_shape(shape: Shape) -> Shape | None:
    """The shape of a map's keys, where they are no strings."""
    entries = shape.fact("entries")
    if entries is None or entries.key_type == "str":
        return None
    return shape_of(entries.key_type, wire=entries.key_wire, names=shape.names)
