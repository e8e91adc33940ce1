"""The codecs of a generated package: JSON values to typed objects and XML, by its own operations."""

from __future__ import annotations

import importlib
import json as plain_json
import pkgutil
import threading
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType, NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from attrs import define, field, fields_dict, frozen, has

from bindwright.ir import model as ir
from bindwright.runtime import json, xml
from bindwright.runtime.errors import BindwrightError
from bindwright.runtime.http.model import operation as http
from bindwright.runtime.model import Unset
from bindwright.runtime.resolve import Names, evaluate
from bindwright.runtime.shapes import members_of, shape_of
from bindwright.runtime.wire import Wire
from bindwright.serve.package.codecs import BodyPlace, CodecError
from bindwright.serve.package.unknown_elements import with_unknown
from bindwright.serve.values import dumps
from bindwright.targets.python.naming.plan import NamePlan, plan_names

T = TypeVar("T")
_PLAIN = (str, int, float, bool, type(None))


@frozen
class _Loaded:
    package: str
    operations: dict[str, http.Operation]
    models: ModuleType
    names: Names


@define(eq=False)
class PackageCodecs:
    """Reads and writes with the models of a generated package.

    `source` makes the package importable and gives its name; it is called when models are first needed, as
    a mock that only speaks JSON never needs them.
    """

    api: ir.Api
    source: Callable[[], str]
    public_names: Mapping[str, str] | None = None
    """What each operation is called in the package, by its id; worked out where nobody says it."""
    _lock: threading.Lock = field(factory=threading.Lock, init=False)
    _loaded: _Loaded | None = field(default=None, init=False)
    _types: dict[str, Any] = field(factory=dict, init=False)

    @property
    def loaded(self) -> _Loaded:
        """The package, imported."""
        with self._lock:
            if self._loaded is None:
                package = self.source()
                models = importlib.import_module(f"{package}.models")
                names = self.public_names
                operations = _operations(
                    self.api, package, _public_names(self.api, package) if names is None else names
                )
                self._loaded = _Loaded(package, operations, models, Names(models.__name__))
            return self._loaded

    def from_xml(self, body_place: BodyPlace, data: bytes, charset: str | None = None) -> Any:
        """The JSON value of an XML body; the header's `charset` goes before its declaration (RFC 7303, 3.2)."""
        type_, wire = self._of(body_place)
        names, settings = self.loaded.models, xml.Settings(charset=charset)
        model = _guarded(lambda: xml.decode(data, type_, wire=wire, namespace=names, settings=settings))
        return with_unknown(model, self._plain(model, type_, wire))

    def part_from_xml(self, body_place: BodyPlace, name: str, data: bytes) -> Any:
        """The JSON value of a property of a multipart body."""
        type_ = self._member(self._of(body_place)[0], name)
        return self._plain(
            _guarded(lambda: xml.decode(data, type_, namespace=self.loaded.models)), type_, None
        )

    def _member(self, model: Any, name: str) -> Any:
        """The type of a property, or of one item of a list; of parts without names `name` is the index."""
        shape = shape_of(model, names=self.loaded.names)
        if shape.kind in ("list", "tuple"):
            inner = shape.inner()
            return inner[min(int(name), len(inner) - 1)].type
        members = {member.json: member for member in members_of(model)} if has(model) else {}
        if name not in members:
            return Any
        type_ = evaluate(fields_dict(model)[members[name].attribute].type, self.loaded.names)
        if get_origin(type_) in (Union, UnionType):
            type_ = next(
                (alternative for alternative in get_args(type_) if alternative not in (NoneType, Unset)), Any
            )
        return get_args(type_)[0] if get_origin(type_) is list else type_

    def to_xml(self, body_place: BodyPlace, value: Any) -> bytes:
        """The XML of a JSON value or typed object."""
        type_, wire = self._of(body_place)
        if type_ is Any and isinstance(value, str):  # a text of any media type: nothing else names the root
            value = {"value": value}
        typed = self._typed(value, type_, wire) if is_plain(value) else value
        return _guarded(lambda: xml.encode(typed, type_, wire=wire, namespace=self.loaded.models))

    def load(self, body_place: BodyPlace, value: Any) -> Any:
        """The typed object of a JSON value; bytes and what has no type stay as they are."""
        type_, wire = self._of(body_place)
        return value if isinstance(value, bytes) else self._typed(value, type_, wire)

    def dump(self, body_place: BodyPlace, value: Any) -> Any:
        """The JSON value of a typed object."""
        if is_plain(value):
            return value
        type_, wire = self._of(body_place)
        return self._plain(value, type_, wire)

    def argument(self, operation: ir.Operation, parameter: ir.Parameter, value: Any) -> Any:
        """The typed value of a parameter."""
        for generated in self.operation(operation).parameters:
            if (generated.name, generated.location) == (parameter.name, parameter.location):
                return self._typed(value, self._type(generated.type), generated.wire)
        return value

    def operation(self, operation: ir.Operation) -> http.Operation:
        """The generated operation of the document's; LookupError where the package has none."""
        try:
            return self.loaded.operations[operation.id]
        except KeyError:
            raise LookupError(f"the package {self.loaded.package} has no operation {operation.id}") from None

    def _of(self, body_place: BodyPlace) -> tuple[Any, Wire | None]:
        """Type and wire facts of a body."""
        generated = self.operation(body_place.operation)
        contents = generated.body
        if body_place.status is not None:
            contents = next((r.content for r in generated.responses if r.status == body_place.status), ())
        documented = [body_place.content.media_type, *self._ranges(body_place)]
        for content in contents:
            if content.media_type in documented:
                if content.type is None and content.item_type is not None:
                    return list[self._type(content.item_type)], None  # type: ignore[misc]  # it is worked out
                return self._type(content.type), content.wire
        return Any, None

    def _ranges(self, body_place: BodyPlace) -> Iterator[str]:
        """Ranges that the media type may have been documented as."""
        top_level = body_place.content.media_type.partition("/")[0]
        yield from (f"{top_level}/*", "*/*")

    def _type(self, expression: str | None) -> Any:
        if expression is None:
            return Any
        if expression not in self._types:
            self._types[expression] = evaluate(expression, self.loaded.names)
        return self._types[expression]

    def _typed(self, value: Any, type_: Any, wire: Wire | None) -> Any:
        return _guarded(lambda: json.decode(dumps(value), type_, wire=wire, namespace=self.loaded.models))

    def _plain(self, value: Any, type_: Any, wire: Wire | None) -> Any:
        return plain_json.loads(
            _guarded(lambda: json.encode(value, type_, wire=wire, namespace=self.loaded.models))
        )


