"""White space and digits on the wire are those of the format, not all that Unicode has of them."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from attrs import define, field
from bindwright.ir.model import Api, Info, Scalar, Use
from bindwright.runtime import DecodeError, Model, OpenFloatEnum, OpenIntEnum, Xml, json, root, wire, xml
from bindwright.runtime.http.model.text import json_or_string
from bindwright.runtime.json.decoding.keys import key_reader
from bindwright.runtime.shapes import shape_of
from bindwright.runtime.values.format_tests import fits
from bindwright.runtime.xml.tree.byte_streams import split_documents
from bindwright.serve.validation.coerce import coerce

NO_BREAK, IDEOGRAPHIC = "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}"


@define(kw_only=True)
class Labels(Model):
    __wire__ = root("labels")

    names: list[str] = field(metadata=wire("names", xml=Xml(node="attribute")))
    mark: uuid.UUID | None = field(default=None, metadata=wire("mark"))


@pytest.mark.parametrize("space", [NO_BREAK, IDEOGRAPHIC, "\N{LINE SEPARATOR}", "\N{NEXT LINE}"])
def test_only_white_space_of_xml_parts_the_items_of_a_list_in_one_attribute(space: str) -> None:
    value = Labels(names=[f"a{space}b", "c"])
    assert xml.decode(f'<labels names="a{space}b c"/>', Labels) == value
    assert xml.decode(xml.encode(value), Labels) == value


def test_every_white_space_of_xml_parts_the_items_of_a_list() -> None:
    text = '<labels names="&#9;a&#10;b&#13;c  d "/>'
    assert xml.decode(text, Labels).names == ["a", "b", "c", "d"]
    with pytest.raises(ValueError, match="blanks"):
        xml.encode(Labels(names=["a\tb"]))


def test_only_white_space_of_xml_stands_between_the_documents_of_a_stream() -> None:
    assert list(split_documents(io.BytesIO(b"<a/> \t\r\n<b/>\n"))) == ["<a/>", "<b/>"]
    with pytest.raises(DecodeError):
        list(split_documents(io.BytesIO(f"<a/>{NO_BREAK}".encode())))


@pytest.mark.parametrize(
    "text", ["1234_678-1234-1234-1234-123456789012", "{2345678-1234-1234-1234-12345678901}"]
)
def test_a_uuid_has_hexadecimal_digits_and_nothing_else(text: str) -> None:
    with pytest.raises(DecodeError):
        xml.decode(f'<labels names=""><mark>{text}</mark></labels>', Labels)
    with pytest.raises(DecodeError):
        json.decode(f'{{"names": [], "mark": "{text}"}}', Labels)
    assert not fits("uuid", text)


class Step(OpenIntEnum):
    FIRST = 1


class Share(OpenFloatEnum):
    HALF = 0.5


@pytest.mark.parametrize("name", ["1_0", "１", " 1", "+1", "nan", "1\u00a0"])
def test_a_key_that_is_a_number_is_a_number_of_json(name: str) -> None:
    for key in (int, float, Step, Share):
        with pytest.raises(ValueError, match=r".+"):
            key_reader(shape_of(key), "")(name)


def test_numbers_of_an_enumeration_are_keys_of_a_map() -> None:
    step, share = (key_reader(shape_of(key), "") for key in (Step, Share))
    assert (step("1"), step("10"), share("0.5"), share("1e1")) == (
        Step.FIRST,
        Step(10),
        Share.HALF,
        Share(10.0),
    )


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1_0", "１", "[NaN]"])
def test_what_is_no_json_text_is_a_string(text: str) -> None:
    assert json.decode(json_or_string(text), Any) == text


@pytest.mark.parametrize("base", ["integer", "number"])
@pytest.mark.parametrize("text", ["１", "1_0", " 1", "nan", "٣", "1\u00a0"])
def test_a_parameter_is_a_number_in_the_digits_of_json(base: str, text: str) -> None:
    api = Api(info=Info(title="t", version="1"), types={"#": Scalar(id="#", base=base)})
    assert coerce(api, text, Use(type="#")) == text


@pytest.mark.parametrize("form", ["byte", "base64"])
def test_base64_is_passed_over_white_space_of_ascii_alone(form: str) -> None:
    assert fits(form, "aGFs\r\nbG8=")
    assert not fits(form, f"aGFs{NO_BREAK}bG8=")


def test_a_decimal_number_has_digits_of_ascii() -> None:
    assert fits("decimal", "1.5")
    assert not fits("decimal", "１.5")


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("false", False), ("True", "True"), ("FALSE", "FALSE")]
)
def test_a_parameter_is_a_boolean_as_json_writes_it(text: str, value: object) -> None:
    api = Api(info=Info(title="t", version="1"), types={"#": Scalar(id="#", base="boolean")})
    assert coerce(api, text, Use(type="#")) == value
