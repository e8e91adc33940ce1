"""Models of other styles go through by the same wire facts."""

from __future__ import annotations

import copy
import gc
import io
import pickle
from typing import Any

import msgspec
import pytest
from bindwright.runtime import DecodeError, json, kept, xml
from bindwright.runtime.validate import validate

from tests.json.styled import models, models_dataclass, models_msgspec, models_typeddict

pydantic_models = pytest.importorskip("tests.json.styled.models_pydantic")

TEXT = b'{"Id":1,"When":"2025-11-24T10:45:01.4007824+00:00","Colour":"red","Parts":[{"Sku":"A"}],"Note":"x"}'
STYLES = [models_dataclass, pydantic_models, models_msgspec]
ALL = [models, *STYLES, models_typeddict]


@pytest.mark.parametrize("style", STYLES)
def test_read_and_written_by_the_attrs_models_facts(style: Any) -> None:
    thing = json.decode(TEXT, style.Thing)
    assert type(thing) is style.Thing
    assert (thing.id, thing.colour, type(thing.parts[0])) == (1, style.Colour.RED, style.Part)
    assert json.encode(thing) == TEXT
    assert (
        json.encode(json.decode(b"[" + TEXT + b"]", list[style.Thing]), list[style.Thing])
        == b"[" + TEXT + b"]"
    )
    assert json.decode(TEXT, models.Thing).when == thing.when


@pytest.mark.parametrize("style", STYLES)
def test_checked_by_the_same_rules(style: Any) -> None:
    with pytest.raises(DecodeError, match=r"expected an integer \(int32\), found the string 'x' - at \$\.Id"):
        json.decode(TEXT.replace(b'"Id":1', b'"Id":"x"'), style.Thing)


def test_null_and_absent_where_the_style_can_tell() -> None:
    thing = json.decode(TEXT[:-1] + b',"Tri":null}', pydantic_models.Thing)
    assert json.encode(thing).endswith(b',"Tri":null}')


@pytest.mark.parametrize("style", STYLES)
def test_values_the_enumeration_does_not_list_come_back(style: Any) -> None:
    text = TEXT.replace(b"red", b"blue")
    assert json.encode(json.decode(text, style.Thing)) == text


def test_a_schema_called_models_is_no_style(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models.Part, "__module__", "tests.json.styled.models.models_only")
    assert json.encode(models.Part(sku="A")) == b'{"Sku":"A"}'
    assert json.encode([models.Part(sku="A")], list[models.Part]) == b'[{"Sku":"A"}]'


@pytest.mark.parametrize("style", STYLES)
def test_xml_by_the_same_facts(style: Any) -> None:
    markup = xml.encode(json.decode(TEXT, models.Thing))
    thing = xml.decode(markup, style.Thing)
    assert type(thing) is style.Thing
    assert type(thing.parts[0]) is style.Part
    assert xml.encode(thing) == markup
    assert json.encode(thing) == json.encode(xml.decode(markup, models.Thing))
    several = xml.encode([thing, thing], list[style.Thing])
    assert several == xml.encode([xml.decode(markup, models.Thing)] * 2, list[models.Thing])
    assert xml.decode(several, list[style.Thing]) == [thing, thing]


@pytest.mark.parametrize("style", STYLES)
def test_xml_checked_by_the_same_rules(style: Any) -> None:
    markup = xml.encode(json.decode(TEXT, models.Thing)).replace(b">1<", b">x<")
    with pytest.raises(DecodeError) as styled:
        xml.decode(markup, style.Thing)
    with pytest.raises(DecodeError) as expected:
        xml.decode(markup, models.Thing)
    assert str(styled.value) == str(expected.value)


@pytest.mark.parametrize("style", STYLES)
def test_streams_of_xml(style: Any) -> None:
    things = [json.decode(TEXT, style.Thing)] * 3
    file = io.BytesIO()
    with xml.writer(file, list[style.Thing]) as out:
        for thing in things:
            out.write(thing)
    assert list(xml.iter_decode([file.getvalue()], style.Thing)) == things
    assert xml.decode(file.getvalue(), list[style.Thing]) == things
    several = b"".join(xml.encode(thing) for thing in things)
    assert list(xml.iter_documents([several], style.Thing)) == things


