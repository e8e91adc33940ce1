"""Words that names of each kind keep clear of; they get an underscore behind (ECMA-262, 12.7.2; TypeScript's own)."""

from __future__ import annotations

KEYWORDS = frozenset(
    [
        "abstract",
        "any",
        "arguments",
        "as",
        "asserts",
        "async",
        "await",
        "bigint",
        "boolean",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "constructor",
        "continue",
        "debugger",
        "declare",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "eval",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "from",
        "function",
        "get",
        "if",
        "implements",
        "import",
        "in",
        "infer",
        "instanceof",
        "interface",
        "is",
        "keyof",
        "let",
        "module",
        "namespace",
        "never",
        "new",
        "null",
        "number",
        "object",
        "of",
        "out",
        "package",
        "private",
        "protected",
        "public",
        "readonly",
        "require",
        "return",
        "satisfies",
        "set",
        "static",
        "string",
        "super",
        "switch",
        "symbol",
        "this",
        "throw",
        "true",
        "try",
        "type",
        "typeof",
        "undefined",
        "unique",
        "unknown",
        "using",
        "var",
        "void",
        "while",
        "with",
        "yield",
    ]
)

TYPES = KEYWORDS | frozenset({"AsyncIterable", "Blob", "Omit", "Uint8Array", "NaN", "Infinity"})
"""Types: what the types of generated modules use of the language's own."""

FUNCTIONS = KEYWORDS | frozenset({"NaN", "Infinity"})
"""Operations."""

ARGUMENTS = frozenset({"body", "contentType", "__proto__"})
"""Arguments of operations: what stands beside parameters."""

GROUPS = frozenset({"constructor", "client", "__proto__"})
"""Properties of the client."""

_DEVICES = frozenset(["con", "prn", "aux", "nul", "conin", "conout", "clock"]) | frozenset(
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
)
"""Names that Windows keeps for devices, whatever their extension."""

MODULES = _DEVICES | frozenset({"index"})
