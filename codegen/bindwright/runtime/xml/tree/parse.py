"""From bytes to characters to a tree, hardened.

DTDs are refused before the parser sees them; so there are no entities beyond the five of XML, and
nothing is ever fetched. Encodings are settled here, by BOM, ``charset`` and declaration (XML 1.0,
appendix F; RFC 7303, 3), so that libxml2 only ever reads UTF-8.
"""

from __future__ import annotations

import codecs
import re
import threading
from functools import cache, lru_cache
from typing import cast

from lxml import etree

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.xml.settings import Limits, Settings
from bindwright.runtime.xml.tree.names import local
from bindwright.standards.character_encodings import codec_name, python_name
from bindwright.standards.regular_expressions import possessive

Element = etree._Element

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SNIFF = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_match_declaration = re.compile(
    r"""<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')"""
    r"""(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][A-Za-z0-9._-]*)["'])?[^>]*\?>"""
).match
_match_misc = re.compile(
    possessive(r"(?:[ \t\r\n]++|<\?(?!xml[ \t\r\n])(?:[^?]++|\?(?!>))*+\?>|<!--(?:[^-]++|-(?!-))*+-->)*+")
).match
_UTF8 = frozenset(("utf-8", "utf8", "us-ascii", "ascii"))


def text_of(data: bytes | str, settings: Settings) -> str:
    """The characters of a document, without a byte order mark.

    Raises:
        DecodeError: the encoding is unknown, or the bytes are not of it.
    """
    if isinstance(data, str):
        # A caller's text has been decoded; what its declaration says of an encoding is history.
        return data.removeprefix("\ufeff")
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise DecodeError("bytes or str", type(data).__name__, "/")
    data = bytes(data)
    if len(data) > settings.limits.size:
        raise DecodeError(f"at most {settings.limits.size} bytes", str(len(data)), "/")
    encoding, start = encoding_of(data, settings.charset)
    return _decoded(data[start:] if start else data, encoding)


def is_utf8(data: bytes) -> bool:
    """Whether a document is plainly in UTF-8: it begins with its root, or its declaration says so."""
    # `<a`: the first bytes of nearly every document, told from a declaration or a mark by one comparison.
    if data[1:2].isalpha():
        return data[:1] == b"<"
    return data.startswith(b"<?xml") and _declared(data[: data.find(b"?>", 0, 256) + 2]) == "utf-8"


def utf8_start(data: bytes) -> int:
    """Where a document in UTF-8 begins behind its declaration: 0 without one; -1 where that is not plain to see."""
    if data[1:2].isalpha():
        return 0 if data[:1] == b"<" else -1
    return _start_behind(data[: data.find(b"?>", 0, 256) + 2]) if data.startswith(b"<?xml") else -1


@lru_cache(maxsize=64)
def _start_behind(declaration: bytes) -> int:
    match = _match_declaration(declaration.decode("latin-1"))
    return match.end() if match and python_name(match[1] or "utf-8") == "utf-8" else -1


def encoding_of(data: bytes, charset: str | None) -> tuple[str, int]:
    """The encoding of a document by its first bytes, and the length of its byte order mark."""
    # UTF-16 without a mark begins with `<` as well: the null byte tells it.
    if data[:1] != b"<" or data[1:2] == b"\0":
        for mark, encoding in _BOMS:
            if data.startswith(mark):
                return encoding, len(mark)
    # The header wins over the declaration (RFC 7303, 3.2), a byte order mark over both.
    if charset is not None:
        charset = charset.strip().strip("\"'").lower()
        if charset == "utf-16":  # RFC 2781, 4.3: no BOM means big-endian, but what is seen counts more
            return _SNIFF.get(data[:2], "utf-16-be"), 0
        return python_name(charset), 0
    # Without mark and header: two bytes of `<` in UTF-16 (XML 1.0, F.1).
    if (sniffed := _SNIFF.get(data[:2])) is not None:
        return sniffed, 0
    return _declared(data[: data.find(b"?>", 0, 256) + 2]), 0


@lru_cache(maxsize=64)
def _declared(declaration: bytes) -> str:
    # Latin-1 maps every byte: a declaration is ASCII in all encodings that come here.
    match = _match_declaration(declaration.decode("latin-1"))
    return python_name(match[1] or "utf-8") if match else "utf-8"


