"""A date-time is a date to Python, and a date's text is nearly a date-time's: beside each other both stay what they are."""

from __future__ import annotations

import datetime as dt
import importlib
from typing import Any

import pytest
from bindwright.runtime import json, xml

from tests.meaning.driver import generate

STYLES = ("attrs", "pydantic", "dataclass", "typeddict", "msgspec")
DATE = "{type: string, format: date}"
MOMENT = "{type: string, format: date-time}"
DAY = dt.date(2024, 1, 2)
INSTANT = dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize("alternatives", [f"{DATE}, {MOMENT}", f"{MOMENT}, {DATE}"])
def test_each_keeps_its_text(alternatives: str) -> None:
    package = generate(
        f"""
        When: {{anyOf: [{alternatives}]}}
        A:
          type: object
          properties:
            m: {{$ref: '#/components/schemas/When'}}
            l: {{type: array, items: {{$ref: '#/components/schemas/When'}}}}
            d: {{type: object, additionalProperties: {{$ref: '#/components/schemas/When'}}}}
        """,
        models=STYLES,
    )
    for style in STYLES:
        name = "models" if style == "attrs" else f"models_{style}"
        model: Any = importlib.import_module(f"{package.package}.{name}").A
        for value, text in ((DAY, "2024-01-02"), (INSTANT, "2024-01-02T03:04:05Z")):
            written = model(m=value, l=[value], d={"k": value})
            assert (
                json.encode(written, model)
                == f'{{"m":"{text}","l":["{text}"],"d":{{"k":"{text}"}}}}'.encode()
            )
            document = f"<A><m>{text}</m><l>{text}</l><d><k>{text}</k></d></A>".encode()
            assert xml.encode(written, model) == document
            assert xml.decode(document, model) == json.decode(json.encode(written, model), model) == written
