"""Codecs of models: one a class, its functions compiled when they are first called."""

from __future__ import annotations

from typing import Any

import attrs
from msgspec import UNSET as NOT_THERE

from bindwright.runtime.alternatives.classes import further_names
from bindwright.runtime.alternatives.tags import Tag
from bindwright.runtime.compile.source import FunctionSource
from bindwright.runtime.json.codecs.conditional import keeping_misfits
from bindwright.runtime.json.codecs.json_structs import MAKING, JsonStruct, struct_of
from bindwright.runtime.json.decoding import lenient_helpers as lenient
from bindwright.runtime.json.decoding import read_helpers as readers
from bindwright.runtime.json.decoding.compile_reader import ReaderCompiler
from bindwright.runtime.json.encoding.compile_writer import plain_function
from bindwright.runtime.json.encoding.tags import tagged
from bindwright.runtime.json.encoding.write_plans import write_plan
from bindwright.runtime.json.plan import references
from bindwright.runtime.json.plan.members import (
    ALWAYS,
    ObjectMember,
    is_factory,
    is_plain_class,
    keeps_extra,
    object_members,
    profile_of,
    root_of,
)
from bindwright.runtime.json.plan.registry import Registry, StructTag
from bindwright.runtime.json.plan.unknown import unknown_members
from bindwright.runtime.json.text.descriptions import step
from bindwright.runtime.shapes import Shape, members_of
from bindwright.runtime.value_types import Function, PlacedFunction, PythonValue
from bindwright.runtime.values.zeros import plain_zero


class ModelCodec:
    """Functions of one model."""

    def __init__(self, model: type, registry: Registry) -> None:
        self.model = model
        self.registry = registry
        self.members: tuple[ObjectMember, ...] = object_members(model)
        self.profile = profile_of(model)
        self._reader: Function | None = None
        self._movers: dict[StructTag | None, Function] = {}
        self._plainer: Function | None = None
        self._write_plans: dict[tuple[str, int] | None, tuple[Tag | None, PythonValue]] = {}
        """By the discriminator of a choice, whose identity is nobody else's as long as it is kept here."""
        self._read_plans: dict[StructTag | None, PythonValue] = {}
        self._structs: dict[StructTag | None, JsonStruct | None] = {}
        self._busy = False

    def json_struct(self, depth: int = 0, tag: StructTag | None = None) -> JsonStruct | None:
        """The struct, as an alternative of a union with a tag; None where there is none, and within itself."""
        # Kept for good: a struct that held itself would have no end, and `_busy` cuts it where it begins again.
        if tag not in self._structs:
            with MAKING:
                if self._busy or (tag is not None and not self._can_have(tag)):
                    return None
                self._busy = True
                try:
                    self._structs.setdefault(
                        tag, struct_of(self.model, self.members, self.registry, depth, tag)
                    )
                finally:
                    self._busy = False
        return self._structs[tag]

    def _can_have(self, tag: StructTag) -> bool:
        """Whether the discriminator is a member, and of a type whose value follows from the tag."""
        member = next((member for member in self.members if member.name == tag.member), None)
        if member is None or self.registry.read_hook(member.shape.type) is not None:
            return False
        shape = member.shape
        return (
            (shape.kind == "string" and shape.type is str)
            or (shape.kind == "literal" and tag.value in shape.literals)
            or (shape.kind == "enum" and tag.value in [item.value for item in shape.type])
        )

    def reader(self) -> Function:
        """From a parsed object to an instance."""
        if self._reader is None:
            if (hook := self.registry.read_hook(self.model)) is not None:
                self._reader = _placeless(readers.hooked(hook, self.model))
            else:
                # A user's hook reads the class whatever its discriminator says; compiled code follows it.
                self._reader = self._dispatching(keeping_misfits(self.model, self.registry, _reader(self)))
        return self._reader

    def mover(self, tag: StructTag | None = None) -> Function:
        """From an instance of the struct to one of the model; any exception means: read it the long way."""
        if tag not in self._movers:
            self._movers[tag] = _mover(self, tag)
        return self._movers[tag]

    def plainer(self) -> Function:
        """From an instance to what msgspec writes."""
        if self._plainer is None:
            if (hook := self.registry.write_hook(self.model)) is not None:
                self._plainer = hook
            else:
                self._plainer = tagged(plain_function(self), self.model)
        return self._plainer

    def write_plan(self, choice_tag: Tag | None = None) -> PythonValue:
        """The accelerator's plan of writing an instance, as an alternative of a choice; None where there is none."""
        key = None if choice_tag is None else (choice_tag.name, id(choice_tag.choice))
        if key not in self._write_plans:
            self._write_plans[key] = choice_tag, write_plan(self, choice_tag)
        return self._write_plans[key][1]

    def read_plan(self, tag: StructTag | None = None) -> PythonValue:
        """The accelerator's plan of making an instance of the struct; None where there is none."""
        if tag not in self._read_plans:
            self._read_plans[tag] = self.registry.make.read_plan(self, tag)
        return self._read_plans[tag]

    def _dispatching(self, read_own: Function) -> Function:
        choice = root_of(self.model).choice
        if choice is None or not choice.discriminator or not choice.mapping:
            return read_own
        return self.registry.make.derived_reader(self, read_own)


