"""Escaping text and attribute values, by the profile; what XML 1.0 cannot carry is an error.

Sources: XML 1.0, 2.2 (Char), 2.4, 2.11 (line ends), 3.3.3 (attribute values).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from bindwright.standards.xml_names import decode_name, encode_name, is_ncname

_ILLEGAL = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
illegal = re.compile(f"[{_ILLEGAL}]").search
special = re.compile(f"[&<>\r{_ILLEGAL}]").search
"""Finds what text cannot hold as it is."""
special_lines = re.compile(f"[&<>\r\n{_ILLEGAL}]").search
"""The same for the writer that rewrites line ends."""
special_attribute = re.compile(f'[&<>"\t\r\n{_ILLEGAL}]').search


def _refuse(text: str) -> None:
    if (match := illegal(text)) is not None:
        raise ValueError(f"XML 1.0 cannot carry the character U+{ord(match[0]):04X}")


def escape_text(text: str) -> str:
    """Text content; CR as a reference, for line ends are normalised on reading."""
    if special(text) is None:
        return text
    _refuse(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;")


@cache
def escape_lines(newline: str) -> Callable[[str], str]:
    """Text content as XmlWriter writes it: CR, LF and CRLF become ``newline`` (NewLineHandling.Replace)."""

    def escape(text: str) -> str:
        if special_lines(text) is None:
            return text
        _refuse(text)
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", newline)

    return escape


_references = re.compile(r"&(?:#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,8}))|(amp|lt|gt|quot|apos));|&").sub
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def referred(text: str) -> str:
    """Text with its references replaced (XML 1.0, 4.1 and 4.6).

    Raises:
        ValueError: a reference to an entity that is not declared, to no character of XML, or none at all.
    """
    # Nearly all are one of the five names; replacing these takes a tenth of what a call for each would.
    plain = text.replace("&quot;", '"')
    if "&" not in plain:
        return plain
    plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&apos;", "'")
    # What is left are ampersands, or something else; the ampersand comes last, so that what it gives is not read again.
    if plain.count("&") == plain.count("&amp;"):
        return plain.replace("&amp;", "&")
    return _references(_referred, text)


def _referred(match: re.Match[str]) -> str:
    if match[3] is not None:
        return _NAMED[match[3]]
    if match[0] == "&":
        raise ValueError("an ampersand that begins no reference")
    character = chr(int(match[1], 16) if match[1] is not None else int(match[2]))
    if illegal(character) is not None:
        raise ValueError(f"a reference to U+{ord(character):04X}")
    return character


def escape_attribute(text: str) -> str:
    """An attribute value between double quotes."""
    if special_attribute(text) is None:
        return text
    _refuse(text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\t", "&#x9;").replace("\n", "&#xA;").replace("\r", "&#xD;")


def namespace_value(namespace: str) -> str:
    """A namespace name as the value of a declaration.

    Raises:
        ValueError: it holds a brace, or what XML cannot carry.
    """
    if "}" in namespace:
        # Legal, but readers that separate namespace and local part by a brace (expat as Python's standard library
        # uses it) refuse the whole document, and others take it for another name.
        raise ValueError(f"a namespace name with a brace: {namespace!r}")
    return escape_attribute(namespace)


def cdata(text: str) -> str:
    """CDATA sections: ``]]>`` is split between two, CR stands between two as a reference."""
    _refuse(text)
    text = text.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#xD;<![CDATA[")
    return f"<![CDATA[{text}]]>".replace("<![CDATA[]]>", "") or "<![CDATA[]]>"


__all__ = ["decode_name", "encode_name", "is_ncname"]