@pytest.mark.parametrize("style", STYLES)
def test_validated_by_the_same_facts(style: Any) -> None:
    thing = json.decode(TEXT, style.Thing)
    assert validate(thing) == []
    thing.id = 1 << 40
    assert [violation.path for violation in validate(thing)] == ["$.Id"]
    assert [violation.path for violation in validate([thing], list[style.Thing])] == ["$[0].Id"]


MARKUP = (
    b'<Thing q="7"><Id u="kg">1</Id><When>2025-11-24T10:45:01.4007824+00:00</When><Colour>red</Colour>'
    b'<odd a="1">x<deep/></odd><Parts><x/><Sku y="2">A</Sku></Parts><Note>x</Note></Thing>'
)


@pytest.mark.parametrize("style", ALL)
def test_unknown_elements_and_attributes_come_back(style: Any) -> None:
    thing = xml.decode(MARKUP, style.Thing)
    assert xml.encode(thing, style.Thing) == MARKUP
    assert json.encode(thing, style.Thing) == TEXT
    several = xml.encode([thing, thing], list[style.Thing]).replace(b"><Thing", b' r="1"><between/><Thing', 1)
    things = xml.decode(several, list[style.Thing])
    assert xml.encode(things, list[style.Thing]) == several
    assert things == [thing, thing]


@pytest.mark.parametrize("style", ALL)
def test_unknown_json_members_come_back(style: Any) -> None:
    text = TEXT.replace(b'"Sku":"A"', b'"Sku":"A","odd":[1,{"a":null}]').replace(
        b'"Note"', b'"new":2.50,"Note"'
    )
    assert json.encode(json.decode(text, style.Thing), style.Thing) == text


@pytest.mark.parametrize("style", ALL)
def test_what_is_kept_beside_changes_nothing_else(style: Any) -> None:
    thing, plain = xml.decode(MARKUP, style.Thing), json.decode(TEXT, style.Thing)
    assert thing == plain
    assert repr(thing) == repr(plain)


@pytest.mark.parametrize("style", STYLES)
def test_what_is_kept_beside_goes_with_its_object(style: Any) -> None:
    gc.collect()
    before = len(kept._beside)
    thing = xml.decode(MARKUP, style.Thing)
    assert len(kept._beside) == before + 2
    del thing
    gc.collect()
    assert len(kept._beside) == before


def test_lists_and_dicts_with_something_beside_are_lists_and_dicts() -> None:
    things = xml.decode(b"<ArrayOfThing><new/></ArrayOfThing>", list[models.Thing])
    for copied in (things, copy.copy(things), pickle.loads(pickle.dumps(things))):
        assert copied == []
        assert xml.encode(copied, list[models.Thing]) == b"<ArrayOfThing><new/></ArrayOfThing>"
        assert json.encode(copied, list[models.Thing]) == b"[]"
    numbers = xml.decode(b'<value unit="kg"><a of="2">1</a></value>', dict[str, int])
    assert numbers == {"a": 1}
    assert xml.encode(numbers, dict[str, int]) == b'<value unit="kg"><a of="2">1</a></value>'


def test_absent_and_null_in_msgspec() -> None:
    absent, null = TEXT[:-1] + b"}", TEXT[:-1] + b',"Tri":null}'
    assert json.encode(json.decode(absent, models_msgspec.Thing)) == absent
    thing = json.decode(null, models_msgspec.Thing)
    assert json.encode(thing) == null
    thing.tri = msgspec.UNSET
    assert json.encode(thing) == absent
    # What a user sets is null as well: `UNSET` is what says that a member is absent.
    thing = json.decode(absent, models_msgspec.Thing)
    thing.tri = None
    assert json.encode(thing) == null