def _placeless(reader: PlacedFunction) -> Function:
    def read(value: PythonValue) -> PythonValue:
        return reader(value, "")

    return read


def _reader(codec: ModelCodec) -> Function:
    source = FunctionSource(f"json read {codec.model.__name__}")
    reading = ReaderCompiler(source, codec.registry, codec.profile)
    with source.function("read(d)"):
        _refer(codec, source)
        if codec.registry.lenient:
            _fetch_leniently(codec, source)
        else:
            _fetch(codec, source)
        for index, json_member in enumerate(codec.members):
            _convert(reading, json_member, f"v{index}")
        _build(codec, source, reading)
    return source.compile("read")


def _refer(codec: ModelCodec, source: FunctionSource) -> None:
    """An object that others may refer to stands before its members are read."""
    reference = root_of(codec.model).reference
    if reference is None:
        return
    # The instance is known by its id before its members are read, for one of them may refer to it.
    identity, refers, _ = reference
    model = source.bind(codec.model, "model")
    with source.block("if type(d) is dict"):
        with source.block(f"if {refers!r} in d"):
            source.line(f"return {source.bind(references.referred, 'referred')}(d[{refers!r}], {model})")
        source.line(f"o = {source.bind(object.__new__, 'new')}({model})")
        source.line(f"{source.bind(references.register, 'register')}(d.get({identity!r}), o)")


def _fetch(codec: ModelCodec, source: FunctionSource) -> None:
    """Take the members out of the object."""
    required = [
        (f"v{index}", json_member.name)
        for index, json_member in enumerate(codec.members)
        if json_member.required
    ]
    names = source.bind(tuple(name for _, name in required), "REQUIRED")
    missing = source.bind(readers.missing, "missing")
    # Subscription in a try is faster than get() and a comparison, and required members are nearly always there.
    if required:
        with source.block("try"):
            for var, name in required:
                source.line(f"{var} = d[{name!r}]")
        with source.block("except (KeyError, TypeError)"):
            source.line(f"raise {missing}(d, {names}) from None")
    with source.block("if type(d) is not dict"):
        source.line(f"raise {missing}(d, {names})")
    if len(required) < len(codec.members):
        source.line("get = d.get")
    reference = root_of(codec.model).reference
    # How many members of the object are known: where that is all of them, nothing is looked for beside them.
    source.line(f"n = {len(required)}" + (f" + ({reference[0]!r} in d)" if reference else ""))
    source.line("nulls = ()")


def _fetch_leniently(codec: ModelCodec, source: FunctionSource) -> None:
    """The same where required members may be absent: they are fetched one by one, as optional ones are."""
    names = source.bind((), "REQUIRED")
    with source.block("if type(d) is not dict"):
        source.line(f"raise {source.bind(readers.missing, 'missing')}(d, {names})")
    source.line(f"start = {source.bind(lenient.position, 'position')}()")
    source.line("get = d.get")
    reference = root_of(codec.model).reference
    source.line(f"n = {reference[0]!r} in d" if reference else "n = 0")
    source.line("nulls = ()")


def _convert_leniently(reading: ReaderCompiler, json_member: ObjectMember, var: str) -> None:
    """A required member, which is None where it is absent."""
    source, name = reading.source, json_member.name
    nothing = source.bind(NOT_THERE, "NOT_THERE")
    source.line(f"{var} = get({name!r}, {nothing})")
    with source.block(f"if {var} is {nothing}"):
        source.line(f"{var} = {source.bind(lenient.absent, 'absent')}({name!r}, {step(name)!r})")
    with source.block("else"):
        source.line("n += 1")
        if not json_member.nullable:
            with source.block(f"if {var} is None"):  # so that it is told from one that was not there
                source.line(f"nulls += ({name!r},)")
        reading.place(json_member.shape, var, step(name), nullable=json_member.nullable)


