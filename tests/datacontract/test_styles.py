"""What .NET wrote goes through the models of other styles as it does through the attrs ones.

A named list, map or scalar is but an alias in dataclasses: what is no class there is not asked.
"""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from bindwright.runtime import EncodeError, json, xml
from bindwright.runtime.model_styles import style_module

from tests.datacontract.generated import styled, type_named, vectors

pytest.importorskip("datamodel_code_generator")

WELL_FORMED = {
    name: vector for name, vector in vectors().items() if "xml_xmlwriter_checkcharacters_error" not in vector
}
ALIASES = {"importjobs.list-of-list", "importjobs.dictionary", "contract.lines-root", "contract.book-root"}
"""Lists and maps that dataclasses have no class for, with names of their own in XML."""


def types_of(case: str, style: str) -> tuple[Any, Any]:
    """The attrs type of a vector, and the class of the other style; None where it has none."""
    module = styled(style)
    models = importlib.import_module(module.__name__.rpartition(".")[0] + ".models")
    own = type_named(vectors()[case]["type"], models)
    kind = getattr(module, own.__name__, None)
    return own, None if style_module(kind) is None or (style != "pydantic" and case in ALIASES) else kind


@pytest.mark.parametrize(("style", "least"), [("pydantic", 148), ("dataclass", 128)])
def test_the_wire_is_the_same(style: str, least: int) -> None:
    asked = 0
    for case, vector in WELL_FORMED.items():
        own, kind = types_of(case, style)
        if kind is None:
            continue
        asked += 1
        written = xml.encode(xml.decode(vector["xml_xmlwriter"], own), own)
        assert xml.encode(xml.decode(vector["xml_xmlwriter"], kind), kind) == written, case
        if vector.get("json", "null") != "null":
            ours, theirs = json.decode(vector["json"], own), json.decode(vector["json"], kind)
            assert json.encode(theirs, kind) == json.encode(ours, own), case
            assert in_xml(theirs, kind) == in_xml(ours, own), case
    assert asked >= least


def in_xml(value: Any, kind: Any) -> bytes:
    """The document, or the error of what JSON did not tell."""
    try:
        return xml.encode(value, kind)
    except EncodeError as error:
        return str(error).encode()


UNLIKE = {
    "scalars.typical": "a decimal is one, where pydantic has a float",
    "decimal.neg": "likewise",
    "float.nan": "is equal to nothing",
    "maps.numbers": "keys are integers and enumerations",
    "contract.isreference-cycle": "a reference is the object",
}
"""Cases that pydantic reads otherwise by itself."""


def test_pydantics_own_reading_gives_equal_objects() -> None:
    import pydantic

    equal = 0
    for case, vector in WELL_FORMED.items():
        kind = types_of(case, "pydantic")[1]
        if case in UNLIKE or vector.get("json", "null") == "null" or not hasattr(kind, "model_validate_json"):
            continue
        try:
            theirs = kind.model_validate_json(vector["json"])
        except pydantic.ValidationError:  # times without an offset, .NET's durations
            continue
        assert json.decode(vector["json"], kind) == theirs, case
        equal += 1
    assert equal > 110
