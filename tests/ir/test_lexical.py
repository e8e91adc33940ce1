"""The list of lexical forms is closed, each has a page, and each scalar has one for JSON and one for XML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from bindwright.ir import lower
from bindwright.ir.model import Enum, LexicalForm, Scalar
from bindwright.openapi import load

from tests.ir.driver import api_of, member, named

ROOT = Path(__file__).parents[2]
FORMS = {
    ("{type: string}", "openapi"): ("string", "string"),
    ("{type: string, format: byte}", "openapi"): ("base64", "base64"),
    ("{type: string, contentEncoding: base64url}", "openapi"): ("base64url", "base64url"),
    ("{type: string, format: decimal}", "openapi"): ("quoted-decimal", "decimal"),
    ("{type: number, format: decimal}", "datacontract"): ("dotnet-decimal", "dotnet-decimal"),
    ("{type: number}", "openapi"): ("double", "double"),
    ("{type: number, format: float}", "datacontract"): ("dotnet-float", "dotnet-float"),
    ("{type: integer, format: int64}", "openapi"): ("int64", "int64"),
    ("{type: integer, x-dcs-type: unsignedShort}", "datacontract"): ("uint16", "uint16"),
    ("{type: string, x-dcs-type: char}", "datacontract"): ("char", "char-code"),
    ("{type: string, x-dcs-type: duration}", "datacontract"): ("dotnet-time-span", "duration"),
    ("{type: string, x-dcs-type: DateTimeOffset}", "datacontract"): ("date-time-offset", "dotnet-offset"),
    ("{type: integer, enum: [1, 2]}", "openapi"): ("integer", "integer"),
    ("{type: integer, x-dcs-enum: {A: 1}}", "datacontract"): ("integer", "name"),
    ("{type: integer, x-dcs-flags: true, x-dcs-enum: {A: 1}}", "datacontract"): ("integer", "flags"),
    ("{enum: [1, a]}", "openapi"): ("value", "value"),
}


def test_each_form_has_a_page() -> None:
    page = (ROOT / "docs/reference/lexical.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"(?m)^## (.*)$", page)) == sorted(get_args(LexicalForm))


@pytest.mark.parametrize(("schema", "profile"), FORMS)
def test_forms(schema: str, profile: str) -> None:
    text = f"x-xml-profile: {profile}\ncomponents: {{schemas: {{T: {{type: object, properties: {{a: {schema}}}}}}}}}"
    settled = api_of(text)
    use = member(settled, "T", "a").use
    type_ = settled.types[use.type]
    assert isinstance(type_, (Scalar, Enum))
    lexical = use.lexical or type_.lexical
    assert lexical is not None
    assert (lexical.json, lexical.xml) == FORMS[schema, profile]


def test_the_profile_of_a_schema_counts_for_its_members() -> None:
    text = """
    components: {schemas: {T: {x-xml-profile: datacontract, type: object, properties: {a: {type: number}}}}}
    """
    settled = api_of(text)
    assert named(settled, "T").profile == "datacontract"
    lexical = member(settled, "T", "a").use.lexical
    assert lexical is not None
    assert lexical.json == "dotnet-double"


def test_every_scalar_has_forms() -> None:
    for path in (ROOT / "openapi.yaml", ROOT / "tests/datacontract/facts/datacontract.openapi.yaml"):
        for type_ in lower(load(path)).types.values():
            assert not isinstance(type_, (Scalar, Enum)) or type_.lexical is not None