def _convert(reading: ReaderCompiler, json_member: ObjectMember, var: str) -> None:
    source, path = reading.source, step(json_member.name)
    if json_member.required and reading.registry.lenient:
        _convert_leniently(reading, json_member, var)
        return
    if json_member.required:
        reading.place(json_member.shape, var, path, nullable=json_member.nullable)
        return
    nothing = source.bind(NOT_THERE, "NOT_THERE")
    source.line(f"{var} = get({json_member.name!r}, {nothing})")
    with source.block(f"if {var} is {nothing}"):
        source.line(f"{var} = {absent_expression(source, json_member)}")
    # Null where it means nothing is taken for absent, and written back: half of all servers send it.
    if not json_member.nullable:
        with source.block(f"elif {var} is None"):
            source.line("n += 1")
            source.line(f"nulls += ({json_member.name!r},)")
            source.line(f"{var} = {absent_expression(source, json_member)}")
    with source.block("else"):
        source.line("n += 1")
        reading.place(json_member.shape, var, path, nullable=json_member.nullable)


def absent_value(json_member: ObjectMember) -> tuple[PythonValue, bool]:
    """The value of a member that is not there; or a factory of it, and True."""
    default = json_member.member.default
    if json_member.absent is not ALWAYS and json_member.absent is None:
        return None, False
    if is_factory(default):
        return default.factory, True
    if default is attrs.NOTHING:
        is_zero = json_member.zero is not None and json_member.zero is not ALWAYS
        return (plain_zero(json_member.zero) if is_zero else None), False
    return default, False


def absent_expression(source: FunctionSource, json_member: ObjectMember) -> str:
    """Source of the value of a member that is not there."""
    value, has_factory = absent_value(json_member)
    if has_factory:
        return f"{source.bind(value, 'factory')}()"
    return "None" if value is None else source.bind(value, "DEFAULT")


def _build(codec: ModelCodec, source: FunctionSource, reading: ReaderCompiler) -> None:
    model = codec.model
    keeps = keeps_extra(model)
    additional = root_of(model).additional
    takes = further_names(root_of(model))
    reference = root_of(model).reference
    names = source.bind(
        frozenset(
            [json_member.name for json_member in codec.members] + ([reference[0]] if reference else [])
        ),
        "KNOWN",
    )
    # Additional members: all that have no name here, in the order in which they came.
    values = [(json_member.member, f"v{index}") for index, json_member in enumerate(codec.members)]
    if additional is not None:
        member = next(field for field in members_of(model) if field.attribute == additional)
        source.line("more = {}")
        with source.block("if len(d) != n"):
            taken = "" if takes is None else f" and {source.bind(takes, 'takes')}(k)"
            source.line(f"more = {{k: v for k, v in d.items() if k not in {names}{taken}}}")
            reading.place(member.shape, "more", "", nullable=False)
        values.append((member, "more"))
        source.line("n += len(more)" if takes is not None else "n = len(d)")
    if keeps:
        unknown = f"{source.bind(unknown_members, 'unknown_members')}(d, {names}, nulls)"
        test = "nulls" if additional is not None and takes is None else "len(d) != n or nulls"
        source.line(
            f"kept = {unknown.replace(names, names if additional is None else f'{names} | set(more)')} if {test} else None"
        )
    rest = [field for field in members_of(model) if field.attribute not in {m.attribute for m, _ in values}]
    if not codec.registry.lenient:
        instance(codec.model, source, values, rest, "kept" if keeps else None)
    elif is_plain_class(model):
        instance(codec.model, source, values, rest, "kept" if keeps else None)
        source.line(f"{source.bind(lenient.mark, 'mark')}(o, start)")
    else:
        with source.block("try"):
            instance(codec.model, source, values, rest, "kept" if keeps else None)
        # The class's own validators and converters may refuse what does not fit: the object stays as it came.
        with source.block("except Exception as error"):
            refuse = source.bind(readers.refused_by_class, "refused_by_class")
            source.line(f"raise {refuse}({source.bind(model, 'model')}, error, d) from error")
        source.line(f"{source.bind(lenient.mark, 'mark')}(o, start)")
    source.line("return o")