def check_encoding(encoding: str) -> None:
    """Refuse what is no character encoding: Python has codecs of other kinds (``hex``, ``zlib``).

    UTF-7 is one, in which markup hides from whoever looks for it.

    Raises:
        DecodeError: it is none that is known.
    """
    if codec_name(encoding) in (None, "utf-7"):
        raise DecodeError("a character encoding", repr(encoding), "/")


def _decoded(data: bytes, encoding: str) -> str:
    if encoding != "utf-8":
        check_encoding(encoding)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DecodeError(f"text in {encoding}", f"byte {error.start} that is not", "/") from None
    except LookupError:
        raise DecodeError("a character encoding", repr(encoding), "/") from None


def tree_of(text: str, settings: Settings) -> Element:
    """The root element of a document.

    Raises:
        DecodeError: not well-formed, with a DTD, or over a limit.
    """
    # Before libxml2 sees it: entities are expanded while parsing, which is what an attack with a DTD needs.
    if not text[1:2].isalpha() or text[0] != "<":  # there is something before the root
        if prolog_has_dtd(text):
            raise DecodeError("a document without a DTD", "<!DOCTYPE", "/")
        # The bytes are in UTF-8 now, whatever the declaration says; libxml2 would believe it.
        text = without_declaration(text)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise DecodeError("characters of XML 1.0", "a lone surrogate", "/") from None
    try:
        root = etree.fromstring(data, _parsers.strict)
    except etree.XMLSyntaxError as error:
        # Namespace names that are no URIs: XML allows them, .NET writes them, libxml2 refuses them.
        if (odd := _odd_namespaces(data, error)) is not None:
            _check(odd, text, settings)
            return odd
        line, column = error.position
        raise DecodeError(said(error), path="/", line=line or None, column=column or None) from None
    except ValueError as error:
        raise DecodeError(str(error), path="/") from None
    # Below the smallest limit nothing can be over one, and most documents are.
    if len(text) >= settings.limits.least or "<!D" in text:
        _check(root, text, settings)
    return root


def prolog_has_dtd(text: str) -> bool:
    """Whether there is a document type declaration before the root."""
    start = 0
    if text.startswith("<?xml") and (match := _match_declaration(text)):
        start = match.end()
    return text.startswith("<!DOCTYPE", _match_misc(text, start).end())  # type: ignore[union-attr]


def without_declaration(text: str) -> str:
    """The text with blanks for its XML declaration, whose encoding is settled already; lines and columns stay."""
    if not text.startswith("<?xml") or (match := _match_declaration(text)) is None:
        return text
    # Blanks, not a cut: lines and columns of errors are those of the document.
    blank = " " * match.end() if match[0].isprintable() else re.sub(r"[^\r\n]", " ", match[0])
    return blank + text[match.end() :]


def said(error: etree.XMLSyntaxError) -> str:
    """What a parser says, without its position."""
    what = re.sub(r", line \d+, column \d+.*", "", error.msg or "not well-formed XML")
    return what if what.startswith("expected") else f"well-formed XML: {what}"


def _odd_namespaces(data: bytes, error: etree.XMLSyntaxError) -> Element | None:
    """The tree of a document whose only fault is a namespace name that is no URI, which XML lets pass.

    Namespaces in XML 1.0, 2: that a namespace name is a URI reference is no matter of well-formedness.
    """
    if "is not a valid URI" not in (error.msg or ""):
        return None
    lenient = parser(recover=True)
    root = etree.fromstring(data, lenient)
    # A warning is a namespace name that is relative, which is no fault at all.
    errors = lenient.error_log.filter_from_errors()
    if root is None or any("is not a valid URI" not in entry.message for entry in errors):
        return None
    return root


def parser(*, recover: bool = False) -> etree.XMLParser:
    """A parser that resolves nothing, fetches nothing, and drops comments and processing instructions."""
    return etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, attribute_defaults=False,
        huge_tree=False, remove_comments=True, remove_pis=True, remove_blank_text=False, strip_cdata=False,
    )  # fmt: skip


