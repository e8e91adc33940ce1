"""Type expressions: what stands behind the colon of a field, in a signature, and in an operation's strings."""

from __future__ import annotations

from collections.abc import Iterable

from bindwright.ir import model as ir
from bindwright.targets.python.models.annotation import Annotation
from bindwright.targets.python.naming.models import is_literal, may_be_in_literal
from bindwright.targets.python.naming.plan import NamePlan, is_class
from bindwright.targets.python.syntax.annotations import split
from bindwright.targets.python.syntax.code import Code, literal

BUILTINS = frozenset({"list", "dict", "str", "int", "float", "bool", "bytes", "tuple"})
"""Builtins that type expressions use; a class with a member of such a name writes ``builtins.list``."""

_MOST_VALUES = {"string": 40, "integer": 8}
"""Values of an enumeration that an annotation lists; a longer list tells nobody anything, and numbers tell little."""

_MOST_NAMES = 24
"""Names that a list or map with a name of its own is written with by its structure; a larger one is written by its own."""

_NOTHING: frozenset[str] = frozenset()

_STRINGS = {
    "date-time": "dt.datetime", "DateTimeOffset": "dt.datetime", "date": "dt.date", "time": "dt.time", "duration": "dt.timedelta",
    "uuid": "UUID", "decimal": "Decimal", "byte": "bytes", "base64": "bytes", "base64url": "bytes",
}  # fmt: skip
_BASES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None",
          "any": "Any", "never": "Any", "binary": "bytes"}  # fmt: skip
_OF_ARGUMENTS = {"string": "str", "integer": "int"}
_OF_FIELDS = {"string": "AnyText", "integer": "AnyInteger"}
"""How any value of an enumeration's type is written. In fields by names of the runtime's, which codecs tell from the
alternatives of a document."""
IMPLIED = frozenset(_STRINGS) - {"byte", "base64", "base64url", "DateTimeOffset"}
"""Formats that the Python type tells already."""


def scalar_type(base: str, format_: str | None, encoding: str | None = None) -> Code:
    """The Python type of a scalar."""
    if base == "string":
        if encoding in ("base64", "base64url", "base16"):
            return Code("bytes")
        return Code(_STRINGS.get(format_ or "", "str"))
    if base == "number" and format_ == "decimal":
        return Code("Decimal")
    return Code(_BASES[base])