def instance(
    model: type, source: FunctionSource, values: list[PythonValue], rest: list[PythonValue], kept: str | None
) -> None:
    """Lines that make ``o``, an instance; ``rest`` are members that JSON does not carry."""
    # A class with code of its own (validators, __attrs_post_init__) is called; others are filled, at half the cost.
    if not is_plain_class(model):
        arguments = [f"{field.alias}={var}" for field, var in values]
        arguments += [f"{field.alias}=None" for field in rest if field.required]
        arguments += [f"_extra={kept}"] if kept is not None else []
        source.line(f"o = {source.bind(model, 'model')}({', '.join(arguments)})")
        return
    reference = root_of(model).reference
    if reference is None:
        _begin(model, source, values)
    else:
        _assign(source, values)
    for field in rest:
        identity = reference is not None and field.json == reference[0]
        source.line(
            f"o.{field.attribute} = " + (f"d.get({field.json!r})" if identity else _default(source, field))
        )
    if kept is not None:
        source.line(f"o._extra = {kept}")


def _begin(model: type, source: FunctionSource, values: list[PythonValue]) -> None:
    source.line(f"o = {source.bind(object.__new__, 'new')}({source.bind(model, 'model')})")
    _assign(source, values)


def _assign(source: FunctionSource, values: list[PythonValue]) -> None:
    for field, var in values:
        source.line(f"o.{field.attribute} = {var}")


def instance_lines(model: type, source: FunctionSource, values: list[PythonValue]) -> None:
    """Lines that make ``o``, an instance of a plain class without references or extra members."""
    _begin(model, source, values)
    listed = {field.attribute for field, _ in values}
    for field in members_of(model):
        if field.attribute not in listed:
            source.line(f"o.{field.attribute} = {_default(source, field)}")
    if keeps_extra(model):
        source.line("o._extra = None")


def _default(source: FunctionSource, field: Any) -> str:
    if is_factory(field.default):
        return f"{source.bind(field.default.factory, 'factory')}()"
    return "None" if field.default in (attrs.NOTHING, None) else source.bind(field.default, "DEFAULT")


def tag_constant(shape: Shape, tag: StructTag) -> PythonValue:
    """The discriminator's value as its member holds it: a string, or a member of an enumeration."""
    return shape.type(tag.value) if shape.kind == "enum" else tag.value


def _mover(codec: ModelCodec, tag: StructTag | None) -> Function:
    json_struct = codec.json_struct(0, tag)
    assert json_struct is not None
    source = FunctionSource(f"json move {codec.model.__name__}")
    reading = ReaderCompiler(source, codec.registry, codec.profile)
    reading.typed = json_struct.typed
    values = []
    with source.function("move(s)"):
        for index, json_member in enumerate(codec.members):
            if tag is not None and json_member.name == tag.member:
                constant = tag_constant(json_member.shape, tag)
                values.append((json_member.member, source.bind(constant, "tag")))
            else:
                values.append((json_member.member, _moved(reading, json_member, index)))
        listed = {json_member.attribute for json_member in codec.members}
        rest = [field for field in members_of(codec.model) if field.attribute not in listed]
        instance(codec.model, source, values, rest, "None" if keeps_extra(codec.model) else None)
        source.line("return o")
    return source.compile("move")


def _moved(reading: ReaderCompiler, json_member: ObjectMember, index: int) -> str:
    """The variable, or expression, that holds a member's value."""
    source, var, path = reading.source, f"v{index}", step(json_member.name)
    if json_member.required and (json_member.shape.kind == "any" or reading.is_free(json_member.shape)):
        return f"s.f{index}"
    source.line(f"{var} = s.f{index}")
    if json_member.required:
        reading.place(json_member.shape, var, path, nullable=json_member.nullable)
        return var
    with source.block(f"if {var} is {source.bind(NOT_THERE, 'NOT_THERE')}"):
        source.line(f"{var} = {absent_expression(source, json_member)}")
    with source.block("else"):
        if not json_member.nullable and id(json_member.shape) not in reading.typed:
            with source.block(f"if {var} is None"):
                source.line("raise ValueError")
        reading.place(json_member.shape, var, path, nullable=json_member.nullable)
    return var
