"""YAML 1.2 read exactly, with positions: libyaml's events, made into nodes without recursion.

libyaml speaks YAML 1.1; what 1.2 changed (which scalars are numbers, which characters break lines) is put
right here. Slower than the fast reader, it runs where that one may be wrong and where positions are asked
for.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from msgspec import Struct, field

from bindwright.openapi.diagnostics.syntax_errors import Finding, Unreadable
from bindwright.openapi.options import LoadLimits
from bindwright.openapi.text.text import Text

# YAML 1.2.2, 5.4: only CR and LF break lines. libyaml breaks at these as well, so they travel in disguise.
_NOT_BREAKS = "\x85\u2028\u2029"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlNode(Struct, eq=False):
    """A scalar (`text`), sequence (`items`) or mapping (`pairs`), and where it begins."""

    kind: str
    tag: str | None
    line: int
    column: int
    text: str = ""
    plain: bool = False
    items: list[YamlNode] = field(default_factory=list)
    """Items of a sequence; keys and values by turns of a mapping."""
    width: int = 1
    alias: bool = False
    """Whether some alias refers to it."""


def compose(text: Text, limits: LoadLimits) -> YamlNode | None:
    """The node tree of the first document of a YAML stream; aliases share nodes. Raises `Unreadable`."""
    disguise, reveal = _disguise(text.string)
    source = text.string.translate(disguise) if disguise else text.string
    try:
        return _compose(source, reveal, limits, text)
    except yaml.MarkedYAMLError as error:
        raise _marked(error, text) from None
    except yaml.reader.ReaderError as error:
        raise _unprintable(error, text) from None


def _disguise(source: str) -> tuple[dict[int, str], dict[int, str]]:
    present = [sign for sign in _NOT_BREAKS if sign in source]
    if not present:
        return {}, {}
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in source)
    pairs = list(zip(present, free, strict=False))
    return {ord(sign): other for sign, other in pairs}, {ord(other): sign for sign, other in pairs}


class _Builder(Struct):
    limits: LoadLimits
    text: Text
    reveal: dict[int, str]
    open: list[YamlNode] = field(default_factory=list)
    anchors: dict[str, YamlNode] = field(default_factory=dict)
    root: YamlNode | None = None

    def add(self, node: YamlNode, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = node
        if self.open:
            self.open[-1].items.append(node)
        elif self.root is None:
            self.root = node

    def begin(self, node: YamlNode, anchor: str | None) -> None:
        self.add(node, anchor)
        self.open.append(node)
        if len(self.open) > self.limits.depth:
            message = f"nested deeper than {self.limits.depth} levels"
            raise self.wrong("too-deep", message, "flatten the document", node.line, node.column)

    def refer(self, event: Any) -> None:
        node = self.anchors.get(event.anchor)
        line, column = event.start_mark.line, event.start_mark.column
        if node is None:
            from bindwright.openapi.diagnostics.suggest import did_you_mean

            remedy = did_you_mean(event.anchor, self.anchors, otherwise="define it with `&` before its use")
            raise self.wrong(
                "yaml-alias", f"no anchor `{event.anchor}` stands before this", remedy, line, column
            )
        if any(node is outer for outer in self.open):
            message = f"`*{event.anchor}` is an alias for something that contains it"
            raise self.wrong("yaml-alias", message, "use `$ref` for recursion", line, column)
        node.alias = True
        self.add(node, None)

    def wrong(self, code: str, message: str, remedy: str, line: int, column: int) -> Unreadable:
        position = self.text.at(self.text.line_start(line) + column)
        return Unreadable(Finding(code, message, remedy, position))


def _compose(source: str, reveal: dict[int, str], limits: LoadLimits, text: Text) -> YamlNode | None:
    builder = _Builder(limits, text, reveal)
    loader = _Loader(source)
    documents = 0
    try:
        while True:
            event = loader.get_event()
            event_type = type(event)
            if event_type is yaml.ScalarEvent:
                builder.add(_scalar(event, reveal), event.anchor)
            elif event_type is yaml.MappingStartEvent or event_type is yaml.SequenceStartEvent:
                mark = event.start_mark
                shape = "map" if event_type is yaml.MappingStartEvent else "seq"
                builder.begin(YamlNode(shape, event.tag, mark.line, mark.column), event.anchor)
            elif event_type is yaml.MappingEndEvent or event_type is yaml.SequenceEndEvent:
                builder.open.pop()
            elif event_type is yaml.AliasEvent:
                builder.refer(event)
            elif event_type is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    mark = event.start_mark
                    message = "a second document begins here; a description is one document"
                    raise builder.wrong("yaml-documents", message, "move it to its own file", mark.line, 0)
            elif event_type is yaml.StreamEndEvent:
                return builder.root
    finally:
        loader.dispose()


def _scalar(event: Any, reveal: dict[int, str]) -> YamlNode:
    mark, value = event.start_mark, event.value
    width = event.end_mark.column - mark.column if event.end_mark.line == mark.line else 1
    if reveal:
        value = value.translate(reveal)
    return YamlNode("scalar", event.tag, mark.line, mark.column, value, not event.style, [], max(1, width))


_CONTEXT = re.compile(r"^(while|expected) ")


def _marked(error: yaml.MarkedYAMLError, text: Text) -> Unreadable:
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and mark is not None and mark.line >= text.lines:
        mark = error.context_mark  # what is open at the end of the file is told where it began
    position = text.at(text.line_start(mark.line) + mark.column) if mark else None
    message = error.problem or str(error)
    if error.context and error.context_mark:
        message += f" ({error.context}, line {error.context_mark.line + 1})"
    elif error.context:
        message += f" ({error.context})"
    return Unreadable(Finding("yaml-syntax", message, _remedy(error.problem or "", position), position))


def _remedy(problem: str, position: Any) -> str:
    line = position.text if position else ""
    if "tab character" in problem:
        return "indent with spaces: YAML does not allow tabs"
    if "expected node content" in problem or "but found '<stream end>'" in problem:
        return "close what begins here"
    if "mapping values are not allowed" in problem:
        return (
            "put text that contains `: ` in quotes, and check the indentation of this line and the one above"
        )
    if "cannot start any token" in problem:
        if line[: position.column].strip(" ") == "\t" or "\t" in line[: position.column]:
            return "indent with spaces: YAML does not allow tabs"
        return "put text that begins with `@`, a backquote or `%` in quotes"
    if "expected key" in problem or "expected <block end>" in problem or "expected ':'" in problem:
        return "check the indentation: members of one object begin in the same column"
    if "escape" in problem:
        return "write `\\\\` for a backslash in double quotes, or use single quotes"
    return "check the quotes, brackets and indentation here"


def _unprintable(error: Any, text: Text) -> Unreadable:
    position = text.at(error.position if isinstance(error.position, int) else 0)
    code = error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")
    finding = Finding(
        "yaml-control", f"the control character U+{code:04X}", "remove it, or write it as an escape", position
    )
    return Unreadable(finding)