class Typer:
    """Writes the type expressions of one API."""

    def __init__(self, api: ir.Api, plan: NamePlan) -> None:
        self.types = api.types
        self.plan = plan
        self.told_by_position = frozenset(
            content.type for content in api.xml.values() if isinstance(content, ir.XmlTuple) and content.rest
        )
        """Lists whose first items stand otherwise in XML than those that follow."""
        self._cache: dict[str | tuple[str, str | None, bool, frozenset[str]], Annotation] = {}
        self._fields: dict[tuple[str, str | None, frozenset[str]], Annotation] = {}
        self._recursive: dict[str, bool] = {}
        self._sizes: dict[str, int] = {}

    def use(self, use: ir.Use, *, named: bool = False, shadow: frozenset[str] = _NOTHING) -> Annotation:
        """The type of a use, null included.

        Args:
            named: write the named class where there is one, also for lists, maps and scalars.
            shadow: names that mean something else where this is written: builtins, then written
                ``builtins.list``, and models, then ``models.Response``.
        """
        annotation = self.bare(use, named=named, shadow=shadow)
        text = annotation.text
        if use.nullable and text not in ("Any", "None") and not text.endswith(" | None"):
            return Annotation(Code(f"{text} | None"), annotation.names)
        return annotation

    def argument(self, use: ir.Use, *, shadow: frozenset[str] = _NOTHING) -> Annotation:
        """The type of an argument: as `use`, and enumerations also take their values, so that nobody imports them.

        A list of them is a ``Sequence`` then: who has a list of the one or of the other can give it as it is.
        """
        annotation = self.use(use, shadow=shadow)
        type_ = self.types.get(use.type)
        if (enumeration := self._enumeration(type_)) is not None:
            return self._with_values(enumeration, annotation, _OF_ARGUMENTS)
        if not isinstance(type_, ir.Array) or type_.prefix or type_.items is None or self.is_nominal(type_):
            return annotation
        item = self.argument(type_.items, shadow=shadow)
        if item == self.use(type_.items, shadow=shadow):
            return annotation
        nullable = [Annotation(Code("None"), _NOTHING)] if use.nullable else []
        sequence = Annotation(Code(f"Sequence[{item.text}]"), item.names | {"Sequence"})
        return joined([sequence, *nullable])

    def field(self, use: ir.Use, *, shadow: frozenset[str] = _NOTHING) -> Annotation:
        """The type of a model's member, without its own null: enumerations also take their values."""
        key = (use.type, use.format, shadow)
        if (annotation := self._fields.get(key)) is None:
            annotation = self.bare(use, shadow=shadow)
            if (enumeration := self._enumeration(self.types.get(use.type))) is not None:
                annotation = self._with_values(enumeration, annotation, _OF_FIELDS)
            self._fields[key] = annotation
        return annotation

    def _enumeration(self, type_: ir.AnyType | None) -> ir.Enum | None:
        """The enumeration that a type is, or that it names: ``anyOf`` of an enumeration and null is a name for it."""
        if isinstance(type_, ir.Union) and type_.name is not None and len(type_.members) == 1:
            type_ = self.types.get(type_.members[0].type)
        return type_ if isinstance(type_, ir.Enum) else None

    def _with_values(self, type_: ir.Enum, annotation: Annotation, bases: dict[str, str]) -> Annotation:
        """An enumeration and its values; where these are too many or too large, any value of their type."""
        if type_.id not in self.plan.classes or type_.flags or type_.const or type_.base not in bases:
            return annotation
        if is_literal(type_):  # the name stands for the one value, which it takes already
            return annotation
        values = list(dict.fromkeys(literal(member.value) for member in type_.members))
        if not values:
            return annotation
        are_few = len(values) <= _MOST_VALUES[type_.base]
        if not are_few or not all(may_be_in_literal(member.value) for member in type_.members):
            name = Code(bases[type_.base])
            return joined([Annotation(name, _needs(name)), annotation])
        listed = Annotation(Code(f"Literal[{', '.join(values)}]"), frozenset({"Literal"}))
        if type_.extensible:  # editors offer what is listed, and take any other value
            name = Code(bases[type_.base])
            return joined([listed, Annotation(name, _needs(name)), annotation])
        return joined([listed, annotation])

    def bare(self, use: ir.Use, *, named: bool = False, shadow: frozenset[str] = _NOTHING) -> Annotation:
        """The type of a use without its own null."""
        plain = use.format is None and not named and not shadow
        key = use.type if plain else (use.type, use.format, named, shadow)
        if (annotation := self._cache.get(key)) is None:
            annotation = self._cache[key] = self._write(use, named, shadow)
        return annotation

    def type(
        self, type_id: ir.TypeId, *, named: bool = False, shadow: frozenset[str] = _NOTHING
    ) -> Annotation:
        """The type by its id alone."""
        return self.bare(ir.Use(type=type_id), named=named, shadow=shadow)

    def _write(self, use: ir.Use, named: bool, shadow: frozenset[str]) -> Annotation:
        type_ = self.types.get(use.type)
        if type_ is None:
            return Annotation(Code("Any"), frozenset({"Any"}))
        if type_.id in self.plan.classes and (named or self.is_nominal(type_)):
            name = self.plan.classes[type_.id]
            if name in shadow:
                return Annotation(Code(f"models.{name}"), frozenset({"models"}))
            return Annotation(Code(name), frozenset({name}))
        return self._structural(type_, use.format, shadow)

    def structural(self, type_: ir.AnyType) -> Annotation:
        """What a type with a name is made of."""
        return self._structural(type_, None, _NOTHING)

    def aliases_any(self, type_id: ir.TypeId) -> bool:
        """Whether a type has a name that stands for `Any`."""
        type_ = self.types.get(type_id)
        if type_ is None or type_.id not in self.plan.classes or isinstance(type_, (ir.Object, ir.Enum)):
            return False
        return self.structural(type_).text == "Any"

    def is_nominal(self, type_: ir.AnyType) -> bool:
        """Whether a type with a name is always written by it: lists and maps only where they recur or are large."""
        if isinstance(type_, (ir.Object, ir.Union)):
            return True
        if isinstance(type_, ir.Enum):
            return True
        return isinstance(type_, (ir.Array, ir.Map)) and (
            self.is_recursive(type_.id) or self._names_within(type_) > _MOST_NAMES
        )

    def _names_within(self, type_: ir.AnyType) -> int:
        """How many names a list or map would be written with by its structure, which may stand there many times over."""
        if type_.id not in self._sizes:
            self._sizes[type_.id] = 1  # where it comes back to itself all the same
            sizes = [self._names_of(part) for part in self._parts(type_)]
            count = sum(sizes)
            if isinstance(type_, ir.Array) and type_.prefix and type_.items is None:
                count = sum(sum(sizes[:length]) for length in range(type_.fewest, len(sizes) + 1))
            self._sizes[type_.id] = count
        return self._sizes[type_.id]

    def _names_of(self, use: ir.Use) -> int:
        type_ = self.types.get(use.type)
        if type_ is None or (type_.id in self.plan.classes and self.is_nominal(type_)):
            return 1
        return max(1, self._names_within(type_))

    def is_recursive(self, type_id: ir.TypeId) -> bool:
        """Whether writing a list or map out by its structure would come back to it."""
        if type_id not in self._recursive:
            self._recursive[type_id] = self._reaches(type_id)
        return self._recursive[type_id]

    def _reaches(self, goal: ir.TypeId) -> bool:
        visited: set[str] = set()
        todo = [part.type for part in self._parts(self.types[goal])]
        while todo:
            type_id = todo.pop()
            if type_id == goal:
                return True
            if type_id not in visited and type_id in self.types:
                visited.add(type_id)
                todo.extend(part.type for part in self._parts(self.types[type_id]))
        return False

    def _parts(self, type_: ir.AnyType) -> list[ir.Use]:
        if isinstance(type_, ir.Array):
            return [*type_.prefix, *([type_.items] if type_.items else [])]
        if isinstance(type_, ir.Map):
            return [type_.values]
        return type_.members if isinstance(type_, ir.Union) and type_.name is None else []

    def _structural(self, type_: ir.AnyType, format_: str | None, shadow: frozenset[str]) -> Annotation:
        if isinstance(type_, ir.Scalar):
            text = scalar_type(type_.base, format_ or type_.format, type_.content_encoding)
            if text in shadow:
                return Annotation(Code(f"builtins.{text}"), frozenset({"builtins"}))
            return Annotation(text, _needs(text))
        if isinstance(type_, ir.Array):
            return self._array(type_, shadow)
        if isinstance(type_, ir.Map):
            values = self.use(type_.values, shadow=shadow)
            head, string = _builtin("dict", shadow), _builtin("str", shadow)
            return Annotation(
                Code(f"{head}[{string}, {values.text}]"), values.names | _builtins_of(head, string)
            )
        if isinstance(type_, ir.Union):
            return self.union(type_, shadow)
        if isinstance(type_, ir.Enum):
            return self._values(type_, shadow)
        return Annotation(Code("Any"), frozenset({"Any"}))

    def _array(self, type_: ir.Array, shadow: frozenset[str]) -> Annotation:
        rest = self.use(type_.items, shadow=shadow) if type_.items else None
        head = _builtin("list", shadow)
        if type_.prefix:
            items = [self.use(use, shadow=shadow) for use in type_.prefix]
            names = frozenset().union(*(item.names for item in items))
            if rest is None:
                head = _builtin("tuple", shadow)
                texts = [item.text for item in items]
                lengths = [texts[:length] for length in range(type_.fewest, len(texts) + 1)]
                tuples = [f"{head}[{', '.join(parts) or '()'}]" for parts in lengths]
                return Annotation(Code(" | ".join(tuples)), names | _builtins_of(head))
            body = " | ".join(dict.fromkeys([*(item.text for item in items), rest.text]))
            return Annotation(Code(f"{head}[{body}]"), names | rest.names | _builtins_of(head))
        if rest is None:
            return Annotation(Code(f"{head}[Any]"), _builtins_of(head) | {"Any"})
        return Annotation(Code(f"{head}[{rest.text}]"), rest.names | _builtins_of(head))

    def members(
        self, type_: ir.Union, shadow: frozenset[str] = _NOTHING
    ) -> list[tuple[Annotation, list[ir.Use]]]:
        """The members of a union as they are written, with those that are written alike."""
        members: dict[str, tuple[Annotation, list[ir.Use]]] = {}
        for use in type_.members:
            annotation = self.use(use, shadow=shadow)
            members.setdefault(annotation.text, (annotation, []))[1].append(use)
        return list(members.values())

    def union(self, type_: ir.Union, shadow: frozenset[str] = _NOTHING) -> Annotation:
        """``A | B``; one member that is anything makes the whole anything."""
        return joined([annotation for annotation, _ in self.members(type_, shadow)])

    def _values(self, type_: ir.Enum, shadow: frozenset[str]) -> Annotation:
        value = type_.members[0].value if type_.members else None
        if is_literal(type_) or (type_.const and value is None):
            if value is None:
                return Annotation(Code("None"), _NOTHING)
            return Annotation(Code(f"Literal[{literal(value)}]"), frozenset({"Literal"}))
        if type_.base == "mixed":
            kinds = {_kind(member.value) for member in type_.members}
            return joined([self._plain(text, shadow) for text in sorted(kinds)])
        return self._plain(_BASES[type_.base], shadow)

    def _plain(self, text: str, shadow: frozenset[str]) -> Annotation:
        written = _builtin(text, shadow)
        return Annotation(written, _builtins_of(written) | _needs(Code(text)))


