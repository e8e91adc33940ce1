"""Free-form content is written again as it was read: its order, its texts, and several elements of one name."""

from __future__ import annotations

import copy
import pickle
from enum import Enum
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import DecodeError, EncodeError, Model, Xml, json, root, wire, xml
from lxml import etree


@define(kw_only=True)
class Form(Model):
    __wire__ = root("form")
    free: Any = field(default=None, metadata=wire("free"))
    each: list[Any] | None = field(default=None, metadata=wire("each"))
    bag: dict[str, Any] | None = field(default=None, metadata=wire("bag"))


@define(kw_only=True)
class Open(Model):
    __wire__ = root("form", additional="more")
    name: str | None = None
    more: dict[str, Any] = field(factory=dict)


def canonical(text: str | bytes) -> bytes:
    """C14N by lxml, which leaves texts and the order of elements as they are."""
    return bytes(etree.tostring(etree.fromstring(text), method="c14n2"))


@define(kw_only=True)
class Attribute(Model):
    __wire__ = root("form")
    free: Any = field(default=None, metadata=wire("free", xml=Xml(node="attribute")))


@pytest.mark.parametrize("value", [["a", "b"], [{"x": "1"}, {"x": "2"}, "t"]])
def test_a_list_of_any_values_is_its_element_several_times(value: list[Any]) -> None:
    text = xml.encode(Form(free=value))
    assert text.count(b"</free>") == len(value)
    form = xml.decode(text, Form)
    assert form.free == value
    assert type(form.free) is list
    assert xml.encode(form) == text


