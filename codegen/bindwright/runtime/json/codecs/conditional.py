"""Members that are described under a condition alone, where a value is of another type: kept as unknown members."""

from __future__ import annotations

from bindwright.runtime.alternatives.classes import further_names
from bindwright.runtime.compile.source import FunctionSource
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.json.decoding.compile_reader import ReaderCompiler
from bindwright.runtime.json.plan.members import keeps_extra, object_members, profile_of, root_of
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.json.plan.unknown import unknown_members
from bindwright.runtime.kept import UnknownMembers
from bindwright.runtime.value_types import Function, PythonValue


def keeping_misfits(model: type, registry: Registry, read: Function) -> Function:
    """A reader of objects that keeps what conditional members cannot hold.

    Where its condition does not hold, a schema in ``then`` or ``dependentSchemas`` says nothing (JSON Schema 2020-12
    core, 10.2.2): any value is valid. Each value is read once, for members of members may be conditional, too.
    """
    readers: dict[str, tuple[str, Function]] = {}
    for json_member in object_members(model):
        if json_member.shape.wire.conditional and not json_member.required:
            source = FunctionSource(f"json read {json_member.name}")
            compiler = ReaderCompiler(source, registry.strict, profile_of(model))
            reader = source.compile(compiler.function(json_member.shape))
            readers[json_member.name] = json_member.attribute, reader
    if not readers or not keeps_extra(model):
        return read
    names = frozenset(json_member.name for json_member in object_members(model))
    takes = further_names(root_of(model)) or (lambda _: True)

    def read_with_misfits(document: PythonValue) -> PythonValue:
        if type(document) is not dict:
            return read(document)
        values: dict[str, PythonValue] = {}
        misfits: set[str] = set()
        for name, (attribute, reader) in readers.items():
            if (item := document.get(name)) is not None:
                try:
                    values[attribute] = reader(item)
                except DecodeError:
                    misfits.add(name)
        value = read(
            {name: item for name, item in document.items() if item is None or name not in readers}
            if values or misfits
            else document
        )
        for attribute, item in values.items():
            setattr(value, attribute, item)
        kept: UnknownMembers | None = value._extra
        if misfits or kept is not None:
            known = names if root_of(model).additional is None else names.union(filter(takes, document))
            value._extra = unknown_members(document, known - misfits, kept.nulls if kept is not None else ())
        return value

    return read_with_misfits
