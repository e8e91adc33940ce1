"""A walk over a document by the grammar of its version: unknown members and values of the wrong kind."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from bindwright.openapi.diagnostics.model import Place
from bindwright.openapi.diagnostics.suggest import nearest
from bindwright.openapi.validation.grammar import Kind, kinds, versions_with
from bindwright.openapi.validation.reporter import Reporter
from bindwright.standards.json_pointer import build, split

if TYPE_CHECKING:
    from bindwright.openapi.loaded import LoadedDocument

# Where something stands: the spot around it and the token that leads here; the file at the root.
Spot = tuple[Any, Any]
_Plan = tuple[bool, tuple[tuple[str, str], ...]]
"""Of one combination of keys: whether one is unknown, and the known ones with what should stand there."""
_TYPES = {
    "text": (str, "text"),
    "flag": (bool, "`true` or `false`"),
    "list": (list, "a list"),
}
_NAMES = {
    "root": "an OpenAPI document",
    "info": "`info`",
    "components": "`components`",
    "contact": "`contact`",
    "license": "`license`",
    "operation": "an operation",
    "body": "a request body",
    "media": "a media type",
    "encoding": "an encoding",
    "example": "an example",
    "variable": "a server variable",
    "docs": "`externalDocs`",
    "scheme": "a security scheme",
    "flows": "`flows`",
    "flow": "an OAuth flow",
    "xml": "`xml`",
}


class Found(Struct):
    """What the walk came past, for the checks that look at one kind of object."""

    schemas: list[tuple[dict[str, Any], Spot]] = field(default_factory=list)
    operations: list[tuple[dict[str, Any], Spot]] = field(default_factory=list)
    paths: list[tuple[dict[str, Any], Spot]] = field(default_factory=list)
    parameters: list[tuple[dict[str, Any], Spot]] = field(default_factory=list)
    servers: list[tuple[dict[str, Any], Spot]] = field(default_factory=list)
    requirements: list[tuple[dict[str, Any], Spot]] = field(default_factory=list)
    links: list[tuple[dict[str, Any], Spot]] = field(default_factory=list)


def place(spot: Spot) -> Place:
    """The place of a spot."""
    tokens: list[Any] = []
    while spot[0] is not None:
        tokens.append(spot[1])
        spot = spot[0]
    file, pointer = spot[1]
    return Place(file=file, pointer=pointer + build(reversed(tokens)))


class Walk(Struct):
    """The walk: a stack of values with what they should be."""

    document: LoadedDocument
    reporter: Reporter
    known: dict[str, Kind]
    found: Found = field(default_factory=Found)
    stack: list[tuple[Any, str, Spot]] = field(default_factory=list)
    visited: set[tuple[str, str]] = field(default_factory=set)
    plans: defaultdict[str, dict[tuple[str, ...], _Plan]] = field(default_factory=lambda: defaultdict(dict))

    def run(self) -> Found:
        """Visit everything that the root document reaches."""
        self.stack.append((self.document.root, "root", (None, ("", ""))))
        while self.stack:
            value, kind, spot = self.stack.pop()
            below = len(self.stack)
            if kind == "schema":
                self.schema(value, spot)
            else:
                self.visit(value, kind, spot)
            if len(self.stack) > below + 1:
                self.stack[below:] = self.stack[below:][::-1]  # so that the text's order is kept
        return self.found

    def visit(self, value: Any, kind: str, spot: Spot) -> None:
        if type(value) is not dict:
            self.wrong_kind(value, kind, spot)
            return
        if type(ref := value.get("$ref")) is str:
            self.refer(ref, kind, spot)
            if kind != "path":
                return
        if kind in ("paths", "responses", "callback"):
            self.map(value, {"paths": "path", "responses": "response", "callback": "path"}[kind], spot)
            return
        if kind == "requirement":
            self.found.requirements.append((value, spot))
            return
        collected = getattr(self.found, _COLLECTED.get(kind, ""), None)
        if collected is not None:
            collected.append((value, spot))
        known = self.known.get(kind)
        if known is not None:
            self.members(value, known, spot)

    def schema(self, value: Any, spot: Spot) -> None:
        if type(value) is not dict:
            if type(value) is not bool:
                self.wrong_kind(value, "schema", spot)
            return
        if type(ref := value.get("$ref")) is str:
            self.refer(ref, "schema", spot)
            if self.document.version in ("2.0", "3.0"):
                return
        self.found.schemas.append((value, spot))
        self.members(value, self.known["schema"], spot)

    def members(self, value: dict[str, Any], kind: Kind, spot: Spot) -> None:
        # Objects of a document have few combinations of keys: what there is to do is found once for each.
        plans = self.plans[kind.name]
        keys = tuple(value)
        plan = plans.get(keys)
        if plan is None:
            strange = not kind.fields.issuperset(keys)
            checked = tuple((key, kind.shapes[key]) for key in keys if key in kind.checked)
            plan = plans[keys] = strange, checked
        strange, checked = plan
        if strange:
            for key in keys:
                if key not in kind.fields and key[:2] != "x-":
                    self.unknown(value, key, kind, spot)
        for key, shape in checked:
            item = value[key]
            if shape == "text":
                if type(item) is not str:
                    self.member(item, shape, (spot, key))
            elif shape == "schema" and type(item) is dict:
                self.stack.append((item, shape, (spot, key)))
            else:
                self.member(item, shape, (spot, key))

    def member(self, value: Any, shape: str, spot: Spot) -> None:
        first = shape[0]
        if first == "*":
            if type(value) is dict:
                self.map(value, shape[1:], spot)
            else:
                self.mistyped(value, "an object", spot)
        elif first == "+":
            if type(value) is list:
                self.stack += [(item, shape[1:], (spot, index)) for index, item in enumerate(value)]
            else:
                self.mistyped(value, "a list", spot)
        elif shape in _TYPES:
            expected, words = _TYPES[shape]
            if type(value) is not expected:
                self.mistyped(value, words, spot, serious=False)
        elif shape == "schema" and type(value) is list:  # `items` as a list, before 2020-12: a tuple
            self.stack += [(item, "schema", (spot, index)) for index, item in enumerate(value)]
        else:
            self.stack.append((value, shape, spot))

    def map(self, value: dict[str, Any], kind: str, spot: Spot) -> None:
        for key, item in value.items():
            if item is None or (type(item) is not dict and key[:2] == "x-"):
                if key[:2] != "x-":
                    self.mistyped(item, "an object", (spot, key))
                continue
            self.stack.append((item, kind, (spot, key)))

    def refer(self, ref: str, kind: str, spot: Spot) -> None:
        """Visit what a reference leads to, unless the walk comes past it anyway."""
        if ref.startswith(("#/components/", "#/definitions/")) and ref.count("/") <= 3 and _at_root(spot):
            return
        at = place(spot)
        if self.document.unresolved(ref, at) is not None:
            return
        value, target = self.document.must_follow(ref, at)
        key = (target.file, target.pointer)
        if key not in self.visited and not (not target.file and _reached(target.pointer)):
            self.visited.add(key)
            self.stack.append((value, kind, (None, key)))

    def unknown(self, value: dict[str, Any], key: str, kind: Kind, spot: Spot) -> None:
        if self.reporter.full("unknown-key"):
            self.reporter.add("warning", "unknown-key", "", Place())
            return
        other = versions_with(kind.name, key)
        where = _NAMES.get(kind.name, f"a {kind.name}")
        if other and kind.name != "schema":
            said = ", ".join(other)
            message = f"`{key}` in {where} is of OpenAPI {said}; this document says {self.document.version}"
            self.reporter.add("warning", "unknown-key", message, place((spot, key)), "it is ignored")
            return
        known = kind.fields - value.keys() if kind.name == "schema" else kind.fields
        near = nearest(key, sorted(known), cutoff=0.8)
        if near is None and kind.name == "schema":
            return  # JSON Schema: unknown keywords are annotations
        remedy = f"did you mean `{near}`?" if near else "extensions begin with `x-`"
        message = f"`{key}` is not a member of {where}"
        self.reporter.add("warning", "unknown-key", message, place((spot, key)), remedy)

    def wrong_kind(self, value: Any, kind: str, spot: Spot) -> None:
        words = "an object or a boolean" if kind == "schema" and self.known["schema"].open else "an object"
        self.mistyped(value, words, spot)

    def mistyped(self, value: Any, expected: str, spot: Spot, serious: bool = True) -> None:
        level = self.document.wrong if serious and value is not None else "warning"
        message = f"expected {expected}, found {describe(value)}"
        self.reporter.add(level, "wrong-kind", message, place(spot), _remedy(value, expected))


_COLLECTED = {
    "operation": "operations",
    "path": "paths",
    "parameter": "parameters",
    "server": "servers",
    "link": "links",
}


def _remedy(value: Any, expected: str) -> str:
    if value is None:
        return "remove the member, or give it a value"
    if expected == "text":
        return "put it in quotes" if not isinstance(value, list | dict) else ""
    if expected.startswith("`true`") and isinstance(value, str):
        return "remove the quotes" if value in ("true", "false") else ""
    if expected == "a list":
        return "write `- ` before each item" if not isinstance(value, list) else ""
    if value == []:
        return "write `{}`"
    if isinstance(value, list):
        return "write `key: value` pairs, without `- `"
    named = value in ("string", "number", "integer", "boolean", "array", "object")
    return f"did you mean `{{type: {value}}}`?" if named else "write `key: value` pairs"


def describe(value: Any) -> str:
    """A value of a document in a word or two."""
    if value is None:
        return "nothing"
    names = {dict: "an object", list: "a list", bool: str(value).lower(), str: "text"}
    return names.get(type(value)) or f"the number {str(value)[:40]}"


def _at_root(spot: Spot) -> bool:
    while spot[0] is not None:
        spot = spot[0]
    return bool(spot[1][0] == "")


def _reached(pointer: str) -> bool:
    """Whether the walk comes past this pointer of the root document on its own."""
    tokens = split(pointer)
    if tokens[:1] == ["components"]:
        return len(tokens) == 3
    return tokens[:1] in (["definitions"], ["parameters"], ["responses"]) and len(tokens) == 2


def walk(document: LoadedDocument, reporter: Reporter) -> Found:
    """Check the structure of `document`; gives what the other checks look at."""
    return Walk(document, reporter, kinds(document.version)).run()
