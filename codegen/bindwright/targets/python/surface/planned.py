"""The surface of a package from its names and types, without writing it.

It says what `written` reads in the modules (a test holds the two together), in a tenth of the time, and knows what of the
API each symbol stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from bindwright.ir import model as ir
from bindwright.ir.reachability import always_there
from bindwright.targets.python.client.arguments import Argument
from bindwright.targets.python.client.clients import credential_annotation, door_of_webhooks
from bindwright.targets.python.client.methods import Method
from bindwright.targets.python.client.resources import Resources
from bindwright.targets.python.models.enums import base_of, member_value, older_names
from bindwright.targets.python.models.field_defaults import written_members
from bindwright.targets.python.models.model_modules import Models
from bindwright.targets.python.models.objects import additional_field, field_facts
from bindwright.targets.python.models.type_expressions import BUILTINS
from bindwright.targets.python.naming.models import is_enumeration
from bindwright.targets.python.naming.plan import NamePlan, TagGroup
from bindwright.targets.python.package_files import EXPORTS
from bindwright.targets.python.syntax.layout import flat
from bindwright.targets.python.syntax.module import RecordedImports
from bindwright.targets.surface import Surface, Symbol

_OPTIONS: Symbol = {"name": "options", "kind": "options", "annotation": "Unpack[CallOptions]"}
_CLIENT_OPTIONS: Symbol = {"name": "options", "kind": "options", "annotation": "Unpack[ClientOptions]"}
_BOTH = ("", "Async")
_CLIENT_BASES = {"": "SyncClient", "Async": "BaseAsyncClient"}
_PLAIN = re.compile(r"[A-Za-z_\"][A-Za-z0-9_.,:;|\[\]\" -]*")
"""Names, subscripts and texts in which neither a quotation mark nor a backslash stands."""
_WORD = re.compile(r"[A-Za-z0-9_.:/ -]*")
"""A text that is its own literal between quotation marks of any kind."""
WEBHOOKS = "webhooks"
"""The origin of what reads all webhooks and callbacks."""
_NOT_EXPORTED = ("Client", "AsyncClient")


def planned_surface(
    api: ir.Api,
    plan: NamePlan,
    models: Models,
    resources: Resources,
    *,
    mirrored: bool = True,
    closed: Set[str] = frozenset(),
) -> Surface:
    """Everything that callers of a package can name.

    Args:
        mirrored: with the asynchronous classes, which say once more what the others say.
        closed: types of which nobody asks for what stands in their classes.
    """
    planned = _Planned(api, plan, models, resources, _BOTH if mirrored else _BOTH[:1], closed)
    symbols: dict[str, Symbol] = {}
    origins: dict[str, str] = {}
    for name, symbol, origin in planned.every():
        symbols[name] = symbol
        if origin:
            origins[name] = origin
    return Surface(target="python", symbols=symbols, origins=origins)


Planned = Iterator[tuple[str, Symbol, str]]
"""Names, symbols and origins."""


class _Planned:
    def __init__(
        self,
        api: ir.Api,
        plan: NamePlan,
        models: Models,
        resources: Resources,
        prefixes: tuple[str, ...],
        closed: Set[str],
    ) -> None:
        self.api, self.plan, self.models, self.resources = api, plan, models, resources
        self.prefixes, self.closed = prefixes, closed
        self._of_members: dict[str, Symbol] = {}
        self._of_fields: dict[tuple[str, str | None, bool, bool, frozenset[str]], Symbol] = {}

    def every(self) -> Planned:
        """All symbols."""
        yield from self._clients()
        for group in self.plan.groups:
            yield from self._group(group)
        for type_id, name in self.plan.classes.items():
            symbols = self._model(self.api.types[type_id], name)
            if type_id in self.closed:
                yield next(symbols)  # the class itself
            else:
                yield from symbols
        for alias, name in self.plan.class_aliases().items():
            symbol = {"kind": "alias", "value": name, "deprecated": f"Renamed: use `{name}`."}
            yield f"models.{alias}", symbol, ""

    def _clients(self) -> Planned:
        for name in EXPORTS:
            if not name.startswith("__") and name not in _NOT_EXPORTED:
                yield name, {"kind": "export"}, ""
        address: Symbol = {
            "name": "base_url",
            "kind": "positional",
            "annotation": "str | None",
            "default": "None",
        }
        credentials: list[Symbol] = [
            {"name": name, "kind": "keyword", "annotation": f"{_one_spelling(credential_annotation(self.api.security_schemes[key]))} | None", "default": "None"}
            for key, name in self.plan.schemes.items()
        ]  # fmt: skip
        make: Symbol = {
            "kind": "method",
            "parameters": [address, *credentials, _CLIENT_OPTIONS],
            "returns": "None",
        }
        for prefix in self.prefixes:
            name = f"{prefix}Client"
            yield name, {"kind": "class", "bases": [_CLIENT_BASES[prefix]]}, ""
            yield f"{name}.__init__", make, ""
            for group in self.plan.groups:
                symbol: Symbol = {"kind": "property", "annotation": prefix + group.cls}
                yield f"{name}.{group.attribute}", symbol, f"tag {group.tag}"
                for alias in group.aliases:
                    yield f"{name}.{alias}", symbol | _renamed(group.attribute), f"tag {group.tag}"
            if (door := door_of_webhooks(self.api, self.plan)) is not None:
                yield f"{name}.{door}", {"kind": "property", "annotation": "Webhooks"}, WEBHOOKS

    def _group(self, group: TagGroup) -> Planned:
        methods = self.resources.methods(group, documented=False)
        symbols = [_method(method) for method in methods]
        for prefix in self.prefixes:
            asynchronous = prefix == "Async"
            cls = f"api.{group.module}.{prefix}{group.cls}"
            yield cls, {"kind": "class", "bases": [f"{prefix}Resource"]}, f"tag {group.tag}"
            for attribute, mode in (
                ("with_raw_response", "Raw"),
                ("with_streaming_response", "Stream"),
            ):
                annotation = f"_{prefix}Views[_views.{mode}]"
                yield f"{cls}.{attribute}", {"kind": "field", "annotation": annotation}, ""
            for operation, method, plain in zip(group.operations, methods, symbols, strict=True):
                symbol = plain | _asynchronous(method) if asynchronous else plain
                yield f"{cls}.{method.name}", symbol, operation.id
                for alias in method.aliases:
                    yield f"{cls}.{alias}", symbol | _renamed(method.name), operation.id
                if method.wait is not None:
                    waits = _method(method.wait)
                    waits |= _asynchronous(method.wait) if asynchronous else {}
                    yield f"{cls}.{method.wait.name}", waits, f"{operation.id} wait"

    def _model(self, type_: ir.AnyType, name: str) -> Planned:
        key = f"models.{name}"
        if isinstance(type_, ir.Object):
            yield key, {"kind": "class", "bases": [self._base(type_)]}, type_.id
            yield from self._fields(type_, key)
        elif isinstance(type_, ir.Enum) and is_enumeration(type_):
            yield key, {"kind": "class", "bases": [base_of(type_)]}, type_.id
            yield from self._members(type_, key)
        elif (base := self.models.base(type_, RecordedImports())) is not None:
            yield key, {"kind": "class", "bases": [_one_spelling(base)]}, type_.id
        else:
            yield key, {"kind": "alias", "value": str(self.models.typer.structural(type_).text)}, type_.id

    def _base(self, type_: ir.Object) -> str:
        base = self.api.types.get(type_.base) if type_.base else None
        return self.plan.classes.get(base.id, "Model") if isinstance(base, ir.Object) else "Model"

    def _fields(self, type_: ir.Object, key: str) -> Planned:
        context = self.models.context
        members = written_members(self.api.types, context.sides, type_)
        names = [self.plan.fields[property_.declared_in][property_.name] for property_ in members]
        shadow = BUILTINS.intersection(names)
        older = self.plan.aliases["fields"].get(type_.id, {})
        for property_, name in zip(members, names, strict=True):
            origin = f"{type_.id}.{property_.name}"
            symbol = self._field(property_, shadow)
            yield f"{key}.{name}", symbol, origin
            for alias in older.get(property_.name, ()):
                older_symbol = {"kind": "property", "annotation": symbol["annotation"]}
                yield f"{key}.{alias}", older_symbol | _renamed(name), origin
        if (further := additional_field(context, type_, shadow)) is not None:
            symbol = {"kind": "field", "annotation": _one_spelling(further), "default": "empty_dict"}
            yield f"{key}.{self.plan.additional[type_.id]}", symbol, f"{type_.id}.*"

    def _field(self, property_: ir.Property, shadow: frozenset[str]) -> Symbol:
        """The symbol of a member, which many members of one type share: nobody may change it."""
        context, use = self.models.context, property_.use
        key = (use.type, use.format, use.nullable, always_there(property_, context.sides), shadow)
        has_default = use.type in context.constants or property_.usual is not None
        symbol = None if has_default else self._of_fields.get(key)
        if symbol is None:
            facts = field_facts(context, property_, shadow)
            symbol = {"kind": "field", "annotation": _one_spelling(facts.annotation)}
            if facts.default is not None:
                symbol["default"] = _one_spelling(facts.default)
            if not has_default:
                self._of_fields[key] = symbol
        return symbol

    def _members(self, type_: ir.Enum, key: str) -> Planned:
        older = older_names(self.models.context, type_)
        names = dict(zip(reversed(self.plan.members[type_.id]), reversed(type_.members), strict=True))
        for name in dict.fromkeys(self.plan.members[type_.id]):
            value = _member_value(type_, names[name])
            # Members of one value share a symbol: nobody may change it.
            symbol = self._of_members.setdefault(value, {"kind": "member", "value": value})
            yield f"{key}.{name}", symbol, f"{type_.id}={names[name].value!r}"
            for alias in older.get(name, ()):
                note = {"deprecated": f"Deprecated: use `{name}`."}
                yield f"{key}.{alias}", symbol | note, f"{type_.id}={names[name].value!r}"


def _member_value(type_: ir.Enum, member: ir.EnumMember) -> str:
    if isinstance(member.value, str) and _WORD.fullmatch(member.value):
        return f"'{member.value}'"
    return _one_spelling(flat(member_value(type_, member, RecordedImports())))


def _renamed(name: str) -> Symbol:
    return {"deprecated": f"Renamed: use `{name}`."}


def _method(method: Method) -> Symbol:
    symbol: Symbol = {
        "kind": "method",
        "parameters": [*map(_parameter, method.variants[0].arguments), _OPTIONS, *_older(method)],
        "returns": _one_spelling(method.answer(asynchronous=False)),
    }
    return symbol | {"deprecated": method.deprecation} if method.deprecation else symbol


def _asynchronous(method: Method) -> Symbol:
    """What is another in the asynchronous class."""
    returns = _one_spelling(method.answer(asynchronous=True))
    return {"kind": "async method" if method.waits else "method", "returns": returns}


def _older(method: Method) -> Iterator[Symbol]:
    """The arguments once more under their older names."""
    by_name = {argument.name: argument for argument in method.parameters}
    for alias, name in method.older_arguments.items():
        symbol = _parameter(by_name[name])
        yield symbol | {"name": alias, "kind": "keyword", "default": "UNSET"} | _renamed(name)


def _parameter(argument: Argument) -> Symbol:
    symbol: Symbol = {
        "name": argument.name,
        "kind": "positional" if argument.positional else "keyword",
        "annotation": _one_spelling(argument.annotation.text),
    }
    if not argument.required:
        symbol["default"] = _one_spelling(argument.default)
    return symbol


@lru_cache(maxsize=1 << 14)
def _one_spelling(expression: str) -> str:
    """The expression as `ast.unparse` spells it; most have nothing but plain texts, or are spelled so already."""
    if _PLAIN.fullmatch(expression):
        return expression.replace('"', "'")
    import ast  # most documents have nothing that asks for it

    return ast.unparse(ast.parse(expression, mode="eval").body)
