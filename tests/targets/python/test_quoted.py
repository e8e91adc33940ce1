"""Decimals that a document spells as strings stay strings in JSON, and numbers stay numbers."""

from __future__ import annotations

import decimal
import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bindwright.runtime import json, xml

DOCUMENT = """
openapi: 3.1.1
info: {title: Prices, version: "1"}
paths: {}
components:
  schemas:
    Price:
      type: object
      required: [exact, plain, many]
      properties:
        exact: {type: string, format: decimal}
        plain: {type: number, format: decimal}
        many: {type: array, items: {type: string, format: decimal}}
"""
TEXT = b'{"exact":"1.10","plain":2.50,"many":["3.00"]}'
MARKUP = b"<Price><exact>1.10</exact><plain>2.50</plain><many>3.00</many></Price>"


@pytest.fixture(scope="module")
def price(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("quoted")
    (folder / "prices.yaml").write_text(DOCUMENT)
    arguments = ["generate", "prices.yaml", "--output", "out", "--package", "quoted_prices"]
    subprocess.run([sys.executable, "-m", "bindwright", *arguments], cwd=folder, check=True, timeout=300)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder / "out"))
        yield importlib.import_module("quoted_prices.models").Price


def test_both_formats_keep_every_digit(price: Any) -> None:
    value = json.decode(TEXT, price)
    assert (value.exact, value.plain) == (decimal.Decimal("1.10"), decimal.Decimal("2.50"))
    assert json.encode(value) == TEXT
    assert xml.encode(value) == MARKUP
    assert json.encode(xml.decode(MARKUP, price)) == TEXT


def test_only_the_document_tells_a_string_from_a_number(price: Any) -> None:
    facts = Path(sys.modules[price.__module__].__file__ or "").read_text()
    assert facts.count("quoted=True") == 2
