"""Integers that a matcher reads all at once are those that the full parser reads one by one, or it leaves them to it."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import DecodeError, Model, Xml, at, root, wire, xml

FULL = xml.Settings(speculate=False)
TEXTS = ["0", "7", "-7", "-0", "1000", "-123456", "999999999", "1000000000", "2147483647", "2147483648", "007", "-007",
         "--1", "1-2", "-", "", " 5 ", "+5", "5.0", "1e3", "null", "\u0663"]  # fmt: skip
NAMES = "abcde"


@define(kw_only=True)
class Required(Model):
    __wire__ = root("doc")

    a: int = field(metadata=wire("a"))
    b: int = field(metadata=wire("b"))
    c: int = field(metadata=wire("c"))
    d: int = field(metadata=wire("d"))
    e: int = field(metadata=wire("e"))


@define(kw_only=True)
class Optional(Model):
    __wire__ = root("doc")

    a: int | None = field(default=None, metadata=wire("a"))
    b: int | None = field(default=None, metadata=wire("b"))
    c: int | None = field(default=None, metadata=wire("c"))
    d: int | None = field(default=None, metadata=wire("d"))
    e: int | None = field(default=None, metadata=wire("e"))


@define(kw_only=True)
class Holder(Model):
    __wire__ = root("holder")

    docs: list[Optional] | None = field(
        default=None, metadata=wire("docs", xml=Xml(wrapped=True), items=at(xml=Xml(name="doc")))
    )


def written(texts: dict[str, str]) -> str:
    return "<doc>" + "".join(f"<{name}>{text}</{name}>" for name, text in texts.items()) + "</doc>"


def read(document: str, type_: Any, settings: xml.Settings | None = None) -> Any:
    try:
        return xml.decode(document, type_, settings=settings)
    except DecodeError as error:
        return str(error)


@pytest.mark.parametrize("type_", [Required, Optional])
def test_every_text_in_every_place(type_: Any) -> None:
    plain = dict(zip(NAMES, ("1000", "5", "-20", "3000", "0"), strict=True))
    for _ in range(3):  # a layout that has been seen
        assert xml.decode(written(plain), type_).d == 3000
    for name, first, text in product(NAMES, ("1000", "1"), TEXTS):
        document = written(plain | {"a": first} | {name: text})
        assert read(document, type_) == read(document, type_, FULL), document


def test_absent_ones_are_none() -> None:
    plain = dict(zip(NAMES, ("1000", "5", "-20", "3000", "0"), strict=True))
    for _ in range(3):
        xml.decode(written(plain), Optional)
    for left_out in ("a", "ab", "c", "de", "abcd"):
        texts = {name: text for name, text in plain.items() if name not in left_out}
        expected = Optional(**{name: int(text) for name, text in texts.items()})
        assert xml.decode(written(texts), Optional) == expected
        many = f"<holder><docs>{written(plain)}{written(texts)}{written(plain)}</docs></holder>"
        for _ in range(4):
            assert xml.decode(many, Holder).docs[1] == expected