class _Parsers(threading.local):
    """A parser for each thread; making one costs more than parsing a small document."""

    def __init__(self) -> None:
        self.strict = parser()


_parsers = _Parsers()


def _check(root: Element, text: str, settings: Settings) -> None:
    if "<!DOCTYPE" in text and root.getroottree().docinfo.internalDTD is not None:
        raise DecodeError("a document without a DTD", "<!DOCTYPE", "/")
    limits = settings.limits
    if text.count("<") > limits.depth and _deeper(limits.depth)(root):
        raise DecodeError(f"at most {limits.depth} elements within each other", path="/")
    if text.count("=") > limits.attributes:
        for element in cast("list[Element]", _crowded(limits.attributes)(root)):
            raise wrong(f"at most {limits.attributes} attributes", str(len(element.keys())), element)
    if text.count("xmlns") > limits.declarations:
        check_declarations(root, limits)
    if len(text) > limits.text:
        for element in root.iter():
            if len(element.text or "") > limits.text or len(element.tail or "") > limits.text:
                raise DecodeError(f"at most {limits.text} characters of text", path=path_of(element))


def check_declarations(root: Element, limits: Limits) -> None:
    """Refuse an element with more namespace declarations in scope than the limit; the first ends the search."""
    for element in cast("list[Element]", _declaring(limits.declarations)(root)):
        count = str(len(element.nsmap))
        raise wrong(f"at most {limits.declarations} namespace declarations", count, element)


@cache
def _declaring(limit: int) -> etree.XPath:
    # Namespaces in scope, the one of ``xml:`` among them.
    return etree.XPath(f"descendant-or-self::*[count(namespace::*) > {limit + 1}]")


def check_element(node: Element, limits: Limits) -> None:
    """Refuse an element of a stream that is over a limit on attributes or text."""
    for element in cast("list[Element]", _crowded(limits.attributes)(node)):
        raise wrong(f"at most {limits.attributes} attributes", str(len(element.keys())), element)
    check_declarations(node, limits)
    if limits.text < Limits().text:  # from there on the parser stops by itself
        for element in node.iter():
            if max(len(element.text or ""), len(element.tail or "")) > limits.text:
                raise DecodeError(f"at most {limits.text} characters of text", path=path_of(element))


@cache
def _deeper(limit: int) -> etree.XPath:
    return etree.XPath(f"boolean({'/*' * (limit + 1)})")


@cache
def _crowded(limit: int) -> etree.XPath:
    return etree.XPath(f"descendant-or-self::*[count(@*) > {limit}]")


def path_of(node: Element, attribute: str | None = None) -> str:
    """The element path of a node: ``/Order/Item[2]/@id``, local names, positions where names repeat."""
    steps: list[str] = []
    ancestor: Element | None = node
    while ancestor is not None:
        parent = ancestor.getparent()
        steps.append(_step(ancestor, parent))
        ancestor = parent
    steps.reverse()
    tail = "" if attribute is None else "/@" + local(attribute)
    return "/" + "/".join(steps) + tail


def _step(node: Element, parent: Element | None) -> str:
    name = local(str(node.tag))
    if parent is None:
        return name
    same = [sibling for sibling in parent.iterchildren() if sibling.tag == node.tag]
    return name if len(same) < 2 else f"{name}[{same.index(node) + 1}]"


class ElementError(DecodeError):
    """A `DecodeError` at a node, whose path is put together when it is asked for.

    A path counts the siblings of each step. Alternatives of a union are tried by their errors, and a path for
    each of these would take the square of the items' number.
    """

    def __init__(self, expected: str, found: str, node: Element, attribute: str | None) -> None:
        super().__init__(expected, found, "", line=cast("int | None", node.sourceline))
        self._node: Element | None = node
        self._attribute = attribute

    @property
    def path(self) -> str:
        """Where: ``/Order/Item[2]/@id``."""
        if self._node is not None:
            self._path, self._node = path_of(self._node, self._attribute), None
        return self._path

    @path.setter
    def path(self, path: str) -> None:
        self._path, self._node = path, None


def wrong(expected: str, found: str, node: Element, attribute: str | None = None) -> DecodeError:
    """A `DecodeError` at a node."""
    return ElementError(expected, found, node, attribute)
