"""Elements of a schema document and their text: any namespace name can stand in an attribute, which lxml refuses."""

from __future__ import annotations

from collections.abc import Iterator

# As xml.sax.saxutils has it, which imports urllib and with it sockets.
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_TEXT = str.maketrans(_MARKUP)
# A tab or line end in a value would be read as a blank (XML 1.0, 3.3.3).
_ATTRIBUTE = str.maketrans({**_MARKUP, "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})


class Element:
    """An element with attributes in written order; tags are as they stand in the document (``xs:element``)."""

    __slots__ = ("attributes", "children", "tag", "text")

    def __init__(self, tag: str, **attributes: str) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The element as text, two blanks a level."""
        indent = "  " * depth
        start = (
            indent
            + "<"
            + self.tag
            + "".join(f" {name}={_quoted(value)}" for name, value in self.attributes.items())
        )
        if self.children:
            yield start + ">"
            for child in self.children:
                yield from child.lines(depth + 1)
            yield f"{indent}</{self.tag}>"
        else:
            yield f"{start}>{self.text.translate(_TEXT)}</{self.tag}>" if self.text else start + "/>"


def child(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new last child of an element."""
    element = Element(tag, **attributes)
    element.text = text
    parent.children.append(element)
    return element


def _quoted(value: str) -> str:
    """The value of an attribute between the quotation marks that it does not hold itself."""
    text = value.translate(_ATTRIBUTE)
    if '"' not in text:
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else '"' + text.replace('"', "&quot;") + '"'


def text_of(root: Element) -> bytes:
    """A whole document, UTF-8."""
    return "\n".join(['<?xml version="1.0" encoding="utf-8"?>', *root.lines(), ""]).encode(
        "utf-8", "xmlcharrefreplace"
    )
