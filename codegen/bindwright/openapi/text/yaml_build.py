"""Values of YAML nodes: core-schema scalars, string keys, merge keys, aliases within bounds."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from bindwright.openapi.diagnostics.model import Level, Position
from bindwright.openapi.diagnostics.syntax_errors import Finding, ParsedText, Unreadable
from bindwright.openapi.options import LoadLimits
from bindwright.openapi.text.text import Text
from bindwright.openapi.text.yaml_nodes import YamlNode, compose
from bindwright.openapi.text.yaml_scalars import Untaggable, plain, tagged

_COLLECTIONS = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!"})
_SMALL = 100_000
_FINDINGS = 50


def read_exactly(text: Text, limits: LoadLimits) -> ParsedText:
    """The value of a YAML 1.2 document, every rule kept. Raises `Unreadable`."""
    root = compose(text, limits)
    reading = ParsedText(None)
    if root is not None:
        builder = _Builder(text, reading.findings)
        _bound(root, limits, builder)
        reading.value = builder.value(root)
    return reading


def _bound(root: YamlNode, limits: LoadLimits, builder: _Builder) -> None:
    """Refuse a document whose aliases, written out, make it too large or too deep."""
    sizes: dict[int, tuple[int, int]] = {}
    count = 0
    stack = [(root, False)]
    while stack:
        node, ready = stack.pop()
        if id(node) in sizes:
            continue
        if ready or node.kind == "scalar":
            count += 1
            below = [sizes[id(item)] for item in node.items]
            size = 1 + sum(count for count, _ in below)
            depth = (node.kind != "scalar") + max((deep for _, deep in below), default=0)
            sizes[id(node)] = (size, depth)
        else:
            stack.append((node, True))
            stack += [(item, False) for item in node.items]
    size, depth = sizes[id(root)]
    if size > limits.nodes or size > max(_SMALL, limits.alias_factor * count):
        message = f"its aliases make {count} nodes into {_count(size)}"
        raise Unreadable(Finding("alias-expansion", message, "use `$ref` instead of YAML aliases"))
    if depth > limits.depth:
        message = f"its aliases nest deeper than {limits.depth} levels"
        raise Unreadable(Finding("too-deep", message, "use `$ref` instead of YAML aliases"))


def _count(size: int) -> str:
    return f"{size:,}" if size < 10**15 else "more than 10^15"


class _Builder(Struct):
    text: Text
    findings: list[Finding]
    shared: dict[int, Any] = field(default_factory=dict)

    def value(self, node: YamlNode) -> Any:
        if node.kind == "scalar":
            return self.scalar(node)
        if node.alias and id(node) in self.shared:
            return self.shared[id(node)]
        if node.tag is not None and node.tag not in _COLLECTIONS:
            self.ignored_tag(node, node.tag)
        value: Any = [self.value(item) for item in node.items] if node.kind == "seq" else self.mapping(node)
        if node.alias:
            self.shared[id(node)] = value
        return value

    def scalar(self, node: YamlNode) -> Any:
        try:
            if node.tag is not None:
                return tagged(node.text, node.tag)
            return plain(node.text) if node.plain else node.text
        except Untaggable as error:
            if node.tag is not None and "has no meaning" in str(error):
                self.ignored_tag(node, node.tag)
                return plain(node.text) if node.plain else node.text
            self.note(node, "yaml-scalar", str(error), "quote it, or correct the tag")
            return node.text

    def mapping(self, node: YamlNode) -> dict[str, Any]:
        pairs = list(zip(node.items[::2], node.items[1::2], strict=True))
        own_keys = {key.text for key, _ in pairs if not is_merge(key)}
        members: dict[str, Any] = {}
        first_keys: dict[str, YamlNode] = {}
        for key, item in pairs:
            if key.kind != "scalar":
                self.note(
                    key, "yaml-key", "a list or an object as a key is ignored", "use a string as the key"
                )
            elif is_merge(key) and self.mergeable(item):
                for name, value in self.merged(item).items():
                    if name not in own_keys:
                        members.setdefault(name, value)
            else:
                if key.text in first_keys:
                    self.repeated(key, first_keys[key.text])
                first_keys.setdefault(key.text, key)
                members[key.text] = self.value(item)
        return members

    def mergeable(self, item: YamlNode) -> bool:
        sources = item.items if item.kind == "seq" else [item]
        return all(source.kind == "map" for source in sources)

    def merged(self, item: YamlNode) -> dict[str, Any]:
        """What a ``<<`` key adds: YAML 1.1's merge key, which 1.2 dropped and people go on using."""
        members: dict[str, Any] = {}
        for source in item.items if item.kind == "seq" else [item]:
            for name, value in self.value(source).items():
                members.setdefault(name, value)
        return members

    def repeated(self, key: YamlNode, first: YamlNode) -> None:
        message = f"`{key.text}` stands twice in this object; the last one counts"
        self.note(key, "duplicate-key", message, f"remove one of them; the first is on line {first.line + 1}")

    def ignored_tag(self, node: YamlNode, tag: str) -> None:
        remedy = "use `$ref`" if "include" in tag.lower() else "remove it"
        display = "!!" + tag.rpartition(",2002:")[2] if ",2002:" in tag else tag
        self.note(node, "yaml-tag", f"the tag `{display}` is ignored", remedy)

    def note(self, node: YamlNode, code: str, message: str, remedy: str, level: Level = "degraded") -> None:
        if len(self.findings) < _FINDINGS:
            self.findings.append(Finding(code, message, remedy, where(self.text, node), level=level))


def is_merge(key: YamlNode) -> bool:
    """Whether a key is the merge key: ``<<``, plain and untagged or tagged as such."""
    return (
        key.kind == "scalar"
        and key.text == "<<"
        and key.plain
        and key.tag in (None, "tag:yaml.org,2002:merge")
    )


def where(text: Text, node: YamlNode) -> Position:
    """Line and column of a node."""
    return text.at(text.line_start(node.line) + node.column, node.width)