def joined(parts: Iterable[Annotation]) -> Annotation:
    """A union of expressions."""
    texts: dict[str, None] = {}
    names: frozenset[str] = _NOTHING
    for written in parts:
        names |= written.names
        for part in split(written.text, "|"):
            texts[part] = None
    if "Any" in texts or not texts:
        return Annotation(Code("Any"), frozenset({"Any"}))
    if "None" in texts and len(texts) > 1:
        del texts["None"]
        texts["None"] = None
    return Annotation(Code(" | ".join(texts)), names)


def _kind(value: ir.Json) -> str:
    if value is None:
        return "None"
    return {str: "str", bool: "bool", int: "int", float: "float"}.get(type(value), "Any")


_SPECIAL = {"dt.datetime": "dt", "dt.date": "dt", "dt.time": "dt", "dt.timedelta": "dt"}


def _needs(text: Code) -> frozenset[str]:
    if text in BUILTINS or text == "None":
        return _NOTHING
    return frozenset({_SPECIAL.get(text, text)})


def _builtin(name: str, shadow: frozenset[str]) -> Code:
    return Code(f"builtins.{name}" if name in shadow else name)


def _builtins_of(*heads: str) -> frozenset[str]:
    return frozenset({"builtins"}) if any(head.startswith("builtins.") for head in heads) else _NOTHING


__all__ = ["BUILTINS", "IMPLIED", "Annotation", "Typer", "is_class", "joined", "scalar_type"]
