"""Maps of untyped values: their elements are named by their keys, whatever the values are."""

from __future__ import annotations

import re
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import EncodeError, Model, json, root, wire, xml

from tests.meaning.driver import generate


@define(kw_only=True)
class Change(Model):
    __wire__ = root("change")
    values: dict[str, Any] | None = field(default=None, metadata=wire("values"))
    both: dict[str, int | str] | None = field(default=None, metadata=wire("both"))


class Free(dict[str, Any]):
    __wire__ = root("free")


@pytest.mark.parametrize(
    "value", [Change(values={"a": "1", "b": {"c": "2"}}), Change(both={"a": 1, "b": "x"})]
)
def test_a_member(value: Change) -> None:
    text = xml.encode(value)
    assert json.encode(xml.decode(text, Change)) == json.encode(value)


def test_a_named_map() -> None:
    assert xml.decode(xml.encode(Free(a="1", b="2")), Free) == Free(a="1", b="2")


ROOT = root("doc")
SEVERAL = "a list of free-form values stands for several elements, where there is one"


@pytest.mark.parametrize(
    ("value", "type_", "problem"),
    [
        ([1, "a", None], dict[str, Any], f"{SEVERAL} - at /doc"),
        ([1], Any | None, f"{SEVERAL} - at /doc"),
        ([[1], [2]], list[Any], f"{SEVERAL} - at /doc/doc[1]"),
        ([1, [{"a": 1}]], list[Any], f"{SEVERAL} - at /doc/doc[2]"),
        ([[[1]]], list[list[Any]], f"{SEVERAL} - at /doc/doc[1]/doc[1]"),
        ({"a": [[1]]}, dict[str, Any], "list is no free-form value - at /doc/a"),
        ({"a": 1}, list[Any], "dict where a list belongs - at /doc"),
        ({"a": "b"}, list[str], "dict where a list belongs - at /doc"),
    ],
)
def test_a_list_where_one_element_belongs(value: Any, type_: Any, problem: str) -> None:
    """It was several roots, or came back as items of the list around it, or as the keys of the map."""
    with pytest.raises(EncodeError) as error:
        xml.encode(value, type_, wire=ROOT)
    assert str(error.value) == problem


def test_lists_that_have_a_name_are_written() -> None:
    for value in ({"a": ["1", "2"]}, {"a": [{"b": ["1", "2"]}, "x"]}):
        assert xml.decode(xml.encode(value, dict[str, Any], wire=ROOT), dict[str, Any], wire=ROOT) == value


@pytest.mark.parametrize("type_", [int, str, dict[str, int], dict[str, Any]])
def test_what_lenient_reading_kept_has_one_root(type_: Any) -> None:
    with pytest.raises(EncodeError) as error:
        xml.encode([1, 2], type_, wire=ROOT, settings=xml.Settings(values="lenient"))
    assert str(error.value).startswith((SEVERAL, "list where"))


@define(kw_only=True)
class Lists(Model):
    __wire__ = root("doc")
    of: dict[str, list[int]] = field(metadata=wire("of"))


@pytest.mark.parametrize("speculate", [True, False])
def test_attributes_of_items_are_kept_where_a_list_has_no_element(speculate: bool) -> None:
    """They were kept only of items in an element of the list's own, which is how all are written."""
    text = b'<doc><of><a q="1">1</a><b>2</b><a>3</a><a r="2">4</a></of></doc>'
    value = xml.decode(text, Lists, settings=xml.Settings(speculate=speculate))
    assert value == Lists(of={"a": [1, 3, 4], "b": [2]})
    assert xml.encode(value) == (
        b'<doc><of><a><a q="1">1</a><a>3</a><a r="2">4</a></a><b><b>2</b></b></of></doc>'
    )


KINDS = """
A: {type: object, additionalProperties: {type: [string, integer, array, 'null']}}
B: {type: object, additionalProperties: {type: [string, array, object]}}
"""


@pytest.mark.parametrize(
    ("name", "text", "elements"),
    [
        ("A", '{"k":[1,2]}', "<k><k>1</k><k>2</k></k>"),
        ("A", '{"k":["a"]}', "<k><k>a</k></k>"),
        ("B", '{"k":[1,2]}', "<k><k>1</k><k>2</k></k>"),
        ("B", '{"k":{"a":"1","b":"2"}}', "<k><a>1</a><b>2</b></k>"),
        ("B", '{"k":{"a":{"k":"2"}}}', "<k><a><k>2</k></a></k>"),
    ],
)
def test_lists_beside_objects_in_a_map_are_told_by_the_names_of_their_items(
    name: str, text: str, elements: str
) -> None:
    """An object was read as the list of its values; a list of numbers said that it is a list where that is plain."""
    model: Any = getattr(generate(KINDS, version="3.1.0").models, name)
    for _ in range(3):
        written = xml.encode(json.decode(text, model), model)
        assert written == f"<{name}>{elements}</{name}>".encode()
        back = json.encode(xml.decode(written, model), model).decode()
        assert back == re.sub(r"\b(\d)\b(?!\")", r'"\1"', text)
