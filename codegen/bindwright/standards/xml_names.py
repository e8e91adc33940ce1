"""Names in XML (Namespaces in XML 1.0, 3), and what is written for names that XML cannot have.

Any other string is encoded as .NET's ``XmlConvert.EncodeLocalName`` does it: ``_xHHHH_`` for a UTF-16 unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

_match_ascii_name = re.compile(r"[A-Z_a-z][-.0-9A-Z_a-z]*").fullmatch


@cache
def _any_ncname() -> Callable[[str], re.Match[str] | None]:
    """For names in any language: its classes take milliseconds to compile, which most documents never ask for."""
    return re.compile(
        r"[A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
        r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
        r"[-.0-9A-Z_a-z\xb7\xc0-\xd6\xd8-\xf6\xf8-\u037d\u037f-\u1fff\u200c-\u200d\u203f-\u2040\u2070-\u218f"
        r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]*"
    ).fullmatch


def is_ncname(name: str) -> bool:
    """Whether a name is an NCName (Namespaces in XML 1.0, 3; XML 1.0 fifth edition)."""
    return (_match_ascii_name(name) if name.isascii() else _any_ncname()(name)) is not None


XML = "http://www.w3.org/XML/1998/namespace"
DECLARATIONS = "http://www.w3.org/2000/xmlns/"
"""The namespace of declarations, which nothing can be in (Namespaces in XML 1.0, 3)."""
_OWNED = {"xml": XML, "xsi": "http://www.w3.org/2001/XMLSchema-instance"}


def is_prefix(prefix: str, namespace: str | None) -> bool:
    """Whether a declaration may bind a prefix to a namespace (None: nothing is declared): some prefixes belong to one
    namespace (Namespaces in XML 1.0, 3), and `xsi` does by everybody's custom."""
    if not is_ncname(prefix) or prefix == "xmlns":
        return False
    if not namespace:
        return True
    return namespace == _OWNED[prefix] if prefix in _OWNED else namespace != XML


@cache
def _any_text() -> Callable[[str], re.Match[str] | None]:
    return re.compile(r"[\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*").fullmatch


def is_text(value: str) -> bool:
    """Whether a document can hold a text (XML 1.0, production 2)."""
    return value.isprintable() or _any_text()(value) is not None


_NO_ASCII_NAME = re.compile(r"[^-.0-9A-Z_a-z]")
_ESCAPED = re.compile(r"_x(?:[0-9A-Fa-f]{4}|[0-9A-Fa-f]{8})_")


_LONGEST_KEPT = 100
"""Characters of the longest name that is known again: keys are the same from one document to the next."""


def encode_name(name: str) -> str:
    """Any string as an element's name: ``_xHHHH_`` for what a name cannot hold, ``_x_`` for nothing; reversible."""
    return _encoded_again(name) if len(name) <= _LONGEST_KEPT else _encoded(name)


def _encoded(name: str) -> str:
    if "_x" in name:
        name = "_x005F_x_" if name == "_x_" else re.sub(_LOOKS_ESCAPED, _underscore, name)
    if is_ncname(name):
        return name
    if not name:
        return "_x_"
    head = name[0] if is_ncname(name[0]) else _code(name[0])
    if name.isascii():
        return head + _NO_ASCII_NAME.sub(lambda match: _code(match[0]), name[1:])
    return head + "".join(
        character if is_ncname("a" + character) else _code(character) for character in name[1:]
    )


_LOOKS_ESCAPED = r"_(?=x(?:[0-9A-Fa-f]{4}|[0-9A-Fa-f]{8})([^0-9A-Za-z.-]))"


def _underscore(match: re.Match[str]) -> str:
    """The ``_`` of what would look like an escape: one follows, or a character whose own escape begins with one."""
    return "_x005F_" if match[1] == "_" or not is_ncname("a" + match[1]) else "_"


def _code(character: str) -> str:
    return f"_x{ord(character):04X}_" if ord(character) < 0x10000 else f"_x{ord(character):08X}_"


def decode_name(name: str) -> str:
    """What `encode_name` was given."""
    return _decoded_again(name) if len(name) <= _LONGEST_KEPT else _decoded(name)


def _decoded(name: str) -> str:
    return (
        ""
        if name == "_x_"
        else _ESCAPED.sub(
            lambda match: chr(int(match[0][2:-1], 16)) if int(match[0][2:-1], 16) < 0x110000 else match[0],
            name,
        )
    )


_encoded_again, _decoded_again = lru_cache(maxsize=2048)(_encoded), lru_cache(maxsize=2048)(_decoded)


def element_name(name: str) -> str:
    """A name that XML can have: an NCName as it is, any other encoded; no name at all stays none."""
    return _element_again(name) if len(name) <= _LONGEST_KEPT else _element(name)


def _element(name: str) -> str:
    return name if not name or is_ncname(name) else encode_name(name)


_element_again = lru_cache(maxsize=2048)(_element)
