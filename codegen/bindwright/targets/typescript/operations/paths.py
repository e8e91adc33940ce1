"""Paths: a function that writes one from the arguments of a call, with the code that its parameters need."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote_plus

from bindwright.ir import model as ir
from bindwright.targets.typescript.models.codecs import Codecs, Scope
from bindwright.targets.typescript.naming.plan import OperationNames, camel
from bindwright.targets.typescript.syntax.code import Code
from bindwright.targets.typescript.syntax.layout import call
from bindwright.targets.typescript.syntax.text import string, template

_STYLES = {"path": ("simple", False), "query": ("form", True), "header": ("simple", False), "cookie": ("form", True)}  # fmt: skip
"""The defaults of a location (OpenAPI 3.1.1, 4.8.12)."""
_WORDS = frozenset(
    {"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "integer", "boolean", "uuid", "date"}
)  # fmt: skip
"""Lexical forms whose texts have unreserved characters alone (RFC 3986, 2.3), and not dots alone."""


class Paths:
    """Writes the paths of operations."""

    def __init__(self, api: ir.Api, codecs: Codecs) -> None:
        self.api, self.codecs = api, codecs

    def path(self, operation: ir.Operation, names: OperationNames, scope: Scope) -> Code:
        """A function of the arguments that gives the path."""
        parameters = {
            f"{{{parameter.name}}}": parameter
            for parameter in operation.parameters
            if parameter.location == "path"
        }
        path = sent_path(operation)
        pieces = [path]
        if parameters:
            pieces = re.split(f"({'|'.join(map(re.escape, parameters))})", path)
        used = [parameters[piece] for piece in pieces if piece in parameters]
        if not used:
            return Code(f"() => {string(path)}")
        head = "(args, client)" if any(parameter.content is not None for parameter in used) else "(args)"
        parts = [
            self._part(parameters[piece], names, scope) if piece in parameters else piece for piece in pieces
        ]
        written = Code(f"{head} => {template(parts)}")
        return written if all(map(self._is_word, used)) else call(scope.module.runtime("dotless"), [written])

    def _part(self, parameter: ir.Parameter, names: OperationNames, scope: Scope) -> Code:
        argument = string(names.arguments[f"path:{parameter.name}"])
        runtime = scope.module.runtime
        if self.is_text(parameter):
            codec = self.codecs.type(parameter.use.type, None, scope, parameter.use.lexical)
            return Code(f"{runtime('pathWord' if self._is_word(parameter) else 'pathText')}(args, {argument}, {codec})")  # fmt: skip
        codec = self.codecs.styled(parameter.use, parameter.inner_separators, scope)
        name = names.arguments[f"path:{parameter.name}"]
        said = ({"argument": name} if name != parameter.name else {}) | style_facts(parameter, scope)
        client = [said, Code("client")] if parameter.content is not None else [said] if said else []
        return call(runtime("inPath"), [Code("args"), parameter.name, codec, *client])

    def is_text(self, parameter: ir.Parameter) -> bool:
        """Whether a parameter is one text, as its location has it by default: no code for styles is needed."""
        type_ = self.api.types[parameter.use.type]
        return (
            parameter.location in ("path", "query", "header")
            and isinstance(type_, (ir.Scalar, ir.Enum))
            and type_.lexical is not None
            and not (isinstance(type_, ir.Scalar) and type_.base in ("any", "binary", "never", "null"))
            and parameter.style == _STYLES[parameter.location][0]
            and parameter.content is None
            and not parameter.allow_reserved
        )

    def _is_word(self, parameter: ir.Parameter) -> bool:
        """Whether a text is never encoded, and no segment of a path with another meaning."""
        type_ = self.api.types[parameter.use.type]
        if not isinstance(type_, ir.Scalar) or not self.is_text(parameter):
            return False
        lexical = parameter.use.lexical or type_.lexical
        return lexical is not None and lexical.json == lexical.xml and lexical.json in _WORDS


def sent_path(operation: ir.Operation) -> str:
    """The path without those pairs of its query that a required parameter says again."""
    path, _, query = operation.path.partition("?")
    names = {
        parameter.name
        for parameter in operation.parameters
        if parameter.location == "query" and parameter.required
    }
    pairs = [pair for pair in query.split("&") if pair and unquote_plus(pair.partition("=")[0]) not in names]
    return f"{path}?{'&'.join(pairs)}" if pairs else path


MARKS = {"spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}
"""What stands between items where a style of the query is said of other places (``collectionFormat`` of 2.0)."""


def style_facts(parameter: ir.Parameter, scope: Scope) -> dict[str, Any]:
    """How a parameter is written where that is not as its location has it by default."""
    said: dict[str, Any] = {}
    style, explode = _STYLES.get(parameter.location, ("form", True))
    if parameter.style in MARKS and parameter.location in ("path", "header"):
        mark = MARKS[parameter.style]
        said["style"] = call(scope.module.runtime("separated"), [quote(mark) if parameter.location == "path" else mark])  # fmt: skip
        explode = False
    elif parameter.style != style:
        said["style"] = Code(scope.module.runtime(camel(parameter.style)))
        explode = parameter.style in ("form", "deepObject")
    if parameter.explode != explode:
        said["explode"] = parameter.explode
    if parameter.allow_reserved:
        said["reserved"] = True
    if parameter.content is not None:
        said["content"] = parameter.content
    return said
