"""Members of a closed class whose names match none of its patterns are unknown, as in any closed class."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Model, at, empty_dict, json, root, xml
from bindwright.runtime.validate import validate


@define(kw_only=True)
class Rows(Model):
    __wire__ = root("rows", closed=True, patterns=("^x",), additional="more")

    name: str | None = None
    more: dict[str, int] = field(factory=empty_dict)


@define(kw_only=True)
class Kinds(Model):
    __wire__ = root(
        "rows",
        closed=True,
        patterns=("^x", "^y"),
        additional="more",
        by_name=(("^x", "int", at()), ("^y", "str", at())),
    )

    more: dict[str, int | str] = field(factory=empty_dict)


@pytest.mark.parametrize("model", [Rows, Kinds])
@pytest.mark.parametrize(
    "settings", [json.Settings(), json.Settings(speculate=False), json.Settings(values="lenient")]
)
@pytest.mark.parametrize(
    ("text", "more", "names"),
    [
        ('{"xa":1,"q":"z","xb":2}', {"xa": 1, "xb": 2}, ["q"]),
        ('{"q":[1],"xa":1}', {"xa": 1}, ["q"]),
        ('{"q":null,"r":1}', {}, ["q", "r"]),
        ('{"xa":1}', {"xa": 1}, []),
    ],
)
def test_in_json(
    model: Any, settings: json.Settings, text: str, more: dict[str, Any], names: list[str]
) -> None:
    """Their values were read as further members, whatever they are, and refused where they are of another type."""
    for _ in range(3):
        value = json.decode(text.encode(), model, settings=settings)
        assert value.more == more
        assert json.encode(value).decode() == text
        assert [violation.path for violation in validate(value)] == [f"$.{name}" for name in names]


@pytest.mark.parametrize("model", [Rows, Kinds])
@pytest.mark.parametrize(
    "settings", [xml.Settings(), xml.Settings(speculate=False), xml.Settings(values="lenient")]
)
@pytest.mark.parametrize(
    ("content", "more"),
    [
        ("<xa>1</xa><q>z</q><xb>2</xb>", {"xa": 1, "xb": 2}),
        ('<q u="1">z</q><xa>2</xa><q/><r/><xb>3</xb><s><t/></s>', {"xa": 2, "xb": 3}),
        ("<q/>", {}),
        ("<xa>1</xa>", {"xa": 1}),
    ],
)
def test_in_xml(model: Any, settings: xml.Settings, content: str, more: dict[str, Any]) -> None:
    text = f"<rows>{content}</rows>"
    for _ in range(3):
        value = xml.decode(text, model, settings=settings)
        assert value.more == more
        assert xml.encode(value).decode() == text