TYPED = 'xmlns:t="http://www.w3.org/2001/XMLSchema" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("<free>a</free><each>b</each><free>c</free>", ["a", "c"]),
        ("<free>a</free><unknown/><free>c</free>", ["a", "c"]),
        ("<u/><free>a</free><u/><v>x</v><free>b</free><free>c</free><w/><bag/>", ["a", "b", "c"]),
        ('<free>a</free><free q="1"/><bag/><free/>', ["a", {"@q": "1"}, ""]),
        (f'<free {TYPED} i:type="t:int" q="1">5</free><free>x</free><u/><free {TYPED} i:type="t:int" r="2">6</free>', [5, "x", 6]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("speculate", [True, False])
def test_elements_of_a_list_of_any_values_may_stand_apart(content: str, value: Any, speculate: bool) -> None:
    """They were refused, but those of a list with a type are not."""
    settings = xml.Settings(speculate=speculate)
    for _ in range(3):
        form = xml.decode(f"<form>{content}</form>".encode(), Form, settings=settings)
        assert form.free == value
        for same in (form, pickle.loads(pickle.dumps(form)), copy.deepcopy(form)):
            written = etree.fromstring(xml.encode(same))
            expected = etree.fromstring(f"<form>{content}</form>")
            assert [child.tag for child in written] == [child.tag for child in expected]
            for child, its in zip(written, expected, strict=True):
                assert (child.text, child.get("q"), child.get("r")) == (its.text, its.get("q"), its.get("r"))


def test_what_was_read_between_elements_of_any_values_stays_where_they_are_fewer() -> None:
    form = xml.decode(b"<form><free>a</free><u/><free>b</free><v/><free>c</free></form>", Form)
    form.free.pop()
    assert xml.encode(form) == b"<form><free>a</free><free>b</free><u/><v/></form>"
    form.free = "x"
    assert xml.encode(form) == b"<form><free>x</free><u/><v/></form>"


@pytest.mark.parametrize("value", [["a"], {"a": 1}])
def test_no_list_and_no_object_is_a_text(value: Any) -> None:
    with pytest.raises(EncodeError, match="is no text"):
        xml.encode(Attribute(free=value))


class Odd(Enum):
    LIST = ["a"]  # noqa: RUF012  # a value that is listed, and nobody changes
    WORD = "w"


@define(kw_only=True)
class OddForm(Model):
    __wire__ = root("form")
    odd: Odd = field(metadata=wire("odd"))


def test_a_listed_list_is_no_text() -> None:
    assert xml.decode(xml.encode(OddForm(odd=Odd.WORD)), OddForm).odd is Odd.WORD
    with pytest.raises(EncodeError, match="a list is no text"):
        xml.encode(OddForm(odd=Odd.LIST))


@pytest.mark.parametrize("element", ["free", "each", "bag"])
@pytest.mark.parametrize(
    "content",
    [
        "<p>Hello <b>x</b> big <i>y</i> world</p>",
        "<p><b>x</b>text behind</p>",
        "<p>\n  text before<b>x</b></p>",
        "<a>1</a><b>2</b><a>3</a>",
        "<a> white space at the ends </a>",
        "<a>  </a>",
        '<a key="1"> both </a>',
        '<q:a xmlns:q="urn:q">a <q:b>x</q:b> <q:b>y</q:b> z</q:a>',
    ],
)
def test_it_is_written_as_it_was_read(element: str, content: str) -> None:
    text = f"<form><{element}>{content}</{element}></form>"
    for _ in range(3):  # what was learnt of a document reads the next one
        form = xml.decode(text.encode(), Form)
        for same in (form, pickle.loads(pickle.dumps(form)), copy.deepcopy(form)):
            assert canonical(xml.encode(same)) == canonical(text)


def test_json_and_users_see_plain_dictionaries() -> None:
    form = xml.decode(b"<form><free>a<b>1</b>c<b>2</b></free></form>", Form)
    assert form.free == {"b": ["1", "2"], "#text": "ac"}
    assert json.encode(form) == b'{"free":{"b":["1","2"],"#text":"ac"}}'


def test_changed_values_keep_the_order_and_other_elements_have_none() -> None:
    form = xml.decode(b"<form><free><a>1</a><b>2</b><a>3</a></free></form>", Form)
    form.free["a"][1] = "4"
    assert xml.encode(form) == b"<form><free><a>1</a><b>2</b><a>4</a></free></form>"
    form.free["a"].append("5")
    assert xml.encode(form) == b"<form><free><a>1</a><a>4</a><a>5</a><b>2</b></free></form>"
    form = xml.decode(b"<form><free>x<a/>y</free></form>", Form)
    form.free["#text"] = "z"
    assert xml.encode(form) == b"<form><free><a></a>z</free></form>"


def test_further_members_of_one_name_are_a_list() -> None:
    text = b"<form><name>n</name><a>1</a><a>2</a><b>3</b></form>"
    form = xml.decode(text, Open)
    assert form.more == {"a": ["1", "2"], "b": "3"}
    assert canonical(xml.encode(form)) == canonical(text)
    assert xml.decode(xml.encode(json.decode(b'{"a":[1,2]}', Open)), Open).more == {"a": ["1", "2"]}


@pytest.mark.parametrize(
    "content",
    [
        '<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/><a>1</a>',
        '<a>1</a><a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>',
        f'<a>1</a><a {TYPED} i:type="t:int" q="1">5</a>',
    ],
)
def test_further_members_that_a_list_cannot_say_are_refused(content: str) -> None:
    with pytest.raises(DecodeError, match="a second one"):
        xml.decode(f"<form>{content}</form>".encode(), Open)


class Named(dict[str, Any]):
    __wire__ = root("form")


@pytest.mark.parametrize("type_", [Named, dict[str, Any]])
@pytest.mark.parametrize("speculate", [True, False])
def test_a_list_in_a_map_of_any_values_is_its_element_several_times(type_: Any, speculate: bool) -> None:
    """It was written so, and refused when it was read."""
    settings, wire_ = xml.Settings(speculate=speculate), None if type_ is Named else root("form")
    for value in ({"a": ["1", "2"]}, {"b": "x", "a": [{"x": ["1", "2"]}, "3", "4"]}):
        text = xml.encode(type_(value) if type_ is Named else value, type_, wire=wire_)
        assert xml.decode(text, type_, wire=wire_, settings=settings) == value
    apart = b"<form><a>1</a><b>2</b><a>3</a></form>"
    assert xml.decode(apart, type_, wire=wire_, settings=settings) == {"a": ["1", "3"], "b": "2"}


def test_further_members_that_stand_apart_come_back_in_turn() -> None:
    text = b"<form><name>n</name><a>1</a><b>2</b><a>3</a><c>4</c><b>5</b></form>"
    form = xml.decode(text, Open)
    assert form.more == {"a": ["1", "3"], "b": ["2", "5"], "c": "4"}
    assert json.encode(form) == b'{"name":"n","a":["1","3"],"b":["2","5"],"c":"4"}'
    for same in (form, pickle.loads(pickle.dumps(form)), copy.deepcopy(form)):
        assert xml.encode(same) == text
    form.more["a"].append("6")
    assert xml.encode(form).count(b"<a>") == 3


@pytest.mark.parametrize(
    "space", ["\N{NO-BREAK SPACE}", "\N{EM SPACE}", "\N{NEXT LINE}", "\N{IDEOGRAPHIC SPACE}"]
)
@pytest.mark.parametrize("speculate", [True, False])
def test_only_white_space_of_xml_is_no_text_of_an_object(space: str, speculate: bool) -> None:
    """Other white space was lost where it was all of the text of an object of any values."""
    settings = xml.Settings(speculate=speculate)
    text = f"<form><free>{space}</free><bag>{space}</bag></form>".encode()
    form = xml.decode(text, Form, settings=settings)
    assert form == Form(free=space, bag={"#text": space})
    assert xml.encode(form) == text
    for blank in (" ", "\t\n", "&#13;"):
        assert xml.decode(f"<form><bag>{blank}</bag></form>", Form, settings=settings) == Form(bag={})
