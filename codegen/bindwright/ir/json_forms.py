"""How the classes of the IR stand in JSON: one description that writes, reads and says the schema of each annotation.

Rules, the same for every class: a member that is absent is null, false, ``""``, ``[]`` or ``{}``, whichever its type
has; everything else is written, and no member has another default. Objects are closed.

An object of which one member was lost is not valid, whichever it was: those that are always written are required, and
of the others there is an even number, or an odd one (`Filling`); where there is one less, an absent one is written with
its empty value.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import compress
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from bindwright.ir.json_values import from_json, number, number_text, to_json
from bindwright.ir.model.markers import Mark, Reference
from bindwright.ir.model.types import EnumMember

Json = dict[str, Any]
NUMBER = r"^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$"


class Form(NamedTuple):
    """One annotation in JSON. ``write`` and ``read`` are None where Python has the value that JSON has."""

    write: Callable[[Any], Any] | None
    read: Callable[[Any], Any] | None
    schema: Json
    zero: Any = NODEFAULT
    """The value that is left out; NODEFAULT: none is."""
    may_be_false: bool = True
    """Whether other values than None are false in Python."""


class Filling(NamedTuple):
    """How many members the objects of a class have, so that one that was lost is missed."""

    counts: frozenset[int]
    """The numbers of members that an object may have."""
    empty: tuple[tuple[str, Any], ...]
    """Members that are written with their empty value where the number is another, the shortest first."""


class Writer(NamedTuple):
    """What writes the objects of a class."""

    get: Callable[[Any], tuple[Any, ...]]
    """The values of the members."""
    rows: tuple[tuple[str, Callable[[Any], Any] | None], ...]
    """Of each member its name, and what writes its value."""
    false: tuple[tuple[int, str, bool, Callable[[Any], Any] | None], ...]
    """Members that are written although their value is false in Python: which, whether None is one of these values."""
    correct: Callable[[Any, Json], None] | None
    counts: frozenset[int]
    empty: tuple[tuple[str, Any], ...]
    """As of a `Filling`."""


class Member(NamedTuple):
    """One field of a class in JSON."""

    attribute: str
    name: str
    form: Form
    required: bool
    mark: Mark | None


def _list(item: Form) -> Form:
    return Form(
        None if item.write is None else lambda value: [item.write(part) for part in value],  # type: ignore[misc]
        None if item.read is None else lambda value: [item.read(part) for part in value],  # type: ignore[misc]
        {"type": "array", "items": item.schema},
        [],
    )


def _dict(key: Form, item: Form) -> Form:
    write = None if item.write is None else lambda value: {k: item.write(part) for k, part in value.items()}  # type: ignore[misc]
    if key.write is not None:
        write_key, write_item = key.write, item.write or (lambda value: value)
        write = lambda value: {write_key(k): write_item(part) for k, part in value.items()}  # noqa: E731
    return Form(
        write,
        None if item.read is None else lambda value: {k: item.read(part) for k, part in value.items()},  # type: ignore[misc]
        {"type": "object", "additionalProperties": item.schema},
        {},
    )


def _tuple(items: tuple[Form, ...]) -> Form:
    def write(value: Any) -> Any:
        return [
            part if form.write is None else form.write(part) for form, part in zip(items, value, strict=True)
        ]

    def read(value: Any) -> Any:
        return tuple(
            part if form.read is None else form.read(part) for form, part in zip(items, value, strict=True)
        )

    schemas = [form.schema for form in items]
    bounds = {"minItems": len(items), "maxItems": len(items)}
    return Form(write, read, {"type": "array", "prefixItems": schemas, "items": False, **bounds})


def _nullable(form: Form) -> Form:
    write, read, schema = form.write, form.read, form.schema
    if isinstance(schema.get("type"), str):
        schema = {**schema, "type": [schema["type"], "null"]}
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    else:
        schema = {"anyOf": [schema, {"type": "null"}]}
    return Form(
        None if write is None else lambda value: None if value is None else write(value),
        None if read is None else lambda value: None if value is None else read(value),
        schema,
        None,
        form.may_be_false,
    )


_PLAIN: dict[Any, Form] = {
    str: Form(None, None, {"type": "string"}, ""),
    bool: Form(None, None, {"type": "boolean"}, False),
    int: Form(None, None, {"type": "integer"}),
    float: Form(None, None, {"type": "number"}),
    Any: Form(to_json, from_json, {"$ref": "#/$defs/Json"}, None),
    (int | float | str): Form(
        number_text,
        lambda text: value if isinstance(value := number(text), (int, float)) else str(value),
        {"type": "string", "pattern": NUMBER},
    ),
}


@cache
def _hints(class_: type[Struct]) -> dict[str, Any]:
    return get_type_hints(class_, include_extras=True)


_TOGETHER: frozenset[type[Struct]] = frozenset({EnumMember})
"""Classes with so many objects of nothing but what is required that these get no other member: all or none are there."""
_EMPTY: dict[str, Any] = {repr(NODEFAULT): {}, "()": []}
_NEVER_EMPTY = frozenset({("Use", "doc")})
"""Members whose absence and whose empty value are two things."""


class Forms:
    """The forms of the model's classes; `everything` tells whether places in the source and extensions are written."""

    def __init__(self, everything: bool) -> None:
        self.everything = everything
        self.keys: dict[str, dict[str, str]] = {"types": {}, "xml": {}}
        """What is written for keys, by the member of `Api` whose keys they are; others are written as they are."""
        self.corrections: dict[type[Struct], Callable[[Any, Json], None]] = {}
        """What else is left out of the objects of a class, or added to them: functions of the object and its JSON."""
        self.observers: dict[type[Struct], Callable[[Any, Json], None]] = {}
        """What is told of each object that was read, with its JSON."""
        self._fillings: dict[type[Struct], Filling | None] = {}
        self._forms: dict[Any, Form] = {}
        self._members: dict[type[Struct], tuple[Member, ...]] = {}
        self._writers: dict[type[Struct], Writer] = {}

    def form_of(self, annotation: Any) -> Form:
        """The form of an annotation of the model.

        Raises:
            TypeError: an annotation that the model may not have.
        """
        if annotation in _PLAIN:
            return _PLAIN[annotation]
        form = self._forms.get(annotation)
        if form is None:
            form = self._forms[annotation] = self._new_form(annotation)
        return form

    def _new_form(self, annotation: Any) -> Form:
        if isinstance(annotation, type) and issubclass(annotation, Struct):
            read = lambda value: self.from_data(annotation, value)  # noqa: E731
            return Form(self.to_data, read, {"$ref": f"#/$defs/{annotation.__name__}"}, may_be_false=False)
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._key(next(mark for mark in annotation.__metadata__ if isinstance(mark, Reference)))
        if origin is Literal:
            types = {type(argument) for argument in arguments}
            return Form(
                None, None, {"type": "string" if types == {str} else "integer", "enum": list(arguments)},
                may_be_false=not all(arguments),
            )  # fmt: skip
        if origin is list:
            return _list(self.form_of(arguments[0]))
        if origin is dict:
            return _dict(self.form_of(arguments[0]), self.form_of(arguments[1]))
        if origin is tuple:
            if arguments[-1] is Ellipsis:
                form = _list(self.form_of(arguments[0]))
                read = form.read or (lambda value: value)
                return form._replace(read=lambda value: tuple(read(value)), write=form.write or list, zero=())
            return _tuple(tuple(map(self.form_of, arguments)))
        if origin in (Union, UnionType):
            return self._union(arguments)
        raise TypeError(f"the IR's JSON has no form for {annotation}")

    def _key(self, reference: Reference) -> Form:
        keys = self.keys[reference.table]
        return Form(lambda value: keys.get(value, value), None, {"type": "string"}, "")

    def _union(self, arguments: tuple[Any, ...]) -> Form:
        present = tuple(argument for argument in arguments if argument is not NoneType)
        if len(present) < len(arguments):
            rest: Any = Union[present]  # noqa: UP007
            return _nullable(self.form_of(int | float | str if set(present) == {int, float, str} else rest))
        if all(isinstance(argument, type) and issubclass(argument, Struct) for argument in present):
            return self._tagged(present)
        forms = [self.form_of(argument) for argument in present]
        if any(form.write or form.read for form in forms):
            raise TypeError(f"the alternatives {arguments} cannot be told apart")
        return Form(None, None, {"anyOf": [form.schema for form in forms]})

    def _tagged(self, classes: tuple[type[Struct], ...]) -> Form:
        """Classes that are told by the one value that their ``kind`` has."""
        by_kind = {_kind(class_): class_ for class_ in classes}

        def read(value: Any) -> Any:
            return self.from_data(by_kind[value["kind"]], value)

        schema = {"oneOf": [{"$ref": f"#/$defs/{class_.__name__}"} for class_ in classes]}
        return Form(self.to_data, read, schema)

    def members_of(self, class_: type[Struct]) -> tuple[Member, ...]:
        """The members of a class, in the order in which they are written."""
        members = self._members.get(class_)
        if members is None:
            hints = _hints(class_)
            members = tuple(
                # The tag stands first, so that readers of streams know what they read.
                self._member(field, hints[field.name])
                for field in sorted(fields(class_), key=lambda field: field.name != "kind")
            )
            if (
                sum(not member.required for member in members) == 1
            ):  # its absence could not be told from its loss
                members = tuple(member._replace(required=member.mark is None) for member in members)
            self._members[class_] = members
        return members

    def filling_of(self, class_: type[Struct]) -> Filling | None:
        """How many members the objects of a class have; None where that tells nothing."""
        if class_ not in self._fillings:
            members = [
                member for member in self.members_of(class_) if not (member.mark and member.mark.is_key)
            ]
            optional = [member for member in members if not member.required]
            required = len(members) - len(optional)
            step = len(optional) if class_ in _TOGETHER else 2
            empty = [
                (member.name, _EMPTY.get(repr(member.form.zero), member.form.zero))
                for member in sorted(optional, key=lambda member: (member.mark is not None, len(member.name)))
                if (class_.__name__, member.name) not in _NEVER_EMPTY
            ]
            # All of them together are one of the numbers. What is written on demand may be missing by itself.
            self._fillings[class_] = (
                Filling(frozenset(range(len(members), required - 1, -step)), tuple(empty))
                if any(member.mark is None for member in optional)
                else None
            )
        return self._fillings[class_]

    def _member(self, field: FieldInfo, annotation: Any) -> Member:
        mark = None
        if get_origin(annotation) is Annotated:
            mark = next((mark for mark in annotation.__metadata__ if isinstance(mark, Mark)), None)
            if mark is not None:
                annotation = get_args(annotation)[0]
        form = self.form_of(annotation)
        default = field.default if field.default_factory is NODEFAULT else field.default_factory()
        is_zero = type(default) is type(form.zero) and default == form.zero and default is not NODEFAULT
        required = (mark is not None and mark.is_always) or (
            not is_zero and not (mark is not None and mark.is_on_demand)
        )
        return Member(field.name, (mark and mark.name) or field.name, form, required, mark)

    def _writer_of(self, class_: type[Struct]) -> Writer:
        members = [
            member
            for member in self.members_of(class_)
            if member.mark is None
            or not (member.mark.is_key or (member.mark.is_on_demand and not self.everything))
        ]
        names = [member.attribute for member in members]
        get = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
        rows = tuple((member.name, member.form.write) for member in members)
        false = tuple(
            (index, member.name, member.required, member.form.write)
            for index, member in enumerate(members)
            if member.required or (member.form.zero is None and member.form.may_be_false)
        )
        filling = self.filling_of(class_)
        counts = frozenset(range(len(rows) + 1)) if filling is None else filling.counts
        empty = () if filling is None else filling.empty
        return Writer(get, rows, false, self.corrections.get(class_), counts, empty)

    def to_data(self, value: Struct) -> Json:
        """An object of the model as JSON values."""
        class_ = type(value)
        writer = self._writers.get(class_)
        if writer is None:
            writer = self._writers[class_] = self._writer_of(class_)
        get, rows, false, correct, counts, empty = writer
        parts = get(value)
        result: Json = {}
        for part, (name, write) in compress(zip(parts, rows, strict=True), parts):
            result[name] = part if write is None else write(part)
        for index, name, required, write in false:
            part = parts[index]
            if not part and (required or part is not None):
                result[name] = part if write is None else write(part)
        if correct is not None:
            correct(value, result)
        if len(result) not in counts:
            for name, nothing in empty:
                if name not in result:
                    result[name] = nothing
                    if len(result) in counts:
                        break
        return result

    def from_data(self, class_: type[Struct], value: Any) -> Any:
        """The object that `to_data` wrote.

        Raises:
            KeyError: a member is missing, or is one that the class does not have.
            TypeError, ValueError: a value of another type.
        """
        arguments: dict[str, Any] = {}
        for member in self.members_of(class_):
            if member.name in value:
                part = value[member.name]
                arguments[member.attribute] = part if member.form.read is None else member.form.read(part)
            elif member.mark is not None and member.mark.is_key:
                arguments[member.attribute] = ""
            elif member.required:
                raise KeyError(f"{class_.__name__}: {member.name!r} is missing")
        if unknown := value.keys() - {member.name for member in self.members_of(class_)}:
            raise KeyError(f"{class_.__name__} has no {sorted(unknown)}")
        filling = self.filling_of(class_)
        if filling is not None and len(value) not in filling.counts:
            raise KeyError(f"{class_.__name__}: a member is missing, of {sorted(value)}")
        result = class_(**arguments)
        if (observe := self.observers.get(class_)) is not None:
            observe(result, value)
        return result


def _kind(class_: type[Struct]) -> str:
    return str(next(field.default for field in fields(class_) if field.name == "kind"))
