"""What makes a text malformed JSON (RFC 8259), where exactly, and what to do about it.

Runs only after the fast reader has refused the text, so it takes its time and needs no recursion.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from bindwright.openapi.diagnostics.syntax_errors import Finding, Unreadable
from bindwright.openapi.text.text import Text
from bindwright.standards.regular_expressions import possessive

_SPACE = re.compile(r"[ \t\r\n]*+")
_STRING = re.compile(possessive(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"'))
_STRING_START = re.compile(possessive(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+'))
_SCALAR = re.compile(
    r"(?:-?+(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|true|false|null)(?![\w.+-])"
)
_WORD = re.compile(r"[^\s,\[\]{}:\"]++")
_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F][0-9a-fA-F])\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_Step = Callable[[], Any]
"""A state: reads one thing and gives the next state."""
_WORDS = {
    "True": "write `true`",
    "False": "write `false`",
    "None": "write `null`",
    "undefined": "write `null`",
    "NaN": "JSON has no NaN",
    "Infinity": "JSON has no infinity",
    "-Infinity": "JSON has no infinity",
}


def explain(text: Text, depth: int) -> Unreadable | None:
    """The first thing that is wrong in `text`, or None where this reader finds nothing."""
    try:
        _Reader(text.string, depth).read()
    except _Wrong as wrong:
        return Unreadable(
            Finding(wrong.code, wrong.message, wrong.remedy, text.at(wrong.offset, wrong.width))
        )
    return None


class _Wrong(Exception):
    def __init__(
        self, offset: int, message: str, remedy: str = "", code: str = "json-syntax", width: int = 1
    ) -> None:
        super().__init__(message)
        self.offset, self.message, self.remedy, self.code, self.width = offset, message, remedy, code, width


class _Reader(Struct):
    text: str
    limit: int
    offset: int = 0
    stack: list[int] = field(default_factory=list)
    """Offsets of the open brackets."""

    def read(self) -> None:
        """Walk the whole text. Raises `_Wrong`."""
        step: _Step = self.value
        while True:
            self.skip()
            if step == self.after and not self.stack:
                break
            step = step()
        if self.offset < len(self.text):
            raise _Wrong(self.offset, "text after the end of the document", "a JSON file holds one value")

    def skip(self) -> None:
        match = _SPACE.match(self.text, self.offset)
        self.offset = match.end() if match else self.offset

    @property
    def sign(self) -> str:
        return self.text[self.offset : self.offset + 1]

    def value(self) -> _Step:
        if self.sign and self.sign in "{[":
            self.stack.append(self.offset)
            if len(self.stack) > self.limit:
                raise _Wrong(
                    self.offset, f"nested deeper than {self.limit} levels", "flatten the document", "too-deep"
                )
            self.offset += 1
            return self.first
        self.scalar()
        return self.after

    def first(self) -> _Step:
        if self.sign == self.closing:
            return self.close()
        return self.name if self.closing == "}" else self.value

    def name(self) -> _Step:
        match = _STRING.match(self.text, self.offset)
        if match is None:
            raise self.no_name()
        self.surrogates(match.group())
        self.offset = match.end()
        self.skip()
        if self.sign != ":":
            raise _Wrong(
                match.start(), f"no colon after the name {_short(match.group())}", "add `:` and a value"
            )
        self.offset += 1
        return self.value

    def after(self) -> _Step:
        if self.sign == self.closing:
            return self.close()
        if self.sign != ",":
            raise self.no_comma()
        comma = self.offset
        self.offset += 1
        self.skip()
        if self.sign == self.closing:
            raise _Wrong(comma, f"a comma before the closing `{self.closing}`", "remove the comma")
        return self.name if self.closing == "}" else self.value

    def close(self) -> _Step:
        self.stack.pop()
        self.offset += 1
        return self.after

    @property
    def closing(self) -> str:
        return "}" if self.text[self.stack[-1]] == "{" else "]"

    def scalar(self) -> None:
        match = _STRING.match(self.text, self.offset)
        if match is not None:
            self.surrogates(match.group())
        else:
            match = _SCALAR.match(self.text, self.offset)
        if match is None:
            raise self.no_value()
        self.offset = match.end()

    def surrogates(self, raw: str) -> None:
        match = _SURROGATE.search(raw) if "\\u" in raw else None
        if match is not None and not _escaped(raw, match.start()):
            message = f"`{match.group()}` is half of a surrogate pair, which is not a character"
            remedy = "write the character itself, or both halves"
            raise _Wrong(self.offset + match.start(), message, remedy, width=len(match.group()))

    def no_name(self) -> _Wrong:
        if self.sign == '"':
            return self.bad_string()
        match = _WORD.match(self.text, self.offset)
        if match is None:
            return self.unexpected("a member name")
        message = f"a member name must stand in double quotes, found {_short(match.group())}"
        return _Wrong(self.offset, message, "put it in double quotes", width=len(match.group()))

    def no_comma(self) -> _Wrong:
        if not self.sign:
            return self.unclosed()
        if self.sign in "}]":
            return self.unexpected(f"`{self.closing}`")
        return self.unexpected(f"`,` or `{self.closing}`", "is a comma missing before it?")

    def no_value(self) -> _Wrong:
        if self.sign == '"':
            return self.bad_string()
        match = _WORD.match(self.text, self.offset)
        if match is None:
            return self.unexpected("a value")
        word = match.group()
        return _Wrong(self.offset, f"{_short(word)} is not a JSON value", _remedy(word), width=len(word))

    def bad_string(self) -> _Wrong:
        match = _STRING_START.match(self.text, self.offset)
        end = match.end() if match else self.offset
        sign = self.text[end : end + 1]
        if sign == "\\":
            message = f"`{self.text[end : end + 2]}` is not an escape of JSON"
            return _Wrong(end, message, "write `\\\\` for a backslash", width=2)
        if sign and sign not in "\r\n":
            return _Wrong(
                end, f"the control character U+{ord(sign):04X} in a string", "write it as `\\u....`"
            )
        return _Wrong(
            self.offset, "this string does not end on its line", 'add the closing `"`, or write `\\n`'
        )

    def unexpected(self, expected: str, remedy: str = "") -> _Wrong:
        if not self.sign:
            return self.unclosed()
        return _Wrong(self.offset, f"expected {expected}, found `{self.sign}`", remedy)

    def unclosed(self) -> _Wrong:
        if not self.stack:
            return _Wrong(0, "the file is empty", "write an OpenAPI document into it", "empty-file")
        opened = self.stack[-1]
        return _Wrong(opened, f"this `{self.text[opened]}` is never closed", f"add `{self.closing}`")


def _escaped(raw: str, offset: int) -> bool:
    """Whether the backslash at `offset` is itself escaped."""
    slashes = len(raw[:offset]) - len(raw[:offset].rstrip("\\"))
    return slashes % 2 == 1


def _remedy(word: str) -> str:
    if word in _WORDS:
        return _WORDS[word]
    if word[0] in "'`":
        return "JSON strings stand in double quotes"
    if word.startswith(("//", "/*", "#")):
        return "JSON has no comments; remove it, or save the file as YAML"
    if word[0] in "+.0123456789-":
        return "write the number as JSON does: no leading `+` or zeros, digits on both sides of the point"
    return "put text in double quotes"


def _short(word: str) -> str:
    word = word if len(word) <= 40 else word[:37] + "..."
    return word if word.startswith('"') else f"`{word}`"
