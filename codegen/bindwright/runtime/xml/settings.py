"""Settings of the XML codec: what it reads leniently, where it stops, and how it writes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from attrs import field, frozen

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XSD = "http://www.w3.org/2001/XMLSchema"
XML = "http://www.w3.org/XML/1998/namespace"


@frozen(kw_only=True)
class Limits:
    """Where reading stops, so that no input can exhaust the reader."""

    size: int = 1 << 30
    """Bytes of a document; a document that is streamed has no such limit."""
    depth: int = 128
    """Elements within each other. libxml2 itself stops at 256."""
    attributes: int = 256
    """Attributes of one element."""
    declarations: int = 256
    """Namespace declarations in scope at one element. Whatever reads a QName looks at all of them."""
    text: int = 10_000_000
    """Characters of one text node or attribute value. libxml2 itself stops at ten million bytes."""

    @cached_property
    def least(self) -> int:
        """Characters that a document has at least, if it is over a limit."""
        return min(
            len("<a></a>") * self.depth, len(' a=""') * self.attributes, self.text, 8 * self.declarations
        )


@frozen(kw_only=True)
class Settings:
    """How XML is read and written."""

    namespaces: Literal["strict", "lenient"] = "strict"
    """``lenient``: names are compared without their namespaces."""
    values: Literal["strict", "lenient"] = "strict"
    """``lenient``: what does not fit its type is kept as it was sent, and told by `bindwright.runtime.deviations`:
    text for a wrong scalar, None for what is missing or null, a free-form value for an element that fits nothing.
    Documents that conform are read as strictly and as fast as else; what is not well-formed is an error.
    On writing: what does not fit its place is written as what it is, as it came from lenient reading."""
    limits: Limits = Limits()
    charset: str | None = None
    """``charset`` of the media type; it overrides the XML declaration (RFC 7303, 3.2). A BOM overrides both."""
    encoding: str = "utf-8"
    """Encoding on writing; what it cannot carry is written as a character reference."""
    declaration: bool = False
    """Whether an XML declaration is written. Encodings other than UTF-8 and UTF-16 always have one."""
    indent: str | None = None
    """One level's indentation; None: compact, or as the decoded document had it."""
    prefixes: Mapping[str, str] = field(factory=dict, hash=False)
    """Namespace URI to prefix, declared on the root (``openapi`` profile)."""
    writer: Literal["xmlwriter", "utf8"] = "xmlwriter"
    """``datacontract`` profile: as .NET's XmlWriter writes (Web API), or as its UTF-8 text writer (WCF)."""
    newline: str = "\r\n"
    """``datacontract`` profile with ``xmlwriter``: what a line end within text becomes (XmlWriter's NewLineChars)."""
    speculate: bool = True
    """Whether decoding first tries the layout that was seen before; the result is the same."""


DEFAULT = Settings()