def is_plain(value: Any) -> bool:
    """Whether a value is JSON already: exact types only, as enums and models of arrays are subclasses."""
    if type(value) in (list, dict):
        return all(map(is_plain, value.values() if type(value) is dict else value))
    return type(value) in _PLAIN


def _guarded(work: Callable[[], T]) -> T:
    try:
        return work()
    except (BindwrightError, RecursionError) as error:
        raise CodecError(str(error)) from error


def _operations(api: ir.Api, package: str, names: Mapping[str, str]) -> dict[str, http.Operation]:
    """The generated operation of each documented one: by method and path, else by public name."""
    by_path: dict[tuple[str, str], list[http.Operation]] = {}
    for generated in _generated(package):
        by_path.setdefault((generated.method, generated.path), []).append(generated)
    operations: dict[str, http.Operation] = {}
    for operation in api.operations:
        candidates = by_path.get((operation.method.upper(), operation.path), [])
        named = [candidate for candidate in candidates if candidate.id == names.get(operation.id)]
        if named or candidates:
            operations[operation.id] = (named or candidates)[0]
    return operations


def _generated(package: str) -> Iterator[http.Operation]:
    for module in _modules(importlib.import_module(f"{package}.api")):
        yield from (value for value in vars(module).values() if isinstance(value, http.Operation))


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    loader = getattr(package.__spec__, "loader", None)
    modules = getattr(loader, "modules", None)  # from memory: no folder to list
    prefix = f"{package.__name__}."
    names = (
        modules
        if modules is not None
        else (prefix + module.name for module in pkgutil.iter_modules(package.__path__))
    )
    for name in names:
        if name.startswith(prefix):
            yield importlib.import_module(name)


def _public_names(api: ir.Api, package: str) -> dict[str, str]:
    return public_names(plan_names(api, package, {}, {}))


def public_names(plan: NamePlan) -> dict[str, str]:
    """What each operation is called in a package, by its id."""
    return {
        operation.id: f"{group.attribute}.{plan.calls[operation.id].method}"
        for group in plan.groups
        for operation in group.operations
    }
