"""A walk over a document by the grammar of its version: unknown members and values of the wrong kind."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from bindwright.openapi.diagnostics.model import Place
from bindwright.openapi.diagnostics.suggest import nearest
from bindwright.openapi.validation.collected import CollectedObjects, PathNode
from bindwright.openapi.validation.grammar import Kind, kinds, versions_with
from bindwright.openapi.validation.reporter import Reporter
from bindwright.standards.json_pointer import build, split
from bindwright.standards.media_types import is_media_type

if TYPE_CHECKING:
    from bindwright.openapi.loaded import LoadedDocument

_Plan = tuple[bool, tuple[tuple[str, str], ...]]
"""Of one combination of keys: whether one is unknown, and the known ones with what should stand there."""
_TYPES = {
    "text": (str, "text"),
    "flag": (bool, "`true` or `false`"),
    "list": (list, "a list"),
}
_OTHER_VERSION = "say that version at the top of the document, or leave it out"
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


def place(node: PathNode) -> Place:
    """The place of a node."""
    tokens: list[Any] = []
    while node[0] is not None:
        tokens.append(node[1])
        node = node[0]
    file, pointer = node[1]
    return Place(file=file, pointer=pointer + build(reversed(tokens)))


class Walk:
    """The walk: a stack of values with what they should be."""

    def __init__(self, document: LoadedDocument, reporter: Reporter) -> None:
        self.document = document
        self.reporter = reporter
        self.grammars: dict[str, Kind] = kinds(document.version)
        self.collected = CollectedObjects()
        self.stack: list[tuple[Any, str, PathNode]] = []
        self.visited: set[tuple[str, str]] = set()
        self.plans: defaultdict[str, dict[tuple[str, ...], _Plan]] = defaultdict(dict)

    def run(self) -> CollectedObjects:
        """Visit everything that the root document reaches."""
        self.stack.append((self.document.root, "root", (None, ("", ""))))
        while self.stack:
            value, shape, node = self.stack.pop()
            below = len(self.stack)
            if shape == "schema":
                self.schema(value, node)
            else:
                self.visit(value, shape, node)
            if len(self.stack) > below + 1:
                self.stack[below:] = self.stack[below:][::-1]  # so that the text's order is kept
        return self.collected

    def visit(self, value: Any, shape: str, node: PathNode) -> None:
        if type(value) is not dict:
            self.wrong_kind(value, shape, node)
            return
        if type(ref := value.get("$ref")) is str:
            self.refer(ref, shape, node)
            if shape != "path":
                return
        if shape in ("paths", "responses", "callback"):
            self.map(value, {"paths": "path", "responses": "response", "callback": "path"}[shape], node)
            return
        if shape == "requirement":
            self.collected.requirements.append((value, node))
            return
        collected = getattr(self.collected, _COLLECTED.get(shape, ""), None)
        if collected is not None:
            collected.append((value, node))
        grammar = self.grammars.get(shape)
        if grammar is not None:
            self.members(value, grammar, node)

    def schema(self, value: Any, node: PathNode) -> None:
        if type(value) is not dict:
            if type(value) is not bool:
                self.wrong_kind(value, "schema", node)
            return
        if type(ref := value.get("$ref")) is str:
            self.refer(ref, "schema", node)
            if self.document.version in ("2.0", "3.0"):
                return
        self.collected.schemas.append((value, node))
        self.members(value, self.grammars["schema"], node)

    def members(self, value: dict[str, Any], grammar: Kind, node: PathNode) -> None:
        # Objects of a document have few combinations of keys: what there is to do is found once for each.
        plans = self.plans[grammar.name]
        keys = tuple(value)
        plan = plans.get(keys)
        if plan is None:
            strange = not grammar.fields.issuperset(keys)
            checked = tuple((key, grammar.shapes[key]) for key in keys if key in grammar.checked)
            plan = plans[keys] = strange, checked
        strange, checked = plan
        if strange:
            for key in keys:
                if key not in grammar.fields and key[:2] != "x-":
                    self.unknown(value, key, grammar, node)
        for key, shape in checked:
            item = value[key]
            if shape == "text":
                if type(item) is not str:
                    self.member(item, shape, (node, key))
            elif shape == "schema" and type(item) is dict:
                self.stack.append((item, shape, (node, key)))
            else:
                self.member(item, shape, (node, key))

    def member(self, value: Any, shape: str, node: PathNode) -> None:
        first = shape[0]
        if first == "*":
            if type(value) is dict:
                self.map(value, shape[1:], node)
            else:
                self.mistyped(value, "an object", node)
        elif first == "+":
            if type(value) is list:
                self.stack += [(item, shape[1:], (node, index)) for index, item in enumerate(value)]
            else:
                self.mistyped(value, "a list", node)
        elif shape in _TYPES:
            expected, words = _TYPES[shape]
            if type(value) is not expected:
                self.mistyped(value, words, node, serious=False)
        elif shape == "schema" and type(value) is list:  # `items` as a list, before 2020-12: a tuple
            self.stack += [(item, "schema", (node, index)) for index, item in enumerate(value)]
        else:
            self.stack.append((value, shape, node))

    def map(self, value: dict[str, Any], shape: str, node: PathNode) -> None:
        for key, item in value.items():
            if shape == "media" and key[:2] != "x-" and not is_media_type(key):
                message = f"`{key[:60]}` is no media type"
                self.reporter.add(
                    "warning", "media-type", message, place((node, key)), "write `type/subtype`"
                )
            if item is None or (type(item) is not dict and key[:2] == "x-"):
                if key[:2] != "x-":
                    self.mistyped(item, "an object", (node, key))
                continue
            self.stack.append((item, shape, (node, key)))

    def refer(self, ref: str, shape: str, node: PathNode) -> None:
        """Visit what a reference leads to, unless the walk comes past it anyway."""
        if ref.startswith(("#/components/", "#/definitions/")) and ref.count("/") <= 3 and _at_root(node):
            return
        ref_place = place(node)
        if self.document.unresolved(ref, ref_place) is not None:
            return
        value, target = self.document.must_follow(ref, ref_place)
        key = (target.file, target.pointer)
        if key not in self.visited and not (not target.file and _reached(target.pointer)):
            self.visited.add(key)
            self.stack.append((value, shape, (None, key)))

    def unknown(self, value: dict[str, Any], key: str, grammar: Kind, node: PathNode) -> None:
        if self.reporter.full("unknown-key"):
            self.reporter.add("warning", "unknown-key", "", Place())
            return
        other = versions_with(grammar.name, key)
        where = _NAMES.get(grammar.name, f"a {grammar.name}")
        if other and grammar.name != "schema":
            versions = ", ".join(other)
            message = (
                f"`{key}` in {where} is of OpenAPI {versions}; this document says {self.document.version}"
            )
            self.reporter.add("warning", "unknown-key", message, place((node, key)), _OTHER_VERSION)
            return
        candidates = grammar.fields.difference(value) if grammar.name == "schema" else grammar.fields
        near = nearest(key, sorted(candidates), cutoff=0.8)
        if near is None and grammar.name == "schema":
            return  # JSON Schema: unknown keywords are annotations
        remedy = f"did you mean `{near}`?" if near else "extensions begin with `x-`"
        message = f"`{key}` is not a member of {where}"
        self.reporter.add("warning", "unknown-key", message, place((node, key)), remedy)

    def wrong_kind(self, value: Any, shape: str, node: PathNode) -> None:
        words = (
            "an object or a boolean" if shape == "schema" and self.grammars["schema"].open else "an object"
        )
        self.mistyped(value, words, node)

    def mistyped(self, value: Any, expected: str, node: PathNode, serious: bool = True) -> None:
        level = self.document.wrong if serious and value is not None else "warning"
        message = f"expected {expected}, found {describe(value)}"
        self.reporter.add(level, "wrong-kind", message, place(node), _remedy(value, expected))


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


def _at_root(node: PathNode) -> bool:
    while node[0] is not None:
        node = node[0]
    return bool(node[1][0] == "")


def _reached(pointer: str) -> bool:
    """Whether the walk comes past this pointer of the root document on its own."""
    tokens = split(pointer)
    if tokens[:1] == ["components"]:
        return len(tokens) == 3
    return tokens[:1] in (["definitions"], ["parameters"], ["responses"]) and len(tokens) == 2


def walk(document: LoadedDocument, reporter: Reporter) -> CollectedObjects:
    """Check the structure of `document`; gives what the other checks look at."""
    return Walk(document, reporter).run()
